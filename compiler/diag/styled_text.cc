#include "compiler/diag/styled_text.h"

#include <algorithm>

namespace verdict::compiler {
namespace {

std::string_view escape_of(Style style) {
  switch (style) {
    case Style::Plain:
      return "";
    case Style::Strong:
      return "\x1b[1m";
    case Style::Gutter:
    case Style::Secondary:
      return "\x1b[1;34m";
    case Style::Note:
      return "\x1b[1;36m";
    case Style::Warning:
      return "\x1b[1;33m";
    case Style::Error:
      return "\x1b[1;31m";
  }
  return "";
}

bool is_blank(const StyledPiece& piece) {
  return piece.text.find_first_not_of(' ') == std::string::npos;
}

// The number of pieces before the trailing blank ones.
std::size_t num_visible(const StyledLine& line) {
  std::size_t count = line.size();
  while (count > 0 && is_blank(line[count - 1])) --count;
  return count;
}

void append_piece(std::string& output, std::string_view text, Style style, Color color) {
  const std::string_view escape = color == Color::On ? escape_of(style) : "";
  output += escape;
  output += text;
  if (!escape.empty()) output += "\x1b[0m";
}

}  // namespace

void StyledRow::put(std::size_t column, char character, Style style) {
  if (column >= characters_.size()) {
    characters_.resize(column + 1, ' ');
    styles_.resize(column + 1, Style::Plain);
  }
  characters_[column] = character;
  styles_[column] = style;
}

void StyledRow::fill(std::size_t begin, std::size_t end, char character, Style style) {
  for (std::size_t column = begin; column < end; ++column) put(column, character, style);
}

void StyledRow::write(std::size_t column, std::string text, Style style) {
  characters_.resize(std::max(column, characters_.size()), ' ');
  styles_.resize(characters_.size(), Style::Plain);
  text_ = {std::move(text), style};
}

void StyledRow::append_to(StyledLine& line) const {
  for (std::size_t i = 0; i < characters_.size(); ++i) {
    if (i == 0 || styles_[i] != styles_[i - 1]) line.push_back({"", styles_[i]});
    line.back().text.push_back(characters_[i]);
  }
  if (!text_.text.empty()) line.push_back(text_);
}

void append_line(std::string& output, const StyledLine& line, Color color) {
  const std::size_t count = num_visible(line);
  for (std::size_t i = 0; i < count; ++i) {
    std::string_view text = line[i].text;
    if (i + 1 == count) text = text.substr(0, text.find_last_not_of(' ') + 1);
    append_piece(output, text, line[i].style, color);
  }
  output.push_back('\n');
}

}  // namespace verdict::compiler
