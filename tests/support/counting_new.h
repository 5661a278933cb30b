// Counts calls of operator new, for tests that promise "no allocation", and lets them fail, for
// tests of what follows then. Only a binary that links the object library verdict_counting_new has
// this operator; allocation_tests does.
#pragma once

#include <cstddef>
#include <cstdint>

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

// While it lives, an allocation of the thread that made it fails: the one behind `before` others,
// and with AllBehind every one that follows. One at a time.
class FailingAllocation {
 public:
  enum class Then : std::uint8_t { OneOnly, AllBehind };

  FailingAllocation(std::size_t before, Then then);
  ~FailingAllocation();
  FailingAllocation(const FailingAllocation&) = delete;
  FailingAllocation& operator=(const FailingAllocation&) = delete;
  FailingAllocation(FailingAllocation&&) = delete;
  FailingAllocation& operator=(FailingAllocation&&) = delete;

  // Whether it has come to that.
  [[nodiscard]] static bool has_failed();
};

}  // namespace verdict::testing
