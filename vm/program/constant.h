// What constants are and what they are worth: read by the checks, by bind and by the condition
// functions.
#pragma once

#include <bit>
#include <cstdint>
#include <span>

#include "vm/program/program.h"
#include "vm/value/number.h"
#include "vm/value/slot.h"

namespace verdict {

constexpr ConstantType type_of(const ConstantRecord& constant) {
  return {static_cast<Kind>(constant.kind), static_cast<Shape>(constant.shape)};
}

// The words that one value takes, but for a time zone, which takes what it needs; 0 where it stands
// in the record itself.
constexpr std::uint32_t words_of_one(Held held) {
  if (held == Held::Address) return 4;
  return held == Held::Network ? 5 : 0;
}

// Whether the payload is the first of `count` words: those of one value, or of the other shapes one
// a value: a string, where the kind is one of texts, else a constant of that kind. Local values
// stand behind one word for their time zone, a constant.
constexpr bool has_words(const ConstantRecord& constant) {
  const ConstantType type = type_of(constant);
  const Held held = held_as(type.kind);
  return type.shape != Shape::One || words_of_one(held) != 0 || held == Held::Zone;
}

// The value of one number. INVARIANT: the constant is one, and has been checked.
inline Number number_of(const ConstantRecord& constant) {
  const std::uint64_t payload = constant.payload;
  if ((constant.flags & ConstantRecord::kReal) == 0) {
    return Number::from_integer(std::bit_cast<std::int64_t>(payload));
  }
  return Number::from_fraction(std::bit_cast<double>(payload));
}

inline Number number_of(const ProgramView& view, std::uint32_t constant) {
  return number_of(view.Constants[constant]);
}

// The address in four words.
inline IpValue ip_of(std::span<const U32> words) {
  IpValue ip{};
  for (std::size_t i = 0; i < ip.size(); ++i)
    ip[i] = static_cast<std::uint8_t>(words[i / 4] >> (8U * (i % 4)));
  return ip;
}

// The network in five words, whose bytes stand in the order of a NetworkValue.
inline NetworkValue network_at(std::span<const U32> words) {
  return {reinterpret_cast<const std::uint8_t*>(words.data())};
}

// A text of the pool, with its id.
inline Slot pooled_text(const ProgramView& view, std::uint32_t id) {
  const std::string_view text = view.string(id);
  Slot slot;
  slot.string = {text.data(), static_cast<std::uint32_t>(text.size()), id};
  return slot;
}

// The value of a constant that is one, of a kind that is held that way.
inline Slot value_of(const ProgramView& view, Held held, const ConstantRecord& constant) {
  Slot slot;
  switch (held) {
    case Held::Text:
      return pooled_text(view, static_cast<std::uint32_t>(constant.payload));
    case Held::Number:
      slot.number = number_of(constant);
      break;
    case Held::Boolean:
      slot.boolean = constant.payload != 0;
      break;
    case Held::Time:
      slot.timestamp = std::bit_cast<std::int64_t>(constant.payload.get());
      break;
    case Held::Address:
      slot.ip = ip_of(view.words_of(constant));
      break;
    case Held::Network:
      slot.network = network_at(view.words_of(constant));
      break;
    case Held::Nothing:
    case Held::List:
    case Held::Zone:
      break;
  }
  return slot;
}
inline Slot value_of(const ProgramView& view, const ConstantRecord& constant) {
  return value_of(view, held_as(type_of(constant).kind), constant);
}

// The words of the values, of a constant that holds several.
inline std::span<const U32> words_of_values(const ProgramView& view,
                                            const ConstantRecord& constant) {
  return view.words_of(constant).subspan(is_local(type_of(constant).kind) ? 1 : 0);
}

// The words of a time zone: its name and the release of its data, which are strings, or kNone for
// the release of what is built in; then what time_zone.h reads.
struct ZoneWords {
  static constexpr std::size_t kLabels = 2;
  std::uint32_t name;
  std::uint32_t release;
  std::span<const U32> rules;
};
inline ZoneWords zone_of(std::span<const U32> words) {
  return {words[0], words[1], words.subspan(ZoneWords::kLabels)};
}

// One value of a constant that holds several.
inline Slot element_of_constant(const ProgramView& view, Held held, std::uint32_t word) {
  return held == Held::Text ? pooled_text(view, word) : value_of(view, held, view.Constants[word]);
}

}  // namespace verdict
