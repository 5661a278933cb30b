// What a decision executes, to be compared with what the loader has proved.
#pragma once

#include <cstdint>

#include "vm/interp/evaluate.h"

namespace verdict::testing {

struct CountedOutcome {
  Outcome outcome;
  std::uint64_t num_instructions = 0;
};

// evaluate() by a second build of the same loop, which also counts.
CountedOutcome evaluate_counting(const Program& program, FunctionId function,
                                 const SlotView& slots);

}  // namespace verdict::testing
