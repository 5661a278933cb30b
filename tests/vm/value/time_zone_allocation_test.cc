// Asking for local time takes no memory.
#include <gtest/gtest.h>

#include "tests/support/counting_new.h"
#include "vm/value/time_zone.h"

namespace verdict::testing {
namespace {

TEST(TimeZone, LocalTimeAllocatesNothing) {
  const ZoneRules zone = {
      0,
      {{-1000000, 3600}, {0, 7200}},
      1000000,
      {0, 3600, {SwitchDay::OfMonth, 3, 5, 0, 7200}, {SwitchDay::Julian, 0, 0, 300, 0}}};
  const std::vector<std::uint32_t> encoded = encode_zone(zone);
  const std::vector<U32> words(encoded.begin(), encoded.end());
  const AllocationCount count;
  ASSERT_TRUE(is_time_zone(words));
  std::uint32_t sum = 0;
  for (std::int64_t at = -4000000; at < 40000000; at += 100000)
    sum += local_time(words, at * kMicrosPerSecond).second_of_day;
  EXPECT_GT(sum, 0U);
  EXPECT_EQ(count.now(), 0U);
}

}  // namespace
}  // namespace verdict::testing
