// Check V11: the strings, and the index that finds them.
#include <bit>
#include <cstdint>
#include <optional>

#include "vm/base/hash.h"
#include "vm/base/limits.h"
#include "vm/base/text.h"
#include "vm/verify/verify_records.h"

namespace verdict {
namespace {

using Result = Expected<void, Error>;

Result verify_string_offsets(const ProgramView& view) {
  if (view.StringOffsets.empty()) return refuse(LoadError::Strings, "there is no string table");
  if (view.StringOffsets.front() != 0)
    return refuse_at(view, LoadError::Strings, Section::StringOffsets, 0, "not 0");
  for (std::size_t i = 1; i < view.StringOffsets.size(); ++i) {
    if (view.StringOffsets[i] < view.StringOffsets[i - 1]) {
      return refuse_at(view, LoadError::Strings, Section::StringOffsets, i, "the offset falls");
    }
  }
  if (view.StringOffsets.back() != view.StringBytes.size()) {
    return refuse(LoadError::Strings, "the last string does not end where the bytes end");
  }
  return {};
}

Result verify_string_texts(const ProgramView& view) {
  for (std::size_t i = 0; i < view.num_strings(); ++i) {
    if (find_invalid_utf8(view.string(static_cast<std::uint32_t>(i)))) {
      return refuse_at(view, LoadError::Strings, Section::StringOffsets, i,
                       "the string is not valid UTF-8");
    }
  }
  return {};
}

// The most entries that stand side by side in the index, which is a ring: what one look-up may have
// to compare.
std::size_t longest_run(std::span<const U32> index) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (std::size_t i = 0; i < 2 * index.size(); ++i) {
    run = index[i % index.size()] == kNone ? 0 : run + 1;
    longest = std::max(longest, run);
  }
  return longest;
}

// How many entries find_string() looks at until it comes to string `id`; nothing where it never
// does, or where an equal string stands before it.
std::optional<std::uint64_t> count_probes(const ProgramView& view, std::uint32_t id) {
  const std::string_view text = view.string(id);
  const std::size_t mask = view.StringIndex.size() - 1;
  std::uint64_t probes = 1;
  for (std::size_t at = hash_text(text) & mask; view.StringIndex[at] != id;
       at = (at + 1) & mask, ++probes) {
    if (view.StringIndex[at] == kNone || view.string(view.StringIndex[at]) == text)
      return std::nullopt;
  }
  return probes;
}

// Every string is found by its text, and soon: an index made to be slow would cost the square of
// its size here, and every request afterwards.
Result verify_string_probes(const ProgramView& view) {
  constexpr std::uint64_t kProbesPerString = 16;  // one and a half are usual
  std::uint64_t budget = view.num_strings() * kProbesPerString;
  for (std::uint32_t id = 0; id < view.num_strings(); ++id) {
    const std::optional<std::uint64_t> probes = count_probes(view, id);
    if (!probes) {
      return refuse_at(view, LoadError::Strings, Section::StringOffsets, id,
                       "the string index does not find the string");
    }
    if (*probes > budget) return refuse(LoadError::Strings, "the string index is too slow");
    budget -= *probes;
  }
  return {};
}

Result verify_string_index(const ProgramView& view) {
  const std::size_t size = view.StringIndex.size();
  if (!std::has_single_bit(size) || size / 2 < view.num_strings()) {
    return refuse(LoadError::Strings,
                  "the string index is no power of two of at least twice the number of strings");
  }
  if (longest_run(view.StringIndex) > limits::kMaxStringProbes) {
    return refuse(LoadError::Strings, "too many strings stand side by side in the string index");
  }
  std::size_t num_used = 0;
  for (std::size_t i = 0; i < size; ++i) {
    if (!is_string_or_none(view, view.StringIndex[i])) {
      return refuse_at(view, LoadError::Strings, Section::StringIndex, i, "no such string");
    }
    num_used += view.StringIndex[i] == kNone ? 0U : 1U;
  }
  if (num_used != view.num_strings())
    return refuse(LoadError::Strings, "the string index has too few or too many entries");
  return verify_string_probes(view);
}

}  // namespace

Expected<void, Error> verify_strings(const ProgramView& view) {
  VERDICT_TRY(verify_string_offsets(view));
  VERDICT_TRY(verify_string_texts(view));
  return verify_string_index(view);
}

}  // namespace verdict
