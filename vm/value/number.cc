#include "vm/value/number.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <system_error>

namespace verdict {
namespace {

constexpr double kTwoTo53 = 9007199254740992.0;
constexpr double kTwoTo63 = 9223372036854775808.0;

bool fits_int64(double value) { return value >= -kTwoTo63 && value < kTwoTo63; }

std::strong_ordering compare_doubles(double a, double b) {
  if (a < b) return std::strong_ordering::less;
  return a > b ? std::strong_ordering::greater : std::strong_ordering::equal;
}

// An integer against a double that is none: never equal.
std::strong_ordering compare_integer_with_double(std::int64_t integer, double real) {
  return integer <= static_cast<std::int64_t>(std::floor(real)) ? std::strong_ordering::less
                                                                : std::strong_ordering::greater;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Steps over digits; false if there is none.
bool skip_digits(std::string_view text, std::size_t& at) {
  const std::size_t begin = at;
  while (at < text.size() && is_digit(text[at])) ++at;
  return at > begin;
}

enum class Shape : std::uint8_t { Wrong, Integer, Real };

// The JSON grammar of a number (RFC 8259, section 6).
Shape shape_of(std::string_view text) {
  std::size_t at = 0;
  if (at < text.size() && text[at] == '-') ++at;
  const std::size_t first_digit = at;
  if (!skip_digits(text, at)) return Shape::Wrong;
  if (text[first_digit] == '0' && at - first_digit > 1) return Shape::Wrong;
  Shape shape = Shape::Integer;
  if (at < text.size() && text[at] == '.') {
    shape = Shape::Real;
    if (!skip_digits(text, ++at)) return Shape::Wrong;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    shape = Shape::Real;
    ++at;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    if (!skip_digits(text, at)) return Shape::Wrong;
  }
  return at == text.size() ? shape : Shape::Wrong;
}

ParsedNumber parse_integer(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size())
    return {std::nullopt, NumberError::IntegerOutOfRange};
  return {Number::from_integer(value), {}};
}

// Where the digits of a real stand that are not 0, as powers of ten: 1 and -1 for "12.5", -3 and -3
// for "0.005", 400 and 400 for "1e400".
struct Digits {
  std::string text;  // from the first to the last of them, without the point; empty for 0
  std::int64_t first = 0;
  std::int64_t last = 0;
};

// Saturates: no number has so many digits that it would matter.
std::int64_t exponent_of(std::string_view text) {
  constexpr std::int64_t kSaturated = std::int64_t{1} << 40;
  std::int64_t exponent = 0;
  for (const char c : text) {
    if (is_digit(c)) exponent = std::min(kSaturated, exponent * 10 + (c - '0'));
  }
  return text.find('-') == std::string_view::npos ? exponent : -exponent;
}

Digits digits_of(std::string_view text) {
  const std::size_t exponent_at = std::min(text.find_first_of("eE"), text.size());
  const std::string_view mantissa = text.substr(0, exponent_at);
  const std::size_t begin = mantissa.find_first_of("123456789");
  if (begin == std::string_view::npos) return {};
  const std::size_t end = mantissa.find_last_of("123456789");
  const auto point = static_cast<std::int64_t>(std::min(mantissa.find('.'), mantissa.size()));
  const auto power = [&](std::size_t at) {
    const std::int64_t from_point = point - static_cast<std::int64_t>(at);
    return (from_point > 0 ? from_point - 1 : from_point) + exponent_of(text.substr(exponent_at));
  };
  Digits digits{std::string(mantissa.substr(begin, end + 1 - begin)), power(begin), power(end)};
  std::erase(digits.text, '.');
  return digits;
}

// The value is an integer: its digits, and as many zeros as follow them.
ParsedNumber parse_whole(const Digits& digits, bool is_negative) {
  constexpr std::int64_t kMost = 18;  // the power of ten of the first of 19 digits
  if (digits.first > kMost) return {std::nullopt, NumberError::IntegerOutOfRange};
  const std::string zeros(static_cast<std::size_t>(digits.last), '0');
  return parse_integer((is_negative ? "-" : "") + digits.text + zeros);
}

ParsedNumber parse_real(std::string_view text) {
  const Digits digits = digits_of(text);
  if (digits.text.empty()) return {Number::from_integer(0), {}};
  if (digits.last >= 0) return parse_whole(digits, text.front() == '-');
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc::result_out_of_range) value = 0;  // a fraction too large is long, not this
  if (digits.first >= 16 || std::abs(value) >= kTwoTo53)
    return {std::nullopt, NumberError::FractionOutOfRange};
  return {Number::from_double(value), {}};
}

}  // namespace

std::optional<Number> Number::from_double(double value) {
  if (!fits_int64(value)) return std::nullopt;  // NaN and infinities too
  if (std::floor(value) == value) return from_integer(static_cast<std::int64_t>(value));
  return Number(0, value, true);
}

std::strong_ordering Number::compare_mixed(Number a, Number b) {
  if (a.is_double_ && b.is_double_) return compare_doubles(a.real_, b.real_);
  if (b.is_double_) return compare_integer_with_double(a.integer_, b.real_);
  return 0 <=> compare_integer_with_double(b.integer_, a.real_);
}

ParsedNumber parse_number(std::string_view text) {
  switch (shape_of(text)) {
    case Shape::Wrong:
      return {std::nullopt, NumberError::NotANumber};
    case Shape::Integer:
      return parse_integer(text);
    case Shape::Real:
      return parse_real(text);
  }
  return {};
}

std::string to_text(const Number& number) {
  std::array<char, 40> buffer{};
  char* const begin = buffer.data();
  char* const end = begin + buffer.size();
  return {begin, number.is_integer() ? std::to_chars(begin, end, number.integer()).ptr
                                     : std::to_chars(begin, end, number.real()).ptr};
}

}  // namespace verdict
