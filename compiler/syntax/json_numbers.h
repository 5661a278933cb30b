// Why a text that starts like a number is not a JSON number. Private to compiler/syntax.
#pragma once

#include <string>
#include <string_view>

namespace verdict::compiler {

struct NumberFault {
  std::string_view reason;
  std::string repaired;          // what was very likely meant; empty if that is not plain
  bool looks_like_text = false;  // a version, a date, a duration: text without quotes
};

NumberFault explain_bad_number(std::string_view text);

// `NaN`, `Infinity` and their kin, with or without a sign, in any case.
bool is_not_finite(std::string_view text);

}  // namespace verdict::compiler
