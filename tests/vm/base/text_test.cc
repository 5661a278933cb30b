#include "vm/base/text.h"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace verdict {
namespace {

using namespace std::string_literals;

struct Utf8Case {
  std::string text;
  std::optional<std::size_t> bad;
};

TEST(FindInvalidUtf8, Table) {
  const std::vector<Utf8Case> cases = {
      {"", std::nullopt},
      {"plain", std::nullopt},
      {"\0"s, std::nullopt},
      {"\x7F", std::nullopt},
      {"\xC2\x80", std::nullopt},
      {"\xDF\xBF", std::nullopt},
      {"\xE0\xA0\x80", std::nullopt},
      {"\xED\x9F\xBF", std::nullopt},      // U+D7FF
      {"\xEE\x80\x80", std::nullopt},      // U+E000
      {"\xEF\xBF\xBF", std::nullopt},      // U+FFFF
      {"\xF0\x90\x80\x80", std::nullopt},  // U+10000
      {"\xF4\x8F\xBF\xBF", std::nullopt},  // U+10FFFF
      {"\x80", 0},                         // lone continuation
      {"\xBF", 0},
      {"\xC0\x80", 0},  // overlong NUL
      {"\xC1\xBF", 0},
      {"\xE0\x9F\xBF", 0},  // overlong
      {"\xF0\x8F\xBF\xBF", 0},
      {"\xED\xA0\x80", 0},      // U+D800
      {"\xED\xBF\xBF", 0},      // U+DFFF
      {"\xF4\x90\x80\x80", 0},  // U+110000
      {"\xF5\x80\x80\x80", 0},
      {"\xFF", 0},
      {"ab\xC3", 2},  // cut short
      {"ab\xE2\x82", 2},
      {"ab\xE2\x82z", 2},
      {"ab\xF0\x9F\x98", 2},
      {"\xC3\xA9\xC3", 2},
      {"12345678\xFF", 8},  // behind a whole word of ASCII
      {"1234567890123456789\xFF", 19},
      {"\xC3\xA9"
       "12345678901234567\xFFz",
       19},
  };
  for (const Utf8Case& c : cases)
    EXPECT_EQ(find_invalid_utf8(c.text), c.bad) << escape_for_display(c.text);
}

TEST(FindInvalidUtf8, FindsTheByteAtEveryOffset) {
  for (std::size_t offset = 0; offset < 40; ++offset) {
    std::string text(40, 'x');
    text[offset] = '\xFE';
    EXPECT_EQ(find_invalid_utf8(text), offset);
    EXPECT_FALSE(is_ascii(text));
  }
}

TEST(IsAscii, Table) {
  EXPECT_TRUE(is_ascii(""));
  EXPECT_TRUE(is_ascii("\0\x7F"s));
  EXPECT_TRUE(is_ascii("123456781234567"));
  EXPECT_FALSE(is_ascii("12345678123456\x80"));
}

TEST(CountCodePoints, Table) {
  EXPECT_EQ(count_code_points(""), 0U);
  EXPECT_EQ(count_code_points("abc"), 3U);
  EXPECT_EQ(count_code_points("\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80"), 3U);
}

TEST(CountByte, AgreesWithThePlainLoop) {
  std::string text;
  for (int i = 0; i < 300; ++i) text.push_back(static_cast<char>(i * 7 % 256));
  for (int byte = 0; byte < 256; ++byte) {
    for (std::size_t from = 0; from < 20; ++from) {
      const std::string_view part = std::string_view(text).substr(from, 200 + from);
      EXPECT_EQ(
          count_byte(part, static_cast<char>(byte)),
          static_cast<std::size_t>(std::count(part.begin(), part.end(), static_cast<char>(byte))));
    }
  }
  EXPECT_EQ(count_byte("\n\n\n\n\n\n\n\n\n", '\n'), 9U);
}

TEST(DecodeCodePoint, EveryScalarValueSurvivesTheRoundTrip) {
  for (std::uint32_t value = 0; value <= 0x10FFFF; ++value) {
    if (value >= 0xD800 && value <= 0xDFFF) continue;
    std::string text;
    append_utf8(text, static_cast<char32_t>(value));
    const CodePoint code_point = decode_code_point(text);
    ASSERT_TRUE(code_point.valid) << value;
    ASSERT_EQ(static_cast<std::uint32_t>(code_point.value), value);
    ASSERT_EQ(code_point.size, text.size());
    ASSERT_EQ(find_invalid_utf8(text), std::nullopt);
  }
}

TEST(DecodeCodePoint, InvalidBytesAreOneByteLong) {
  const CodePoint code_point = decode_code_point("\xE2\x82z");
  EXPECT_FALSE(code_point.valid);
  EXPECT_EQ(code_point.size, 1);
  EXPECT_EQ(code_point.value, char32_t{0xE2});
}

TEST(EscapeForDisplay, Table) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"", ""},
      {"plain `text` \\ \"", "plain `text` \\ \""},
      {"\t\n\r\b\f", "\\t\\n\\r\\b\\f"},
      {"\x1b[31m", "\\u001b[31m"},
      {"\0"s, "\\u0000"},
      {"\x7f", "\\u007f"},
      {"\xC2\x9B", "\\u009b"},      // the one-byte CSI of some terminals
      {"\xE2\x80\xAE", "\\u202e"},  // right-to-left override
      {"\xE2\x81\xA6", "\\u2066"},
      {"\xE2\x80\x8B", "\\u200b"},  // zero-width space
      {"\xE2\x80\xA8", "\\u2028"},
      {"\xEF\xBB\xBF", "\\ufeff"},
      {"\xF3\xA0\x81\x81", "\\udb40\\udc41"},  // a tag character
      {"\xC3\xA9 \xE6\xBC\xA2 \xF0\x9F\x98\x80", "\xC3\xA9 \xE6\xBC\xA2 \xF0\x9F\x98\x80"},
      {"a\xFFz", "a\\xffz"},
      {"\xE2\x82", "\\xe2\\x82"},
  };
  for (const auto& [text, shown] : cases) EXPECT_EQ(escape_for_display(text), shown);
}

}  // namespace
}  // namespace verdict
