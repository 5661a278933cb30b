#include "runtime/json/write.h"

#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace verdict {
namespace {

TEST(JsonValue, Scalars) {
  EXPECT_EQ(JsonValue().line(), "null");
  EXPECT_EQ(JsonValue(true).line(), "true");
  EXPECT_EQ(JsonValue(false).line(), "false");
  EXPECT_EQ(JsonValue(std::numeric_limits<std::int64_t>::max()).line(), "9223372036854775807");
  EXPECT_EQ(JsonValue(std::numeric_limits<std::int64_t>::min()).line(), "-9223372036854775808");
  EXPECT_EQ(JsonValue(0.5).line(), "0.5");
  EXPECT_EQ(JsonValue("text").line(), "\"text\"");
  EXPECT_EQ(JsonValue(std::string("text")).line(), "\"text\"");
  EXPECT_EQ(JsonValue(std::string_view("text")).line(), "\"text\"");
  EXPECT_EQ(JsonValue(std::optional<std::string_view>("text")).line(), "\"text\"");
  EXPECT_EQ(JsonValue(std::optional<std::string_view>()).line(), "null");
}

TEST(JsonValue, TextIsEscaped) {
  EXPECT_EQ(JsonValue("\"\\\n\t\x01").line(), "\"\\\"\\\\\\n\\t\\u0001\"");
  EXPECT_EQ(JsonValue(std::string("a\0b", 3)).line(), "\"a\\u0000b\"");
  EXPECT_EQ(JsonValue("\xC3\xBC").line(), "\"\xC3\xBC\"");
}

// A claim's text ends in a log or a terminal: no byte of it may break the JSON.
TEST(JsonValue, InvalidUtf8IsReplaced) {
  EXPECT_EQ(JsonValue("a\xFF"
                      "b")
                .line(),
            "\"a\xEF\xBF\xBD"
            "b\"");
  EXPECT_EQ(JsonValue("\xC3").line(), "\"\xEF\xBF\xBD\"");
  EXPECT_EQ(JsonValue::object().set("k\xFF", 1.5).line(), "{\"k\xEF\xBF\xBD\":1.5}");
}

TEST(JsonValue, ObjectsKeepTheOrderOfTheirKeys) {
  JsonValue object = JsonValue::object();
  object.set("z", true).set("a", JsonValue::array()).set("m", JsonValue::object());
  EXPECT_EQ(object.line(), R"({"z":true,"a":[],"m":{}})");
  object.set("z", "again");
  EXPECT_EQ(object.line(), R"({"z":"again","a":[],"m":{}})");
}

TEST(JsonValue, ArraysNest) {
  JsonValue inner = JsonValue::array();
  inner.push(1.5).push("x");
  JsonValue array = JsonValue::array();
  array.push(std::move(inner)).push(JsonValue());
  EXPECT_EQ(array.line(), R"([[1.5,"x"],null])");
}

TEST(JsonValue, NullBecomesWhatItIsUsedAs) {
  JsonValue object;
  EXPECT_EQ(object.set("k", true).line(), R"({"k":true})");
  JsonValue array;
  EXPECT_EQ(array.push(true).line(), "[true]");
}

TEST(JsonValue, PrettyEndsWithALineBreak) {
  EXPECT_EQ(JsonValue::object().set("k", true).pretty(), "{\n  \"k\": true\n}\n");
}

TEST(JsonValue, CanBeMoved) {
  JsonValue value("text");
  JsonValue other = std::move(value);
  value = JsonValue(true);
  EXPECT_EQ(other.line(), "\"text\"");
  EXPECT_EQ(value.line(), "true");
}

}  // namespace
}  // namespace verdict
