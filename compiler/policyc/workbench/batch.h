// `eval --batch`: one question a line, one answer a line.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "compiler/policyc/workbench/question.h"

namespace verdict::policyc {

// What holds for every line that does not say otherwise.
struct BatchOptions {
  std::int64_t now = 0;  // microseconds since 1970
  Vouching vouching = Vouching::Nobody;
};

// Answers one line:
// {"id","claims","resource","action"|"policy","context"?,"now"?,"provider"?,"ip"?} gives {"id",
// ...the object of eval}. Whatever the line holds, the answer is one line of JSON; what cannot be
// asked is Deny with an `error`.
std::string answer_line(const ProgramState& program, std::string_view line,
                        const BatchOptions& options);

}  // namespace verdict::policyc
