// The counter itself: a guard that counts nothing would pass every promise.
#include <array>
#include <new>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/counting_new.h"

namespace verdict::testing {
namespace {

const void* volatile seen = nullptr;

// A compiler may leave out an allocation that nobody looks at; this looks.
void look_at(const void* memory) { seen = memory; }

TEST(CountingNew, SeesEveryForm) {
  const AllocationCount count;
  ::operator delete(::operator new(16));
  ::operator delete[](::operator new[](16));
  ::operator delete (::operator new (64, std::align_val_t{64}), std::align_val_t{64});
  ::operator delete(::operator new(16, std::nothrow), std::nothrow);
  EXPECT_EQ(count.now(), 4U);
}

TEST(CountingNew, SeesContainersAndLongStrings) {
  const AllocationCount count;
  const std::vector<int> numbers(100);
  const std::string text(100, 'x');
  look_at(numbers.data());
  look_at(text.data());
  EXPECT_EQ(count.now(), 2U);
}

TEST(CountingNew, SeesNothingWhereNothingIsAllocated) {
  const AllocationCount count;
  const std::string small = "inline";
  EXPECT_EQ(count.now(), 0U);
  EXPECT_EQ(small.size(), 6U);
}

// Whether an allocation of a long string fails.
bool fails() {
  try {
    const std::string text(100, 'x');
    look_at(text.data());
    return false;
  } catch (const std::bad_alloc&) {
    return true;
  }
}

TEST(CountingNew, FailsOnceOrFromThenOn) {
  using Then = FailingAllocation::Then;
  for (const Then then : {Then::OneOnly, Then::AllBehind}) {
    std::array<bool, 4> failed{};
    bool has_failed_early = true;
    bool has_failed = false;
    {
      const FailingAllocation failing(2, then);
      failed[0] = fails();
      failed[1] = fails();
      has_failed_early = FailingAllocation::has_failed();
      failed[2] = fails();
      void* const last = ::operator new(16, std::nothrow);
      failed[3] = last == nullptr;
      ::operator delete(last);
      has_failed = FailingAllocation::has_failed();
    }
    EXPECT_EQ(failed, (std::array{false, false, true, then == Then::AllBehind}));
    EXPECT_FALSE(has_failed_early);
    EXPECT_TRUE(has_failed);
    EXPECT_FALSE(fails());
  }
}

TEST(CountingNew, CountsEachThreadForItself) {
  const AllocationCount count;
  std::size_t inside = 0;
  std::thread thread([&inside] {
    const AllocationCount own;
    const std::vector<int> numbers(100);
    look_at(numbers.data());
    inside = own.now();
  });
  const std::size_t to_start = count.now();
  thread.join();
  EXPECT_EQ(inside, 1U);
  EXPECT_EQ(count.now(), to_start);
}

}  // namespace
}  // namespace verdict::testing
