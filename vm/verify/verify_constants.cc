// Check V12: the constants and the words of their lists.
#include <algorithm>
#include <bit>
#include <functional>
#include <span>

#include "vm/value/scalar.h"
#include "vm/value/time_zone.h"
#include "vm/verify/verify_records.h"

namespace verdict {
namespace {

using Result = Expected<void, Error>;

// A double in the form that Number has it: finite, and no whole number that int64 holds.
bool is_canonical_double(std::uint64_t payload) {
  const std::optional<Number> number = Number::from_double(std::bit_cast<double>(payload));
  return number.has_value() && !number->is_integer();
}

// Whether the payload is a value as it is held; then value_of() may read it.
bool is_readable(const ProgramView& view, const ConstantRecord& constant, Held held) {
  if (constant.flags != 0)
    return constant.flags == ConstantRecord::kReal && held == Held::Number &&
           is_canonical_double(constant.payload);
  if (held == Held::Text) return constant.payload < view.num_strings();
  if (held == Held::Network) return view.words_of(constant)[4] <= 128U;  // else another spelling
  return held != Held::Boolean || constant.payload <= 1;
}

// One value whose words are as many as its kind says.
bool has_words_of_kind(const ProgramView& view, const ConstantRecord& constant) {
  const Held held = held_as(type_of(constant).kind);
  if (held != Held::Zone) return constant.count == words_of_one(held);
  const std::span<const U32> words = view.words_of(constant);
  if (words.size() < ZoneWords::kLabels) return false;
  const ZoneWords zone = zone_of(words);
  return is_string(view, zone.name) && is_string_or_none(view, zone.release) &&
         is_time_zone(zone.rules);
}

bool is_sound_value(const ProgramView& view, const ConstantRecord& constant) {
  const Kind kind = type_of(constant).kind;
  if (!has_words_of_kind(view, constant) || !is_readable(view, constant, held_as(kind)))
    return false;
  return held_as(kind) == Held::Zone || is_valid(kind, value_of(view, constant));
}

// The words of a constant that holds several values: each one of its kind. Constants of one value
// have been checked.
bool are_elements(const ProgramView& view, Kind kind, std::span<const U32> words) {
  return std::all_of(words.begin(), words.end(), [&](std::uint32_t word) {
    if (!is_text(kind)) return is_constant(view, word, {kind, Shape::One});
    return is_string(view, word) && is_valid(kind, pooled_text(view, word));
  });
}

bool are_less(const ProgramView& view, Kind kind, std::uint32_t a, std::uint32_t b) {
  const Held held = held_as(kind);
  if (held == Held::Text) return a < b;
  return is_less(held, element_of_constant(view, held, a), element_of_constant(view, held, b));
}

// Time zones are no values that could be one of several.
bool can_have_shape(ConstantType type) {
  return type.shape == Shape::One || held_as(type.kind) != Held::Zone;
}

// Whether values held that way have an order that ranges and windows can speak of.
bool is_scale(Held held) {
  return held != Held::Text && held != Held::Boolean && held != Held::Network;
}

bool has_shape(const ProgramView& view, ConstantType type, std::span<const U32> words) {
  const auto less = [&](std::uint32_t a, std::uint32_t b) {
    return are_less(view, type.kind, a, b);
  };
  switch (type.shape) {
    case Shape::One:
      break;
    case Shape::List:
      return true;
    case Shape::Set:
      return !words.empty() &&
             std::adjacent_find(words.begin(), words.end(), [&](std::uint32_t a, std::uint32_t b) {
               return !less(a, b);
             }) == words.end();
    case Shape::Range:
      return words.size() == 2 && is_scale(held_as(type.kind)) && !less(words[1], words[0]);
    case Shape::Window:
      return words.size() == 2 && is_scale(held_as(type.kind)) &&
             (less(words[0], words[1]) || less(words[1], words[0]));
  }
  return false;
}

Result refuse_constant(const ProgramView& view, std::size_t index, std::string_view why) {
  return refuse_at(view, LoadError::Constants, Section::Constants, index, why);
}

// What can be said of one record alone.
Result verify_record(const ProgramView& view, std::size_t index) {
  const ConstantRecord& constant = view.Constants[index];
  if (constant.reserved != 0 || (constant.flags & ~unsigned{ConstantRecord::kReal}) != 0)
    return refuse_at(view, LoadError::Reserved, Section::Constants, index, "reserved bits");
  if (constant.kind >= kNumKinds || constant.shape >= kShapeSpellings.size() ||
      held_as(type_of(constant).kind) == Held::Nothing || is_list(type_of(constant).kind) ||
      constant_kind(type_of(constant).kind) != type_of(constant).kind ||
      !can_have_shape(type_of(constant)))
    return refuse_constant(view, index, "unknown kind of constant");
  if (has_words(constant) && !is_range(constant.payload, constant.count, view.Words.size()))
    return refuse_constant(view, index, "its words lie outside of the table");
  if (type_of(constant).shape == Shape::One && !is_sound_value(view, constant))
    return refuse_constant(view, index, "the value is not of its kind");
  return {};
}

bool has_zone(const ProgramView& view, const ConstantRecord& constant) {
  return constant.count > 0 &&
         is_constant(view, view.words_of(constant)[0], {Kind::TimeZone, Shape::One});
}

Result verify_elements(const ProgramView& view, std::size_t index) {
  const ConstantRecord& constant = view.Constants[index];
  const ConstantType type = type_of(constant);
  if (type.shape == Shape::One) return {};
  if (is_local(type.kind) && !has_zone(view, constant))
    return refuse_constant(view, index, "its first word is no time zone");
  const std::span<const U32> words = words_of_values(view, constant);
  if (constant.flags == 0 && are_elements(view, type.kind, words) && has_shape(view, type, words))
    return {};
  return refuse_constant(view, index, "the values are not of its kind and shape");
}

}  // namespace

// The words of lists may overlap (two constants may share them), but their sum bounds the time to
// check them.
Expected<void, Error> verify_constants(const ProgramView& view) {
  std::uint64_t num_words = 0;
  for (std::size_t i = 0; i < view.Constants.size(); ++i) {
    num_words += view.Constants[i].count;
    if (num_words > view.Words.size())
      return refuse_constant(view, i, "more words are used than there are");
    VERDICT_TRY(verify_record(view, i));
  }
  for (std::size_t i = 0; i < view.Constants.size(); ++i) VERDICT_TRY(verify_elements(view, i));
  return {};
}

}  // namespace verdict
