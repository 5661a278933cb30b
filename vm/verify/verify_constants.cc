// Check V12: the constants and the words of their lists.
#include <algorithm>
#include <bit>
#include <functional>
#include <span>

#include "vm/program/slot.h"
#include "vm/value/time.h"
#include "vm/verify/verify_records.h"

namespace verdict {
namespace {

using Result = Expected<void, Error>;

bool is_timestamp(std::uint64_t payload) {
  const auto value = std::bit_cast<std::int64_t>(payload);
  return value >= kMinTimestamp && value <= kMaxTimestamp;
}

// A double in the form that Number has it: finite, and no whole number that int64 holds.
bool is_canonical_double(std::uint64_t payload) {
  const std::optional<Number> number = Number::from_double(std::bit_cast<double>(payload));
  return number.has_value() && !number->is_integer();
}

bool are_strings(const ProgramView& view, std::span<const U32> words) {
  return std::all_of(words.begin(), words.end(),
                     [&view](std::uint32_t id) { return is_string(view, id); });
}

bool are_rising_strings(const ProgramView& view, std::span<const U32> words) {
  return !words.empty() && are_strings(view, words) &&
         std::adjacent_find(words.begin(), words.end(), std::greater_equal<std::uint32_t>()) ==
             words.end();
}

bool are_numbers(const ProgramView& view, std::span<const U32> words) {
  return std::all_of(words.begin(), words.end(),
                     [&view](std::uint32_t id) { return find_number(view, id).has_value(); });
}

bool are_rising_numbers(const ProgramView& view, std::span<const U32> words) {
  return !words.empty() && are_numbers(view, words) &&
         std::adjacent_find(words.begin(), words.end(), [&view](std::uint32_t a, std::uint32_t b) {
           return *find_number(view, a) >= *find_number(view, b);
         }) == words.end();
}

bool is_number_range(const ProgramView& view, std::span<const U32> words) {
  return words.size() == 2 && are_numbers(view, words) &&
         *find_number(view, words[0]) <= *find_number(view, words[1]);
}

bool is_scalar_valid(const ProgramView& view, ConstantKind kind, std::uint64_t payload) {
  switch (kind) {
    case ConstantKind::Boolean:
      return payload <= 1;
    case ConstantKind::Integer:
      return true;
    case ConstantKind::Double:
      return is_canonical_double(payload);
    case ConstantKind::String:
      return payload < view.num_strings();
    case ConstantKind::Timestamp:
      return is_timestamp(payload);
    case ConstantKind::None:
    case ConstantKind::Ip:
    case ConstantKind::StringList:
    case ConstantKind::StringSet:
    case ConstantKind::NumberList:
    case ConstantKind::NumberSet:
    case ConstantKind::NumberRange:
      return false;
  }
  return false;
}

bool are_words_valid(const ProgramView& view, ConstantKind kind, std::span<const U32> words) {
  switch (kind) {
    case ConstantKind::Ip:
      return words.size() == 4;
    case ConstantKind::StringList:
      return are_strings(view, words);
    case ConstantKind::StringSet:
      return are_rising_strings(view, words);
    case ConstantKind::NumberList:
      return are_numbers(view, words);
    case ConstantKind::NumberSet:
      return are_rising_numbers(view, words);
    case ConstantKind::NumberRange:
      return is_number_range(view, words);
    case ConstantKind::None:
    case ConstantKind::Boolean:
    case ConstantKind::Integer:
    case ConstantKind::Double:
    case ConstantKind::String:
    case ConstantKind::Timestamp:
      return false;
  }
  return false;
}

Result verify_constant(const ProgramView& view, std::size_t index) {
  const ConstantRecord& constant = view.Constants[index];
  const auto kind = static_cast<ConstantKind>(constant.kind);
  if (!all_zero(constant.reserved))
    return refuse_at(view, LoadError::Reserved, Section::Constants, index, "reserved bits");
  if (constant.kind == 0 || constant.kind > kConstantKinds.size()) {
    return refuse_at(view, LoadError::Constants, Section::Constants, index,
                     "unknown kind of constant");
  }
  const bool has_words = kind >= ConstantKind::Ip;
  if (has_words && !is_range(constant.payload, constant.count, view.Words.size())) {
    return refuse_at(view, LoadError::Constants, Section::Constants, index,
                     "its words lie outside of the table");
  }
  const bool is_valid = has_words
                            ? are_words_valid(view, kind, view.words_of(constant))
                            : constant.count == 0 && is_scalar_valid(view, kind, constant.payload);
  if (!is_valid)
    return refuse_at(view, LoadError::Constants, Section::Constants, index,
                     "the value is not of its kind");
  return {};
}

}  // namespace

// The words of lists may overlap (two constants may share them), but their sum bounds the time to
// check them.
Expected<void, Error> verify_constants(const ProgramView& view) {
  std::uint64_t num_words = 0;
  for (std::size_t i = 0; i < view.Constants.size(); ++i) {
    num_words += view.Constants[i].count;
    if (num_words > view.Words.size()) {
      return refuse_at(view, LoadError::Constants, Section::Constants, i,
                       "more words are used than there are");
    }
    VERDICT_TRY(verify_constant(view, i));
  }
  return {};
}

}  // namespace verdict
