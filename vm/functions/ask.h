// The general form of a test: null, operand, quantifier, then the leaf of the function's row.
#pragma once

#include <cstdint>

#include "vm/functions/frame.h"
#include "vm/program/test_mode.h"

namespace verdict {

// What the general opcode `op` asks of attribute `a`; `b` is its operand, a constant or an
// attribute. The mode's jump is left to the caller. No allocation, no lock, no exception.
// INVARIANT: the verifier has proved opcode, mode and operands.
Truth ask(const TestFrame& frame, std::uint8_t op, TestMode mode, std::uint32_t a, std::uint32_t b);

}  // namespace verdict
