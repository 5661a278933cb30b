// Cells are made for the visible parts only, so that an error in a line of megabytes costs as much
// as any other.
#include "compiler/diag/display_line.h"

#include <algorithm>
#include <array>

namespace verdict::compiler {
namespace {

constexpr std::size_t kLongLine = 160;   // code points
constexpr std::size_t kContext = 40;     // bytes kept on each side of a place of interest
constexpr std::size_t kSmallestGap = 8;  // bytes; less is not worth a `...`
constexpr std::string_view kGap = "...";
constexpr std::string_view kTab = "    ";

struct Range {
  char32_t first;
  char32_t last;
};

constexpr std::array<Range, 7> kZeroWidth = {{{0x300, 0x36F},
                                              {0x483, 0x489},
                                              {0x1AB0, 0x1AFF},
                                              {0x1DC0, 0x1DFF},
                                              {0x20D0, 0x20FF},
                                              {0xFE00, 0xFE0F},
                                              {0xFE20, 0xFE2F}}};

constexpr std::array<Range, 11> kWide = {{{0x1100, 0x115F},
                                          {0x2E80, 0x303E},
                                          {0x3041, 0xA4CF},
                                          {0xA960, 0xA97F},
                                          {0xAC00, 0xD7A3},
                                          {0xF900, 0xFAFF},
                                          {0xFE30, 0xFE6F},
                                          {0xFF01, 0xFF60},
                                          {0xFFE0, 0xFFE6},
                                          {0x1F300, 0x1FAFF},
                                          {0x20000, 0x3FFFD}}};

template <std::size_t N>
bool is_in(const std::array<Range, N>& ranges, char32_t value) {
  return std::any_of(ranges.begin(), ranges.end(), [value](const Range& range) {
    return range.first <= value && value <= range.last;
  });
}

bool is_long(std::string_view line) {
  if (line.size() <= kLongLine) return false;
  return line.size() > 4 * kLongLine || count_code_points(line) > kLongLine;
}

// Back to the start of the code point that holds this byte.
std::size_t align_back(std::string_view line, std::size_t offset) {
  for (int steps = 0; steps < 3 && offset > 0 && offset < line.size(); ++steps) {
    if ((static_cast<unsigned char>(line[offset]) & 0xC0U) != 0x80U) break;
    --offset;
  }
  return offset;
}

ByteRange around(std::string_view line, ByteRange range) {
  const std::size_t begin = range.begin > kContext + kSmallestGap ? range.begin - kContext : 0;
  const std::size_t end =
      range.end + kContext + kSmallestGap < line.size() ? range.end + kContext : line.size();
  return {align_back(line, begin), align_back(line, end)};
}

// A long range keeps its two ends.
void append_kept(std::string_view line, ByteRange interest, std::vector<ByteRange>& kept) {
  if (interest.end - interest.begin <= 2 * kContext) return kept.push_back(around(line, interest));
  kept.push_back(around(line, {interest.begin, interest.begin}));
  kept.push_back(around(line, {interest.end, interest.end}));
}

std::vector<ByteRange> merge(std::vector<ByteRange> ranges) {
  std::sort(ranges.begin(), ranges.end(),
            [](ByteRange a, ByteRange b) { return a.begin < b.begin; });
  std::vector<ByteRange> merged;
  for (const ByteRange range : ranges) {
    if (!merged.empty() && range.begin <= merged.back().end + kSmallestGap) {
      merged.back().end = std::max(merged.back().end, range.end);
    } else {
      merged.push_back(range);
    }
  }
  return merged;
}

std::vector<ByteRange> choose_kept(std::string_view line, const std::vector<ByteRange>& interests) {
  if (!is_long(line)) return {{0, line.size()}};
  std::vector<ByteRange> kept;
  for (const ByteRange interest : interests) {
    append_kept(line, {std::min(interest.begin, line.size()), std::min(interest.end, line.size())},
                kept);
  }
  if (kept.empty()) kept.push_back({0, align_back(line, 2 * kContext)});
  return merge(std::move(kept));
}

}  // namespace

std::size_t display_width(CodePoint code_point) {
  if (!code_point.valid || is_hidden(code_point.value)) {
    std::string escape;
    append_for_display(escape, code_point);
    return escape.size();
  }
  if (is_in(kZeroWidth, code_point.value)) return 0;
  return is_in(kWide, code_point.value) ? 2 : 1;
}

DisplayLine::DisplayLine(std::string_view line, const std::vector<ByteRange>& interests) {
  std::size_t done = 0;
  for (const ByteRange kept : choose_kept(line, interests)) {
    if (kept.begin > done) append_gap(done);
    append(line, kept);
    done = kept.end;
  }
  if (done < line.size()) append_gap(done);
  cells_.push_back({line.size(), width_});
}

void DisplayLine::append_gap(std::size_t offset) {
  cells_.push_back({offset, width_});
  text_ += kGap;
  width_ += kGap.size();
}

void DisplayLine::append(std::string_view line, ByteRange kept) {
  for (std::size_t offset = kept.begin; offset < kept.end;) {
    const CodePoint code_point = decode_code_point(line.substr(offset));
    cells_.push_back({offset, width_});
    if (code_point.valid && code_point.value == U'\t') {
      text_ += kTab;
      width_ += kTab.size();
    } else {
      append_for_display(text_, code_point);
      width_ += display_width(code_point);
    }
    offset += code_point.size;
  }
}

std::size_t DisplayLine::column_of(std::size_t offset) const {
  const auto after =
      std::upper_bound(cells_.begin(), cells_.end(), offset,
                       [](std::size_t value, const Cell& cell) { return value < cell.offset; });
  return after == cells_.begin() ? 0 : std::prev(after)->column;
}

std::size_t DisplayLine::end_column_of(std::size_t offset) const {
  const auto cell =
      std::lower_bound(cells_.begin(), cells_.end(), offset,
                       [](const Cell& c, std::size_t value) { return c.offset < value; });
  return cell == cells_.end() ? width_ : cell->column;
}

}  // namespace verdict::compiler
