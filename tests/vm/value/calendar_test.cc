// Times of day and days of the week: what is read, what is refused and where, what is written.
#include "vm/value/calendar.h"

#include <gtest/gtest.h>

#include "vm/value/scalar.h"

namespace verdict::testing {
namespace {

TEST(TimeOfDay, Forms) {
  struct Case {
    std::string_view text;
    std::int64_t seconds;
    std::string_view written;
  };
  for (const Case& test : {Case{"00:00", 0, "00:00"},
                           {"00:00:01", 1, "00:00:01"},
                           {"08:30", 30600, "08:30"},
                           {"08:30:00", 30600, "08:30"},
                           {"23:59:59", 86399, "23:59:59"},
                           {"24:00", 86400, "24:00"},
                           {"24:00:00", 86400, "24:00"}}) {
    const ParsedTimeOfDay parsed = parse_time_of_day(test.text);
    EXPECT_FALSE(parsed.error.has_value()) << test.text;
    EXPECT_EQ(parsed.seconds, test.seconds) << test.text;
    EXPECT_EQ(format_time_of_day(parsed.seconds), test.written) << test.text;
  }
}

TEST(TimeOfDay, RefusedAtAPlace) {
  struct Case {
    std::string_view text;
    std::size_t offset;
    std::size_t length;
  };
  for (const Case& test :
       {Case{"", 0, 1},       {"8", 1, 1},        {"08", 2, 1},       {"08:", 3, 1},
        {"08:3", 4, 1},       {"8:30", 1, 1},     {"0830", 2, 1},     {"08.30", 2, 1},
        {"08:60", 3, 2},      {"24:01", 0, 5},    {"24:00:01", 0, 8}, {"25:00", 0, 2},
        {"99:99", 0, 2},      {"08:30:60", 6, 2}, {"08:30:5", 7, 1},  {"08:30:", 6, 1},
        {"08:30Z", 5, 1},     {"-8:30", 0, 1},    {" 8:30", 0, 1},    {"08:30 ", 5, 1},
        {"08:30:00.5", 8, 2}, {"noon", 0, 1}}) {
    const auto error = parse_time_of_day(test.text).error;
    ASSERT_TRUE(error.has_value()) << test.text;
    EXPECT_EQ(error->offset, test.offset) << test.text;
    EXPECT_EQ(error->length, test.length) << test.text;
    EXPECT_FALSE(error->message.empty()) << test.text;
  }
}

TEST(DayOfWeek, Names) {
  EXPECT_EQ(parse_day_of_week("mon"), 0);
  EXPECT_EQ(parse_day_of_week("sun"), 6);
  for (const std::string_view bad : {"", "Mon", "monday", "mo", "mon "})
    EXPECT_EQ(parse_day_of_week(bad), std::nullopt) << bad;
}

// As kinds of constants.
TEST(CalendarKinds, TextsAndValues) {
  for (const auto& [kind, text] : {std::pair(Kind::TimeOfDay, "22:00:15"),
                                   {Kind::TimeOfDay, "24:00"},
                                   {Kind::DayOfWeek, "mon"},
                                   {Kind::DayOfWeek, "sun"}}) {
    const auto scalar = parse(kind, text);
    ASSERT_TRUE(scalar.has_value()) << text;
    EXPECT_EQ(format(kind, slot_of(*scalar)), text);
  }
  EXPECT_EQ(parse(Kind::TimeOfDay, "7200"), std::nullopt);
  EXPECT_EQ(parse(Kind::DayOfWeek, "0"), std::nullopt);
  const auto is_valid_number = [](Kind kind, std::int64_t value) {
    return is_valid(kind, slot_of(Number::from_integer(value)));
  };
  EXPECT_TRUE(is_valid_number(Kind::TimeOfDay, 86400));
  EXPECT_FALSE(is_valid_number(Kind::TimeOfDay, 86401));
  EXPECT_FALSE(is_valid_number(Kind::TimeOfDay, -1));
  EXPECT_TRUE(is_valid_number(Kind::DayOfWeek, 6));
  EXPECT_FALSE(is_valid_number(Kind::DayOfWeek, 7));
  EXPECT_FALSE(is_valid_number(Kind::DayOfWeek, -1));
  EXPECT_FALSE(is_valid(Kind::DayOfWeek, slot_of(*Number::from_double(0.5))));
}

}  // namespace
}  // namespace verdict::testing
