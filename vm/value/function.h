// The rows of functions.def.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "vm/value/kind.h"

namespace verdict {

enum class Function : std::uint8_t {
#define VERDICT_FUNCTION(number, name, spelling, twin, reads, shape, kind, cost, meaning) \
  name = number,
#include "vm/value/functions.def"
};

enum class OperandShape : std::uint8_t { None, One, Many, Range, Window };
// What an operand is: not there, a constant, an attribute.
enum class OperandForm : std::uint8_t { None, Constant, Attribute };
enum class Cost : std::uint8_t {
  Constant,
  Search,
  List,
  Values,
  Start,
  Text,
  Part,
  Both,
  Form,
  Glob,
  Regex,
  Texts,
  Product,
  Members,
  Local
};

// How a function of one value is asked of a list (design 2.5).
enum class Quantifier : std::uint8_t { Absent, Any, All, None };
inline constexpr auto kQuantifierSpellings =
    std::to_array<std::string_view>({"", "any", "all", "none"});
// What a condition is where its attribute is null.
enum class OnNull : std::uint8_t { Unknown, Match, NoMatch };
inline constexpr auto kOnNullSpellings =
    std::to_array<std::string_view>({"unknown", "match", "no_match"});

struct FunctionRow {
  Function function;
  std::string_view spelling;
  std::string_view twin;
  KindSet reads;
  OperandShape operand;
  Kind operand_kind;  // of one constant
  Cost cost;
  std::string_view meaning;
};

inline constexpr auto kFunctions = std::to_array<FunctionRow>({
#define VERDICT_FUNCTION(number, name, spelling, twin, reads, shape, kind, cost, meaning) \
  {Function::name, spelling, twin, reads, OperandShape::shape, Kind::kind, Cost::cost, meaning},
#include "vm/value/functions.def"
});

struct FunctionAlias {
  std::string_view alias;
  std::string_view spelling;
};
inline constexpr auto kFunctionAliases = std::to_array<FunctionAlias>({
#define VERDICT_FUNCTION_ALIAS(alias, spelling) {alias, spelling},
#include "vm/value/functions.def"
});

// nullptr for a number that no row has.
constexpr const FunctionRow* find_function(std::uint8_t number) {
  for (const FunctionRow& row : kFunctions) {
    if (static_cast<std::uint8_t>(row.function) == number) return &row;
  }
  return nullptr;
}
constexpr const FunctionRow& get_function_row(Function function) {
  return *find_function(static_cast<std::uint8_t>(function));
}

// The row of that spelling that takes an attribute of that kind; nullptr where none does.
constexpr const FunctionRow* find_overload(std::string_view spelling, Kind kind) {
  for (const FunctionRow& row : kFunctions) {
    if (row.spelling == spelling && row.reads.contains(kind)) return &row;
  }
  return nullptr;
}

// Whether a row takes an attribute of that kind: with a quantifier a list of what it reads.
constexpr bool takes(const FunctionRow& row, Kind attribute, Quantifier quantifier) {
  if (quantifier == Quantifier::Absent) return row.reads.contains(attribute);
  return is_list(attribute) && !row.reads.contains(attribute) &&
         row.reads.contains(element_of(attribute));
}

// The kind of what a function is asked of: with a quantifier an element of the attribute.
constexpr Kind asked_kind(Kind attribute, Quantifier quantifier) {
  return quantifier == Quantifier::Absent ? attribute : element_of(attribute);
}

// What a constant operand must be. Asked only where there is one.
constexpr ConstantType constant_operand(const FunctionRow& row) {
  const Kind kind = constant_kind(row.operand_kind);
  switch (row.operand) {
    case OperandShape::None:
    case OperandShape::One:
      break;
    case OperandShape::Many:
      return {kind, Shape::Set};
    case OperandShape::Range:
      return {kind, Shape::Range};
    case OperandShape::Window:
      return {kind, Shape::Window};
  }
  return {kind, Shape::One};
}

// The kinds that a `value_attribute` may have; none where none is allowed. Strings and the values
// of an enum compare with each other.
constexpr KindSet variable_operand(const FunctionRow& row) {
  const Kind kind = get_kind_row(row.operand_kind).variable;
  if (kind == Kind::Presence) return {};
  if (row.operand == OperandShape::One)
    return kind == Kind::String ? Kind::String | Kind::Enum : KindSet(kind);
  const std::optional<Kind> list = list_of(kind);
  return row.operand == OperandShape::Many && list ? KindSet(*list) : KindSet();
}

namespace function_checks {
constexpr bool are_overloads(const FunctionRow& a, const FunctionRow& b) {
  return a.spelling == b.spelling && a.twin == b.twin && (a.reads & b.reads).empty() &&
         a.operand == b.operand && a.meaning == b.meaning;
}
constexpr bool rows_are_sound() {
  for (std::size_t i = 0; i < kFunctions.size(); ++i) {
    const FunctionRow& row = kFunctions[i];
    if (row.spelling == row.twin) return false;
    for (std::size_t j = i + 1; j < kFunctions.size(); ++j) {
      const FunctionRow& other = kFunctions[j];
      const bool is_same_name = row.spelling == other.spelling || row.spelling == other.twin ||
                                row.twin == other.twin || row.twin == other.spelling;
      if (row.function == other.function || (is_same_name && !are_overloads(row, other)))
        return false;
    }
  }
  return true;
}
static_assert(rows_are_sound());
}  // namespace function_checks

}  // namespace verdict
