// The constants of clocks and calendars: time zones, and the values that stand behind one.
#include <string>

#include <gtest/gtest.h>

#include "tests/vm/verify/loader_cases.h"

namespace verdict::testing {
namespace {

constexpr std::string_view kUtcRules =
    "0, 2288912640, 4294967281, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0";

// Constant 0 is the zone, 1 a string, 2 and 3 times of day, 4 and 5 days of the week.
FileBytes with_constants(const std::string& zone, const std::string& more = {}) {
  return must_assemble(".strings\n  \"UTC\"\n.constants\n  time_zone " + zone +
                       "\n  string \"UTC\"\n  time_of_day \"08:30\"\n  time_of_day \"24:00\"\n"
                       "  day_of_week \"mon\"\n  day_of_week \"sun\"\n" +
                       more);
}
FileBytes with_utc(const std::string& more) {
  return with_constants("\"UTC\" none " + std::string(kUtcRules), "  " + more + "\n");
}

TEST(LoaderChecklist, V12_TimeZones) {
  const std::string rules(kUtcRules);
  expect_accepted(with_constants("\"UTC\" none " + rules));
  expect_accepted(with_constants("\"UTC\" \"UTC\" " + rules));
  for (const std::string& bad :
       {"#1 none " + rules, "\"UTC\" #1 " + rules, "#4294967295 none " + rules,
        std::string("\"UTC\" none"), "\"UTC\" none 0, " + rules,
        "\"UTC\" none 93600, " + rules.substr(3), "\"UTC\" none " + rules + ", 0",
        "\"UTC\" none " + rules + ", 0, 0, 93600"}) {
    SCOPED_TRACE(bad);
    expect_refused(with_constants(bad), LoadError::Constants);
  }
}

TEST(LoaderChecklist, V12_LocalValues) {
  for (const char* good :
       {"time_of_day window #0, #2, #3", "time_of_day window #0, #3, #2",
        "time_of_day set #0, #2, #3", "time_of_day range #0, #2, #2", "time_of_day list #0",
        "day_of_week set #0, #4", "day_of_week set #0, #4, #5", "day_of_week list #0, #4, #4"}) {
    SCOPED_TRACE(good);
    expect_accepted(with_utc(good));
  }
  for (const char* bad : {"time_of_day window #0, #2, #2",
                          "time_of_day window #0, #2",
                          "time_of_day window #2, #3",
                          "time_of_day window #1, #2, #3",
                          "time_of_day window #2, #2, #3",
                          "time_of_day window #4294967295, #2, #3",
                          "time_of_day window #0, #2, #3, #2",
                          "time_of_day window #0, #2, #4",
                          "time_of_day window #0, #0, #2",
                          "time_of_day list",
                          "time_of_day range #0, #3, #2",
                          "day_of_week set",
                          "day_of_week set #0",
                          "day_of_week set #0, #5, #4",
                          "day_of_week set #0, #4, #4",
                          "day_of_week set #0, #2",
                          "day_of_week set #4, #5",
                          "time_zone list #0",
                          "time_zone set #0",
                          "time_zone window #0, #0",
                          "time_of_day #86401",
                          "time_of_day #18446744073709551615",
                          "day_of_week #7"}) {
    SCOPED_TRACE(bad);
    expect_refused(with_utc(bad), LoadError::Constants);
  }
}

// Words of a zone that lie elsewhere, or nowhere.
TEST(LoaderChecklist, V12_WordsOfAZone) {
  const std::string numbers = "0 4294967295 0 2288912640 4294967281 0 0 0 0 0 0 0 0 0 0 0 0";
  const auto program = [&numbers](const std::string& constants) {
    return must_assemble(".strings\n  \"UTC\"\n.words\n  " + numbers + "\n.constants\n" +
                         constants);
  };
  expect_accepted(program("  time_zone words #0+17\n"));
  for (const char* bad : {"  time_zone words #0+16\n", "  time_zone words #0+18\n",
                          "  time_zone words #0+0\n", "  time_zone words #1+16\n",
                          "  time_zone words #17+0\n", "  time_zone words #4294967295+17\n"})
    expect_refused(program(bad), LoadError::Constants);
}

}  // namespace
}  // namespace verdict::testing
