// Marks are sorted into the lines that they touch; then each line is drawn: its text, the
// underlines of marks that lie within it, labels that do not fit beside them hung below from right
// to left, and the starts and ends of marks over several lines, each of which has a column
// ("level") of its own at the left.
#include "compiler/diag/snippet.h"

#include <algorithm>
#include <map>
#include <utility>

#include "compiler/diag/display_line.h"
#include "vm/base/text.h"

namespace verdict::compiler {
namespace {

// So many lines without marks are shown between two that have some; more become `...`.
constexpr std::uint32_t kMaxLinesBetween = 2;

// A mark over several lines, which a bar at the left joins.
struct Bar {
  const Mark* mark = nullptr;
  std::size_t level = 0;
  bool open = false;  // whether its bar runs past the row that is being drawn
};

// What stands in one line. Offsets count from the line's begin.
struct MarkedLine {
  std::size_t begin = 0;
  std::vector<std::pair<const Mark*, ByteRange>> inside;
  std::vector<std::pair<Bar*, std::size_t>> starts;  // with the offset of the first byte
  std::vector<std::pair<Bar*, std::size_t>> ends;    // with the offset of the last byte
};

// An underline in display columns.
struct Underline {
  std::size_t begin = 0;
  std::size_t end = 0;
  const Mark* mark = nullptr;
};

Span clamp(const Sources& sources, Span span) {
  const auto size = static_cast<std::uint32_t>(sources.text(span.file).size());
  span.begin = std::min(span.begin, size);
  span.end = std::clamp(span.end, span.begin, size);
  return span;
}

// The offset of the last byte of a span; of an empty span, its place.
std::uint32_t last_offset(Span span) { return span.end > span.begin ? span.end - 1 : span.begin; }

// By begin; of two that begin together the longer one first, so that bars nest from left to right.
std::vector<const Mark*> outer_first(std::span<const Mark> marks) {
  std::vector<const Mark*> sorted;
  for (const Mark& mark : marks) sorted.push_back(&mark);
  std::stable_sort(sorted.begin(), sorted.end(), [](const Mark* a, const Mark* b) {
    return a->span.begin != b->span.begin ? a->span.begin < b->span.begin
                                          : a->span.end > b->span.end;
  });
  return sorted;
}

std::uint32_t line_of(const Sources& sources, FileId file, std::uint32_t offset) {
  return sources.locate(file, offset).line;
}

class SnippetPainter {
 public:
  SnippetPainter(const Sources& sources, FileId file, std::size_t gutter_width, Style primary_style)
      : sources_(&sources),
        file_(file),
        gutter_width_(gutter_width),
        primary_style_(primary_style) {}

  std::vector<StyledLine> draw(std::span<const Mark> marks) {
    bars_.reserve(marks.size());  // MarkedLine points into it
    for (const Mark* mark : outer_first(marks)) sort_in(*mark);
    const MarkedLine* before = nullptr;
    std::uint32_t line_before = 0;
    for (const auto& [number, line] : lines_) {
      if (before != nullptr) draw_between(*before, line_before, number);
      draw_line(number, line);
      before = &line;
      line_before = number;
    }
    return std::move(output_);
  }

 private:
  MarkedLine& line_at(std::uint32_t offset) {
    MarkedLine& line = lines_[line_of(*sources_, file_, offset)];
    line.begin = sources_->line_begin(file_, offset);
    return line;
  }

  void sort_in(const Mark& mark) {
    const Span span = clamp(*sources_, mark.span);
    const std::uint32_t last = last_offset(span);
    MarkedLine& first_line = line_at(span.begin);
    MarkedLine& last_line = line_at(last);
    if (&first_line == &last_line) {
      first_line.inside.push_back(
          {&mark, {span.begin - first_line.begin, span.end - first_line.begin}});
      return;
    }
    Bar& bar = bars_.emplace_back(Bar{&mark, bars_.size(), false});
    first_line.starts.emplace_back(&bar, span.begin - first_line.begin);
    last_line.ends.emplace_back(&bar, last - last_line.begin);
  }

