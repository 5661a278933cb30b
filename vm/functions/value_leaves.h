// Functions of null, booleans, numbers and enums.
#pragma once

#include <algorithm>
#include <functional>

#include "vm/functions/leaf.h"

namespace verdict {

inline bool holds(Leaf<Function::IsNull>, const AskedOf&, const Slot&, NoOperand) { return false; }
inline bool holds(Leaf<Function::BooleanEqual>, const AskedOf&, const Slot& a, const auto& b) {
  return a.boolean == b.boolean;
}

// Numbers.
inline bool holds(Leaf<Function::NumberEqual>, const AskedOf&, const Slot& a, const auto& b) {
  return a.number == b.number;
}
constexpr Equality equality_of(Leaf<Function::NumberIn>) { return {Held::Number}; }
inline bool holds(Leaf<Function::NumberIn> leaf, const AskedOf&, const Slot& a, const auto& set) {
  return set.contains(equality_of(leaf), a);
}
inline bool holds(Leaf<Function::NumberLess>, const AskedOf&, const Slot& a, const auto& b) {
  return a.number < b.number;
}
inline bool holds(Leaf<Function::NumberLessEqual>, const AskedOf&, const Slot& a, const auto& b) {
  return a.number <= b.number;
}
inline bool holds(Leaf<Function::NumberGreater>, const AskedOf&, const Slot& a, const auto& b) {
  return a.number > b.number;
}
inline bool holds(Leaf<Function::NumberGreaterEqual>, const AskedOf&, const Slot& a,
                  const auto& b) {
  return a.number >= b.number;
}
inline bool holds(Leaf<Function::NumberBetween>, const AskedOf&, const Slot& a, const auto& ends) {
  return ends.low.number <= a.number && a.number <= ends.high.number;
}
inline Truth holds(Leaf<Function::NumberHasBits>, const AskedOf&, const Slot& a, const auto& b) {
  const bool has_bits = a.number.is_integer() && a.number.integer() >= 0;
  const bool is_mask = b.number.is_integer() && b.number.integer() > 0;
  if (!has_bits || !is_mask) return Truth::Unknown;
  return truth_of((a.number.integer() & b.number.integer()) == b.number.integer());
}

// Enums.
inline bool holds(Leaf<Function::EnumEqual>, const AskedOf&, const Slot& a, const auto& b) {
  return same_text(a, b);
}
constexpr Equality equality_of(Leaf<Function::EnumIn>) { return {Held::Text}; }
inline bool holds(Leaf<Function::EnumIn> leaf, const AskedOf&, const Slot& a, const auto& set) {
  return set.contains(equality_of(leaf), a);
}

// The place of a value among those of the attribute; their number for what is none of them.
inline std::size_t rank_of(const AskedOf& asked, std::uint32_t value) {
  const AttributeRecord& attribute = asked.frame.view.Attributes[asked.attribute];
  const std::span<const U32> values = asked.frame.words(attribute.values);
  return static_cast<std::size_t>(std::find(values.begin(), values.end(), value) - values.begin());
}
// What has no rank, as values of another enum may, is not compared.
template <class Compare>
Truth compare_ranks(const AskedOf& asked, std::uint32_t a, std::uint32_t b,
                    const Compare& compare) {
  const AttributeRecord& attribute = asked.frame.view.Attributes[asked.attribute];
  const std::size_t num_values = asked.frame.words(attribute.values).size();
  const std::size_t rank = rank_of(asked, a);
  const std::size_t other = rank_of(asked, b);
  if (rank == num_values || other == num_values) return Truth::Unknown;
  return truth_of(compare(rank, other));
}
inline Truth holds(Leaf<Function::EnumAtLeast>, const AskedOf& asked, const Slot& a,
                   const auto& b) {
  return compare_ranks(asked, id_of(a), id_of(b), std::greater_equal<std::size_t>());
}
inline Truth holds(Leaf<Function::EnumAtMost>, const AskedOf& asked, const Slot& a, const auto& b) {
  return compare_ranks(asked, id_of(a), id_of(b), std::less_equal<std::size_t>());
}

}  // namespace verdict
