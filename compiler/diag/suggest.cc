// Weighted Damerau-Levenshtein (optimal string alignment) over bytes.
//
// A letter costs four; case and separators cost one, since a hand that types `orgRole` or
// `org-role` knows the name. A candidate is near when at most a third of its letters (at least one,
// never all) would have to change.
#include "compiler/diag/suggest.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace verdict::compiler {
namespace {

using Cost = std::uint32_t;

constexpr Cost kLetter = 4;
constexpr Cost kCase = 1;
constexpr Cost kSeparator = 1;
constexpr Cost kOtherPrefix = 2;       // `ctx_x` for `ext_x`: less than a letter
constexpr std::size_t kLongest = 128;  // longer names are not typed by hand
constexpr std::array<std::string_view, 3> kPrefixes = {"ext_", "ctx_", "req_"};

bool is_separator(char c) { return c == '_' || c == '-' || c == '.' || c == ' '; }

char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

Cost cost_of_extra(char c) { return is_separator(c) ? kSeparator : kLetter; }

Cost cost_of_change(char from, char to) {
  if (from == to) return 0;
  if (is_separator(from) && is_separator(to)) return kSeparator;
  return to_lower(from) == to_lower(to) ? kCase : kLetter;
}

bool are_swapped(std::string_view a, std::size_t i, std::string_view b, std::size_t j) {
  return i > 1 && j > 1 && a[i - 1] != b[j - 1] && to_lower(a[i - 1]) == to_lower(b[j - 2]) &&
         to_lower(a[i - 2]) == to_lower(b[j - 1]);
}

Cost distance(std::string_view a, std::string_view b) {
  std::vector<Cost> before(b.size() + 1);  // two rows up
  std::vector<Cost> above(b.size() + 1);
  std::vector<Cost> row(b.size() + 1);
  for (std::size_t j = 1; j <= b.size(); ++j) row[j] = row[j - 1] + cost_of_extra(b[j - 1]);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    before.swap(above);
    above.swap(row);
    row[0] = above[0] + cost_of_extra(a[i - 1]);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({above[j] + cost_of_extra(a[i - 1]), row[j - 1] + cost_of_extra(b[j - 1]),
                         above[j - 1] + cost_of_change(a[i - 1], b[j - 1])});
      if (are_swapped(a, i, b, j)) row[j] = std::min(row[j], before[j - 2] + kLetter);
    }
  }
  return row[b.size()];
}

std::string_view known_prefix(std::string_view name) {
  const auto* found =
      std::find_if(kPrefixes.begin(), kPrefixes.end(),
                   [name](std::string_view prefix) { return name.starts_with(prefix); });
  return found == kPrefixes.end() ? std::string_view() : *found;
}

// The distance, where a missing, superfluous or other prefix counts little.
Cost weigh(std::string_view found, std::string_view candidate) {
  const std::string_view found_prefix = known_prefix(found);
  const std::string_view candidate_prefix = known_prefix(candidate);
  const Cost plain = distance(found, candidate);
  if (found_prefix == candidate_prefix) return plain;
  return std::min(plain, kOtherPrefix + distance(found.substr(found_prefix.size()),
                                                 candidate.substr(candidate_prefix.size())));
}

bool is_near(Cost cost, std::string_view found, std::string_view candidate) {
  const std::size_t shorter = std::min(found.size(), candidate.size());
  const std::size_t longer = std::max(found.size(), candidate.size());
  const std::size_t letters = std::max<std::size_t>(1, longer / 3);
  return cost <= kLetter * letters && cost < kLetter * shorter;
}

bool is_prefixed(std::string_view found, std::string_view candidate) {
  const std::string_view prefix = known_prefix(candidate);
  return !prefix.empty() && candidate.substr(prefix.size()) == found;
}

// `equal_string` and `string-equal` both give `equal string`.
std::string sorted_words(std::string_view name) {
  std::vector<std::string> words(1);
  for (const char c : name) {
    if (is_separator(c)) {
      words.emplace_back();
    } else {
      words.back().push_back(to_lower(c));
    }
  }
  std::sort(words.begin(), words.end());
  std::string joined;
  for (const std::string& word : words) joined += word + ' ';
  return joined;
}

std::optional<std::string_view> find_prefixed(std::string_view found,
                                              std::span<const std::string_view> candidates) {
  const auto hit =
      std::find_if(candidates.begin(), candidates.end(),
                   [found](std::string_view candidate) { return is_prefixed(found, candidate); });
  return hit == candidates.end() ? std::nullopt : std::optional(*hit);
}

std::optional<std::string_view> find_by_distance(std::string_view found,
                                                 std::span<const std::string_view> candidates) {
  std::optional<std::string_view> best;
  Cost best_cost = 0;
  for (const std::string_view candidate : candidates) {
    if (candidate.empty() || candidate.size() > kLongest) continue;
    const Cost cost = weigh(found, candidate);
    if (!is_near(cost, found, candidate) || (best.has_value() && cost >= best_cost)) continue;
    best = candidate;
    best_cost = cost;
  }
  return best;
}

std::optional<std::string_view> find_by_words(std::string_view found,
                                              std::span<const std::string_view> candidates) {
  const std::string words = sorted_words(found);
  const auto hit =
      std::find_if(candidates.begin(), candidates.end(), [&words](std::string_view candidate) {
        return candidate.size() <= kLongest && sorted_words(candidate) == words;
      });
  return hit == candidates.end() ? std::nullopt : std::optional(*hit);
}

}  // namespace

std::optional<std::string_view> find_nearest(std::string_view found,
                                             std::span<const std::string_view> candidates) {
  if (found.empty() || found.size() > kLongest) return std::nullopt;
  if (const auto prefixed = find_prefixed(found, candidates)) return prefixed;
  if (const auto near = find_by_distance(found, candidates)) return near;
  return find_by_words(found, candidates);
}

}  // namespace verdict::compiler
