// Counts calls of operator new, for tests that promise "no allocation". Only a binary that links
// the object library verdict_counting_new has the counting operator; allocation_tests does.
#pragma once

#include <cstddef>

namespace verdict::testing {

// Allocations of the calling thread since it began.
std::size_t allocations_so_far();

// Allocations between its construction and now, on the thread that made it.
class AllocationCount {
 public:
  AllocationCount() : before_(allocations_so_far()) {}
  std::size_t now() const { return allocations_so_far() - before_; }

 private:
  std::size_t before_;
};

}  // namespace verdict::testing
