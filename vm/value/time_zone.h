// Time zones as programs keep them: words that are made when a workspace is compiled, and asked for
// the local time of an instant when a decision is made.
//
// Instants are seconds since 1970, offsets seconds east of UTC. Nothing here reads files.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "vm/base/bytes.h"
#include "vm/value/time.h"

namespace verdict {

// The seconds that timestamps can lie in.
inline constexpr std::int64_t kMicrosPerSecond = 1'000'000;
inline constexpr std::int64_t kSecondsPerDay = 86400;
inline constexpr std::int64_t kFirstSecond = kMinTimestamp / kMicrosPerSecond;
inline constexpr std::int64_t kLastSecond = kMaxTimestamp / kMicrosPerSecond;

// What RFC 9636 (section 3.2) allows offsets to be, and times of a yearly switch (section 3.3.1).
inline constexpr std::int32_t kMinOffset = -89999;
inline constexpr std::int32_t kMaxOffset = 93599;
inline constexpr std::int32_t kMaxSwitchTime = 167 * 3600 + 3599;

// How the day of a yearly switch is given: `Mm.w.d`, `Jn` (29 February is never counted) or `n`.
enum class SwitchDay : std::uint8_t { OfMonth, Julian, ZeroBased };

// Local time `seconds` after the start of a day of each year.
struct YearlySwitch {
  SwitchDay form = SwitchDay::OfMonth;
  std::uint32_t month = 0;  // 1 to 12; 0 where the form has none
  std::uint32_t week = 0;   // 1 to 5, 5 the last of the month; 0 where the form has none
  std::uint32_t day = 0;    // Sunday 0 to Saturday 6; 1 to 365; 0 to 365
  std::int32_t seconds = 0;

  friend bool operator==(const YearlySwitch&, const YearlySwitch&) = default;
};

// Daylight saving time runs from each `start` to the `end` of that year or, where that does not lie
// behind it, of the next. Equal offsets: there is none, and both switches are empty.
struct ClosingRule {
  std::int32_t standard = 0;
  std::int32_t daylight = 0;
  YearlySwitch start;  // in standard time
  YearlySwitch end;    // in daylight saving time

  [[nodiscard]] bool has_daylight() const { return standard != daylight; }
  friend bool operator==(const ClosingRule&, const ClosingRule&) = default;
};

struct ZoneTransition {
  std::int64_t at;
  std::int32_t offset;

  friend bool operator==(const ZoneTransition&, const ZoneTransition&) = default;
};

struct ZoneRules {
  std::int32_t first_offset = 0;            // before all transitions
  std::vector<ZoneTransition> transitions;  // rising
  std::int64_t closes_at = kFirstSecond;    // from here on the closing rule holds
  ClosingRule closing;

  friend bool operator==(const ZoneRules&, const ZoneRules&) = default;
};

std::int32_t offset_of(const ClosingRule& rule, std::int64_t seconds);
// The instants of `start` and `end` in that year.
std::array<std::int64_t, 2> switches_of(const ClosingRule& rule, std::chrono::year year);

// Transitions from `closes_at` on are left out. docs/decisions/time_zones.md has the words.
std::vector<std::uint32_t> encode_zone(const ZoneRules& zone);
// Whether the words can be asked; whatever wrote them.
bool is_time_zone(std::span<const U32> words);
// Of words that is_time_zone() accepts. One binary search or a dozen dates; no allocation.
std::int32_t offset_at(std::span<const U32> words, std::int64_t seconds);

// Local time at an instant.
struct LocalTime {
  std::uint32_t second_of_day;
  std::uint32_t day_of_week;  // Monday 0
};
LocalTime local_time(std::span<const U32> zone, std::int64_t microseconds);

}  // namespace verdict
