// Weighted Damerau-Levenshtein (optimal string alignment) over bytes.
//
// A letter costs four; case and separators cost one, since a hand that types `orgRole` or
// `org-role` knows the name. A candidate is near when at most a third of its letters (at least one,
// never all) would have to change.
//
// Most candidates are nowhere near, and what letters two names are made of shows it: each letter
// that one has and the other lacks has to be changed, added or left out. Candidates are compared by
// rising least cost, until no other can be nearer than the best.
#include "compiler/diag/suggest.h"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

#include "vm/base/limits.h"

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

std::string_view known_prefix(std::string_view name) {
  const auto* found =
      std::find_if(kPrefixes.begin(), kPrefixes.end(),
                   [name](std::string_view prefix) { return name.starts_with(prefix); });
  return found == kPrefixes.end() ? std::string_view() : *found;
}

// The largest cost at which a candidate is near.
Cost largest_near_cost(std::string_view found, std::string_view candidate) {
  const std::size_t shorter = std::min(found.size(), candidate.size());
  const std::size_t longer = std::max(found.size(), candidate.size());
  const std::size_t letters = std::max<std::size_t>(1, longer / 3);
  return static_cast<Cost>(std::min(kLetter * letters, kLetter * shorter - 1));
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

// The sort of a letter: 26 letters whatever their case, ten digits, everything else.
constexpr unsigned kOther = 36;
unsigned sort_of(char c) {
  const char lower = to_lower(c);
  if (lower >= 'a' && lower <= 'z') return static_cast<unsigned>(lower - 'a');
  return c >= '0' && c <= '9' ? 26U + static_cast<unsigned>(c - '0') : kOther;
}

// The second bits of letters stand above the first bits of all sorts.
constexpr unsigned kSecond = kOther + 1;
static_assert(kSecond + 26 <= 64);

}  // namespace

Spellings::Name::Name(std::string_view all)
    : text(all),
      prefix_size(known_prefix(all).size()),
      letters(letters_of(all)),
      letters_behind_prefix(letters_of(all.substr(prefix_size))) {}

Spellings::Letters Spellings::letters_of(std::string_view text) {
  Letters letters;
  for (const char c : text.substr(0, kLongest)) {
    if (is_separator(c)) continue;
    ++letters.count;
    const std::uint64_t bit = std::uint64_t{1} << sort_of(c);
    if (sort_of(c) < 26 && (letters.set & bit) != 0) letters.set |= bit << kSecond;
    letters.set |= bit;
  }
  return letters;
}

// No two names of these letters are nearer to each other: each change mends one letter that `a` has
// too many, and one that it has too few.
Cost Spellings::least_cost(const Letters& a, const Letters& b) {
  const auto only_a = static_cast<std::uint32_t>(std::popcount(a.set & ~b.set));
  const auto only_b = static_cast<std::uint32_t>(std::popcount(b.set & ~a.set));
  const std::uint32_t more = a.count > b.count ? a.count - b.count : b.count - a.count;
  return kLetter * std::max({only_a, only_b, more});
}

Cost Spellings::least_cost(const Name& found, const Name& candidate) {
  const Cost plain = least_cost(found.letters, candidate.letters);
  const Cost behind = least_cost(found.letters_behind_prefix, candidate.letters_behind_prefix);
  return std::min(plain, kOtherPrefix + behind);
}

// The cost of making one of the other, if it is at most `limit`; else something above it.
Cost Spellings::distance(std::string_view a, std::string_view b, Cost limit) {
  using Row = std::array<Cost, kLongest + 1>;
  std::array<Row, 3> rows{};
  Row* before = &rows[0];  // two rows up
  Row* above = &rows[1];
  Row* row = &rows[2];
  (*row)[0] = 0;
  for (std::size_t j = 1; j <= b.size(); ++j) (*row)[j] = (*row)[j - 1] + cost_of_extra(b[j - 1]);
  Cost least_above = 0;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    num_steps_ += b.size();
    std::swap(before, above);
    std::swap(above, row);
    Cost least = (*row)[0] = (*above)[0] + cost_of_extra(a[i - 1]);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      Cost cost =
          std::min({(*above)[j] + cost_of_extra(a[i - 1]), (*row)[j - 1] + cost_of_extra(b[j - 1]),
                    (*above)[j - 1] + cost_of_change(a[i - 1], b[j - 1])});
      if (are_swapped(a, i, b, j)) cost = std::min(cost, (*before)[j - 2] + kLetter);
      (*row)[j] = cost;
      least = std::min(least, cost);
    }
    if (std::min(least, least_above) > limit) return limit + 1;  // costs only grow from here
    least_above = least;
  }
  return (*row)[b.size()];
}

