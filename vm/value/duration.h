// Durations as policies write them: `15m`, `1h30m`, `7d`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace verdict {

inline constexpr std::int64_t kMaxDuration =
    std::int64_t{36525} * 24 * 3600 * 1000000;  // microseconds of a century

enum class DurationError : std::uint8_t { BadText, UnitOrder, Zero, TooLong };

// Integers with a unit behind each, `w`, `d`, `h`, `m`, `s` or `ms`, every unit at most once and in
// this order. A day has 24 hours, a week 7 days. In microseconds, more than 0 and at most
// kMaxDuration; else what is wrong from which byte on.
struct ParsedDuration {
  std::optional<std::int64_t> value;
  DurationError error = DurationError::BadText;
  std::size_t offset = 0;
};
ParsedDuration parse_duration(std::string_view text);

// The largest units first: `1d12h`. `microseconds` is a whole number of milliseconds from 1 on.
std::string format_duration(std::int64_t microseconds);

}  // namespace verdict
