// The drawing of source lines with underlines and labels, for one diagnostic in one file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "compiler/diag/styled_text.h"
#include "compiler/source/source.h"

namespace verdict::compiler {

enum class Rank : std::uint8_t { Primary, Secondary };

// A place to underline, with `^` if it is the primary one, else with `-`.
struct Mark {
  Span span;
  std::string label;  // shown escaped; may be empty
  Rank rank = Rank::Primary;
};

// The number of the last line that any of the marks touches; the gutter is as wide as the largest
// of these.
std::uint32_t last_line_of(const Sources& sources, const Mark& mark);

// Rows of source text and drawing, gutter included. All marks are of one file; there is at least
// one.
std::vector<StyledLine> draw_snippet(const Sources& sources, std::span<const Mark> marks,
                                     std::size_t gutter_width, Style primary_style);

// " 7 | " for a line, "   | " for a row without a number.
StyledPiece make_gutter(std::size_t gutter_width, std::uint32_t line);
StyledPiece make_empty_gutter(std::size_t gutter_width);

}  // namespace verdict::compiler
