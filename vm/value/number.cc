#include "vm/value/number.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <system_error>

namespace verdict {
namespace {

constexpr double kTwoTo63 = 9223372036854775808.0;

bool fits_int64(double value) { return value >= -kTwoTo63 && value < kTwoTo63; }

std::strong_ordering compare_doubles(double a, double b) {
  if (a < b) return std::strong_ordering::less;
  return a > b ? std::strong_ordering::greater : std::strong_ordering::equal;
}

// An integer against a double that is no int64: never equal.
std::strong_ordering compare_integer_with_double(std::int64_t integer, double real) {
  if (!fits_int64(real))
    return real > 0 ? std::strong_ordering::less : std::strong_ordering::greater;
  const double whole = std::floor(real);
  return integer <= static_cast<std::int64_t>(whole) ? std::strong_ordering::less
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

// The power of ten of the first digit that is not 0, saturated: 1 for "12.5", -3 for "0.005", 400
// for "1e400".
std::int64_t leading_exponent(std::string_view text) {
  constexpr std::int64_t kSaturated = std::int64_t{1} << 40;
  const std::size_t exponent_at = std::min(text.find_first_of("eE"), text.size());
  const std::string_view mantissa = text.substr(0, exponent_at);
  const auto point = static_cast<std::int64_t>(std::min(mantissa.find('.'), mantissa.size()));
  const auto first =
      static_cast<std::int64_t>(std::min(mantissa.find_first_of("123456789"), mantissa.size()));
  std::int64_t exponent = 0;
  bool is_negative = false;
  for (const char c : text.substr(exponent_at)) {
    is_negative = is_negative || c == '-';
    if (is_digit(c)) exponent = std::min(kSaturated, exponent * 10 + (c - '0'));
  }
  return (first < point ? point - 1 - first : point - first) + (is_negative ? -exponent : exponent);
}

ParsedNumber parse_real(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error ==
      std::errc::result_out_of_range) {  // too large or too small: from_chars does not say which
    if (leading_exponent(text) > 0) return {std::nullopt, NumberError::Overflow};
    value = 0;
  }
  return {Number::from_double(value), {}};
}

}  // namespace

std::optional<Number> Number::from_double(double value) {
  if (!std::isfinite(value)) return std::nullopt;
  if (fits_int64(value) && std::floor(value) == value)
    return from_integer(static_cast<std::int64_t>(value));
  return Number(0, value, true);
}

std::strong_ordering Number::compare_mixed(const Number& a, const Number& b) {
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

// A double beyond int64 needs its exponent: without, its shortest text would be digits only, hence
// an integer.
std::string to_text(const Number& number) {
  std::array<char, 40> buffer{};
  char* const end = buffer.data() + buffer.size();
  if (number.is_integer())
    return {buffer.data(), std::to_chars(buffer.data(), end, number.integer()).ptr};
  const std::string_view text(buffer.data(), std::to_chars(buffer.data(), end, number.real()).ptr);
  if (text.find_first_of(".e") != std::string_view::npos) return std::string(text);
  return {buffer.data(),
          std::to_chars(buffer.data(), end, number.real(), std::chars_format::scientific).ptr};
}

}  // namespace verdict
