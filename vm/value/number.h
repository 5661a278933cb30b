// Exact numbers: an int64, or a double with a fraction, which lies below 2^53. Two numbers compare
// by mathematical value, and no two different integers are ever equal.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace verdict {

// INVARIANT: a whole number is stored as an integer, so every mathematical value has exactly one
// form. (-0 is 0.)
class Number {
 public:
  constexpr Number() = default;
  static constexpr Number from_integer(std::int64_t value) { return Number(value, 0, false); }
  // Of a double that is known to have a fraction.
  static constexpr Number from_fraction(double value) { return Number(0, value, true); }
  // Nothing for NaN, infinities and what lies beyond int64.
  static std::optional<Number> from_double(double value);

  [[nodiscard]] constexpr bool is_integer() const { return !is_double_; }
  [[nodiscard]] constexpr std::int64_t integer() const { return integer_; }
  // The double itself; only where is_integer() is false.
  [[nodiscard]] constexpr double real() const { return real_; }

  friend bool operator==(const Number& a, const Number& b) {
    if (a.is_double_ != b.is_double_) return false;
    return a.is_double_ ? a.real_ == b.real_ : a.integer_ == b.integer_;
  }
  friend std::strong_ordering operator<=>(const Number& a, const Number& b) {
    if (!a.is_double_ && !b.is_double_) return a.integer_ <=> b.integer_;
    return compare_mixed(a, b);
  }

 private:
  constexpr Number(std::int64_t integer, double real, bool is_double) : is_double_(is_double) {
    if (is_double) {
      real_ = real;
    } else {
      integer_ = integer;
    }
  }
  static std::strong_ordering compare_mixed(Number a, Number b);

  union {
    std::int64_t integer_ = 0;
    double real_;
  };
  bool is_double_ = false;
};

enum class NumberError : std::uint8_t { NotANumber, IntegerOutOfRange, FractionOutOfRange };

// What is wrong with a number's text, or its value (design 2.3). `text` in the JSON grammar. If its
// value is an integer, however it is written (`1000`, `1e3`, `5.0`), it must fit int64 and is that
// integer exactly. Else it is the nearest double, and must lie below 2^53, where a double can no
// longer have a fraction and would be another number (too small to represent is 0).
struct ParsedNumber {
  std::optional<Number> value;
  NumberError error = NumberError::NotANumber;
};
ParsedNumber parse_number(std::string_view text);

// Whether `number`, in the JSON grammar, is spelled without fraction and exponent.
inline bool is_integer_spelling(std::string_view number) {
  return number.find_first_of(".eE") == std::string_view::npos;
}

// Shortest text that reads back as the same value.
std::string to_text(const Number& number);

}  // namespace verdict
