// What each row of functions.def means for a value that is there: the leaves of the general form.
//
// One overload a row: the value (of the attribute, or an element of it) and the operand as the row
// has it. bool where the function is always decided, else Truth. A row that takes many operands
// says in equality_of() how it compares. The reference evaluator shares nothing of this file.
#pragma once

#include "vm/functions/operands.h"

namespace verdict {

template <Function kFunction>
struct Leaf {};

// What a leaf can ask of its condition beside the two values.
struct AskedOf {
  const TestFrame& frame;
  std::uint32_t attribute;
};

inline bool holds(Leaf<Function::IsNull>, const AskedOf&, const Slot&, NoOperand) { return false; }
inline bool holds(Leaf<Function::BooleanEqual>, const AskedOf&, const Slot& a, const Slot& b) {
  return a.boolean == b.boolean;
}

// Strings and enum values.
inline bool holds(Leaf<Function::StringEqual>, const AskedOf&, const Slot& a, const Slot& b) {
  return equal_text(a.string, b.string);
}
constexpr Equality equality_of(Leaf<Function::StringIn>) { return {Held::Text}; }
inline bool holds(Leaf<Function::StringIn> leaf, const AskedOf&, const Slot& a,
                  const Members& set) {
  return set.contains(equality_of(leaf), a);
}

// Numbers.
inline bool holds(Leaf<Function::NumberEqual>, const AskedOf&, const Slot& a, const Slot& b) {
  return a.number == b.number;
}
constexpr Equality equality_of(Leaf<Function::NumberIn>) { return {Held::Number}; }
inline bool holds(Leaf<Function::NumberIn> leaf, const AskedOf&, const Slot& a,
                  const Members& set) {
  return set.contains(equality_of(leaf), a);
}
inline bool holds(Leaf<Function::NumberLess>, const AskedOf&, const Slot& a, const Slot& b) {
  return a.number < b.number;
}
inline bool holds(Leaf<Function::NumberLessEqual>, const AskedOf&, const Slot& a, const Slot& b) {
  return a.number <= b.number;
}
inline bool holds(Leaf<Function::NumberGreater>, const AskedOf&, const Slot& a, const Slot& b) {
  return a.number > b.number;
}
inline bool holds(Leaf<Function::NumberGreaterEqual>, const AskedOf&, const Slot& a,
                  const Slot& b) {
  return a.number >= b.number;
}
inline bool holds(Leaf<Function::NumberBetween>, const AskedOf&, const Slot& a, const Ends& ends) {
  return ends.low.number <= a.number && a.number <= ends.high.number;
}

// Lists.
inline bool holds(Leaf<Function::ListContainsString>, const AskedOf&, const Slot& list,
                  const Slot& b) {
  return list_contains_text(list.list, b.string);
}
inline bool holds(Leaf<Function::ListContainsNumber>, const AskedOf&, const Slot& list,
                  const Slot& b) {
  return list_contains_number(list.list, b.number);
}

}  // namespace verdict
