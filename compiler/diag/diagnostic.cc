// The table of diagnostics, read from diagnostics.def, and the filling in of arguments.
#include "compiler/diag/diagnostic.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "vm/base/check.h"

namespace verdict::compiler {
namespace {

constexpr auto kDiagnostics = std::to_array<DiagnosticInfo>({
#define VERDICT_DIAGNOSTIC(number, name, severity, message, story) \
  {Code::name, #number, #name, Severity::severity, message, story},
#include "compiler/diag/diagnostics.def"
});

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

constexpr bool is_number(std::string_view number) {
  return number.size() == 4 && number[0] == 'V' && is_digit(number[1]) && is_digit(number[2]) &&
         is_digit(number[3]);
}

// Rising and therefore unique; the row of a code stands at the code's own index.
constexpr bool rows_are_in_order() {
  for (std::size_t i = 0; i < kDiagnostics.size(); ++i) {
    if (static_cast<std::size_t>(kDiagnostics[i].code) != i) return false;
    if (i > 0 && kDiagnostics[i - 1].number >= kDiagnostics[i].number) return false;
  }
  return true;
}

constexpr bool is_good_message(std::string_view message) {
  return !message.empty() && !(message[0] >= 'A' && message[0] <= 'Z') && message.back() != '.';
}

constexpr bool is_good_row(const DiagnosticInfo& row) {
  return is_number(row.number) && is_good_message(row.message) && !row.story.empty() &&
         row.story.back() == '.';
}

static_assert(rows_are_in_order(), "numbers of diagnostics.def must rise");
static_assert(std::all_of(kDiagnostics.begin(), kDiagnostics.end(), is_good_row),
              "a number is V and three digits; a message starts in lower case and has no final "
              "period; a story has one");

constexpr char to_upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

bool equal_ignoring_case(std::string_view left, std::string_view right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](char a, char b) { return to_upper(a) == to_upper(b); });
}

// The index in a placeholder `{0}` to `{9}` at the start of `text`; -1 if there is none.
int placeholder_index(std::string_view text) {
  if (text.size() < 3 || text[0] != '{' || !is_digit(text[1]) || text[2] != '}') return -1;
  return text[1] - '0';
}

}  // namespace

const DiagnosticInfo& get_info(Code code) {
  const auto index = static_cast<std::size_t>(code);
  VERDICT_CHECK(index < kDiagnostics.size());
  return kDiagnostics[index];
}

const DiagnosticInfo* find_diagnostic(std::string_view number) {
  const auto* found = std::find_if(
      kDiagnostics.begin(), kDiagnostics.end(),
      [number](const DiagnosticInfo& row) { return equal_ignoring_case(row.number, number); });
  return found == kDiagnostics.end() ? nullptr : found;
}

std::vector<const DiagnosticInfo*> all_diagnostics() {
  std::vector<const DiagnosticInfo*> rows;
  rows.reserve(kDiagnostics.size());
  for (const DiagnosticInfo& row : kDiagnostics) rows.push_back(&row);
  return rows;
}

std::string without_arguments(std::string_view message) {
  std::string text;
  for (std::size_t i = 0; i < message.size(); ++i) {
    const bool is_argument = message[i] == '{' && i + 2 < message.size() && message[i + 2] == '}';
    text += is_argument ? "..." : std::string(1, message[i]);
    if (is_argument) i += 2;
  }
  return text;
}

std::string Diagnostic::message() const {
  std::string filled;
  std::string_view rest = get_info(code).message;
  while (!rest.empty()) {
    const int index = placeholder_index(rest);
    if (index < 0) {
      filled.push_back(rest[0]);
      rest.remove_prefix(1);
      continue;
    }
    VERDICT_DCHECK(static_cast<std::size_t>(index) < arguments.size());
    if (static_cast<std::size_t>(index) < arguments.size())
      filled += arguments[static_cast<std::size_t>(index)];
    rest.remove_prefix(3);
  }
  return filled;
}

std::size_t count(std::span<const Diagnostic> diagnostics, Severity severity) {
  std::size_t number = 0;
  for (const Diagnostic& diagnostic : diagnostics)
    number += diagnostic.severity == severity ? diagnostic.stands_for : 0;
  return number;
}

}  // namespace verdict::compiler
