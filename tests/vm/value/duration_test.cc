#include "vm/value/duration.h"

#include <array>

#include <gtest/gtest.h>

namespace verdict {
namespace {

constexpr std::int64_t kMinute = std::int64_t{60} * 1000000;
constexpr std::int64_t kDay = 24 * 60 * kMinute;

TEST(Duration, IsASumOfUnits) {
  struct Good {
    std::string_view text;
    std::int64_t microseconds;
  };
  for (const auto& [text, microseconds] : std::to_array<Good>({
           {"1ms", 1000},
           {"15m", 15 * kMinute},
           {"1h30m", 90 * kMinute},
           {"7d", 7 * kDay},
           {"2w", 14 * kDay},
           {"0h5m", 5 * kMinute},
           {"007s", 7000000},
           {"1w2d3h4m5s6ms", 9 * kDay + 184 * kMinute + 5006000},
           {"36525d", kMaxDuration},
       })) {
    EXPECT_EQ(parse_duration(text).value, microseconds) << text;
  }
}

TEST(Duration, AllElseIsRefusedAtItsPlace) {
  struct Bad {
    std::string_view text;
    DurationError error;
    std::size_t offset;
  };
  for (const auto& [text, error, offset] : std::to_array<Bad>({
           {"", DurationError::BadText, 0},
           {"m", DurationError::BadText, 0},
           {"15", DurationError::BadText, 2},
           {"15min", DurationError::BadText, 2},
           {"15 m", DurationError::BadText, 2},
           {"-15m", DurationError::BadText, 0},
           {"+15m", DurationError::BadText, 0},
           {"1.5h", DurationError::BadText, 1},
           {"1h 30m", DurationError::BadText, 1},
           {"PT15M", DurationError::BadText, 0},
           {"15M", DurationError::BadText, 2},
           {"1h30", DurationError::BadText, 4},
           {"1y", DurationError::BadText, 1},
           {"30m1h", DurationError::UnitOrder, 4},
           {"1h1h", DurationError::UnitOrder, 3},
           {"1ms1s", DurationError::UnitOrder, 4},
           {"0s", DurationError::Zero, 0},
           {"0h0m", DurationError::Zero, 0},
           {"36525d1ms", DurationError::TooLong, 6},
           {"5218w", DurationError::TooLong, 0},
           {"99999999999999999999s", DurationError::TooLong, 0},
       })) {
    const ParsedDuration parsed = parse_duration(text);
    EXPECT_FALSE(parsed.value) << text;
    EXPECT_EQ(parsed.error, error) << text;
    EXPECT_EQ(parsed.offset, offset) << text;
  }
}

TEST(Duration, IsWrittenWithTheLargestUnitsFirst) {
  EXPECT_EQ(format_duration(*parse_duration("90m").value), "1h30m");
  EXPECT_EQ(format_duration(*parse_duration("10d").value), "1w3d");
  EXPECT_EQ(format_duration(1000), "1ms");
}

}  // namespace
}  // namespace verdict
