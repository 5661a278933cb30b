#include "vm/value/pattern.h"

#include <string>

#include <gtest/gtest.h>

#include "tests/support/growth.h"
#include "vm/base/limits.h"

namespace verdict {
namespace {

Truth matches(std::string_view pattern, std::string_view text) {
  return Pattern::compile(pattern).value().matches(text);
}

TEST(Pattern, TheWholeText) {
  EXPECT_EQ(matches("ab+", "abb"), Truth::True);
  EXPECT_EQ(matches("ab+", "xabb"), Truth::False);
  EXPECT_EQ(matches("ab+", "abbx"), Truth::False);
  EXPECT_EQ(matches("a|ab", "ab"), Truth::True);
  EXPECT_EQ(matches("", ""), Truth::True);
  EXPECT_EQ(matches("a$", "a\n"), Truth::False);
  EXPECT_EQ(matches("^a$", "a"), Truth::True);
  EXPECT_EQ(matches(R"(\Aa\z)", "a"), Truth::True);
}

// Default flags: letters are told apart, a dot is any code point but a line's end.
TEST(Pattern, DefaultFlags) {
  EXPECT_EQ(matches("a", "A"), Truth::False);
  EXPECT_EQ(matches("(?i)a", "A"), Truth::True);
  EXPECT_EQ(matches("(?i)straße", "STRAßE"), Truth::True);
  EXPECT_EQ(matches(".", "\xF0\x9F\x98\x80"), Truth::True);
  EXPECT_EQ(matches(".", "\n"), Truth::False);
  EXPECT_EQ(matches("(?s).", "\n"), Truth::True);
  EXPECT_EQ(matches("a.b", std::string_view("a\0b", 3)), Truth::True);
  EXPECT_EQ(matches(R"(\d+)", "12"), Truth::True);
  EXPECT_EQ(matches(R"(\d)", "\xD9\xA1"), Truth::False) << "ARABIC-INDIC DIGIT ONE";
  EXPECT_EQ(matches(R"(\pL+)", "日本"), Truth::True);
}

struct Bad {
  std::string_view text;
  std::string_view part;  // that is wrong
};

TEST(Pattern, WhatIsNone) {
  for (const auto& [text, part] : {Bad{"(ab", "(ab"},
                                   {"ab)", "ab)"},
                                   {"xa**", "**"},
                                   {"x[a", "[a"},
                                   {"x(?=a)", "(?="},
                                   {R"((a)\1)", R"(\1)"},
                                   {"xa{2,1}", "{2,1}"},
                                   {"xa{1001}", "{1001}"},
                                   {"[z-a]", "z-a"},
                                   {R"(x\q)", R"(\q)"},
                                   {"z-y[z-y]", "z-y[z-y]"},
                                   {"(?:a{50}){50}", "(?:a{50}){50}"}}) {
    const auto pattern = Pattern::compile(text);
    ASSERT_FALSE(pattern) << text;
    EXPECT_EQ(text.substr(pattern.error().offset, pattern.error().length), part) << text;
    EXPECT_FALSE(pattern.error().message.empty());
  }
  EXPECT_FALSE(Pattern::compile("\xFF")) << "no UTF-8";
}

TEST(Pattern, AnAutomatonThatIsTooLargeIsRefused) {
  EXPECT_TRUE(Pattern::compile("(a{100}){2}"));
  const auto pattern = Pattern::compile("((a{100}){10}){5}");
  ASSERT_FALSE(pattern);
  const auto wide = Pattern::compile(R"(\pL{999})");
  ASSERT_FALSE(wide);
  EXPECT_EQ(wide.error().offset, 0U);
}

// The patterns that take other engines for ever: the steps that are counted for a text are a
// product of its length and of this.
TEST(Pattern, TheAutomatonIsAsLargeAsTheExpression) {
  EXPECT_LT(Pattern::compile("(a*)*b").value().size(), 32U);
  EXPECT_EQ(matches("(a*)*b", std::string(limits::kMaxClaimTextBytes, 'a')), Truth::False);
  EXPECT_EQ(matches("(a|aa)+$", std::string(limits::kMaxClaimTextBytes, 'a') + "b"), Truth::False);
}

// V35: where the states do not fit the memory, as in the second one, all instructions are tried for
// each byte, and no more.
TEST(LoaderChecklist, V35_RegularExpressionsTakeLinearTime) {
  for (const char* text : {"(a*)*b", "[ab]*a[ab]{200}c"}) {
    const Pattern pattern = Pattern::compile(text).value();
    const auto match = [&pattern](std::size_t length) {
      std::string hostile;
      for (std::size_t i = 0; i < length; ++i) hostile += (i * i) % 7 < 3 ? 'a' : 'b';
      EXPECT_EQ(pattern.matches(hostile), Truth::False);
    };
    testing::expect_linear_growth(
        16, [&] { match(1024); }, [&] { match(16384); });
  }
}

}  // namespace
}  // namespace verdict
