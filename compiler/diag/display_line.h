// One source line as a terminal shows it: tabs widened, hidden characters made visible, very long
// lines cut around the places of interest. Knows columns, not diagnostics.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "vm/base/text.h"

namespace verdict::compiler {

// Bytes [begin, end) of a line.
struct ByteRange {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// Terminal columns that a code point takes in a display line: its escape's length, 0 for combining
// marks, 2 for wide ones. Tables of the common blocks, not all of Unicode.
std::size_t display_width(CodePoint code_point);

class DisplayLine {
 public:
  // `interests` are what must stay visible if the line is cut; without any the line's beginning is.
  DisplayLine(std::string_view line, const std::vector<ByteRange>& interests);

  [[nodiscard]] const std::string& text() const { return text_; }
  // The column of the code point that holds this byte; behind the last one for offsets at or beyond
  // the end.
  [[nodiscard]] std::size_t column_of(std::size_t offset) const;
  // The column behind a range that ends before this byte.
  [[nodiscard]] std::size_t end_column_of(std::size_t offset) const;

 private:
  struct Cell {
    std::size_t offset;
    std::size_t column;
  };

  void append(std::string_view line, ByteRange kept);
  void append_gap(std::size_t offset);

  std::string text_;
  std::size_t width_ = 0;
  std::vector<Cell> cells_;  // by rising offset; the last one stands behind the line
};

}  // namespace verdict::compiler
