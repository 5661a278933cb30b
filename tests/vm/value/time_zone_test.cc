// Time zones as words: what they say, and that nothing hostile gets past is_time_zone().
#include "vm/value/time_zone.h"

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace verdict::testing {
namespace {

using std::chrono::sys_days;
using std::chrono::year;

constexpr std::int32_t kHour = 3600;
constexpr YearlySwitch kSecondSundayOfMarch = {SwitchDay::OfMonth, 3, 2, 0, 2 * kHour};
constexpr YearlySwitch kFirstSundayOfNovember = {SwitchDay::OfMonth, 11, 1, 0, 2 * kHour};
constexpr YearlySwitch kFirstSundayOfOctober = {SwitchDay::OfMonth, 10, 1, 0, 2 * kHour};
constexpr YearlySwitch kFirstSundayOfApril = {SwitchDay::OfMonth, 4, 1, 0, 3 * kHour};
constexpr ClosingRule kNewYork = {-5 * kHour, -4 * kHour, kSecondSundayOfMarch,
                                  kFirstSundayOfNovember};
constexpr ClosingRule kSydney = {10 * kHour, 11 * kHour, kFirstSundayOfOctober,
                                 kFirstSundayOfApril};

std::vector<U32> words_of(const ZoneRules& zone) {
  const std::vector<std::uint32_t> words = encode_zone(zone);
  return {words.begin(), words.end()};
}

std::int64_t utc(int y, unsigned month, unsigned day, int hour = 0, int minute = 0) {
  const sys_days date = year(y) / std::chrono::month(month) / std::chrono::day(day);
  return date.time_since_epoch().count() * kSecondsPerDay + hour * kHour + minute * 60;
}

ZoneRules small_zone() {
  return {-17762, {{-2717650800, -5 * kHour}, {0, -4 * kHour}}, 1000000, kNewYork};
}

TEST(TimeZone, NothingIsUtc) {
  const std::vector<U32> words = words_of({});
  ASSERT_TRUE(is_time_zone(words));
  for (const std::int64_t at : {kFirstSecond, std::int64_t{0}, kLastSecond})
    EXPECT_EQ(offset_at(words, at), 0);
}

TEST(TimeZone, TransitionsHoldFromTheirSecondOn) {
  const std::vector<U32> words = words_of(small_zone());
  ASSERT_TRUE(is_time_zone(words));
  EXPECT_EQ(offset_at(words, kFirstSecond), -17762);
  EXPECT_EQ(offset_at(words, -2717650801), -17762);
  EXPECT_EQ(offset_at(words, -2717650800), -5 * kHour);
  EXPECT_EQ(offset_at(words, -1), -5 * kHour);
  EXPECT_EQ(offset_at(words, 0), -4 * kHour);
  EXPECT_EQ(offset_at(words, 999999), -4 * kHour);
  EXPECT_EQ(offset_at(words, 1000000), -5 * kHour) << "the closing rule: January";
}

TEST(TimeZone, ClosingRuleNorth) {
  for (const auto& [y, march, november] : {std::tuple(2038, 14U, 7U), {2045, 12U, 5U}}) {
    const std::int64_t start = utc(y, 3, march, 7);
    const std::int64_t end = utc(y, 11, november, 6);
    EXPECT_EQ(offset_of(kNewYork, start - 1), -5 * kHour) << y;
    EXPECT_EQ(offset_of(kNewYork, start), -4 * kHour) << y;
    EXPECT_EQ(offset_of(kNewYork, end - 1), -4 * kHour) << y;
    EXPECT_EQ(offset_of(kNewYork, end), -5 * kHour) << y;
  }
}

TEST(TimeZone, ClosingRuleSouth) {
  for (const auto& [y, april, october] : {std::tuple(2038, 4U, 3U), {2045, 2U, 1U}}) {
    const std::int64_t end = utc(y, 4, april - 1, 16);
    const std::int64_t start = utc(y, 10, october - 1, 16);
    EXPECT_EQ(offset_of(kSydney, end - 1), 11 * kHour) << y;
    EXPECT_EQ(offset_of(kSydney, end), 10 * kHour) << y;
    EXPECT_EQ(offset_of(kSydney, start - 1), 10 * kHour) << y;
    EXPECT_EQ(offset_of(kSydney, start), 11 * kHour) << y;
    EXPECT_EQ(offset_of(kSydney, utc(y, 1, 1)), 11 * kHour) << y;
  }
}

TEST(TimeZone, DaysWithAndWithoutTheLeapDay) {
  const YearlySwitch julian = {SwitchDay::Julian, 0, 0, 60, 0};
  const YearlySwitch zero_based = {SwitchDay::ZeroBased, 0, 0, 60, 0};
  const ClosingRule rule = {0, kHour, julian, zero_based};
  EXPECT_EQ(switches_of(rule, year(2023))[0], utc(2023, 3, 1));
  EXPECT_EQ(switches_of(rule, year(2024))[0], utc(2024, 3, 1));
  EXPECT_EQ(switches_of(rule, year(2023))[1], utc(2023, 3, 2) - kHour);
  EXPECT_EQ(switches_of(rule, year(2024))[1], utc(2024, 3, 1) - kHour);
}

TEST(TimeZone, LastWeekdayOfAMonth) {
  const ClosingRule rule = {0, kHour, {SwitchDay::OfMonth, 2, 5, 0, 0}, kFirstSundayOfOctober};
  EXPECT_EQ(switches_of(rule, year(2026))[0], utc(2026, 2, 22)) << "there is no fifth";
  EXPECT_EQ(switches_of(rule, year(2032))[0], utc(2032, 2, 29)) << "there is a fifth";
}

// RFC 9636, section 3.3.1: from the start of the year to its end, without a gap.
TEST(TimeZone, DaylightAllYear) {
  const ClosingRule rule = {-5 * kHour,
                            -4 * kHour,
                            {SwitchDay::ZeroBased, 0, 0, 0, 0},
                            {SwitchDay::Julian, 0, 0, 365, 25 * kHour}};
  for (std::int64_t at = utc(2030, 12, 30); at < utc(2031, 1, 3); at += 60)
    ASSERT_EQ(offset_of(rule, at), -4 * kHour) << at;
}

TEST(TimeZone, SwitchesFarOutsideOfTheirDay) {
  const ClosingRule rule = {0,
                            kHour,
                            {SwitchDay::Julian, 0, 0, 365, kMaxSwitchTime},
                            {SwitchDay::Julian, 0, 0, 1, -kMaxSwitchTime}};
  const std::int64_t start = switches_of(rule, year(2024))[0];
  EXPECT_EQ(start, utc(2024, 12, 31) + kMaxSwitchTime) << "in the next year";
  EXPECT_EQ(switches_of(rule, year(2026))[1], utc(2026, 1, 1) - kMaxSwitchTime - kHour);
  EXPECT_EQ(offset_of(rule, start - 1), 0);
}

TEST(TimeZone, LocalTime) {
  const std::vector<U32> utc_words = words_of({});
  constexpr std::int64_t kMicros = kMicrosPerSecond;
  EXPECT_EQ(local_time(utc_words, 0).day_of_week, 3U) << "Thursday";
  EXPECT_EQ(local_time(utc_words, -1).day_of_week, 2U) << "Wednesday";
  EXPECT_EQ(local_time(utc_words, -1).second_of_day, 86399U) << "fractions are floored";
  EXPECT_EQ(local_time(utc_words, kMicros - 1).second_of_day, 0U);
  EXPECT_EQ(local_time(utc_words, kMinTimestamp).day_of_week, 0U) << "Monday, 0001-01-01";
  EXPECT_EQ(local_time(utc_words, kMaxTimestamp).second_of_day, 86399U);

  const std::vector<U32> east = words_of({0, {}, kFirstSecond, {kMaxOffset, kMaxOffset, {}, {}}});
  EXPECT_EQ(local_time(east, kMaxTimestamp).second_of_day, 7198U) << "in the year 10000";
}

// Whatever the words: refused, or each instant has an offset in range.
TEST(TimeZone, HostileWords) {
  const std::vector<U32> good = words_of(small_zone());
  constexpr std::uint32_t kValues[] = {
      0,      1,      2,     3,     5,          6,          12,         60,         365,       366,
      601199, 601200, 93599, 93600, 0x7FFFFFFF, 0x80000000, 0xFFFEA071, 0xFFFEA070, 0xFFFFFFFF};
  for (std::size_t i = 0; i < good.size(); ++i) {
    for (const std::uint32_t value : kValues) {
      std::vector<U32> words = good;
      words[i] = value;
      if (!is_time_zone(words)) continue;
      for (std::int64_t at = kFirstSecond; at <= kLastSecond; at += kLastSecond / 40) {
        const std::int32_t offset = offset_at(words, at);
        ASSERT_GE(offset, kMinOffset) << i << " = " << value;
        ASSERT_LE(offset, kMaxOffset) << i << " = " << value;
      }
    }
  }
}

TEST(TimeZone, LengthsThatNoZoneHas) {
  const std::vector<U32> good = words_of(small_zone());
  for (std::size_t size = 0; size < good.size(); ++size) {
    const bool is_whole = size >= 15 && (size - 15) % 3 == 0;
    EXPECT_EQ(is_time_zone(std::span(good).first(size)), is_whole) << size;
  }
}

TEST(TimeZone, WhatIsRefused) {
  const auto expect_bad = [](ZoneRules zone, const char* what) {
    EXPECT_FALSE(is_time_zone(words_of(zone))) << what;
  };
  ZoneRules zone = small_zone();
  zone.first_offset = kMaxOffset + 1;
  expect_bad(zone, "offset");
  zone = small_zone();
  zone.transitions[1].offset = kMinOffset - 1;
  expect_bad(zone, "offset of a transition");
  zone = small_zone();
  zone.transitions[1].at = zone.transitions[0].at;
  expect_bad(zone, "transitions that do not rise");
  zone = small_zone();
  zone.transitions[0].at = kFirstSecond;
  expect_bad(zone, "a transition before all timestamps");
  zone = small_zone();
  zone.closes_at = kLastSecond + 2;
  expect_bad(zone, "closed behind all timestamps");
  zone = small_zone();
  zone.closing.start.month = 13;
  expect_bad(zone, "month");
  zone = small_zone();
  zone.closing.end.week = 0;
  expect_bad(zone, "week");
  zone = small_zone();
  zone.closing.end.day = 7;
  expect_bad(zone, "weekday");
  zone = small_zone();
  zone.closing.start.seconds = kMaxSwitchTime + 1;
  expect_bad(zone, "time of a switch");
  zone = small_zone();
  zone.closing.start = {SwitchDay::Julian, 0, 0, 0, 0};
  expect_bad(zone, "J0");
  zone = small_zone();
  zone.closing.start = {SwitchDay::ZeroBased, 0, 0, 366, 0};
  expect_bad(zone, "day 366");
  zone = small_zone();
  zone.closing.start = {SwitchDay::ZeroBased, 1, 0, 3, 0};
  expect_bad(zone, "a month that the form has not");
  zone = small_zone();
  zone.closing.daylight = zone.closing.standard;
  expect_bad(zone, "switches of no daylight saving time");
}

}  // namespace
}  // namespace verdict::testing
