// Times of day and days of the week as policies write them: `08:30`, `22:00:15`, `24:00`; `mon`.
// Both are held as numbers: seconds since midnight, days since Monday.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace verdict {

// The end of a day, as a time of it.
inline constexpr std::int64_t kEndOfDay = std::int64_t{24} * 60 * 60;

// What is wrong with a time of day: `length` characters from `offset` on.
struct TimeOfDayError {
  std::size_t offset = 0;
  std::size_t length = 1;
  std::string_view message;
};
struct ParsedTimeOfDay {
  std::int64_t seconds = 0;
  std::optional<TimeOfDayError> error;
};
// Two digits each for hours and minutes, and for seconds if there are any. Hour 24 only in `24:00`
// and `24:00:00`.
ParsedTimeOfDay parse_time_of_day(std::string_view text);
// With seconds where there are any.
std::string format_time_of_day(std::int64_t seconds);

inline constexpr std::array<std::string_view, 7> kDayNames = {"mon", "tue", "wed", "thu",
                                                              "fri", "sat", "sun"};
// The place among them; nothing for other text.
std::optional<std::int64_t> parse_day_of_week(std::string_view text);

}  // namespace verdict
