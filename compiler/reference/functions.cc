#include "compiler/reference/functions.h"

#include <cmath>

namespace verdict::compiler::reference {
namespace {

int sign_of_difference(std::int64_t a, std::int64_t b) { return a < b ? -1 : a > b ? 1 : 0; }
int sign_of_difference(double a, double b) { return a < b ? -1 : a > b ? 1 : 0; }

// A double beyond int64 decides by its sign. Within, its floor is an int64 exactly, and what is
// left over it decides where the floors are equal.
int compare_integer_with_double(std::int64_t integer, double real) {
  if (real >= 0x1p63) return -1;
  if (real < -0x1p63) return 1;
  const double floor = std::floor(real);
  const int whole = sign_of_difference(integer, static_cast<std::int64_t>(floor));
  return whole != 0 || floor == real ? whole : -1;
}

template <class T>
const T& as(const ir::Literal& literal) {
  return std::get<T>(literal);
}
const std::string& string(const ir::Literal& literal) { return as<std::string>(literal); }
const Number& number(const ir::Literal& literal) { return as<Number>(literal); }

bool equal(const std::string& a, const std::string& b) { return a == b; }
bool equal(const Number& a, const Number& b) { return compare_exactly(a, b) == 0; }

template <class T>
bool contains(const ir::Literal& list, const T& value) {
  for (const T& element : as<std::vector<T>>(list)) {
    if (equal(element, value)) return true;
  }
  return false;
}

bool list_contains(const ir::Literal& list, const ir::Literal& value) {
  return std::holds_alternative<std::vector<Number>>(list) ? contains(list, number(value))
                                                           : contains(list, string(value));
}

bool between(const Number& value, const std::vector<Number>& range) {
  return compare_exactly(range.at(0), value) <= 0 && compare_exactly(value, range.at(1)) <= 0;
}

}  // namespace

int compare_exactly(const Number& a, const Number& b) {
  if (a.is_integer() && b.is_integer()) return sign_of_difference(a.integer(), b.integer());
  if (a.is_integer()) return compare_integer_with_double(a.integer(), b.real());
  if (b.is_integer()) return -compare_integer_with_double(b.integer(), a.real());
  return sign_of_difference(a.real(), b.real());
}

bool holds(Function function, const ir::Literal& value, const ir::Literal* operand) {
  switch (function) {
    case Function::IsNull:
      return false;
    case Function::BooleanEqual:
      return as<bool>(value) == as<bool>(*operand);
    case Function::StringEqual:
      return string(value) == string(*operand);
    case Function::StringIn:
      return contains(*operand, string(value));
    case Function::NumberEqual:
      return compare_exactly(number(value), number(*operand)) == 0;
    case Function::NumberIn:
      return contains(*operand, number(value));
    case Function::NumberLess:
      return compare_exactly(number(value), number(*operand)) < 0;
    case Function::NumberLessEqual:
      return compare_exactly(number(value), number(*operand)) <= 0;
    case Function::NumberGreater:
      return compare_exactly(number(value), number(*operand)) > 0;
    case Function::NumberGreaterEqual:
      return compare_exactly(number(value), number(*operand)) >= 0;
    case Function::NumberBetween:
      return between(number(value), as<std::vector<Number>>(*operand));
    case Function::ListContains:
      return list_contains(value, *operand);
  }
  return false;
}

}  // namespace verdict::compiler::reference
