#include "vm/value/time.h"

#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "vm/base/limits.h"

namespace verdict {
namespace {

constexpr std::int64_t kSecond = 1000000;
constexpr std::int64_t kNoon2026 = 1767268800 * kSecond;  // 2026-01-01T12:00:00Z

struct Case {
  std::string text;
  std::int64_t microseconds;
};

TEST(Rfc3339, ReadsWhatExists) {
  const std::vector<Case> cases = {
      {"1970-01-01T00:00:00Z", 0},
      {"2026-01-01T12:00:00Z", kNoon2026},
      {"2026-01-01t12:00:00z", kNoon2026},
      {"2026-01-01T13:30:00+01:30", kNoon2026},
      {"2026-01-01T10:30:00-01:30", kNoon2026},
      {"2025-12-31T12:01:00-23:59", kNoon2026},
      {"2026-01-02T11:59:00+23:59", kNoon2026},
      {"2026-01-01T12:00:00-00:00", kNoon2026},
      {"2026-01-01T12:00:00.5Z", kNoon2026 + 500000},
      {"2026-01-01T12:00:00.000001Z", kNoon2026 + 1},
      {"2026-01-01T12:00:00.0000019999Z", kNoon2026 + 1},
      {"2026-01-01T12:00:00.999999999+00:00", kNoon2026 + 999999},
      {"1969-12-31T23:59:59.9999999Z", -1},
      {"1969-12-31T23:59:59.0000001Z", -kSecond},
      {"2024-02-29T00:00:00Z", 1709164800 * kSecond},
      {"2000-02-29T00:00:00Z", 951782400 * kSecond},
      {"0001-01-01T00:00:00Z", kMinTimestamp},
      {"0001-01-01T23:59:00+23:59", kMinTimestamp},
      {"9999-12-31T23:59:59.9999999Z", kMaxTimestamp},
      {"9999-12-31T00:00:59.999999-23:59", kMaxTimestamp},
  };
  for (const auto& [text, microseconds] : cases)
    EXPECT_EQ(parse_rfc3339(text), microseconds) << text;
}

TEST(Rfc3339, RefusesAllElse) {
  const std::vector<std::string> cases = {
      "",
      "2026",
      "2026-01-01",
      "2026-01-01T12:00:00",     // no offset
      "2026-01-01 12:00:00Z",    // a space for the T
      "2026-01-01T12:00Z",       // no seconds
      "2026-01-01T12:00:00.Z",   // a point without digits
      "2026-01-01T12:00:00,5Z",  // a comma
      "2026-01-01T12:00:60Z",    // a leap second
      "2016-12-31T23:59:60Z",    // even one that was
      "2026-01-01T24:00:00Z",    // midnight has one name
      "2026-01-01T12:60:00Z",
      "2026-00-01T12:00:00Z",
      "2026-13-01T12:00:00Z",
      "2026-01-00T12:00:00Z",
      "2026-01-32T12:00:00Z",
      "2026-02-29T12:00:00Z",  // no leap year
      "1900-02-29T12:00:00Z",
      "2026-04-31T12:00:00Z",
      "2026-1-01T12:00:00Z",
      "26-01-01T12:00:00Z",
      "20260101T120000Z",
      "+2026-01-01T12:00:00Z",
      "10000-01-01T00:00:00Z",
      "0000-12-31T23:59:59Z",       // there is no year 0
      "0000-12-31T23:00:00-01:00",  // year 1 by its offset, but written as year 0
      "0001-01-01T00:00:00+00:01",  // year 0 by its offset
      "9999-12-31T23:59:59.999999-00:01",
      "2026-01-01T12:00:00+01",
      "2026-01-01T12:00:00+0100",
      "2026-01-01T12:00:00+24:00",
      "2026-01-01T12:00:00+01:60",
      "2026-01-01T12:00:00+1:00",
      "2026-01-01T12:00:00 +01:00",
      "2026-01-01T12:00:00ZZ",
      "2026-01-01T12:00:00Z ",
      " 2026-01-01T12:00:00Z",
      std::string("2026-01-01T12:00:00Z\0", 21),
      "2026-01-01T12:00:00Z[Europe/Berlin]",
      "1767268800",
      "２026-01-01T12:00:00Z",  // a full-width digit
  };
  for (const std::string& text : cases) EXPECT_EQ(parse_rfc3339(text), std::nullopt) << text;
}

TEST(NumericDate, IsExactToTheMicrosecondAndFloorsTheRest) {
  const std::vector<Case> cases = {
      {"0", 0},
      {"-0", 0},
      {"1767268800", kNoon2026},
      {"1767268800.0", kNoon2026},
      {"1767268800.5", kNoon2026 + 500000},
      {"1767268800.000001", kNoon2026 + 1},
      {"1767268800.0000019", kNoon2026 + 1},
      {"1767268800.123456", kNoon2026 + 123456},
      {"1767268800.99999999999999999999", kNoon2026 + 999999},  // as a double it is the next second
      {"0.99999999999999999999", 999999},
      {"0.000001", 1},
      {"0.0000001", 0},
      // Negative ones: towards minus infinity.
      {"-1", -kSecond},
      {"-1.5", -1500000},
      {"-0.5", -500000},
      {"-0.0", 0},
      {"-0.000001", -1},
      {"-0.0000001", -1},
      {"-0.0000010", -1},
      {"-1.0000000", -kSecond},
      {"-1.0000001", -kSecond - 1},
      {"-1e-400", -1},
      // Exponents: how some libraries print a double.
      {"1.7672688E9", kNoon2026},
      {"1.7672688005E9", kNoon2026 + 500000},
      {"1.767268800123457e+9", kNoon2026 + 123457},
      {"17672688005e-1", kNoon2026 + 500000},
      {"1767268800123456e-6", kNoon2026 + 123456},
      {"17672688001234569e-7", kNoon2026 + 123456},
      {"-15e-1", -1500000},
      {"-1e-7", -1},
      {"1e-7", 0},
      {"0e99999999999999999999", 0},
      {"1e-99999999999999999999", 0},
      {"0.0000000017672688e18", kNoon2026},
      // The first and the last point in time.
      {"-62135596800", kMinTimestamp},
      {"-62135596800.0000000", kMinTimestamp},
      {"253402300799", kMaxTimestamp - 999999},
      {"253402300799.999999", kMaxTimestamp},
      {"253402300799.9999999", kMaxTimestamp},
      {"2.53402300799999999e11", kMaxTimestamp},
  };
  for (const auto& [text, microseconds] : cases)
    EXPECT_EQ(parse_numeric_date(text), microseconds) << text;
}

TEST(NumericDate, RefusesOtherYearsAndOtherText) {
  const std::vector<std::string> cases = {
      "253402300800",  // year 10000
      "253402300800.0",
      "2.534023008e11",
      "-62135596801",  // year 0
      "-62135596800.0000001",
      "-62135596800.000001",
      "1767268800000",  // milliseconds by mistake
      "1767268800000.5",
      "1767268800000000",  // microseconds by mistake
      "9223372036854775807",
      "9223372036854775808",  // no int64
      "-9223372036854775808",
      "1e300",
      "-1e300",
      "1e400",  // no double
      "1e99999999999999999999",
      "",
      "-",
      ".5",
      "5.",
      "1e",
      "01",
      "+1",
      "1 ",
      "0x10",
      "NaN",
      "Infinity",
      "2026-01-01T12:00:00Z",
  };
  for (const std::string& text : cases) EXPECT_EQ(parse_numeric_date(text), std::nullopt) << text;
  const auto of_length = [](std::size_t length) { return "1." + std::string(length - 2, '5'); };
  EXPECT_TRUE(parse_numeric_date(of_length(limits::kMaxNumericDateBytes - 1)).has_value());
  EXPECT_TRUE(parse_numeric_date(of_length(limits::kMaxNumericDateBytes)).has_value());
  EXPECT_FALSE(parse_numeric_date(of_length(limits::kMaxNumericDateBytes + 1)).has_value());
}

TEST(NumericDate, OfWholeSecondsIsThatOfTheirText) {
  const std::vector<std::int64_t> cases = {0,
                                           1,
                                           -1,
                                           1767268800,
                                           1767268800000,
                                           kMinTimestamp / kSecond - 1,
                                           kMinTimestamp / kSecond,
                                           kMaxTimestamp / kSecond,
                                           kMaxTimestamp / kSecond + 1,
                                           std::numeric_limits<std::int64_t>::min(),
                                           std::numeric_limits<std::int64_t>::max()};
  for (const std::int64_t seconds : cases)
    EXPECT_EQ(numeric_date(seconds), parse_numeric_date(std::to_string(seconds))) << seconds;
}

TEST(Timestamp, IsPrintedShortAndReadsBack) {
  const std::vector<Case> cases = {
      {"1970-01-01T00:00:00Z", 0},
      {"2026-01-01T12:00:00Z", kNoon2026},
      {"2026-01-01T12:00:00.5Z", kNoon2026 + 500000},
      {"2026-01-01T12:00:00.000001Z", kNoon2026 + 1},
      {"2026-01-01T12:00:00.1201Z", kNoon2026 + 120100},
      {"1969-12-31T23:59:59.999999Z", -1},
      {"0001-01-01T00:00:00Z", kMinTimestamp},
      {"9999-12-31T23:59:59.999999Z", kMaxTimestamp},
  };
  for (const auto& [text, microseconds] : cases) {
    EXPECT_EQ(format_rfc3339(microseconds), text);
    EXPECT_EQ(parse_rfc3339(text), microseconds);
  }
}

}  // namespace
}  // namespace verdict
