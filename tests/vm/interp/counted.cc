// The source of the loop under another name, with a counter in it: nothing of that is in the loop
// that is shipped.
#include "tests/vm/interp/counted.h"

namespace {
thread_local std::uint64_t num_executed = 0;
}

#define VERDICT_EXECUTES(instruction) ++num_executed
#define evaluate evaluate_and_count
#include "vm/interp/evaluate.cc"
#undef evaluate

namespace verdict::testing {

CountedOutcome evaluate_counting(const Program& program, FunctionId function,
                                 const SlotView& slots) {
  num_executed = 0;
  const Outcome outcome = evaluate_and_count(program, function, slots);
  return {outcome, num_executed};
}

}  // namespace verdict::testing
