// What each row of functions.def means for a value that is there: the leaves of the general form.
//
// One overload of holds() a row: the value (of the attribute, or an element of it) and the operand
// as the row has it. bool where the function is always decided, else Truth. The reference evaluator
// shares nothing of these files.
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

// How the values of a row compare with its operands: as the operands' kind is held.
template <Function kFunction>
constexpr Equality equality_of(Leaf<kFunction> /*leaf*/) {
  constexpr Kind kKind = get_function_row(kFunction).operand_kind;
  return {held_as(kKind), kKind == Kind::Folded ? Case::Ignore : Case::Exact};
}

// What a leaf takes in place of its operand, made once however many elements are asked; the operand
// itself where no other overload says so.
template <Function kFunction, class Operand>
const Operand& prepare(Leaf<kFunction> /*leaf*/, const Operand& operand) {
  return operand;
}

inline bool is_count_between(std::size_t count, const auto& ends) {
  const Number number = Number::from_integer(static_cast<std::int64_t>(count));
  return ends.low.number <= number && number <= ends.high.number;
}

}  // namespace verdict
