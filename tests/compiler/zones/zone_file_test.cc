// Time zone files: what is read from them, one form for all that say the same, and what is refused.
#include "compiler/zones/zone_file.h"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/compiler/zones/tzif.h"
#include "vm/base/limits.h"

namespace verdict::testing {
namespace {

using compiler::normal_form;
using compiler::parse_closing_rule;
using compiler::read_zone_file;
using ::testing::HasSubstr;

constexpr std::int32_t kHour = 3600;
constexpr std::int64_t kBigBang = -576460752303423488;

ZoneRules must_read(const Tzif& file) {
  const auto zone = read_zone_file(file.bytes());
  EXPECT_TRUE(zone.has_value()) << (zone ? "" : zone.error());
  return zone.value_or(ZoneRules());
}

std::string refusal(const std::string& bytes) {
  const auto zone = read_zone_file(bytes);
  return zone ? "accepted" : zone.error();
}

// Berlin since 1980, and its switches up to that year.
Tzif berlin(int last_year) {
  Tzif file;
  file.types = {{3208}, {kHour}, {2 * kHour, true}};
  file.closing = "CET-1CEST,M3.5.0,M10.5.0/3";
  file.transitions = {{-2422054408, 1}};
  const ClosingRule rule = *parse_closing_rule(file.closing);
  for (int year = 1996; year <= last_year; ++year) {
    const auto [start, end] = switches_of(rule, std::chrono::year(year));
    file.transitions.emplace_back(start, std::uint8_t{2});
    file.transitions.emplace_back(end, std::uint8_t{1});
  }
  return file;
}

// ---- files

TEST(ZoneFile, IsReadAsItStands) {
  const ZoneRules zone = must_read(berlin(1996));
  EXPECT_EQ(zone.first_offset, 3208);
  ASSERT_EQ(zone.transitions.size(), 3U);
  EXPECT_EQ(zone.transitions[1], (ZoneTransition{828234000, 2 * kHour}));
  EXPECT_EQ(zone.closes_at, 846378000);
  EXPECT_EQ(zone.closing.standard, kHour);
}

TEST(ZoneFile, AllVersions) {
  for (const char version : {'2', '3', '4'}) {
    Tzif file = berlin(1996);
    file.version = version;
    EXPECT_EQ(must_read(file), must_read(berlin(1996))) << version;
  }
  Tzif old;
  old.version = '\0';
  old.types = {{5 * kHour}};
  EXPECT_EQ(must_read(old).closing.standard, 5 * kHour);
}

TEST(ZoneFile, FatAndSlimFilesAreOne) {
  const ZoneRules slim = normal_form(must_read(berlin(1996)));
  EXPECT_EQ(slim.transitions.size(), 1U);
  EXPECT_EQ(slim.closes_at, 814928400) << "1995-10-29T01:00:00Z, the first winter as the rule says";
  Tzif fat = berlin(2037);
  EXPECT_EQ(normal_form(must_read(fat)), slim);
  fat.transitions.insert(fat.transitions.begin(), {kBigBang, 0});
  EXPECT_EQ(normal_form(must_read(fat)), slim);
  fat.transitions.insert(fat.transitions.begin() + 2, {0, 1});  // changes nothing
  EXPECT_EQ(normal_form(must_read(fat)), slim);
  EXPECT_EQ(encode_zone(normal_form(must_read(fat))), encode_zone(slim));
}

// The rule may be true from a moment on that no file has a transition at.
TEST(ZoneFile, TheRuleHoldsFromTheSameMomentOn) {
  Tzif file;
  file.types = {{0}, {2 * kHour, true}};
  file.closing = "CET-1CEST,M3.5.0,M10.5.0/3";
  file.transitions = {{800000000, 1}};  // 1995-05-09
  const ZoneRules summer = normal_form(must_read(file));
  EXPECT_EQ(summer.closes_at, 800000000);
  EXPECT_TRUE(summer.transitions.empty());
  file.transitions = {{790000000, 1}, {800000000, 1}};  // 1995-01-13, and what changes nothing
  const ZoneRules winter = normal_form(must_read(file));
  EXPECT_EQ(winter.closes_at, 796179600) << "1995-03-26T01:00:00Z";
  EXPECT_EQ(winter.transitions, (std::vector<ZoneTransition>{{790000000, 2 * kHour}}));
}

TEST(ZoneFile, NothingOutsideOfTheYearsOfTimestamps) {
  Tzif file;
  file.types = {{kHour}, {2 * kHour}, {3 * kHour}};
  file.transitions = {{kBigBang, 0}, {-99999999999, 1}, {0, 0}, {999999999999, 2}};
  file.closing = "<+03>-3";
  const ZoneRules zone = normal_form(must_read(file));
  EXPECT_EQ(zone.first_offset, 2 * kHour);
  EXPECT_EQ(zone.transitions, (std::vector<ZoneTransition>{{0, kHour}}));
  EXPECT_EQ(zone.closes_at, kLastSecond + 1);
}

TEST(ZoneFile, AFixedOffsetHasNoHistory) {
  Tzif file;
  file.types = {{kHour}};
  file.closing = "CET-1";
  const ZoneRules expected = {kHour, {}, kFirstSecond, {kHour, kHour, {}, {}}};
  EXPECT_EQ(normal_form(must_read(file)), expected);
  file.transitions = {{kBigBang, 0}, {0, 0}};
  EXPECT_EQ(normal_form(must_read(file)), expected);
}

// ---- refusals

TEST(ZoneFile, Refused) {
  EXPECT_THAT(refusal(""), HasSubstr("no time zone file"));
  EXPECT_THAT(refusal("root:x:0:0:root:/root:/bin/sh\nand more than forty-four bytes of it"),
              HasSubstr("no time zone file"));
  EXPECT_THAT(refusal(std::string(limits::kMaxZoneFileBytes + 1, 'x')), HasSubstr("too large"));
  Tzif file = berlin(1996);
  file.num_leaps = 1;
  EXPECT_THAT(refusal(file.bytes()), HasSubstr("leap seconds"));
  file = berlin(1996);
  file.version = '5';
  EXPECT_THAT(refusal(file.bytes()), HasSubstr("version is unknown"));
  file.version = '\0';
  file.transitions.erase(file.transitions.begin());
  EXPECT_THAT(refusal(file.bytes()), HasSubstr("old version 1"));
  file = berlin(1996);
  file.closing = "";
  EXPECT_THAT(refusal(file.bytes()), HasSubstr("what comes after its last transition"));
  file.closing = "EST5";
  EXPECT_THAT(refusal(file.bytes()), HasSubstr("does not fit its last transition"));
  file.closing = "CET-1CEST";
  EXPECT_THAT(refusal(file.bytes()), HasSubstr("no rule"));
  file = berlin(1996);
  file.transitions[1].second = 3;
  EXPECT_THAT(refusal(file.bytes()), HasSubstr("unknown local time"));
  file = berlin(1996);
  file.transitions[1].first = file.transitions[0].first;
  EXPECT_THAT(refusal(file.bytes()), HasSubstr("do not rise"));
  file = berlin(1996);
  file.types[2].offset = 93600;
  EXPECT_THAT(refusal(file.bytes()), HasSubstr("out of range"));
  file.types.clear();
  EXPECT_THAT(refusal(file.bytes()), HasSubstr("no local time"));
}

TEST(ZoneFile, CutAnywhereItIsRefused) {
  const std::string bytes = berlin(1997).bytes();
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_NE(refusal(bytes.substr(0, size)), "accepted") << size;
  EXPECT_NE(refusal(bytes + "x"), "accepted");
}

// A changed byte may make another good file, never one that cannot be asked.
TEST(ZoneFile, AnyByteChanged) {
  const std::string good = berlin(1997).bytes();
  for (std::size_t i = 0; i < good.size(); ++i) {
    for (int change = 1; change < 256; ++change) {
      std::string bytes = good;
      bytes[i] = static_cast<char>(static_cast<unsigned char>(bytes[i]) ^ change);
      const auto zone = read_zone_file(bytes);
      if (!zone) continue;
      const std::vector<std::uint32_t> encoded = encode_zone(normal_form(*zone));
      const std::vector<U32> words(encoded.begin(), encoded.end());
      ASSERT_TRUE(is_time_zone(words)) << i << " ^ " << change;
      for (const std::int64_t at : {kFirstSecond, std::int64_t{0}, kLastSecond})
        (void)offset_at(words, at);
    }
  }
}

// ---- closing lines

TEST(ClosingRule, Forms) {
  const ClosingRule plain = *parse_closing_rule("EST5");
  EXPECT_EQ(plain.standard, -5 * kHour);
  EXPECT_FALSE(plain.has_daylight());

  const ClosingRule new_york = *parse_closing_rule("EST5EDT,M3.2.0,M11.1.0");
  EXPECT_EQ(new_york.daylight, -4 * kHour);
  EXPECT_EQ(new_york.start, (YearlySwitch{SwitchDay::OfMonth, 3, 2, 0, 2 * kHour}));
  EXPECT_EQ(new_york.end, (YearlySwitch{SwitchDay::OfMonth, 11, 1, 0, 2 * kHour}));

  const ClosingRule lord_howe = *parse_closing_rule("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0");
  EXPECT_EQ(lord_howe.standard, 37800);
  EXPECT_EQ(lord_howe.daylight, 39600);

  const ClosingRule dublin = *parse_closing_rule("IST-1GMT0,M10.5.0,M3.5.0/1");
  EXPECT_EQ(dublin.standard, kHour);
  EXPECT_EQ(dublin.daylight, 0);

  const ClosingRule nuuk = *parse_closing_rule("<-02>2<-01>,M3.5.0/-1,M10.5.0/0");
  EXPECT_EQ(nuuk.start.seconds, -kHour);
  EXPECT_EQ(nuuk.end.seconds, 0);

  const ClosingRule days = *parse_closing_rule("AAA-1:02:03BBB,J60/1:02:03,365/-167:59:59");
  EXPECT_EQ(days.standard, 3723);
  EXPECT_EQ(days.start, (YearlySwitch{SwitchDay::Julian, 0, 0, 60, 3723}));
  EXPECT_EQ(days.end, (YearlySwitch{SwitchDay::ZeroBased, 0, 0, 365, -kMaxSwitchTime}));
}

TEST(ClosingRule, Refused) {
  for (const std::string_view bad : {"",
                                     "X",
                                     "EST",
                                     "E5",
                                     "EST25",
                                     "EST5:60",
                                     "EST5:00:60",
                                     "EST5EDT",
                                     "EST5EDT,M3.2.0",
                                     "EST5EDT,M3.2.0,",
                                     "EST5EDT,M3.2.0,M11.1.0,",
                                     "EST5EDT,M0.2.0,M11.1.0",
                                     "EST5EDT,M13.2.0,M11.1.0",
                                     "EST5EDT,M3.0.0,M11.1.0",
                                     "EST5EDT,M3.6.0,M11.1.0",
                                     "EST5EDT,M3.2.7,M11.1.0",
                                     "EST5EDT,M3.2,M11.1.0",
                                     "EST5EDT,J0,M11.1.0",
                                     "EST5EDT,J366,M11.1.0",
                                     "EST5EDT,366,M11.1.0",
                                     "EST5EDT,M3.2.0/168,M11.1.0",
                                     "EST5EDT,M3.2.0/,M11.1.0",
                                     "EST5 EDT,M3.2.0,M11.1.0",
                                     "<EST5EDT,M3.2.0,M11.1.0",
                                     "<>5",
                                     "<+1>5",
                                     "EST++5",
                                     "EST0005",
                                     "EST5\n",
                                     "EST5EDT;M3.2.0;M11.1.0",
                                     "E-T5"})
    EXPECT_FALSE(parse_closing_rule(bad)) << bad;
}

}  // namespace
}  // namespace verdict::testing
