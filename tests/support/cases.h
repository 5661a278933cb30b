// The cases of condition functions: tests/functions/*.cases, one line a case. Read by the test that
// holds both evaluators against them, and printed as the truth tables of docs/functions.md.
//
//     label | function | attribute | operand and options | truth
//
// The attribute is JSON, `null` or `invalid`. The operand is the JSON of `value` or `values`, or
// `slot` and what stands in another attribute; behind it may stand `quantifier ...` and `on_null
// ...`, and `time_zone ...` where it is not UTC, a zone of tests/zones. The time of the request is
// kNowOfCases.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "vm/value/function.h"

namespace verdict::testing {

// 2026-01-31T12:00:00Z, in microseconds.
inline constexpr std::int64_t kNowOfCases = 1769860800000000;

struct Case {
  std::string label;      // null, invalid, equal, different, boundary
  std::string function;   // as an author spells it
  std::string attribute;  // JSON, `null` or `invalid`
  std::string operand;    // JSON, `null` or `invalid`; empty where there is none
  bool is_slot = false;   // the operand is another attribute's value
  Quantifier quantifier = Quantifier::Absent;
  OnNull on_null = OnNull::Unknown;
  std::string time_zone;  // empty where none is given
  Truth truth = Truth::Unknown;
  std::string place;  // "string.cases:12"
};

// All of them, file by file. Throws std::runtime_error with the place of a line that is none.
std::vector<Case> read_cases();

// The rows of a spelling; whether it is their twin. Empty: there is no such function.
struct NamedFunction {
  std::vector<const FunctionRow*> rows;
  bool is_twin = false;
};
NamedFunction find_named(std::string_view spelling);

// A section a function: what it means, an example, and its truth table.
std::string describe_cases_markdown();

}  // namespace verdict::testing