  [[nodiscard]] Style style_of(const Mark& mark) const {
    return mark.rank == Rank::Primary ? primary_style_ : Style::Secondary;
  }
  static char underline_of(const Mark& mark) { return mark.rank == Rank::Primary ? '^' : '-'; }

  // The width of the columns for bars, with a space behind them.
  [[nodiscard]] std::size_t indent() const { return bars_.empty() ? 0 : bars_.size() + 1; }

  [[nodiscard]] StyledRow make_row() const {
    StyledRow row;
    for (const Bar& bar : bars_) {
      if (bar.open) row.put(bar.level, '|', style_of(*bar.mark));
    }
    return row;
  }

  void finish_row(const StyledRow& row) {
    StyledLine line = {make_empty_gutter(gutter_width_)};
    row.append_to(line);
    output_.push_back(std::move(line));
  }

  void finish_source_row(std::uint32_t number, StyledRow row, const std::string& text) {
    row.write(indent(), text, Style::Plain);
    StyledLine line = {make_gutter(gutter_width_, number)};
    row.append_to(line);
    output_.push_back(std::move(line));
  }

  [[nodiscard]] std::string_view text_at(std::size_t begin) const {
    return sources_->line_text(file_, static_cast<std::uint32_t>(begin));
  }

  void draw_between(const MarkedLine& before, std::uint32_t line_before, std::uint32_t next_line) {
    if (next_line - line_before - 1 > kMaxLinesBetween) return draw_gap();
    std::size_t begin = before.begin;
    for (std::uint32_t number = line_before + 1; number < next_line; ++number) {
      begin = sources_->line_end(file_, static_cast<std::uint32_t>(begin)) + 1U;
      finish_source_row(number, make_row(), DisplayLine(text_at(begin), {}).text());
    }
  }

  void draw_gap() {
    StyledLine line = {{"...", Style::Gutter}};
    line.front().text.resize(gutter_width_ + 4, ' ');
    make_row().append_to(line);
    output_.push_back(std::move(line));
  }

  static std::vector<ByteRange> interests_of(const MarkedLine& line) {
    std::vector<ByteRange> interests;
    for (const auto& [mark, range] : line.inside) interests.push_back(range);
    for (const auto& [bar, offset] : line.starts) interests.push_back({offset, offset});
    for (const auto& [bar, offset] : line.ends) interests.push_back({offset, offset});
    return interests;
  }

  void draw_line(std::uint32_t number, const MarkedLine& line) {
    const std::string_view text = text_at(line.begin);
    const DisplayLine display(text, interests_of(line));
    StyledRow row = make_row();
    for (const auto& [bar, offset] : line.starts) {
      if (starts_its_line(text, offset)) open_beside_text(*bar, row);
    }
    finish_source_row(number, std::move(row), display.text());
    draw_inside(line, display);
    for (const auto& [bar, offset] : line.starts) {
      if (!bar->open) draw_start(*bar, display.column_of(offset));
    }
    for (auto end = line.ends.rbegin(); end != line.ends.rend(); ++end) {  // inner ones first
      draw_end(*end->first, display.column_of(end->second));
    }
  }

  static bool starts_its_line(std::string_view text, std::size_t offset) {
    return text.substr(0, offset).find_first_not_of(" \t") == std::string_view::npos;
  }

  void open_beside_text(Bar& bar, StyledRow& row) const {
    row.put(bar.level, '/', style_of(*bar.mark));
    bar.open = true;
  }

  void draw_start(Bar& bar, std::size_t column) {
    StyledRow row = make_row();
    const Style style = style_of(*bar.mark);
    row.fill(bar.level + 1, indent() + column, '_', style);
    row.put(indent() + column, underline_of(*bar.mark), style);
    finish_row(row);
    bar.open = true;
  }

  void draw_end(Bar& bar, std::size_t column) {
    StyledRow row = make_row();
    const Style style = style_of(*bar.mark);
    row.fill(bar.level + 1, indent() + column, '_', style);
    row.put(indent() + column, underline_of(*bar.mark), style);
    if (!bar.mark->label.empty())
      row.write(indent() + column + 2, escape_for_display(bar.mark->label), style);
    finish_row(row);
    bar.open = false;
  }

