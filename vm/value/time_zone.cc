#include "vm/value/time_zone.h"

#include <algorithm>

namespace verdict {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

// The words in front of the transitions, by their places.
constexpr std::size_t kFirstOffset = 0;
constexpr std::size_t kClosesAt = 1;  // low, high
constexpr std::size_t kStandard = 3;
constexpr std::size_t kDaylight = 4;
constexpr std::size_t kStart = 5;  // form, month, week, day, seconds
constexpr std::size_t kEnd = 10;
constexpr std::size_t kHeadWords = 15;
constexpr std::size_t kTransitionWords = 3;  // low, high, offset

constexpr std::uint32_t kLastWeek = 5;

std::int32_t as_signed(std::uint32_t word) { return static_cast<std::int32_t>(word); }

std::int64_t wide(std::span<const U32> words, std::size_t at) {
  return static_cast<std::int64_t>((std::uint64_t{words[at + 1]} << 32U) | words[at]);
}

void append_wide(std::vector<std::uint32_t>& words, std::int64_t value) {
  words.push_back(static_cast<std::uint32_t>(value));
  words.push_back(static_cast<std::uint32_t>(static_cast<std::uint64_t>(value) >> 32U));
}

void append_switch(std::vector<std::uint32_t>& words, const YearlySwitch& moment) {
  words.insert(words.end(), {static_cast<std::uint32_t>(moment.form), moment.month, moment.week,
                             moment.day, static_cast<std::uint32_t>(moment.seconds)});
}

YearlySwitch read_switch(std::span<const U32> words, std::size_t at) {
  return {static_cast<SwitchDay>(words[at].get()), words[at + 1], words[at + 2], words[at + 3],
          as_signed(words[at + 4])};
}

ClosingRule read_rule(std::span<const U32> words) {
  return {as_signed(words[kStandard]), as_signed(words[kDaylight]), read_switch(words, kStart),
          read_switch(words, kEnd)};
}

// ---- checks

bool is_offset(std::int32_t offset) { return offset >= kMinOffset && offset <= kMaxOffset; }

bool is_switch(const YearlySwitch& moment) {
  if (moment.seconds < -kMaxSwitchTime || moment.seconds > kMaxSwitchTime) return false;
  if (moment.form == SwitchDay::OfMonth) {
    return moment.month >= 1 && moment.month <= 12 && moment.week >= 1 &&
           moment.week <= kLastWeek && moment.day <= 6;
  }
  const bool is_plain = moment.month == 0 && moment.week == 0 && moment.day <= 365;
  if (moment.form == SwitchDay::Julian) return is_plain && moment.day >= 1;
  return moment.form == SwitchDay::ZeroBased && is_plain;
}

bool is_rule(std::span<const U32> words) {
  if (words[kStart] > std::uint32_t{2} || words[kEnd] > std::uint32_t{2}) return false;
  const ClosingRule rule = read_rule(words);
  if (!is_offset(rule.standard) || !is_offset(rule.daylight)) return false;
  if (rule.has_daylight()) return is_switch(rule.start) && is_switch(rule.end);
  return rule.start == YearlySwitch() && rule.end == YearlySwitch();
}

// Rising, before the closing rule.
bool are_transitions(std::span<const U32> words) {
  const std::int64_t end = wide(words, kClosesAt);
  std::int64_t previous = kFirstSecond;
  for (std::size_t at = kHeadWords; at < words.size(); at += kTransitionWords) {
    const std::int64_t time = wide(words, at);
    if (time <= previous || time >= end || !is_offset(as_signed(words[at + 2]))) return false;
    previous = time;
  }
  return true;
}

// ---- dates

sys_days day_of(const YearlySwitch& moment, std::chrono::year year) {
  using std::chrono::last;
  using std::chrono::weekday;
  if (moment.form == SwitchDay::OfMonth) {
    const auto month = year / std::chrono::month(moment.month);
    if (moment.week == kLastWeek) return month / weekday(moment.day)[last];
    return month / weekday(moment.day)[moment.week];
  }
  const sys_days first = year / std::chrono::January / 1;
  if (moment.form == SwitchDay::ZeroBased) return first + days(moment.day);
  constexpr std::uint32_t kMarch = 60;
  const bool is_behind_leap_day = year.is_leap() && moment.day >= kMarch;
  return first + days(moment.day - (is_behind_leap_day ? 0U : 1U));
}

// As if UTC were local time.
std::int64_t time_of(const YearlySwitch& moment, std::chrono::year year) {
  return day_of(moment, year).time_since_epoch().count() * kSecondsPerDay + moment.seconds;
}

std::chrono::year year_of(std::int64_t seconds) {
  const std::chrono::sys_seconds time{std::chrono::seconds(seconds)};
  return std::chrono::year_month_day(std::chrono::floor<days>(time)).year();
}

// From the start of that year to the end behind it.
bool is_daylight_of(const ClosingRule& rule, std::chrono::year year, std::int64_t seconds) {
  const auto [start, end] = switches_of(rule, year);
  if (seconds < start) return false;
  if (end > start) return seconds < end;
  return seconds < switches_of(rule, year + std::chrono::years(1))[1];
}

}  // namespace

