#include "compiler/syntax/jwt_path.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace verdict::compiler {
namespace {

using namespace std::string_literals;

JwtPathStep key(std::string name) { return {JwtPathStep::Kind::Key, std::move(name), 0}; }
JwtPathStep index(std::uint32_t number) { return {JwtPathStep::Kind::Index, {}, number}; }
JwtPathStep each() { return {JwtPathStep::Kind::Each, {}, 0}; }

struct Case {
  std::string text;
  JwtPath path;
};

TEST(JwtPathGrammar, HasNoIssues) { EXPECT_EQ(jwt_path_grammar_issues(), 0U); }

TEST(JwtPath, Table) {
  const auto none = std::nullopt;
  const std::vector<Case> cases = {
      {"org_role", {"org_role", {}}},
      {"plan-2", {"plan-2", {}}},
      {"First Name", {"First Name", {}}},
      {"r\xC3\xB4le", {"r\xC3\xB4le", {}}},
      {"realm_access.roles", {"realm_access.roles", {key("realm_access"), key("roles")}}},
      {"org.id", {"org.id", {key("org"), key("id")}}},
      {"a.b.c", {"a.b.c", {key("a"), key("b"), key("c")}}},
      {"https://example.com/roles", {"https://example.com/roles", {}}},
      {"cognito:groups", {"cognito:groups", {}}},
      {R"(["a.b"])", {"a.b", {}}},
      {R"(["org_role"])", {"org_role", {}}},
      {R"(["https://x/y"])", {"https://x/y", {}}},
      {R"(["a\"b\\c"])", {R"(a"b\c)", {}}},
      {R"(["$"])", {"$", {}}},
      {R"(["*"])", {"*", {}}},
      {R"(a["b"])", {none, {key("a"), key("b")}}},
      {R"(a["b.c"].d)", {none, {key("a"), key("b.c"), key("d")}}},
      {R"(["https://x/claims"]["x-role"])", {none, {key("https://x/claims"), key("x-role")}}},
      {R"(["a.b"].c)", {none, {key("a.b"), key("c")}}},
      {"amr[0].method", {none, {key("amr"), index(0), key("method")}}},
      {"amr[*].method", {none, {key("amr"), each(), key("method")}}},
      {"a[12][3]", {none, {key("a"), index(12), index(3)}}},
      {"groups[*]", {none, {key("groups"), each()}}},
      {"a[2147483647]", {none, {key("a"), index(2147483647U)}}},
      {"a[2147483648]", {none, {key("a"), index(2147483648U)}}},
      {R"(["a"][0])", {none, {key("a"), index(0)}}},
  };
  for (const Case& c : cases) {
    const auto path = parse_jwt_path(c.text);
    ASSERT_TRUE(path.has_value()) << c.text << ": " << path.error().message;
    EXPECT_EQ(path.value(), c.path) << c.text;
  }
}

struct Failure {
  std::string text;
  std::size_t offset;
  std::string message;
};

constexpr const char* kWhole =
    "a name with `:` or `/` is taken whole, so a step behind it needs the name in brackets";

TEST(JwtPath, Failures) {
  const std::vector<Failure> failures = {
      {"a/b[", 3, kWhole},
      {"x[\"a\"]:y", 1, kWhole},
      {"https://x/y[0]", 11, kWhole},
      {"", 0, "found the end of the path, expected a name or `[\"name\"]`"},
      {".a", 0, "found `.`, expected a name or `[\"name\"]`"},
      {"[x]", 0, "found `[`, expected a name or `[\"name\"]`"},
      {"[0]", 0, "found `[`, expected a name or `[\"name\"]`"},
      {"[*].a", 0, "found `[`, expected a name or `[\"name\"]`"},
      {" a", 0, "found ` `, expected a name or `[\"name\"]`"},
      {"\"a\"", 0, "found `\"`, expected a name or `[\"name\"]`"},
      {"a..b", 2, "found `.`, expected a name"},
      {"a.", 2, "found the end of the path, expected a name"},
      {"a.[0]", 2, "found `[`, expected a name"},
      {"a ", 1, "found ` `, expected `.`, `[` or the end of the path"},
      {"a]", 1, "found `]`, expected `.`, `[` or the end of the path"},
      {"a\nb", 1, "found `\\n`, expected `.`, `[` or the end of the path"},
      {"a[0]b", 4, "found `b`, expected `.`, `[` or the end of the path"},
      {"a[", 2, "found the end of the path, expected an index, `*` or a name in double quotes"},
      {"a[]", 2, "found `]`, expected an index, `*` or a name in double quotes"},
      {"a[-1]", 2, "found `-`, expected an index, `*` or a name in double quotes"},
      {"a[x]", 2, "found `x`, expected an index, `*` or a name in double quotes"},
      {"a['b']", 2, "found `'`, expected an index, `*` or a name in double quotes"},
      {"a[01]", 3, "found `1`, expected an index without leading zeros"},
      {"a[0", 3, "found the end of the path, expected `]`"},
      {"a[0.b]", 3, "found `.`, expected `]`"},
      {"a[\"\"]", 3, "found `\"`, expected a name between the quotes"},
      {"a[\"b", 4, "found the end of the path, expected `\"` after the name"},
      {"a[\"b:c", 6, "found the end of the path, expected `\"` after the name"},
      {"a[\"b\\x\"]", 4, "found `\\`, expected `\"` after the name"},
      {"a[\"b\"", 5, "found the end of the path, expected `]`"},
      {"a[2147483649]", 2, "index is larger than 2147483648"},
      {"a[99999999999999999999999999]", 2, "index is larger than 2147483648"},
      {"a[*][*]", 5, "a path has at most one `[*]`"},
      {"a[*].b[*]", 7, "a path has at most one `[*]`"},
      {"groups.*", 7, "found `*`, expected a name; every element of a list is written `[*]`"},
      {"*", 0, "found `*`, expected a name; every element of a list is written `[*]`"},
      {"$.org.id", 0, "paths start at the claims: leave `$` out"},
  };
  for (const Failure& failure : failures) {
    const auto path = parse_jwt_path(failure.text);
    ASSERT_FALSE(path.has_value()) << failure.text;
    EXPECT_EQ(path.error().offset, failure.offset) << failure.text;
    EXPECT_EQ(path.error().message, failure.message) << failure.text;
  }
}

TEST(JwtPath, LongPathsTakeNoStack) {
  std::string text = "a";
  for (int i = 0; i < 100'000; ++i) text += ".a";
  const auto path = parse_jwt_path(text);
  ASSERT_TRUE(path.has_value());
  EXPECT_EQ(path.value().steps.size(), 100'001U);
}

// What the author most likely meant can be read.
TEST(JwtPath, SpellsWhatWasMeant) {
  const auto spelling_of = [](std::string_view text) {
    const auto path = parse_jwt_path(text);
    return path ? std::string("good") : path.error().spelling;
  };
  EXPECT_EQ(spelling_of("https://x/y[0].z"), R"(["https://x/y"][0].z)");
  EXPECT_EQ(spelling_of(R"(https://x/y["z"])"), R"(["https://x/y"]["z"])");
  EXPECT_EQ(spelling_of("kubernetes\\.io.name"), R"(["kubernetes.io"].name)");
  EXPECT_EQ(spelling_of("a.b\\.c"), R"(a["b.c"])");
  EXPECT_EQ(spelling_of("a/b["), "");
  EXPECT_EQ(spelling_of("a\\b"), "");
}

TEST(JwtPath, AUrlWithADotBehindItHasAnotherReading) {
  EXPECT_EQ(find_other_reading("https://x.y/app.roles"), R"(["https://x.y/app"].roles)");
  for (const std::string_view text :
       {"https://x.y", "https://x.y/roles", "https://x/v1.0/roles", "a.b", "a:b.c",
        "https://x/.well", "https://x/y.", R"(["https://x/y"].roles)"})
    EXPECT_EQ(find_other_reading(text), std::nullopt) << text;
}

}  // namespace
}  // namespace verdict::compiler
