// Diagnostics in the formats of --format.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "compiler/diag/diagnostic.h"
#include "runtime/json/write.h"

namespace verdict::policyc {

enum class Format : std::uint8_t { Human, Json, Github };

enum class Color : std::uint8_t { Off, On };

// Whether totals are told at the end.
enum class Summary : std::uint8_t { Hidden, Shown };

// For a terminal. Empty where there is nothing to say.
std::string render_human(std::span<const compiler::Diagnostic> diagnostics,
                         const compiler::Sources& sources, Color color, Summary summary);
// Workflow commands, one line each. Empty where there is nothing to say.
std::string render_github(std::span<const compiler::Diagnostic> diagnostics,
                          const compiler::Sources& sources);
// An object with an array `diagnostics`, one element each, and the totals.
JsonValue report_json(std::span<const compiler::Diagnostic> diagnostics,
                      const compiler::Sources& sources);

// The first of them in one line, with its place in the text: "`...` is not a JSON value (line 1,
// column 4)". For texts of which no more than that is said.
std::string first_problem(std::span<const compiler::Diagnostic> diagnostics,
                          const compiler::Sources& sources);

// A place as JSON: file, line, column and so on; null where there is none.
JsonValue place_json(const compiler::Sources& sources, compiler::Span span);

}  // namespace verdict::policyc
