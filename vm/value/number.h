// Exact numbers: an int64, or a finite double that is no int64. Two numbers compare by mathematical
// value.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace verdict {

// INVARIANT: a double that is a whole number within int64 is stored as that integer, and no double
// is NaN or infinite, so every mathematical value has exactly one form. (-0 is 0.)
class Number {
 public:
  constexpr Number() = default;
  static constexpr Number from_integer(std::int64_t value) { return Number(value, 0, false); }
  // Nothing for NaN and infinities.
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
  static std::strong_ordering compare_mixed(const Number& a, const Number& b);

  union {
    std::int64_t integer_ = 0;
    double real_;
  };
  bool is_double_ = false;
};

enum class NumberError : std::uint8_t { NotANumber, IntegerOutOfRange, Overflow };

// What is wrong with a number's text, or its value. `text` in the JSON grammar: digits without
// fraction and exponent are an integer and must fit int64; all else is a double and must be finite
// (too small to represent is 0).
struct ParsedNumber {
  std::optional<Number> value;
  NumberError error = NumberError::NotANumber;
};
ParsedNumber parse_number(std::string_view text);

// Whether `number`, in the JSON grammar, is spelled as an integer: its value is then not rounded.
inline bool is_integer_spelling(std::string_view number) {
  return number.find_first_of(".eE") == std::string_view::npos;
}

// Shortest text that reads back as the same value.
std::string to_text(const Number& number);

}  // namespace verdict
