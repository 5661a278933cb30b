// Points in time: int64 microseconds since 1970, years 0001 to 9999.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace verdict {

// Timestamps are microseconds since 1970; years 0001 to 9999.
inline constexpr std::int64_t kMinTimestamp = -62135596800LL * 1000000;  // 0001-01-01T00:00:00Z
inline constexpr std::int64_t kMaxTimestamp =
    253402300800LL * 1000000 - 1;  // 9999-12-31T23:59:59.999999Z

struct Timestamp {
  std::int64_t microseconds = 0;
  friend bool operator==(const Timestamp&, const Timestamp&) = default;
};

// RFC 3339 with its offset ("2026-01-02T03:04:05.5+01:00"); digits finer than a microsecond are
// floored. Nothing for other text, a time that does not exist (second 60 among them) and years
// outside of the range.
std::optional<std::int64_t> parse_rfc3339(std::string_view text);

// A NumericDate (RFC 7519, section 2): seconds since 1970 in the JSON grammar of numbers, with a
// fraction or without, of at most limits::kMaxNumericDateBytes. Finer digits are floored. Nothing
// outside of the years, which catches milliseconds given by mistake.
std::optional<std::int64_t> parse_numeric_date(std::string_view text);
// The same for whole seconds that have been read already.
std::optional<std::int64_t> numeric_date(std::int64_t seconds);
// Whether seconds that are no such time would be one as milliseconds: a mistake that is often made.
bool is_in_milliseconds(std::int64_t seconds);

// "2026-01-02T03:04:05Z", with a fraction where there is one.
std::string format_rfc3339(std::int64_t microseconds);

}  // namespace verdict
