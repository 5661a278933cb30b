// A diagnostic: what is wrong with an author's files, as data. Words are made when it is rendered.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/source/source.h"

namespace verdict::compiler {

enum class Severity : std::uint8_t { Note, Warning, Error };
inline constexpr std::size_t kNumSeverities = 3;

// One enumerator a row of diagnostics.def.
enum class Code : std::uint16_t {
#define VERDICT_DIAGNOSTIC(number, name, severity, message, story) name,
#include "compiler/diag/diagnostics.def"
};

// A row of diagnostics.def.
struct DiagnosticInfo {
  Code code;
  std::string_view number;  // "V203": stable, never reused
  std::string_view name;    // "UnknownAttribute"
  Severity severity;
  std::string_view message;  // `{0}`, `{1}` stand for the arguments
  std::string_view story;    // what `policyc explain V203` prints
};

const DiagnosticInfo& get_info(Code code);
// Finds by number, whatever its case; nullptr if there is none.
const DiagnosticInfo* find_diagnostic(std::string_view number);
// All rows in table order.
std::vector<const DiagnosticInfo*> all_diagnostics();

// "unknown attribute `...`": a message of the table as one can read it without a case at hand.
std::string without_arguments(std::string_view message);

// A second place that the diagnostic speaks of, with what is to be seen there.
struct Label {
  Span span;
  std::string text;
};

// A replacement that very likely repairs the input.
struct Fix {
  Span span;
  std::string replacement;
};

// Owns all its text: it may outlive the emitter, not the Sources that its spans point into.
struct Diagnostic {
  Code code;
  Severity severity;
  Span span;
  std::vector<std::string> arguments;
  std::string primary_label;  // printed beside the underline; may be empty
  std::vector<Label> labels;
  std::vector<std::string> helps;  // "did you mean `ext_org_role`?"
  std::optional<Fix> fix;
  // How many it stands for: itself, or, of MoreErrors and MoreWarnings, those left out. Totals are
  // sums of these.
  std::size_t stands_for = 1;

  // The message with its arguments filled in.
  [[nodiscard]] std::string message() const;
};

// How many there are of a severity, those left out included.
std::size_t count(std::span<const Diagnostic> diagnostics, Severity severity);

}  // namespace verdict::compiler
