// Text in pieces of one style each; colour is decided when it is printed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diag/render_text.h"

namespace verdict::compiler {

enum class Style : std::uint8_t { Plain, Strong, Gutter, Secondary, Note, Warning, Error };

struct StyledPiece {
  std::string text;
  Style style = Style::Plain;
};

using StyledLine = std::vector<StyledPiece>;

// One row of a drawing: single characters at columns, then one text behind or below them.
class StyledRow {
 public:
  void put(std::size_t column, char character, Style style);
  // Puts `character` at the columns [begin, end).
  void fill(std::size_t begin, std::size_t end, char character, Style style);
  // The row's text, which starts at `column` or behind what has been drawn so far. At most one.
  void write(std::size_t column, std::string text, Style style);

  void append_to(StyledLine& line) const;

 private:
  std::string characters_;
  std::vector<Style> styles_;
  StyledPiece text_;
};

// Without trailing spaces, with a line break.
void append_line(std::string& output, const StyledLine& line, Color color);

}  // namespace verdict::compiler
