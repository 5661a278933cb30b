#include "compiler/reference/local_time.h"

#include <array>

namespace verdict::compiler::reference {
namespace {

constexpr std::int64_t kDay = 86400;
constexpr std::int64_t kDaysIn400Years = 146097;

bool is_leap(std::int64_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }
std::int64_t days_of_year(std::int64_t year) { return is_leap(year) ? 366 : 365; }
std::int64_t days_of_month(std::int64_t year, std::uint32_t month) {
  constexpr std::array<std::int64_t, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return kDays.at(month - 1) + (month == 2 && is_leap(year) ? 1 : 0);
}

std::int64_t floor_divide(std::int64_t a, std::int64_t b) {
  return a >= 0 ? a / b : -((-a + b - 1) / b);
}

// The days from 1970-01-01 to the first of January of that year.
std::int64_t days_before(std::int64_t year) {
  std::int64_t days = 0;
  for (std::int64_t y = 1970; y < year; ++y) days += days_of_year(y);
  for (std::int64_t y = 1970; y > year; --y) days -= days_of_year(y - 1);
  return days;
}

std::int64_t year_of(std::int64_t seconds) {
  std::int64_t day = floor_divide(seconds, kDay);
  std::int64_t year = 1970 + 400 * floor_divide(day, kDaysIn400Years);
  day -= kDaysIn400Years * floor_divide(day, kDaysIn400Years);
  for (; day >= days_of_year(year); ++year) day -= days_of_year(year);
  return year;
}

// Sunday 0. 1970-01-01 was a Thursday.
std::uint32_t weekday(std::int64_t day) {
  return static_cast<std::uint32_t>(day + 4 - 7 * floor_divide(day + 4, 7));
}

// The n-th such weekday of a month; the last of them where there is no fifth.
std::int64_t day_in_month(const YearlySwitch& moment, std::int64_t year) {
  std::int64_t first = days_before(year);
  for (std::uint32_t month = 1; month < moment.month; ++month) first += days_of_month(year, month);
  std::int64_t found = first;
  std::uint32_t seen = 0;
  for (std::int64_t day = first; day < first + days_of_month(year, moment.month); ++day) {
    if (weekday(day) != moment.day || seen == moment.week) continue;
    found = day;
    ++seen;
  }
  return found;
}

std::int64_t instant_of(const YearlySwitch& moment, std::int64_t year, std::int64_t offset) {
  std::int64_t day = days_before(year) + moment.day;
  if (moment.form == SwitchDay::OfMonth) day = day_in_month(moment, year);
  if (moment.form == SwitchDay::Julian && (!is_leap(year) || moment.day < 60)) day -= 1;
  return day * kDay + moment.seconds - offset;
}

// Each period of daylight saving time that could hold the instant: a start, and the end of that
// year or else of the next.
std::int64_t closing_offset(const ClosingRule& rule, std::int64_t seconds) {
  if (rule.standard == rule.daylight) return rule.standard;
  for (std::int64_t year = year_of(seconds) - 3; year <= year_of(seconds) + 2; ++year) {
    const std::int64_t start = instant_of(rule.start, year, rule.standard);
    std::int64_t end = instant_of(rule.end, year, rule.daylight);
    if (end <= start) end = instant_of(rule.end, year + 1, rule.daylight);
    if (start <= seconds && seconds < end) return rule.daylight;
  }
  return rule.standard;
}

std::int64_t offset_at(const ZoneRules& rules, std::int64_t seconds) {
  if (seconds >= rules.closes_at) return closing_offset(rules.closing, seconds);
  std::int64_t offset = rules.first_offset;
  for (const ZoneTransition& transition : rules.transitions) {
    if (transition.at <= seconds) offset = transition.offset;
  }
  return offset;
}

}  // namespace

Clock clock_at(const ZoneRules& rules, std::int64_t microseconds) {
  const std::int64_t seconds = floor_divide(microseconds, 1000000);
  const std::int64_t local = seconds + offset_at(rules, seconds);
  const std::int64_t day = floor_divide(local, kDay);
  const std::uint32_t from_sunday = weekday(day);
  return {static_cast<std::uint32_t>(local - kDay * day), from_sunday == 0 ? 6 : from_sunday - 1};
}

}  // namespace verdict::compiler::reference
