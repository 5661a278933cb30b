// A program as text: for people to read, and for the assembler to read back to the same bytes.
//
// assemble(disassemble(p)) is p, byte for byte. Time and size are linear in the size of the program
// (times the logarithm of the number of names).
#pragma once

#include <string>

#include "vm/program/program.h"

namespace verdict {

struct DisassembleOptions {
  bool comments = true;  // places in the sources, longest paths, what a `#n` holds
};

[[nodiscard]] std::string disassemble(const Program& program,
                                      const DisassembleOptions& options = {});

}  // namespace verdict
