// The first rule that applies names the fault.
#include "compiler/syntax/json_numbers.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace verdict::compiler {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_digits(std::string_view text) { return std::all_of(text.begin(), text.end(), is_digit); }

char at(std::string_view text, std::size_t index) {
  return index < text.size() ? text[index] : '\0';
}

bool starts_with_digit(std::string_view text) { return !text.empty() && is_digit(text[0]); }

bool is_sign(char c) { return c == '-' || c == '+'; }

// Whether signs stand only at the start and behind an exponent's `e`: `2026-01-01` is no number.
bool has_number_signs(std::string_view text) {
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (is_sign(text[i]) && text[i - 1] != 'e' && text[i - 1] != 'E') return false;
  }
  return true;
}

// Only what numbers of some language are written with.
bool has_number_letters(std::string_view text) {
  return text.find_first_not_of("0123456789+-.eE_") == std::string_view::npos &&
         std::count(text.begin(), text.end(), '.') <= 1 && has_number_signs(text);
}

std::string_view strip_sign(std::string_view text) {
  if (is_sign(at(text, 0))) text.remove_prefix(1);
  return text;
}

bool is_based(std::string_view magnitude) {
  constexpr std::string_view kBases = "xXoObB";
  return at(magnitude, 0) == '0' && kBases.find(at(magnitude, 1)) != std::string_view::npos &&
         magnitude.size() > 2;
}

NumberFault explain_sign(std::string_view magnitude) {
  const bool plain = starts_with_digit(magnitude) && is_digits(magnitude) &&
                     (magnitude == "0" || magnitude[0] != '0');
  return {"a plus sign is not allowed", plain ? std::string(magnitude) : "", false};
}

NumberFault explain_exponent_or_dot(std::string_view text) {
  const std::size_t dot = text.find('.');
  if (dot != std::string_view::npos && !is_digit(at(text, dot + 1))) {
    const bool last = dot + 1 == text.size();
    return {"a digit must follow the dot", last ? std::string(text.substr(0, dot)) : "", false};
  }
  return {"a digit must follow the exponent's `e`", "", false};
}

}  // namespace

bool is_not_finite(std::string_view text) {
  constexpr std::array<std::string_view, 3> kNames = {"nan", "inf", "infinity"};
  std::string lower(strip_sign(text).substr(0, 16));
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return std::find(kNames.begin(), kNames.end(), lower) != kNames.end();
}

NumberFault explain_bad_number(std::string_view text) {
  const std::string_view magnitude = strip_sign(text);
  if (is_not_finite(text)) return {"JSON has no `NaN` and no `Infinity`", "", false};
  if (magnitude.empty()) return {"a digit must follow the sign", "", false};
  if (is_based(magnitude)) return {"numbers are decimal", "", false};
  if (!has_number_letters(text)) return {"it does not read as a number", "", true};
  if (text[0] == '+') return explain_sign(magnitude);
  if (!is_digit(magnitude[0])) {
    const bool plain =
        magnitude[0] == '.' && magnitude.size() > 1 && is_digits(magnitude.substr(1));
    const std::string sign = text[0] == '-' ? "-" : "";
    return {"a digit must stand before the dot", plain ? sign + "0" + std::string(magnitude) : "",
            false};
  }
  if (magnitude[0] == '0' && is_digit(at(magnitude, 1)))
    return {"leading zeros are not allowed", "", false};
  if (text.find('_') != std::string_view::npos) {
    std::string repaired(text);
    std::erase(repaired, '_');
    return {"digits cannot be grouped with `_`", is_digits(repaired) ? repaired : "", false};
  }
  return explain_exponent_or_dot(text);
}

}  // namespace verdict::compiler
