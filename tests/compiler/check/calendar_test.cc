// The operands of the calendar functions and their time zones, as authors write them.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/compiling.h"
#include "vm/program/program.h"

namespace verdict::testing {
namespace {

using Lines = std::vector<std::string>;

Lines diagnostics_of(const std::string& condition) {
  return CompiledTexts({{provider_text(R"({"jwtPath": "at", "attribute": "at"},
                                           {"jwtPath": "name", "attribute": "name", "type": "string"},
                                           {"jwtPath": "tags", "attribute": "tags",
                                            "type": "string_list"})")},
                        {policy_text("{" + condition + "}")},
                        {},
                        {}})
      .summary();
}

Lines of_times(const std::string& rest) {
  return diagnostics_of(R"("function": "time_of_day_between", "attribute": "ext_at", )" + rest);
}
Lines of_days(const std::string& rest) {
  return diagnostics_of(R"("function": "day_of_week_in", "attribute": "req_time", )" + rest);
}

TEST(Calendar, Good) {
  for (const char* good :
       {R"("values": ["08:30", "17:00"])", R"("values": ["22:00", "06:00:30"])",
        R"("values": ["00:00", "24:00"])", R"("values": ["23:00", "00:00"])",
        R"("values": ["08:30", "17:00"], "time_zone": "UTC")",
        R"("values": ["08:30", "17:00"], "time_zone": "Europe/Berlin", "on_null": "no_match")"})
    EXPECT_EQ(of_times(good), Lines()) << good;
  for (const char* good : {R"("values": ["mon"])", R"("values": ["sun", "sat", "sun"])",
                           R"("values": ["mon"], "time_zone": "Asia/Kathmandu")"})
    EXPECT_EQ(of_days(good), Lines()) << good;
}

TEST(Calendar, Times) {
  const auto expect = [](const char* values, const Lines& expected) {
    EXPECT_EQ(of_times(R"("values": )" + std::string(values)), expected) << values;
  };
  expect(R"(["8:30", "17:00"])", {"V218 :"});
  expect(R"(["08:30", "24:01"])", {"V218 24:01"});
  expect(R"(["24:00", "08:30"])", {"V218 \"24:00\""});
  expect(R"(["08:30", "08:30:00"])", {"V218 [\"08:30\", \"08:30:00\"]"});
  expect(R"(["08:30"])", {"V302 [\"08:30\"]"});
  expect(R"(["08:30", "09:00", "10:00"])", {"V302 [\"08:30\", \"09:00\", \"10:00\"]"});
  expect(R"([])", {"V213 []"});
  expect(R"([8, null])", {"V302 8", "V302 null"});
}

TEST(Calendar, Days) {
  const auto expect = [](const char* values, const Lines& expected) {
    EXPECT_EQ(of_days(R"("values": )" + std::string(values)), expected) << values;
  };
  expect(R"([])", {"V213 []"});
  expect(R"(["Mon", "tues", "mon"])", {"V209 \"Mon\"", "V209 \"tues\""});
  expect(R"([1])", {"V302 1"});
}

TEST(Calendar, Zones) {
  const auto expect = [](const char* zone, const Lines& expected) {
    EXPECT_EQ(of_days(R"("values": ["mon"], "time_zone": )" + std::string(zone)), expected) << zone;
  };
  expect(R"("Europe/Berlni")", {"V221 \"Europe/Berlni\""});
  expect(R"("../zoneinfo/UTC")", {"V221 \"../zoneinfo/UTC\""});
  expect(R"("")", {"V221 \"\""});
  expect("null", {"V205 null"});
  expect("3600", {"V205 3600"});
}

TEST(Calendar, OnlyWhereLocalTimeIsAskedFor) {
  EXPECT_EQ(diagnostics_of(R"("function": "timestamp_before", "attribute": "ext_at",
                               "value": "2026-01-01T00:00:00Z", "time_zone": "UTC")"),
            Lines{"V314 \"time_zone\""});
  EXPECT_EQ(
      diagnostics_of(R"("function": "is_null", "attribute": "ext_at", "time_zone": "Nowhere")"),
      Lines{"V314 \"time_zone\""});
}

TEST(Calendar, OtherOperandsAndAttributes) {
  EXPECT_EQ(of_times(R"("value": "08:30")"), Lines{"V211 \"value\""});
  EXPECT_EQ(of_days(R"("value_attribute": "ext_at")"), Lines{"V211 \"value_attribute\""});
  EXPECT_EQ(diagnostics_of(R"("function": "day_of_week_in", "attribute": "ext_name",
                               "values": ["mon"])"),
            Lines{"V301 \"day_of_week_in\""});
}

// Two conditions that name one zone share its constant.
TEST(Calendar, ATypeIsLearntAndAZoneStandsOnce) {
  const CompiledTexts compiled(
      {{provider_text(R"({"jwtPath": "at", "attribute": "at"})")},
       {policy_text(R"({"function": "time_of_day_between", "attribute": "ext_at",
                        "values": ["22:00", "06:00"], "time_zone": "Europe/Berlin"},
                       {"function": "day_of_week_not_in", "attribute": "ext_at",
                        "values": ["sat", "sun"], "time_zone": "Europe/Berlin"})")},
       {},
       {}});
  ASSERT_EQ(compiled.summary(), Lines());
  EXPECT_EQ(compiled.type_of("ext_at"), "timestamp?");
  const auto program = Program::load(*compiled.result().bytes);
  ASSERT_TRUE(program.has_value());
  const auto constants = (*program)->view().Constants;
  const auto num_zones =
      std::count_if(constants.begin(), constants.end(), [](const ConstantRecord& constant) {
        return constant.kind == static_cast<U8>(Kind::TimeZone);
      });
  EXPECT_EQ(num_zones, 1);
}

}  // namespace
}  // namespace verdict::testing
