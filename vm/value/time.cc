#include "vm/value/time.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>

#include "vm/base/limits.h"
#include "vm/value/number.h"

namespace verdict {
namespace {

constexpr std::int64_t kSecond = 1000000;

// Reads a text from the left; every step says whether it found what it wanted.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  bool digits(std::size_t count, unsigned& value) {
    value = 0;
    if (text_.size() < count) return false;
    for (std::size_t i = 0; i < count; ++i) {
      if (text_[i] < '0' || text_[i] > '9') return false;
      value = value * 10 + static_cast<unsigned>(text_[i] - '0');
    }
    text_.remove_prefix(count);
    return true;
  }
  bool one_of(std::string_view wanted, char& found) {
    if (text_.empty() || wanted.find(text_.front()) == std::string_view::npos) return false;
    found = text_.front();
    text_.remove_prefix(1);
    return true;
  }
  bool skip(std::string_view wanted) {
    char ignored = 0;
    return one_of(wanted, ignored);
  }
  // The digits behind a point as microseconds, floored.
  bool fraction(std::int64_t& microseconds) {
    std::int64_t unit = kSecond / 10;
    std::size_t count = 0;
    for (; count < text_.size() && text_[count] >= '0' && text_[count] <= '9';
         ++count, unit /= 10) {
      microseconds += unit * (text_[count] - '0');
    }
    text_.remove_prefix(count);
    return count > 0;
  }
  [[nodiscard]] bool at_end() const { return text_.empty(); }

 private:
  std::string_view text_;
};

std::optional<std::int64_t> in_range(std::int64_t microseconds) {
  if (microseconds < kMinTimestamp || microseconds > kMaxTimestamp) return std::nullopt;
  return microseconds;
}

// Days since 1970 of a date that exists.
std::optional<std::int64_t> read_date(Scanner& scanner) {
  unsigned year = 0;
  unsigned month = 0;
  unsigned day = 0;
  if (!scanner.digits(4, year) || !scanner.skip("-") || !scanner.digits(2, month) ||
      !scanner.skip("-") || !scanner.digits(2, day)) {
    return std::nullopt;
  }
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(year)),
                                         std::chrono::month(month), std::chrono::day(day)};
  if (!date.ok() || year == 0) return std::nullopt;
  return std::chrono::sys_days(date).time_since_epoch().count();
}

// Microseconds of the day.
std::optional<std::int64_t> read_time(Scanner& scanner) {
  unsigned hour = 0;
  unsigned minute = 0;
  unsigned second = 0;
  if (!scanner.digits(2, hour) || !scanner.skip(":") || !scanner.digits(2, minute) ||
      !scanner.skip(":") || !scanner.digits(2, second) || hour > 23 || minute > 59 || second > 59) {
    return std::nullopt;
  }
  std::int64_t microseconds = 0;
  if (scanner.skip(".") && !scanner.fraction(microseconds)) return std::nullopt;
  return std::int64_t{hour * 3600 + minute * 60 + second} * kSecond + microseconds;
}

// Microseconds to subtract for UTC.
std::optional<std::int64_t> read_offset(Scanner& scanner) {
  char sign = 0;
  if (scanner.skip("Zz")) return 0;
  unsigned hours = 0;
  unsigned minutes = 0;
  if (!scanner.one_of("+-", sign) || !scanner.digits(2, hours) || !scanner.skip(":") ||
      !scanner.digits(2, minutes) || hours > 23 || minutes > 59) {
    return std::nullopt;
  }
  const std::int64_t offset = std::int64_t{hours * 60 + minutes} * 60 * kSecond;
  return sign == '-' ? -offset : offset;
}

// The power of ten behind a JSON number's `e`, saturated.
std::int64_t exponent_of(std::string_view exponent) {
  constexpr std::int64_t kSaturated = std::int64_t{1} << 40;
  std::int64_t value = 0;
  for (const char c : exponent) {
    if (c >= '0' && c <= '9') value = std::min(kSaturated, value * 10 + (c - '0'));
  }
  return exponent.find('-') == std::string_view::npos ? value : -value;
}

// A JSON number of seconds in whole microseconds, towards minus infinity: exact, which doubles
// would not be.
std::optional<std::int64_t> microseconds_of(std::string_view number) {
  const std::string_view mantissa = number.substr(0, number.find_first_of("eE"));
  const std::string_view integer = mantissa.substr(0, mantissa.find('.'));
  const bool is_negative = mantissa.front() == '-';
  // How many of the digits make whole microseconds.
  std::int64_t wanted = static_cast<std::int64_t>(integer.size()) - (is_negative ? 1 : 0) +
                        exponent_of(number.substr(mantissa.size())) + 6;
  std::int64_t whole = 0;
  bool has_finer_digits = false;
  for (const char c : mantissa) {
    if (c < '0' || c > '9') continue;
    if (whole > kMaxTimestamp) return std::nullopt;
    if (wanted > 0) whole = whole * 10 + (c - '0');
    if (wanted <= 0 && c != '0') has_finer_digits = true;
    --wanted;
  }
  for (; wanted > 0 && whole != 0; --wanted) {
    if (whole > kMaxTimestamp) return std::nullopt;
    whole *= 10;
  }
  return in_range(is_negative ? -whole - (has_finer_digits ? 1 : 0) : whole);
}

}  // namespace

std::optional<std::int64_t> parse_rfc3339(std::string_view text) {
  Scanner scanner(text);
  const std::optional<std::int64_t> days = read_date(scanner);
  if (!days || !scanner.skip("Tt")) return std::nullopt;
  const std::optional<std::int64_t> time = read_time(scanner);
  if (!time) return std::nullopt;
  const std::optional<std::int64_t> offset = read_offset(scanner);
  if (!offset || !scanner.at_end()) return std::nullopt;
  return in_range(*days * 86400 * kSecond + *time - *offset);
}

std::optional<std::int64_t> parse_numeric_date(std::string_view text) {
  if (text.size() > limits::kMaxNumericDateBytes || !parse_number(text).value) return std::nullopt;
  return microseconds_of(text);
}

std::optional<std::int64_t> numeric_date(std::int64_t seconds) {
  static_assert(kMinTimestamp % kSecond == 0);
  if (seconds < kMinTimestamp / kSecond || seconds > kMaxTimestamp / kSecond) return std::nullopt;
  return seconds * kSecond;
}

bool is_in_milliseconds(std::int64_t seconds) {
  return !numeric_date(seconds) && numeric_date(seconds / 1000).has_value();
}

std::string format_rfc3339(std::int64_t microseconds) {
  const std::chrono::sys_time<std::chrono::microseconds> time{
      std::chrono::microseconds(microseconds)};
  const auto days = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(days);
  const std::chrono::hh_mm_ss clock(time - days);
  std::array<char, 64> buffer{};
  const int length = std::snprintf(
      buffer.data(), buffer.size(), "%04d-%02u-%02uT%02d:%02d:%02d", static_cast<int>(date.year()),
      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
      static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
      static_cast<int>(clock.seconds().count()));
  std::string text(buffer.data(), static_cast<std::size_t>(length));
  if (const auto fraction = clock.subseconds().count(); fraction != 0) {
    std::string digits = std::to_string(fraction);
    digits.insert(0, 6 - digits.size(), '0');
    digits.erase(digits.find_last_not_of('0') + 1);
    text += "." + digits;
  }
  return text + "Z";
}

}  // namespace verdict
