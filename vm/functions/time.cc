#include "vm/functions/time.h"

#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>

#include "vm/program/number.h"

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
    for (; count < text_.size() && text_[count] >= '0' && text_[count] <= '9'; ++count, unit /= 10) {
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
  if (!scanner.digits(4, year) || !scanner.skip("-") || !scanner.digits(2, month) || !scanner.skip("-") ||
      !scanner.digits(2, day)) {
    return std::nullopt;
  }
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(year)), std::chrono::month(month),
                                         std::chrono::day(day)};
  if (!date.ok() || year == 0) return std::nullopt;
  return std::chrono::sys_days(date).time_since_epoch().count();
}

// Microseconds of the day.
std::optional<std::int64_t> read_time(Scanner& scanner) {
  unsigned hour = 0;
  unsigned minute = 0;
  unsigned second = 0;
  if (!scanner.digits(2, hour) || !scanner.skip(":") || !scanner.digits(2, minute) || !scanner.skip(":") ||
      !scanner.digits(2, second) || hour > 23 || minute > 59 || second > 59) {
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
  if (!scanner.one_of("+-", sign) || !scanner.digits(2, hours) || !scanner.skip(":") || !scanner.digits(2, minutes) ||
      hours > 23 || minutes > 59) {
    return std::nullopt;
  }
  const std::int64_t offset = std::int64_t{hours * 60 + minutes} * 60 * kSecond;
  return sign == '-' ? -offset : offset;
}

// "-12.5": whole seconds, and the fraction in microseconds towards minus infinity. No exponent.
std::optional<std::int64_t> read_decimal_seconds(std::string_view text) {
  const std::size_t point = text.find('.');
  const ParsedNumber whole = parse_number(text.substr(0, point));
  if (!whole.value || !whole.value->is_integer()) return std::nullopt;
  const std::int64_t seconds = whole.value->integer();
  if (seconds < kMinTimestamp / kSecond - 1 || seconds > kMaxTimestamp / kSecond) return std::nullopt;
  std::int64_t fraction = 0;
  Scanner scanner(text.substr(point + 1));
  if (!scanner.fraction(fraction)) return std::nullopt;
  if (text.front() != '-') return in_range(seconds * kSecond + fraction);
  const bool has_finer_digits = text.size() > point + 7 && text.find_first_not_of('0', point + 7) != std::string_view::npos;
  return in_range(seconds * kSecond - fraction - (has_finer_digits ? 1 : 0));
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
  const ParsedNumber parsed = parse_number(text);
  if (!parsed.value) return std::nullopt;
  if (parsed.value->is_integer()) {
    const std::int64_t seconds = parsed.value->integer();
    if (seconds < kMinTimestamp / kSecond || seconds > kMaxTimestamp / kSecond) return std::nullopt;
    return seconds * kSecond;
  }
  if (text.find_first_of("eE") == std::string_view::npos) return read_decimal_seconds(text);
  const double microseconds = std::floor(parsed.value->real() * static_cast<double>(kSecond));
  if (!(microseconds >= static_cast<double>(kMinTimestamp) && microseconds <= static_cast<double>(kMaxTimestamp))) {
    return std::nullopt;
  }
  return in_range(static_cast<std::int64_t>(microseconds));
}

std::string format_rfc3339(std::int64_t microseconds) {
  const std::chrono::sys_time<std::chrono::microseconds> time{std::chrono::microseconds(microseconds)};
  const auto days = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(days);
  const std::chrono::hh_mm_ss clock(time - days);
  std::array<char, 64> buffer{};
  const int length = std::snprintf(buffer.data(), buffer.size(), "%04d-%02u-%02uT%02d:%02d:%02d", static_cast<int>(date.year()),
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
