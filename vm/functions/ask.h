// The general form of a test: null, operand, quantifier, then the leaf of the function's row.
#pragma once

#include <array>
#include <cstdint>

#include "vm/functions/frame.h"
#include "vm/program/opcode.h"

namespace verdict {

// What a general instruction asks: r is its mode, a the attribute, b the operand, a constant or an
// attribute. Its jump is left to the caller. No allocation, no lock, no exception.
// INVARIANT: the verifier has proved opcode, mode and operands.
using Asker = Truth (*)(const TestFrame&, const Instruction&);

// By general opcode, less kFirstGeneralOp.
extern const std::array<Asker, 256U - kFirstGeneralOp> kAskers;

inline Truth ask(const TestFrame& frame, const Instruction& instruction) {
  return kAskers[instruction.op - std::size_t{kFirstGeneralOp}](frame, instruction);
}

}  // namespace verdict