  void draw_inside(const MarkedLine& line, const DisplayLine& display) {
    if (line.inside.empty()) return;
    std::vector<Underline> underlines;
    for (const auto& [mark, range] : line.inside) {
      const std::size_t begin = display.column_of(range.begin);
      underlines.push_back({begin, std::max(begin + 1, display.end_column_of(range.end)), mark});
    }
    // From right to left; of two that begin together the shorter one first.
    std::stable_sort(underlines.begin(), underlines.end(),
                     [](const Underline& a, const Underline& b) {
                       return a.begin != b.begin ? a.begin > b.begin : a.end < b.end;
                     });
    const bool beside = fits_beside(underlines);
    draw_underlines(underlines, beside ? underlines.front().mark->label : "");
    draw_hanging({underlines.begin() + (beside ? 1 : 0), underlines.end()});
  }

  // Whether the label of the rightmost one can stand beside it.
  static bool fits_beside(const std::vector<Underline>& underlines) {
    const Underline& rightmost = underlines.front();
    return std::all_of(
        underlines.begin() + 1, underlines.end(),
        [&rightmost](const Underline& other) { return other.end <= rightmost.begin; });
  }

  void draw_underlines(const std::vector<Underline>& underlines, const std::string& label) {
    StyledRow row = make_row();
    for (const Rank rank : {Rank::Secondary, Rank::Primary}) {
      for (const Underline& underline : underlines) {
        if (underline.mark->rank != rank) continue;
        row.fill(indent() + underline.begin, indent() + underline.end,
                 underline_of(*underline.mark), style_of(*underline.mark));
      }
    }
    const Underline& rightmost = underlines.front();
    if (!label.empty()) {
      row.write(indent() + rightmost.end + 1, escape_for_display(label), style_of(*rightmost.mark));
    }
    finish_row(row);
  }

  void draw_hanging(std::vector<Underline> hanging) {
    std::erase_if(hanging,
                  [](const Underline& underline) { return underline.mark->label.empty(); });
    if (hanging.empty()) return;
    finish_row(make_row_with_stems(hanging));
    for (const Underline& current : hanging) {
      StyledRow row = make_row_with_stems(left_of(hanging, current.begin));
      row.write(indent() + current.begin, escape_for_display(current.mark->label),
                style_of(*current.mark));
      finish_row(row);
    }
  }

  static std::vector<Underline> left_of(std::vector<Underline> underlines, std::size_t column) {
    std::erase_if(underlines,
                  [column](const Underline& underline) { return underline.begin >= column; });
    return underlines;
  }

  [[nodiscard]] StyledRow make_row_with_stems(const std::vector<Underline>& hanging) const {
    StyledRow row = make_row();
    for (const Underline& underline : hanging)
      row.put(indent() + underline.begin, '|', style_of(*underline.mark));
    return row;
  }

  const Sources* sources_;
  FileId file_;
  std::size_t gutter_width_;
  Style primary_style_;
  std::map<std::uint32_t, MarkedLine> lines_;
  std::vector<Bar> bars_;
  std::vector<StyledLine> output_;
};

}  // namespace

std::uint32_t last_line_of(const Sources& sources, const Mark& mark) {
  return line_of(sources, mark.span.file, last_offset(clamp(sources, mark.span)));
}

std::vector<StyledLine> draw_snippet(const Sources& sources, std::span<const Mark> marks,
                                     std::size_t gutter_width, Style primary_style) {
  return SnippetPainter(sources, marks.front().span.file, gutter_width, primary_style).draw(marks);
}

StyledPiece make_gutter(std::size_t gutter_width, std::uint32_t line) {
  const std::string number = std::to_string(line);
  return {
      std::string(1 + gutter_width - std::min(gutter_width, number.size()), ' ') + number + " | ",
      Style::Gutter};
}

StyledPiece make_empty_gutter(std::size_t gutter_width) {
  return {std::string(gutter_width + 2, ' ') + "| ", Style::Gutter};
}

}  // namespace verdict::compiler
