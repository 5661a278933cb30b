// What a test of a function must be, wherever it stands: in a rule, or behind a general opcode.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "vm/program/load_error.h"
#include "vm/program/program.h"
#include "vm/value/function.h"

namespace verdict {

struct TestParts {
  const FunctionRow& row;
  std::uint32_t attribute;
  OperandForm form;
  std::uint32_t operand;
  Quantifier quantifier;
  OnNull on_null;
};

struct TestFault {
  LoadError error;  // where the test is an instruction
  std::string_view why;
};

// Nothing where the test can be asked.
std::optional<TestFault> find_fault(const ProgramView& view, const TestParts& test);

}  // namespace verdict
