// What each row of functions.def means for a value that is there: the leaves of the general form.
//
// One overload of holds() a row: the value (of the attribute, or an element of it) and the operand
// as the row has it. bool where the function is always decided, else Truth. A row that takes many
// operands says in equality_of() how it compares. The reference evaluator shares nothing of these
// files.
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
