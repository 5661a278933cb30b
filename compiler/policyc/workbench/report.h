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

// Human: for a terminal. Json: an object with an array `diagnostics`, one element each, and the
// totals. Github: workflow commands, one line each. Empty where there is nothing to say (but for
// Json).
std::string render(std::span<const compiler::Diagnostic> diagnostics,
                   const compiler::Sources& sources, Format format, Color color);

// The first of them in one line, with its place in the text: "`...` is not a JSON value (line 1,
// column 4)". For texts of which no more than that is said.
std::string first_problem(std::span<const compiler::Diagnostic> diagnostics,
                          const compiler::Sources& sources);

// A place as JSON: file, line, column and so on; null where there is none.
JsonValue place_json(const compiler::Sources& sources, compiler::Span span);

}  // namespace verdict::policyc
