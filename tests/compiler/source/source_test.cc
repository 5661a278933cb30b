#include "compiler/source/source.h"

#include <string>

#include <gtest/gtest.h>

#include "tests/support/growth.h"
#include "vm/base/text.h"

namespace verdict::compiler {
namespace {

// What locate() computes from checkpoints, in the most obvious way.
LineColumn locate_slowly(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, offset);
  const std::size_t line_break = before.rfind('\n');
  const std::string_view line =
      line_break == std::string_view::npos ? before : before.substr(line_break + 1);
  LineColumn place;
  for (const char c : before) place.line += c == '\n' ? 1U : 0U;
  place.column = static_cast<std::uint32_t>(count_code_points(line)) + 1;
  return place;
}

std::string_view line_slowly(std::string_view text, std::size_t offset) {
  const std::size_t before = offset == 0 ? std::string_view::npos : text.rfind('\n', offset - 1);
  const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
  return text.substr(begin, text.find('\n', offset) - begin);
}

void expect_place(const Sources& sources, FileId file, std::uint32_t offset, std::uint32_t line,
                  std::uint32_t column) {
  const LineColumn place = sources.locate(file, offset);
  EXPECT_EQ(place.line, line) << offset;
  EXPECT_EQ(place.column, column) << offset;
}

TEST(Sources, NamesAndTextsStayWhereTheyAre) {
  Sources sources;
  const FileId first = sources.add("a.json", "[1]");
  const std::string_view text = sources.text(first);
  for (int i = 0; i < 1000; ++i) sources.add("other", "text");
  EXPECT_EQ(sources.num_files(), 1001U);
  EXPECT_EQ(sources.name(first), "a.json");
  EXPECT_EQ(text.data(), sources.text(first).data());
  EXPECT_EQ(text, "[1]");
}

TEST(Sources, TextOfASpan) {
  Sources sources;
  const FileId file = sources.add("a", "hello");
  EXPECT_EQ(sources.text(Span{file, 1, 3}), "el");
  EXPECT_EQ(sources.text(Span{file, 5, 5}), "");
  EXPECT_EQ(sources.text(Span{file, 3, 99}), "lo");
  EXPECT_EQ(sources.text(Span{file, 99, 100}), "");
}

TEST(Sources, LocatesLinesAndCodePoints) {
  Sources sources;
  const FileId file = sources.add("a",
                                  "ab\nc\xC3\xA9"
                                  "d\r\n\nx");
  expect_place(sources, file, 0, 1, 1);
  expect_place(sources, file, 2, 1, 3);  // the line break belongs to the line that it ends
  expect_place(sources, file, 3, 2, 1);
  expect_place(sources, file, 6, 2, 3);  // behind a code point of two bytes
  expect_place(sources, file, 9, 3, 1);
  expect_place(sources, file, 10, 4, 1);
  expect_place(sources, file, 11, 4, 2);
  expect_place(sources, file, 999, 4, 2);
}

TEST(Sources, LocatesInAnEmptyText) {
  Sources sources;
  const FileId file = sources.add("a", "");
  expect_place(sources, file, 0, 1, 1);
  EXPECT_EQ(sources.line_text(file, 0), "");
}

TEST(Sources, AgreesWithTheSlowWayAcrossBlocks) {
  std::string text;
  for (int i = 0; i < 500; ++i)
    text += std::string(static_cast<std::size_t>(i % 37), 'x') + "\xE2\x82\xAC\n";
  text += std::string(5000, 'y') + "\xF0\x9F\x98\x80" + std::string(3000, 'z');
  Sources sources;
  const FileId file = sources.add("a", text);
  for (std::uint32_t offset = 0; offset <= text.size(); offset += 7) {
    const LineColumn expected = locate_slowly(text, offset);
    expect_place(sources, file, offset, expected.line, expected.column);
    EXPECT_EQ(sources.line_text(file, offset), line_slowly(text, offset)) << offset;
  }
}

// What stands at the end of one line of megabytes costs as much as anything else.
TEST(Sources, AQuestionDoesNotReadTheWholeLine) {
  Sources sources;
  const FileId small = sources.add("a", std::string(std::size_t{1} << 18, 'x'));
  const FileId large = sources.add("b", std::string(std::size_t{1} << 23, 'x'));
  const auto ask = [&sources](FileId file, std::uint32_t times) {
    const auto size = static_cast<std::uint32_t>(sources.text(file).size());
    std::size_t sum = 0;
    for (std::uint32_t i = 0; i < times; ++i)
      sum += sources.line_text(file, size - i % 100).size() + sources.locate(file, size).line;
    EXPECT_GT(sum, 0U);
  };
  testing::expect_linear_growth(
      32, [&] { ask(small, 500); }, [&] { ask(large, 32 * 500); });
}

TEST(Sources, LineText) {
  Sources sources;
  const FileId file = sources.add("a", "one\r\ntwo\n\nlast");
  EXPECT_EQ(sources.line_text(file, 0), "one");
  EXPECT_EQ(sources.line_text(file, 4), "one");  // at the line break
  EXPECT_EQ(sources.line_text(file, 5), "two");
  EXPECT_EQ(sources.line_text(file, 9), "");
  EXPECT_EQ(sources.line_text(file, 10), "last");
  EXPECT_EQ(sources.line_text(file, 14), "last");
  EXPECT_EQ(sources.line_text(file, 99), "last");
  EXPECT_EQ(sources.line_begin(file, 7), 5U);
}

TEST(Sources, ATextThatEndsInALineBreakHasAnEmptyLastLine) {
  Sources sources;
  const FileId file = sources.add("a", "{\n");
  expect_place(sources, file, 2, 2, 1);
  EXPECT_EQ(sources.line_text(file, 2), "");
}

}  // namespace
}  // namespace verdict::compiler
