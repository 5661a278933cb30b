// What the tokens' reader reads and what it refuses: checklist A08 to A11, limits, numbers, the
// tree.
#include "runtime/json/reader.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/growth.h"
#include "vm/base/limits.h"

namespace verdict {
namespace {

// What is wrong with the text, or "" if nothing is.
std::string_view problem(std::string_view text) {
  thread_local JsonReader reader;
  const auto tree = reader.read(text);
  return tree ? "" : tree.error().message;
}

struct Broken {
  std::string text;
  std::string_view message;
};

void expect_broken(const std::vector<Broken>& cases) {
  for (const auto& [text, message] : cases) EXPECT_EQ(problem(text), message) << text;
}

constexpr std::string_view kRepeated = "has a repeated key";
constexpr std::string_view kNoJson = "is no JSON";
constexpr std::string_view kNoUtf8 = "is no UTF-8";
constexpr std::string_view kBrokenString = "has a broken string";
constexpr std::string_view kBrokenNumber = "has a broken number";
constexpr std::string_view kTooDeep = "is nested too deep";
constexpr std::string_view kTooLong = "is too long";

// An object of `count` members whose keys are all different and of one length.
std::string many_members(std::size_t count) {
  std::string text = "{";
  for (std::size_t i = 0; i < count; ++i)
    text += (i == 0 ? "\"" : ",\"") + std::to_string(10000 + i) + "\":1";
  return text + "}";
}

std::string with_member(std::string object, const std::string& member) {
  object.back() = ',';
  return object + member + "}";
}

std::string array_of_depth(std::size_t depth, const std::string& innermost = "") {
  return std::string(depth, '[') + innermost + std::string(depth, ']');
}

std::string object_of_depth(std::size_t depth) {
  std::string text;
  for (std::size_t i = 1; i < depth; ++i) text += R"({"a":)";
  return text + "{}" + std::string(depth - 1, '}');
}

TEST(JsonReader, A08_RepeatedKeys) {
  expect_broken({
      {R"({"sub":1,"sub":1})", kRepeated},
      {R"({"sub":1,"s\u0075b":2})", kRepeated},
      {R"({"s\u0075b":1,"sub":2})", kRepeated},
      {R"({"\u0073\u0075\u0062":1,"\u0073u\u0062":2})", kRepeated},
      {R"({"a/b":1,"a\/b":2})", kRepeated},
      {R"({"\ud83d\ude00":1,"😀":2})", kRepeated},
      {R"({"\u00e9":1,"é":2})", kRepeated},
      {R"({"\u0000":1,"\u0000":2})", kRepeated},
      {R"({"":1,"":2})", kRepeated},
      {R"({"a":{"b":[0,{"c":1,"d":{},"c":1}]}})", kRepeated},
      {R"([{"a":1,"b":{"a":1},"a":{}}])", kRepeated},
  });
}

TEST(JsonReader, A08_KeysThatDifferAreNoneRepeated) {
  for (const char* text : {
           R"({"a":1,"A":1})",
           R"({"a":1,"a\u0000":1,"a\u0000\u0000":1})",
           R"({"a":{"a":{"a":[{"a":1},{"a":1}]}}})",
           R"({"\u00e9":1,"e\u0301":1})",  // no normalisation
           R"({"a":"a","b":"a"})",
           // One bucket of the filter: the same length, first and last byte.
           R"({"a1z":1,"a2z":1,"a3z":1,"a4z":1})",
       }) {
    EXPECT_EQ(problem(text), "") << text;
  }
}

// Large objects are compared in another way; 32 and 33 members stand on either side.
TEST(JsonReader, A08_InObjectsOfAnySize) {
  for (const std::size_t count : {1U, 2U, 30U, 31U, 32U, 33U, 34U, 64U, 65U, 1000U, 20000U}) {
    const std::string object = many_members(count);
    EXPECT_EQ(problem(object), "") << count;
    for (const std::size_t repeated : {std::size_t{0}, count / 2, count - 1}) {
      const std::string member = "\"1" + std::to_string(10000 + repeated).substr(1) + "\":[]";
      EXPECT_EQ(problem(with_member(object, member)), kRepeated) << count << " " << repeated;
      EXPECT_EQ(problem(R"([{"x":)" + with_member(object, "\"\\u0031" + member.substr(2)) + "}]"),
                kRepeated)
          << count << " " << repeated;
    }
  }
}

// Comparing all pairs would be quadratic.
TEST(JsonReader, A08_TakesLinearTime) {
  const std::string small = many_members(1250);
  const std::string large = many_members(20000);
  testing::expect_linear_growth(
      16, [&small] { EXPECT_EQ(problem(small), ""); }, [&large] { EXPECT_EQ(problem(large), ""); });
}

TEST(JsonReader, A09_WhatStandsAroundTheValue) {
  const std::string good = R"({"a":1})";
  expect_broken({
      {good + std::string(1, '\0'), kNoJson},
      {good + std::string(1, '\0') + "{}", kNoJson},
      {good + "x", kNoJson},
      {good + " {}", kNoJson},
      {good + "}", kNoJson},
      {good + ",", kNoJson},
      {good + "//", kNoJson},
      {"/**/" + good, kNoJson},
      {R"({"a":/**/1})", kNoJson},
      {std::string(1, '\0') + good, kNoJson},
      {"\xEF\xBB\xBF" + good, "begins with a byte order mark"},
      {"\xEF\xBB\xBF", "begins with a byte order mark"},
      {" \xEF\xBB\xBF" + good, kNoJson},
      {"", "is empty"},
      {" \n\t\r", "is empty"},
      {"\f" + good, kNoJson},
      {"\xC2\xA0" + good, kNoJson},
  });
}

TEST(JsonReader, A09_WhatIsNoJson) {
  expect_broken({
      {R"({"a":1,})", kNoJson},
      {R"([1,])", kNoJson},
      {R"([,1])", kNoJson},
      {R"([1 2])", kNoJson},
      {R"({"a" 1})", kNoJson},
      {R"({a:1})", kNoJson},
      {R"({'a':1})", kNoJson},
      {R"({"a":1)", kNoJson},
      {R"([1}])", kNoJson},
      {R"({"a":True})", kNoJson},
      {R"({"a":nul})", kNoJson},
      {R"({"a":NaN})", kNoJson},
      {R"({"a":-Infinity})", kBrokenNumber},
      {R"({"a":01})", kBrokenNumber},
      {R"({"a":1.})", kBrokenNumber},
      {R"({"a":0x10})", kBrokenNumber},
      {R"({"a":+1})", kNoJson},
      {R"({"a":"b)", kBrokenString},
      {R"({"a":"\x"})", kBrokenString},
      {R"({"a":"\u12"})", kBrokenString},
      {"{\"a\":\"\n\"}", kBrokenString},
      {"{\"a\":\"" + std::string(1, '\0') + "\"}", kBrokenString},
  });
}

TEST(JsonReader, A09_OtherEncodings) {
  const std::string good = R"({"a":1})";
  std::string little;
  std::string big;
  for (const char c : good) {
    little += {c, '\0'};
    big += {'\0', c};
  }
  // Broken in several ways: which one is found first depends on the processor.
  for (const std::string& text : {little, big, "\xFF\xFE" + little, "\xFE\xFF" + big})
    EXPECT_NE(problem(text), "") << text;
  expect_broken({
      {"\"\xC0\xAF\"", kNoUtf8},          // overlong
      {"\"\xE0\x80\xAF\"", kNoUtf8},      // overlong
      {"\"\xF0\x80\x80\xAF\"", kNoUtf8},  // overlong
      {"\"\xED\xA0\x80\"", kNoUtf8},      // a surrogate
      {"\"\xF4\x90\x80\x80\"", kNoUtf8},  // beyond U+10FFFF
      {"\"\xC3\"", kNoUtf8},              // cut off
      {"\"\xE9\"", kNoUtf8},              // Latin-1
      {"{\"\x80\":1}", kNoUtf8},
      {R"("\ud800")", kBrokenString},
      {R"("\udc00")", kBrokenString},
      {R"("\udc00\ud800")", kBrokenString},
      {R"("\ud800\ud800")", kBrokenString},
      {R"("\ud800x")", kBrokenString},
      {R"({"\ud800":1})", kBrokenString},
  });
}

TEST(JsonReader, A10_Depth) {
  const std::size_t most = limits::kMaxClaimDepth;
  for (const std::size_t depth : {most - 1, most, most + 1}) {
    const std::string_view expected = depth > most ? kTooDeep : "";
    EXPECT_EQ(problem(array_of_depth(depth)), expected) << depth;
    EXPECT_EQ(problem(array_of_depth(depth, "1")), expected) << depth;
    EXPECT_EQ(problem(object_of_depth(depth)), expected) << depth;
    EXPECT_EQ(problem(array_of_depth(depth - 1, R"({"a":1})")), expected) << depth;
    EXPECT_EQ(problem("[0," + array_of_depth(depth - 1) + ",0]"), expected) << depth;
  }
}

TEST(JsonReader, A10_MuchTooDeep) {
  EXPECT_EQ(problem(array_of_depth(1000)), kTooDeep);
  EXPECT_EQ(problem(array_of_depth(100'000)), kTooDeep);
  EXPECT_EQ(problem(std::string(200'000, '[')), kNoJson);
  EXPECT_EQ(problem(object_of_depth(40'000)), kTooDeep);
  EXPECT_EQ(problem(array_of_depth(1'000'000)), kTooLong);
}

TEST(JsonReader, A11_ManyMembersAndLongTexts) {
  EXPECT_EQ(problem(many_members(100'000)), kTooLong);
  EXPECT_EQ(problem("\"" + std::string(1'000'000, 'a') + "\""), kTooLong);
  EXPECT_EQ(problem("\"" + std::string(200'000, 'a') + "\""), "");
  std::string elements = "[";
  for (int i = 0; i < 100'000; ++i) elements += "1,";
  EXPECT_EQ(problem(elements + "1]"), "");
}

TEST(JsonReader, TheLimitOfSizeIsExact) {
  const std::size_t most = limits::kMaxClaimsBytes;
  for (const std::size_t size : {most - 1, most, most + 1}) {
    const std::string_view expected = size > most ? kTooLong : "";
    EXPECT_EQ(problem("\"" + std::string(size - 2, 'a') + "\""), expected) << size;
    EXPECT_EQ(problem("1" + std::string(size - 1, ' ')), expected) << size;
  }
}

// Of the text, nothing may stand in a message, which may be logged.
TEST(JsonReader, MessagesAreLiteralsWhateverTheText) {
  JsonReader reader;
  std::vector<std::string_view> messages;
  for (const char* text : {"", "\xFF", "[", "\"secret", "[-secret]", "{secret", "[1e5x]"}) {
    const auto tree = reader.read(text);
    ASSERT_FALSE(tree) << text;
    messages.push_back(tree.error().message);
  }
  (void)reader.read("{}");
  for (const std::string_view message : messages) {
    EXPECT_FALSE(message.empty());
    EXPECT_EQ(message.find("secret"), std::string_view::npos);
  }
}

struct NumberCase {
  std::string text;
  std::optional<Number> number;
  bool is_integer;
};

std::optional<Number> integer(std::int64_t value) { return Number::from_integer(value); }

const std::vector<NumberCase>& number_cases() {
  constexpr auto kMin = std::numeric_limits<std::int64_t>::min();
  constexpr auto kMax = std::numeric_limits<std::int64_t>::max();
  static const std::vector<NumberCase> cases = {
      {"0", integer(0), true},
      {"-0", integer(0), true},
      {"-0.0", integer(0), false},
      {"-0e5", integer(0), false},
      {"1e3", integer(1000), false},
      {"2500.50", Number::from_double(2500.5), false},
      {"9007199254740993", integer(9007199254740993), true},
      {"9223372036854775807", integer(kMax), true},
      {"-9223372036854775808", integer(kMin), true},
      {"9223372036854775808", {}, true},   // simdjson: uint64
      {"18446744073709551615", {}, true},  // simdjson: uint64
      {"18446744073709551616", {}, true},  // from here on simdjson refuses
      {"-9223372036854775809", {}, true},
      {"12345678901234567890123", {}, true},
      {"9223372036854775808.0", {}, false},
      {"1e300", {}, false},
      {"1.7976931348623157e308", {}, false},
      {"2.8167491602828493e+17", integer(281674916028284930), false},
      {"281674916028284928.0", integer(281674916028284928), false},
      {"9007199254740993.0", integer(9007199254740993), false},
      {"9223372036854775807.0", integer(kMax), false},
      {"-9.223372036854775808E18", integer(kMin), false},
      {"9007199254740992.5", {}, false},
      {"9007199254740991.9", {}, false},
      {"4503599627370495.5", Number::from_double(4503599627370495.5), false},
      {"1.7976931348623159e308", {}, false},
      {"1e999", {}, false},
      {"-1E+999", {}, false},
      {"1e-999", integer(0), false},
      {"4.9e-324", Number::from_double(4.9e-324), false},
      {"0.1", Number::from_double(0.1), false},
  };
  return cases;
}

void expect_number(const JsonRef& node, const NumberCase& expected) {
  EXPECT_EQ(node.kind(), ClaimKind::Number) << expected.text;
  EXPECT_EQ(node.number(), expected.number) << expected.text;
  EXPECT_EQ(node.is_integer(), expected.is_integer) << expected.text;
  EXPECT_EQ(node.text(), expected.text);
  EXPECT_EQ(parse_number(expected.text).value, expected.number) << expected.text;
}

// Wide objects are searched otherwise than others: at both sides of the border every member is
// found by its key, also those of an object within another, and nothing else is.
TEST(JsonReader, MembersOfWideObjectsAreFound) {
  JsonReader reader;
  for (const std::size_t count :
       {kWideObject - 1, kWideObject, kWideObject + 1, std::size_t{1000}}) {
    std::string members;
    for (std::size_t i = 0; i < count; ++i)
      members +=
          "\"k" + std::to_string(i * 7 % count) + "\":" + std::to_string(i * 7 % count) + ",";
    const std::string inner = "{" + members + "\"last\":-1}";
    const JsonRef root(**reader.read("{" + members + "\"inner\":" + inner + "}"));
    for (const JsonRef& object : {root, *root.find("inner")}) {
      for (std::size_t i = 0; i < count; ++i) {
        const auto found = object.find("k" + std::to_string(i));
        ASSERT_TRUE(found.has_value()) << i << " of " << count;
        EXPECT_EQ(found->number(), integer(static_cast<std::int64_t>(i)));
      }
      for (const std::string_view key : {"", "k", "k00", "l", "k-1", "zz"})
        EXPECT_FALSE(object.find(key).has_value()) << key;
    }
  }
}

TEST(JsonReader, NumbersAreThoseOfParseNumber) {
  JsonReader reader;
  for (const NumberCase& c : number_cases())
    expect_number(JsonRef(*reader.read(c.text).value()), c);
}

// All in one text, between strings that look like numbers and keys that look like strings' ends.
TEST(JsonReader, NumbersBesideOthersKeepTheirSpelling) {
  std::string text = "[";
  for (const NumberCase& c : number_cases())
    text += c.text + R"( , "1e999", {"\"2":[true,false,"\\"]}, "\\\"-3e+5",)";
  JsonReader reader;
  const auto tree = reader.read(text + "null]");
  ASSERT_TRUE(tree) << tree.error().message;
  JsonRef element = JsonRef(*tree.value()).at(0);
  for (const NumberCase& c : number_cases()) {
    expect_number(element, c);
    element = element.next();
    EXPECT_EQ(element.text(), "1e999");
    element = element.next();
    EXPECT_EQ(element.find("\"2").value().at(2).text(), "\\");
    element = element.next();
    EXPECT_EQ(element.text(), "\\\"-3e+5");
    element = element.next();
  }
  EXPECT_TRUE(element.is(ClaimKind::Null));
}

// A number that is only too large must not hide that something else is wrong.
TEST(JsonReader, NumbersBeyondDoNotExcuseTheRest) {
  expect_broken({
      {"[1e999,01]", kBrokenNumber},
      {"[01,1e999]", kBrokenNumber},
      {"[1e999,1e]", kBrokenNumber},
      {"[1e999x]", kBrokenNumber},
      {"[1e999 1]", kNoJson},
      {"[x1e999]", kNoJson},
      {"[true1e999]", kNoJson},
      {"[1e999,]", kNoJson},
      {"[1e999", kNoJson},
      {"1e999 1", kNoJson},
      {R"({"a":1e999,"a":1})", kRepeated},
      {R"({1e999:1})", kNoJson},
      {R"(["\ud800",1e999])", kBrokenString},
      {R"([1e999,"\ud800"])", kBrokenString},
      {"[1e999," + array_of_depth(limits::kMaxClaimDepth) + "]", kTooDeep},
      {"01e999", kBrokenNumber},
      {"-", kBrokenNumber},
      {"[--1e999]", kBrokenNumber},
  });
}

TEST(JsonReader, FillsTheTree) {
  JsonReader reader;
  const auto tree = reader.read(
      R"( {"n":null,"t":true,"f":false,"s":"a\u0000\n\u00e9\ud83d\ude00","e":{},"l":[[],1,["x",[2]]],"":-1} )");
  ASSERT_TRUE(tree);
  const JsonRef root(*tree.value());
  ASSERT_TRUE(root.is(ClaimKind::Object));
  ASSERT_EQ(root.size(), 7U);
  EXPECT_TRUE(root.find("n").value().is(ClaimKind::Null));
  EXPECT_TRUE(root.find("t").value().boolean());
  EXPECT_TRUE(root.find("f").value().is(ClaimKind::Boolean));
  EXPECT_FALSE(root.find("f").value().boolean());
  EXPECT_EQ(root.find("s").value().text(), std::string_view("a\0\né😀", 9));
  EXPECT_EQ(root.find("e").value().kind(), ClaimKind::Object);
  EXPECT_EQ(root.find("e").value().size(), 0U);
  EXPECT_EQ(root.find("").value().number(), Number::from_integer(-1));
  EXPECT_EQ(root.find("x"), std::nullopt);
  const JsonRef list = root.find("l").value();
  ASSERT_EQ(list.size(), 3U);
  EXPECT_EQ(list.find("x"), std::nullopt);
  EXPECT_EQ(list.at(0).size(), 0U);
  EXPECT_EQ(list.at(1).number(), Number::from_integer(1));
  EXPECT_EQ(list.at(2).at(0).text(), "x");
  EXPECT_EQ(list.at(2).at(1).at(0).number(), Number::from_integer(2));
  EXPECT_EQ(list.at(2).at(1).at(0).text(), "2");
  EXPECT_EQ(root.at(1).key(), "t");
  EXPECT_EQ(root.at(5).next().key(), "");
}

TEST(JsonReader, ReadsAnyValue) {
  for (const char* text : {"null", "true", "false", "0", "\"\"", "[]", "{}", " [ ] "})
    EXPECT_EQ(problem(text), "") << text;
}

TEST(JsonReader, ReadsWhatIsWrittenIntoItsBuffer) {
  JsonReader reader;
  EXPECT_FALSE(JsonReader().read_buffer(0));
  for (const std::string_view text : {"[1,2,3]", R"({"a":"b"})", "[1e999]"}) {
    text.copy(reader.buffer(text.size()), text.size());
    const auto tree = reader.read_buffer(text.size());
    ASSERT_TRUE(tree) << text;
    EXPECT_EQ(tree.value()->source, text);
  }
  const std::string large(limits::kMaxClaimsBytes + 1, ' ');
  large.copy(reader.buffer(large.size()), large.size());
  const auto tree = reader.read_buffer(large.size());
  ASSERT_FALSE(tree);
  EXPECT_EQ(tree.error().message, kTooLong);
}

// A shorter text must not be read together with what a longer one left behind.
TEST(JsonReader, ReadsOneTextAfterTheOther) {
  JsonReader reader;
  EXPECT_TRUE(reader.read(R"({"a":[1,2,{"b":1e999}],"c":"text"})"));
  EXPECT_FALSE(reader.read("["));
  EXPECT_FALSE(
      reader.read("1e99"
                  "9 1"));
  const auto tree = reader.read("12");
  ASSERT_TRUE(tree);
  EXPECT_EQ(tree.value()->nodes.size(), 1U);
  EXPECT_EQ(JsonRef(*tree.value()).number(), Number::from_integer(12));
  JsonReader moved(std::move(reader));
  EXPECT_EQ(JsonRef(*moved.read("[13]").value()).at(0).text(), "13");
  reader = std::move(moved);
  EXPECT_EQ(JsonRef(*reader.read("[14]").value()).at(0).text(), "14");
}

}  // namespace
}  // namespace verdict