// The distance, where a missing, superfluous or other prefix counts little.
Cost Spellings::weigh(const Name& found, const Name& candidate, Cost limit) {
  const Cost plain = distance(found.text, candidate.text, limit);
  if (found.text.substr(0, found.prefix_size) == candidate.text.substr(0, candidate.prefix_size))
    return plain;
  return std::min(plain,
                  kOtherPrefix + distance(found.text.substr(found.prefix_size),
                                          candidate.text.substr(candidate.prefix_size), limit));
}

Spellings::Spellings(std::span<const std::string_view> candidates)
    : names_(candidates.begin(), candidates.end()) {}

std::optional<std::string_view> Spellings::find_prefixed(std::string_view found) const {
  const auto hit = std::find_if(names_.begin(), names_.end(), [found](const Name& name) {
    return name.prefix_size > 0 && name.text.substr(name.prefix_size) == found;
  });
  return hit == names_.end() ? std::nullopt : std::optional(hit->text);
}

// Those that may be near, at the place of their least cost, in their own order.
std::vector<std::vector<const Spellings::Name*>> Spellings::by_least_cost(const Name& found) {
  std::vector<std::vector<const Name*>> names;
  num_steps_ += names_.size();
  for (const Name& name : names_) {
    if (name.text.empty() || name.text.size() > kLongest) continue;
    const Cost cost = least_cost(found, name);
    if (cost > largest_near_cost(found.text, name.text)) continue;
    if (names.size() <= cost) names.resize(cost + 1);
    names[cost].push_back(&name);
  }
  return names;
}

void Spellings::compare(const Name& found, const Name& candidate, Best& best) {
  Cost limit = largest_near_cost(found.text, candidate.text);
  if (best.name != nullptr) {
    const bool is_earlier = &candidate < best.name;
    if (best.cost == 0 && !is_earlier) return;
    limit = std::min(limit, is_earlier ? best.cost : best.cost - 1);
  }
  const Cost cost = weigh(found, candidate, limit);
  if (cost <= limit) best = {&candidate, cost};
}

std::optional<std::string_view> Spellings::find_by_distance(const Name& found) {
  if (num_steps_ >= limits::kMaxSuggestionSteps) return std::nullopt;
  Best best;
  const std::vector<std::vector<const Name*>> names = by_least_cost(found);
  for (Cost cost = 0; cost < names.size(); ++cost) {
    if (best.name != nullptr && cost > best.cost) break;
    for (const Name* name : names[cost]) {
      if (num_steps_ >= limits::kMaxSuggestionSteps) break;
      compare(found, *name, best);
    }
  }
  return best.name == nullptr ? std::nullopt : std::optional(best.name->text);
}

std::optional<std::string_view> Spellings::find_by_words(std::string_view found) {
  if (by_words_.empty()) {
    for (const Name& name : names_) {
      if (name.text.size() <= kLongest) by_words_.try_emplace(sorted_words(name.text), name.text);
    }
  }
  const auto hit = by_words_.find(sorted_words(found));
  return hit == by_words_.end() ? std::nullopt : std::optional(hit->second);
}

std::optional<std::string_view> Spellings::find_nearest(std::string_view found) {
  if (found.empty() || found.size() > kLongest) return std::nullopt;
  const auto known = answers_.find(found);
  if (known != answers_.end()) return known->second;
  return answers_.emplace(found, find_anew(found)).first->second;
}

std::optional<std::string_view> Spellings::find_anew(std::string_view found) {
  if (const auto prefixed = find_prefixed(found)) return prefixed;
  if (const auto near = find_by_distance(Name(found))) return near;
  return find_by_words(found);
}

std::optional<std::string_view> find_nearest(std::string_view found,
                                             std::span<const std::string_view> candidates) {
  return Spellings(candidates).find_nearest(found);
}

bool suggest(DiagnosticBuilder& diagnostic, Span span, std::string_view found,
             Spellings& candidates) {
  if (!diagnostic.is_kept()) return false;
  const auto nearest = candidates.find_nearest(found);
  if (nearest) diagnostic.did_you_mean(span, std::string(*nearest));
  return nearest.has_value();
}

bool suggest(DiagnosticBuilder& diagnostic, Span span, std::string_view found,
             std::span<const std::string_view> candidates) {
  if (!diagnostic.is_kept()) return false;
  Spellings spellings(candidates);
  return suggest(diagnostic, span, found, spellings);
}

}  // namespace verdict::compiler
