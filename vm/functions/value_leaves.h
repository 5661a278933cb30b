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
inline bool holds(Leaf<Function::EnumIn> leaf, const AskedOf&, const Slot& a, const auto& set) {
  return set.contains(equality_of(leaf), a);
}

// The places of both among the values of the attribute. What has none, as values of another enum
// may, is not compared.
template <class Compare>
Truth compare_ranks(const AskedOf& asked, std::uint32_t a, std::uint32_t b,
                    const Compare& compare) {
  const AttributeRecord& attribute = asked.frame.view.Attributes[asked.attribute];
  const std::span<const U32> values = asked.frame.words(attribute.values);
  const auto rank = std::find(values.begin(), values.end(), a);
  const auto other = std::find(values.begin(), values.end(), b);
  if (rank == values.end() || other == values.end()) return Truth::Unknown;
  return truth_of(compare(rank - values.begin(), other - values.begin()));
}
inline Truth holds(Leaf<Function::EnumAtLeast>, const AskedOf& asked, const Slot& a,
                   const auto& b) {
  return compare_ranks(asked, id_of(a), id_of(b), std::greater_equal<>());
}
inline Truth holds(Leaf<Function::EnumAtMost>, const AskedOf& asked, const Slot& a, const auto& b) {
  return compare_ranks(asked, id_of(a), id_of(b), std::less_equal<>());
}

}  // namespace verdict
