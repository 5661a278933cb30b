// How a condition of the rules section becomes one test instruction: the code generator and
// explanations read this.
#pragma once

#include <cstdint>
#include <span>

#include "vm/program/function.h"
#include "vm/program/layout.h"
#include "vm/program/opcode.h"

namespace verdict {

// The test of a function, and whether the function is its negation.
struct LoweredTest {
  Op test;  // the first opcode of its row
  bool is_negated;
};

// `attribute` is the kind of the attribute that the function reads. Total for all that the type
// checker accepts.
LoweredTest lower(Function function, Kind attribute, OperandForm form);

// Field b of the test: an attribute, a string's id, 0 or 1 for a boolean, else a constant.
std::uint32_t lower_operand(std::span<const ConstantRecord> constants, OperandForm form,
                            std::uint32_t operand);

}  // namespace verdict
