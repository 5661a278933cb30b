#include "vm/value/text_match.h"

#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/growth.h"

namespace verdict {
namespace {

TEST(TextMatch, OnlyAsciiLettersAreFolded) {
  EXPECT_TRUE(is_equal("Admin", "aDMIN", Case::Ignore));
  EXPECT_FALSE(is_equal("Admin", "aDMIN", Case::Exact));
  EXPECT_TRUE(is_equal("", "", Case::Ignore));
  EXPECT_FALSE(is_equal("admin", "admins", Case::Ignore));
  EXPECT_FALSE(is_equal("Ä", "ä", Case::Ignore));
  EXPECT_FALSE(is_equal("\u212A", "k", Case::Ignore)) << "the sign for kelvin is no letter k";
  for (const auto& [a, b] : {std::pair{"@", "`"}, {"[", "{"}, {"Z", "\x5A\x20"}, {"\\", "|"}})
    EXPECT_FALSE(is_equal(a, b, Case::Ignore)) << a;
}

TEST(TextMatch, PrefixSuffixSubstring) {
  for (const Case letters : {Case::Exact, Case::Ignore}) {
    EXPECT_TRUE(has_prefix("org:admin", "org:", letters));
    EXPECT_TRUE(has_prefix("org", "org", letters));
    EXPECT_FALSE(has_prefix("or", "org", letters));
    EXPECT_TRUE(has_suffix("org:admin", ":admin", letters));
    EXPECT_FALSE(has_suffix("admin", ":admin", letters));
    EXPECT_TRUE(has_substring("org:admin:x", "admin", letters));
    EXPECT_TRUE(has_substring("aab", "ab", letters));
    EXPECT_FALSE(has_substring("aa", "ab", letters));
    EXPECT_FALSE(has_substring("a", "aa", letters));
  }
  EXPECT_TRUE(has_prefix("ORG:admin", "org:", Case::Ignore));
  EXPECT_FALSE(has_prefix("ORG:admin", "org:", Case::Exact));
  EXPECT_TRUE(has_suffix("x.EXAMPLE", ".example", Case::Ignore));
  EXPECT_FALSE(has_suffix("x.EXAMPLE", ".example", Case::Exact));
  EXPECT_TRUE(has_substring("my ADMIN role", "admin", Case::Ignore));
  EXPECT_FALSE(has_substring("my ADMIN role", "admin", Case::Exact));
}

// Against looking at every place in turn, on texts that nearly repeat themselves.
TEST(TextMatch, SubstringsOfTextsThatRepeatThemselves) {
  std::minstd_rand random(5);
  const auto make = [&random](std::size_t length, std::string_view alphabet) {
    std::string text;
    while (text.size() < length) text += alphabet[random() % alphabet.size()];
    return text;
  };
  std::size_t num_found = 0;
  for (int i = 0; i < 200000; ++i) {
    const std::string_view alphabet = i % 3 == 0 ? "ab" : i % 3 == 1 ? "abA" : "aabBc";
    const std::string text = make(random() % 24, alphabet);
    std::string part = make(1 + random() % 9, alphabet);
    if (i % 5 == 0) part += part;
    const bool is_in = text.find(part) != std::string::npos;
    ASSERT_EQ(has_substring(text, part, Case::Exact), is_in) << text << " " << part;
    const auto fold = [](std::string folded) {
      for (char& c : folded) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
      return folded;
    };
    ASSERT_EQ(has_substring(text, part, Case::Ignore),
              fold(text).find(fold(part)) != std::string::npos)
        << text << " " << part;
    num_found += is_in ? 1U : 0U;
  }
  EXPECT_GT(num_found, 10000U);
}

// Nothing of a part is looked at that no text can hold.
TEST(TextMatch, LongPartsInManyShortTexts) {
  std::string part(std::size_t{64} << 20U, 'a');
  for (int i = 0; i < 100000; ++i) ASSERT_FALSE(has_substring("a", part, Case::Ignore));
}

TEST(TextMatch, EverySubstringIsFound) {
  const std::string text = "abaababaabaababaababaAbx";
  for (std::size_t begin = 0; begin < text.size(); ++begin) {
    for (std::size_t end = begin; end <= text.size(); ++end) {
      const std::string part = text.substr(begin, end - begin);
      EXPECT_TRUE(has_substring(text, part, Case::Exact)) << part;
      EXPECT_TRUE(has_substring(text, part, Case::Ignore)) << part;
      EXPECT_FALSE(has_substring(text, part + "z", Case::Ignore)) << part;
    }
  }
}

TEST(Glob, ABackslashMustEscapeSomething) {
  for (const std::string good : {"", "*", "?", R"(\*)", R"(\\)", R"(a\?b)", R"(\\*)"})
    EXPECT_EQ(find_glob_error(good), std::nullopt) << good;
  EXPECT_EQ(find_glob_error(R"(\)"), 0U);
  EXPECT_EQ(find_glob_error(R"(ab\)"), 2U);
  EXPECT_EQ(find_glob_error(R"(\\\)"), 2U);
  EXPECT_EQ(find_glob_error(R"(*\n)"), 1U);
}

struct GlobCase {
  std::string glob;
  std::vector<std::string> matching;
  std::vector<std::string> others;
};

TEST(Glob, MatchesTheWholeText) {
  const std::vector<GlobCase> cases = {
      {"", {""}, {"a"}},
      {"abc", {"abc"}, {"", "ab", "abcd", "ABC", "xabc"}},
      {"*", {"", "a", "*", "ä", "a/b"}, {}},
      {"***", {"", "a"}, {}},
      {"?", {"a", "ä", "\U0001F600", "?"}, {"", "ab"}},
      {"?*", {"a", "ab", "ä"}, {""}},
      {"*?", {"a", "ab", "ä"}, {""}},
      {"a*", {"a", "ab"}, {"", "ba"}},
      {"*a", {"a", "ba", "aa"}, {"", "ab"}},
      {"a*b*c", {"abc", "aXbYc", "abbcc", "abcbc"}, {"acb", "ab", "abcd"}},
      {"*ab", {"ab", "aab", "abab"}, {"aba"}},
      {"*a?b", {"aab", "xaxaxb", "aäb"}, {"ab"}},
      {R"(\*)", {"*"}, {"a", "", R"(\*)"}},
      {R"(\?\\)", {R"(?\)"}, {R"(a\)"}},
      {R"(*\**)", {"*", "a*b"}, {"", "ab"}},
      {"*@example.com",
       {"ada@example.com", "@example.com"},
       {"ada@example.com.evil", "example.com"}},
      {"[a]", {"[a]"}, {"a"}},
  };
  for (const GlobCase& c : cases) {
    ASSERT_EQ(find_glob_error(c.glob), std::nullopt);
    for (const std::string& text : c.matching)
      EXPECT_TRUE(matches_glob(text, c.glob, Case::Exact)) << c.glob << " on " << text;
    for (const std::string& text : c.others)
      EXPECT_FALSE(matches_glob(text, c.glob, Case::Exact)) << c.glob << " on " << text;
  }
}

TEST(Glob, FoldsLettersOnDemand) {
  EXPECT_TRUE(matches_glob("Ada@EXAMPLE.com", "*@example.COM", Case::Ignore));
  EXPECT_FALSE(matches_glob("Ada@EXAMPLE.com", "*@example.COM", Case::Exact));
  EXPECT_TRUE(matches_glob("Ä", "Ä", Case::Ignore));
  EXPECT_FALSE(matches_glob("Ä", "ä", Case::Ignore));
}

bool begins_code_point(std::string_view text) {
  return text.empty() || (static_cast<unsigned char>(text[0]) & 0xC0U) != 0x80U;
}

// By the words of the definition, whatever it costs.
bool matches_by_definition(std::string_view text, std::string_view glob) {
  if (glob.empty()) return text.empty();
  if (glob[0] == '*') {
    for (std::size_t i = 0; i <= text.size(); ++i) {
      const std::string_view rest = text.substr(i);
      if (begins_code_point(rest) && matches_by_definition(rest, glob.substr(1))) return true;
    }
    return false;
  }
  if (text.empty()) return false;
  if (glob[0] == '?') {
    do text.remove_prefix(1);
    while (!begins_code_point(text));
    return matches_by_definition(text, glob.substr(1));
  }
  const std::size_t byte = glob[0] == '\\' ? 1 : 0;
  return text[0] == glob[byte] && matches_by_definition(text.substr(1), glob.substr(byte + 1));
}

std::string draw(std::mt19937& random, const std::vector<std::string>& parts, std::size_t most) {
  std::string text;
  for (std::size_t n = random() % (most + 1); n > 0; --n) text += parts[random() % parts.size()];
  return text;
}

TEST(Glob, AgreesWithItsDefinition) {
  std::mt19937 random(20261124);
  int matching = 0;
  for (int i = 0; i < 50000; ++i) {
    const std::string glob = draw(random, {"a", "b", "*", "?", "é", R"(\*)"}, 6);
    const std::string text = draw(random, {"a", "b", "é", "*"}, 7);
    const bool expected = matches_by_definition(text, glob);
    ASSERT_EQ(matches_glob(text, glob, Case::Exact), expected) << glob << " on " << text;
    matching += expected ? 1 : 0;
  }
  EXPECT_GT(matching, 2000);
}

TEST(Glob, ManyStarsTakeNoExponentialTime) {
  std::string glob;
  for (int i = 0; i < 100; ++i) glob += "a*";
  glob += "b";
  EXPECT_FALSE(matches_glob(std::string(10000, 'a'), glob, Case::Exact));
}

// Pieces that nearly match everywhere, in texts of any length.
TEST(Glob, HostileTextsTakeLinearTime) {
  const std::string piece = std::string(200, 'a');
  for (const std::string& glob :
       {"*" + piece + "b" + piece + "*", "*" + piece + "?b*", std::string("*a*a*a*a*a*b")}) {
    const auto match = [&glob](std::size_t length) {
      EXPECT_FALSE(matches_glob(std::string(length, 'a'), glob, Case::Exact));
    };
    testing::expect_linear_growth(
        16, [&] { match(1024); }, [&] { match(16384); });
  }
}

TEST(Glob, SaysWhatIsTriedAnew) {
  EXPECT_EQ(longest_special_piece("*@example.com"), 0U);
  EXPECT_EQ(longest_special_piece("a?*bcdef*x?yz"), 4U);
  EXPECT_EQ(longest_special_piece(R"(\*a*b)"), 3U);
}

}  // namespace
}  // namespace verdict
