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

const std::string& string(const ir::Literal& literal) { return literal.get<std::string>(); }
const Number& number(const ir::Literal& literal) { return literal.get<Number>(); }

bool equal(const Scalar& a, const Scalar& b) {
  const auto* number = std::get_if<Number>(&a);
  return number != nullptr ? compare_exactly(*number, std::get<Number>(b)) == 0 : a == b;
}

bool contains(const ir::Literal& list, const ir::Literal& value) {
  for (const Scalar& element : list.scalars) {
    if (equal(element, value.scalars.at(0))) return true;
  }
  return false;
}

bool between(const Number& value, const ir::Literal& range) {
  const auto ends = range.get_all<Number>();
  return compare_exactly(ends.at(0), value) <= 0 && compare_exactly(value, ends.at(1)) <= 0;
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
      return value.get<bool>() == operand->get<bool>();
    case Function::StringEqual:
      return string(value) == string(*operand);
    case Function::StringIn:
      return contains(*operand, value);
    case Function::NumberEqual:
      return compare_exactly(number(value), number(*operand)) == 0;
    case Function::NumberIn:
      return contains(*operand, value);
    case Function::NumberLess:
      return compare_exactly(number(value), number(*operand)) < 0;
    case Function::NumberLessEqual:
      return compare_exactly(number(value), number(*operand)) <= 0;
    case Function::NumberGreater:
      return compare_exactly(number(value), number(*operand)) > 0;
    case Function::NumberGreaterEqual:
      return compare_exactly(number(value), number(*operand)) >= 0;
    case Function::NumberBetween:
      return between(number(value), *operand);
    case Function::ListContains:
      return contains(value, *operand);
  }
  return false;
}

}  // namespace verdict::compiler::reference
