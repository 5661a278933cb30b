// What each function means on two values that are there: the leaves of the second evaluator.
//
// Knows nothing of null, invalid or negation, and shares no code with vm/functions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/ir/ir.h"

namespace verdict::compiler::reference {

// What a function is asked. `operand` is nullptr where it takes none; `order` are the values of an
// enum, in their order; `now` is the time of the request, in microseconds.
struct Operands {
  Function function;
  const ir::Literal& value;
  const ir::Literal* operand;
  const std::vector<std::string>& order;
  std::optional<std::int64_t> now;
};

// The function itself, not its twin.
Truth truth_of(const Operands& operands);

// By mathematical value, exactly: less than 0, 0, or more than 0 as `a` is less than, equal to or
// more than `b`.
int compare_exactly(const Number& a, const Number& b);

}  // namespace verdict::compiler::reference
