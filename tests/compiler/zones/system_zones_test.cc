// Every zone of this machine: what programs say of local time, against the C library and against
// the second evaluator.
#include <cstdlib>
#include <ctime>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "compiler/reference/local_time.h"
#include "compiler/zones/zone_folder.h"
#include "tests/support/stored_zones.h"

namespace verdict::testing {
namespace {

using compiler::TimeZone;
using compiler::ZoneFolder;

std::vector<U32> words_of(const TimeZone& zone) { return {zone.words.begin(), zone.words.end()}; }

// TZ while it lives.
class LibraryZone {
 public:
  explicit LibraryZone(const std::string& name) {
    setenv("TZ", name.c_str(), 1);
    tzset();
  }
  LibraryZone(const LibraryZone&) = delete;
  LibraryZone& operator=(const LibraryZone&) = delete;
  LibraryZone(LibraryZone&&) = delete;
  LibraryZone& operator=(LibraryZone&&) = delete;
  ~LibraryZone() {
    unsetenv("TZ");
    tzset();
  }

  static std::tm local(std::int64_t seconds) {
    const auto time = static_cast<std::time_t>(seconds);
    std::tm result{};
    localtime_r(&time, &result);
    return result;
  }
};

// Each transition and the seconds beside it, and instants from 1850 to 2400.
std::vector<std::int64_t> instants_of(const TimeZone& zone, std::size_t num_random) {
  std::vector<std::int64_t> instants;
  for (const ZoneTransition& transition : zone.rules.transitions) {
    if (transition.at <= kFirstSecond) continue;
    for (const std::int64_t at : {transition.at - 1, transition.at, transition.at + 1})
      instants.push_back(at);
  }
  std::mt19937_64 random(zone.name.size());
  std::uniform_int_distribution<std::int64_t> between(-3786825600, 13569465600);
  for (std::size_t i = 0; i < num_random; ++i) instants.push_back(between(random));
  return instants;
}

bool is_as_library_says(const std::vector<U32>& words, std::int64_t at) {
  const std::tm expected = LibraryZone::local(at);
  const LocalTime local = local_time(words, at * kMicrosPerSecond);
  const int second = (expected.tm_hour * 60 + expected.tm_min) * 60 + expected.tm_sec;
  return offset_at(words, at) == expected.tm_gmtoff &&
         local.second_of_day == static_cast<std::uint32_t>(second) &&
         local.day_of_week == static_cast<std::uint32_t>((expected.tm_wday + 6) % 7);
}

bool is_as_twin_says(const std::vector<U32>& words, const TimeZone& zone, std::int64_t at) {
  const LocalTime local = local_time(words, at * kMicrosPerSecond);
  const compiler::reference::Clock clock =
      compiler::reference::clock_at(zone.rules, at * kMicrosPerSecond + 999999);
  return clock.second_of_day == local.second_of_day && clock.day_of_week == local.day_of_week;
}

class SystemZones : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_GT(zones_.names().size(), 300U) << "package tzdata"; }

  std::vector<U32> words(const std::string& name) { return words_of(**zones_.find(name)); }

  ZoneFolder zones_;
};

TEST_F(SystemZones, AllCanBeNamed) {
  for (const std::string& name : zones_.names()) {
    const auto zone = zones_.find(name);
    ASSERT_TRUE(zone.has_value()) << name << ": " << zone.error().why;
    EXPECT_TRUE(is_time_zone(words_of(**zone))) << name;
    EXPECT_LT(words_of(**zone).size(), 1200U) << name;
  }
}

TEST_F(SystemZones, AsTheLibraryAndTheTwinSay) {
  for (const std::string& name : zones_.names()) {
    const std::shared_ptr<const TimeZone> zone = *zones_.find(name);
    const std::vector<U32> words = words_of(*zone);
    const LibraryZone library(name);
    for (const std::int64_t at : instants_of(*zone, 100)) {
      ASSERT_TRUE(is_as_library_says(words, at)) << name << " at " << at;
      ASSERT_TRUE(is_as_twin_says(words, *zone, at)) << name << " at " << at;
    }
  }
}

TEST_F(SystemZones, TwinToTheEndOfTime) {
  for (const char* name : {"UTC", "America/New_York", "Australia/Sydney", "Europe/Dublin"}) {
    const std::shared_ptr<const TimeZone> zone = *zones_.find(name);
    const std::vector<U32> words = words_of(*zone);
    for (std::int64_t at = kFirstSecond; at <= kLastSecond; at += kLastSecond / 500)
      ASSERT_TRUE(is_as_twin_says(words, *zone, at)) << name << " at " << at;
    ASSERT_TRUE(is_as_twin_says(words, *zone, kLastSecond)) << name;
  }
}

// Distributions have "fat" files or "slim" ones, as the stored ones are. Of Gaza the slim one
// leaves predictions out.
TEST_F(SystemZones, FatAndSlimFilesGiveTheSameWords) {
  ZoneFolder stored = stored_zones();
  if ((*stored.find("Europe/Berlin"))->release != (*zones_.find("Europe/Berlin"))->release)
    GTEST_SKIP() << "the machine has another release";
  for (const std::string& name : stored.names()) {
    if (name == "Asia/Gaza") continue;
    EXPECT_EQ((*stored.find(name))->words, (*zones_.find(name))->words) << name;
  }
}

// In the north.
constexpr std::int64_t kWinter2038 = 2147483648;   // 2038-01-19T03:14:08Z
constexpr std::int64_t kSummer2038 = 2161857600;   // 2038-07-04T12:00:00Z
constexpr std::int64_t kRamadan2025 = 1741262400;  // 2025-03-06T12:00:00Z

// Half an hour of daylight saving time, quarters of hours, a day left out, daylight saving time in
// winter, in Ramadan, and none at all.
TEST_F(SystemZones, OddOnes) {
  constexpr std::int32_t kHour = 3600;
  const std::vector<U32> lord_howe = words("Australia/Lord_Howe");
  EXPECT_EQ(offset_at(lord_howe, kWinter2038), 11 * kHour);
  EXPECT_EQ(offset_at(lord_howe, kSummer2038), 10 * kHour + 30 * 60);
  const std::vector<U32> kathmandu = words("Asia/Kathmandu");
  EXPECT_EQ(offset_at(kathmandu, kSummer2038), 5 * kHour + 45 * 60);
  const std::vector<U32> casablanca = words("Africa/Casablanca");
  EXPECT_EQ(offset_at(casablanca, kRamadan2025), 0);
  EXPECT_EQ(offset_at(casablanca, kRamadan2025 + 40 * kSecondsPerDay), kHour);
  const std::vector<U32> apia = words("Pacific/Apia");
  EXPECT_EQ(offset_at(apia, 1325239199), -10 * kHour);  // 2011-12-30T10:00:00Z less a second
  EXPECT_EQ(offset_at(apia, 1325239200), 14 * kHour);
  EXPECT_EQ(local_time(apia, 1325239199 * kMicrosPerSecond).day_of_week, 3U) << "Thursday";
  EXPECT_EQ(local_time(apia, 1325239200 * kMicrosPerSecond).day_of_week, 5U) << "Saturday";
  const std::vector<U32> dublin = words("Europe/Dublin");
  EXPECT_EQ(offset_at(dublin, kSummer2038), kHour);
  EXPECT_EQ(offset_at(dublin, kWinter2038), 0);
}

}  // namespace
}  // namespace verdict::testing