std::array<std::int64_t, 2> switches_of(const ClosingRule& rule, std::chrono::year year) {
  return {time_of(rule.start, year) - rule.standard, time_of(rule.end, year) - rule.daylight};
}

std::int32_t offset_of(const ClosingRule& rule, std::int64_t seconds) {
  if (!rule.has_daylight()) return rule.standard;
  // Switches may lie a week outside of their year.
  const std::chrono::year year = year_of(seconds + rule.standard);
  for (int distance = -2; distance <= 1; ++distance) {
    if (is_daylight_of(rule, year + std::chrono::years(distance), seconds)) return rule.daylight;
  }
  return rule.standard;
}

std::vector<std::uint32_t> encode_zone(const ZoneRules& zone) {
  std::vector<std::uint32_t> words = {static_cast<std::uint32_t>(zone.first_offset)};
  append_wide(words, zone.closes_at);
  words.push_back(static_cast<std::uint32_t>(zone.closing.standard));
  words.push_back(static_cast<std::uint32_t>(zone.closing.daylight));
  append_switch(words, zone.closing.start);
  append_switch(words, zone.closing.end);
  for (const ZoneTransition& transition : zone.transitions) {
    if (transition.at >= zone.closes_at) break;
    append_wide(words, transition.at);
    words.push_back(static_cast<std::uint32_t>(transition.offset));
  }
  return words;
}

bool is_time_zone(std::span<const U32> words) {
  if (words.size() < kHeadWords || (words.size() - kHeadWords) % kTransitionWords != 0)
    return false;
  const std::int64_t closes_at = wide(words, kClosesAt);
  return is_offset(as_signed(words[kFirstOffset])) && closes_at >= kFirstSecond &&
         closes_at <= kLastSecond + 1 && is_rule(words) && are_transitions(words);
}

std::int32_t offset_at(std::span<const U32> words, std::int64_t seconds) {
  if (seconds >= wide(words, kClosesAt)) return offset_of(read_rule(words), seconds);
  std::size_t low = 0;  // transitions at or before the instant
  std::size_t high = (words.size() - kHeadWords) / kTransitionWords;
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    if (wide(words, kHeadWords + middle * kTransitionWords) <= seconds) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low == 0) return as_signed(words[kFirstOffset]);
  return as_signed(words[kHeadWords + low * kTransitionWords - 1]);
}

LocalTime local_time(std::span<const U32> zone, std::int64_t microseconds) {
  using std::chrono::seconds;
  const auto instant = std::chrono::floor<seconds>(std::chrono::microseconds(microseconds));
  const std::chrono::sys_seconds local{instant + seconds(offset_at(zone, instant.count()))};
  const sys_days day = std::chrono::floor<days>(local);
  return {static_cast<std::uint32_t>((local - day).count()),
          std::chrono::weekday(day).iso_encoding() - 1};
}

}  // namespace verdict
