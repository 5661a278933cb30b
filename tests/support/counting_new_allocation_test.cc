// The counter itself: a guard that counts nothing would pass every promise.
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
