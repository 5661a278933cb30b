#include "vm/functions/time_leaves.h"

#include <limits>

#include <gtest/gtest.h>

namespace verdict {
namespace {

constexpr std::int64_t kEarliest = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kLatest = std::numeric_limits<std::int64_t>::max();

TEST(TimeLeaves, UpToHoldsWhateverAClockSays) {
  EXPECT_TRUE(is_up_to(5, 5, 1));
  EXPECT_TRUE(is_up_to(5, 6, 1));
  EXPECT_FALSE(is_up_to(5, 7, 1));
  EXPECT_FALSE(is_up_to(6, 5, 1));
  EXPECT_FALSE(is_up_to(kEarliest, kLatest, kLatest));
  EXPECT_FALSE(is_up_to(kLatest, kEarliest, kLatest));
  EXPECT_TRUE(is_up_to(kEarliest, kEarliest + 1, 1));
  EXPECT_TRUE(is_up_to(kLatest - 1, kLatest, 1));
}

}  // namespace
}  // namespace verdict
