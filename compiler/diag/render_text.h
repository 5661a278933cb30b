// Diagnostics for a person at a terminal.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "compiler/diag/diagnostic.h"

namespace verdict::compiler {

enum class Color : std::uint8_t { Off, On };

struct TextOptions {
  Color color = Color::Off;
  // Errors, and warnings, beyond these numbers are counted, not shown.
  std::size_t max_errors = 20;
  std::size_t max_warnings = 20;
  bool shows_totals = true;
};

// "2 errors, 1 warning". Empty if there are none.
std::string describe_totals(std::span<const Diagnostic> diagnostics);

// In their order, then one line of totals. Empty if there are none.
// Deterministic: no terminal width, no locale.
std::string render_text(std::span<const Diagnostic> diagnostics, const Sources& sources,
                        const TextOptions& options);

}  // namespace verdict::compiler
