// How much work one call can be, counted in steps, whoever wrote the program and whatever it is
// asked: the bound that a loader proves.
//
// A step is about an instruction, a few nanoseconds: kElementsPerStep elements of a list that are
// compared, kBytesPerStep bytes of text. docs/bytecode.md says what is counted.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "vm/base/limits.h"
#include "vm/program/layout.h"
#include "vm/program/program.h"
#include <verdict/program.h>

namespace verdict {

using Steps = std::uint64_t;

inline constexpr Steps kElementsPerStep = 8;
inline constexpr Steps kBytesPerStep = 64;

// Saturates: a bound that does not fit is beyond every budget.
constexpr Steps add_steps(Steps a, Steps b) { return a + b < a ? ~Steps{0} : a + b; }

// What a test can take beside its instruction: the longest list, the longest texts that a request
// can hold, a search in a set of the program. `form` says what `operand` is; None where it costs
// nothing.
Steps steps_of_test(const ProgramView& view, const FunctionRow& row, std::uint32_t attribute,
                    OperandForm form, std::uint32_t operand, Quantifier quantifier);

// The dearest calls, and what they are about, for messages.
struct WorkReport {
  Work work;
  std::string bind;      // a provider
  std::string decision;  // a resource and an action, or a policy
  std::string details;
};

// `function_steps` are those of verify_code(). INVARIANT: the program has passed all other checks.
// Takes time in proportion to the program.
WorkReport measure_work(const ProgramView& view, std::span<const Steps> function_steps);

// The same for a person: "563 steps to bind claims, ...".
std::string describe(const Work& work);

}  // namespace verdict
