// `eval --batch`: one question a line, one answer a line.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "vm/program/program.h"

namespace verdict::policyc {

// Answers one line:
// {"id","claims","resource","action"|"policy","context"?,"now"?,"provider"?,"ip"?} gives {"id",
// ...the object of eval}. Whatever the line holds, the answer is one line of JSON; what cannot be
// asked is Deny with an `error`. `now`: microseconds since 1970, for lines that name none.
std::string answer_line(const Program& program, std::string_view line, std::int64_t now);

}  // namespace verdict::policyc
