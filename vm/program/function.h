// The rows of functions.def.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "vm/value/kind.h"

namespace verdict {

enum class Function : std::uint8_t {
#define VERDICT_FUNCTION(number, name, spelling, twin, reads, operand, variable, meaning) \
  name = number,
#include "vm/program/functions.def"
};

enum class OperandShape : std::uint8_t { None, One, Many, Range };
enum class VariableOperand : std::uint8_t { Never, Same, List, Element };

struct FunctionRow {
  Function function;
  std::string_view spelling;
  std::string_view twin;
  KindSet reads;
  OperandShape operand;
  VariableOperand variable;
  std::string_view meaning;
};

inline constexpr auto kFunctions = std::to_array<FunctionRow>({
#define VERDICT_FUNCTION(number, name, spelling, twin, reads, operand, variable, meaning)   \
  {Function::name, spelling, twin, reads, OperandShape::operand, VariableOperand::variable, \
   meaning},
#include "vm/program/functions.def"
});

struct FunctionAlias {
  std::string_view alias;
  std::string_view spelling;
};
inline constexpr auto kFunctionAliases = std::to_array<FunctionAlias>({
#define VERDICT_FUNCTION(number, name, spelling, twin, reads, operand, variable, meaning)
#define VERDICT_FUNCTION_ALIAS(alias, spelling) {alias, spelling},
#include "vm/program/functions.def"
});
inline constexpr auto kPlannedFunctions = std::to_array<std::string_view>({
#define VERDICT_FUNCTION(number, name, spelling, twin, reads, operand, variable, meaning)
#define VERDICT_PLANNED_FUNCTION(spelling) spelling,
#include "vm/program/functions.def"
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

// The kind of one constant of a function that reads an attribute of kind `attribute`.
constexpr Kind operand_kind(Kind attribute) { return element_of(attribute); }

// The kind that a `value_attribute` must have there; nothing where none is allowed.
constexpr std::optional<Kind> variable_kind(VariableOperand variable, Kind attribute) {
  switch (variable) {
    case VariableOperand::Never:
      return std::nullopt;
    case VariableOperand::Same:
      return attribute;
    case VariableOperand::List:
      return list_of(attribute);
    case VariableOperand::Element:
      return element_of(attribute);
  }
  return std::nullopt;
}

namespace function_checks {
constexpr bool spellings_are_unique() {
  for (std::size_t i = 0; i < kFunctions.size(); ++i) {
    if (kFunctions[i].spelling == kFunctions[i].twin) return false;
    for (std::size_t j = i + 1; j < kFunctions.size(); ++j) {
      if (kFunctions[i].function == kFunctions[j].function ||
          kFunctions[i].spelling == kFunctions[j].spelling ||
          kFunctions[i].spelling == kFunctions[j].twin ||
          kFunctions[i].twin == kFunctions[j].twin) {
        return false;
      }
    }
  }
  return true;
}
static_assert(spellings_are_unique());
}  // namespace function_checks

}  // namespace verdict
