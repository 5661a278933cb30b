// `eval --batch`: one question a line, one answer a line.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "compiler/policyc/workbench/question.h"

namespace verdict::policyc {

// What holds for every line that does not say otherwise.
struct BatchOptions {
  std::int64_t now = 0;                  // microseconds since 1970
  Vouching vouching = Vouching::Nobody;  // of bare claims
};

// What became of one line.
struct LineAnswer {
  std::string json;  // one line
  enum class Status : std::uint8_t { Allowed, Denied, TokenRefused, Unreadable };
  Status status = Status::Unreadable;
  bool has_expectation = false;
  bool is_as_expected = true;
};

// Answers one line:
// {"id","token"|"claims","resource","action"|"policy","context"?,"now"?,"provider"?,"ip"?,"expect"?}
// gives {"id", ...the object of eval}. Whatever the line holds, the answer is one line of JSON;
// what cannot be asked is Deny with an `error`. `expect` is "Allow", "Deny" or an object with any
// members of the answer; where the answer is another, `mismatch` says in what.
LineAnswer answer_line(const ProgramState& program, std::string_view line,
                       const BatchOptions& options);

}  // namespace verdict::policyc
