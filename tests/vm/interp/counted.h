// What a decision executes and looks at, to be compared with what the loader has proved.
#pragma once

#include <cstdint>

#include "vm/interp/evaluate.h"

namespace verdict::testing {

struct CountedOutcome {
  Outcome outcome;
  std::uint64_t num_instructions = 0;
  std::uint64_t num_elements = 0;  // of the lists that were searched
  std::uint64_t num_bytes = 0;     // of texts that were compared byte for byte
  std::uint64_t num_halvings = 0;  // of searches in sets of the program

  // As vm/verify/work.h counts them.
  [[nodiscard]] std::uint64_t steps() const;
};

// evaluate() by a second build of the same loop, which also counts.
CountedOutcome evaluate_counting(const Program& program, FunctionId function,
                                 const SlotView& slots);

}  // namespace verdict::testing
