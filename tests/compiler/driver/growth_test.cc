// Issue 16: no check takes time in the square of a workspace. One test a family, each compiled at
// two sizes; what is counted elsewhere (steps of suggestions, looks of the JSON reader) is not
// measured here.
#include "tests/support/growth.h"

#include <functional>
#include <ostream>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "tests/support/compiling.h"

namespace verdict::testing {
namespace {

// `count` pieces with commas between them; `#` stands for a piece's number, `+` for the next one.
std::string list_of(std::size_t count, std::string_view piece) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    text += i == 0 ? "" : ",";
    for (const char c : piece) {
      if (c == '#' || c == '+') {
        text += std::to_string(c == '#' ? i : i + 1);
      } else {
        text += c;
      }
    }
  }
  return text;
}

std::string mappings(std::size_t count, std::string_view more = R"(,"type":"string")") {
  return list_of(count, R"({"jwtPath":"c#","attribute":"c#")" + std::string(more) + "}");
}

std::string rules(std::size_t count, std::string_view test, std::string_view effect = "Allow") {
  return R"({"name":"p","specification":{"rules":[)" +
         list_of(count, R"({"rule_id":"r#","effect":")" + std::string(effect) +
                            R"(","conditions":[)" + std::string(test) + "]}") +
         "]}}";
}

constexpr std::string_view kEqual =
    R"({"function":"string_equal","attribute":"ext_c#","value":"x"})";

struct Family {
  std::string_view name;
  std::size_t size;  // of the smaller one
  std::function<WorkspaceTexts(std::size_t)> write;
  friend void PrintTo(const Family& family, std::ostream* out) { *out << family.name; }
};

WorkspaceTexts renamed(std::size_t n) {
  return {{provider_text(mappings(200))},
          {rules(n, R"({"function":"string_equal","attribute":"ext_old_name","value":"x"})")},
          {},
          {}};
}

WorkspaceTexts misspelt(std::size_t n) {
  return {{provider_text(mappings(n))},
          {rules(n, R"({"function":"string_equal","attribute":"ext_cc#","value":"x"})")},
          {},
          {}};
}

// The last rule says what all others are.
WorkspaceTexts compared_backwards(std::size_t n) {
  return {
      {provider_text(mappings(n + 2, ""))},
      {rules(n, R"({"function":"string_equal","attribute":"ext_c+","value_attribute":"ext_c#"})")},
      {},
      {}};
}

WorkspaceTexts lists_compared(std::size_t n) {
  std::string tests;
  for (std::size_t i = n; i > 0; --i) {
    const std::string scalar = std::to_string(2 * i);
    const std::string list = std::to_string(2 * i + 1);
    const std::string next = std::to_string(2 * i + 2);
    for (const std::string& other : {scalar, next}) {
      tests += R"({"function":"list_contains","attribute":"ext_c)" + list +
               R"(","value_attribute":"ext_c)" + other + R"("},)";
    }
  }
  tests += R"({"function":"string_equal","attribute":"ext_c2","value":"x"})";
  return {{provider_text(mappings(2 * n + 3, ""))}, {policy_text(tests)}, {}, {}};
}

WorkspaceTexts defaults(std::size_t n) {
  return {{provider_text(mappings(n, R"(,"defaultValue":"x")"))}, {rules(1, kEqual)}, {}, {}};
}

WorkspaceTexts context(std::size_t n) {
  return {{provider_text(mappings(1))},
          {rules(n, R"({"function":"string_equal","attribute":"ctx_c#","value":"x"})")},
          {R"([{"name":"r","actions":["a"],"contextMappings":[)" +
           list_of(n, R"({"path":"c#","attribute":"c#","type":"string"})") + "]}]"},
          {R"([{"resource":"r","actions":["a"],"policy":"p"}])"}};
}

WorkspaceTexts resources(std::size_t n) {
  return {{provider_text(mappings(1))},
          {rules(1, kEqual)},
          {"[" + list_of(n, R"({"name":"r#","actions":["a"]})") + "]"},
          {"[" + list_of(n, R"({"resource":"r#","actions":["a"],"policy":"p"})") + "]"}};
}

WorkspaceTexts actions(std::size_t n, std::size_t num_rules, std::string_view effect) {
  return {{provider_text(mappings(num_rules))},
          {rules(num_rules, kEqual, effect)},
          {R"([{"name":"r","actions":[)" + list_of(n, R"("a#")") + "]}]"},
          {R"([{"resource":"r","policy":"p","actions":[)" + list_of(n, R"("a#")") + "]}]"}};
}

WorkspaceTexts values(std::size_t n, std::string_view value) {
  return {{provider_text(R"({"jwtPath":"c","attribute":"c","values":[)" + list_of(n, R"("v#")") +
                         "]}")},
          {policy_text(R"({"function":"string_in","attribute":"ext_c","values":[)" +
                       list_of(n, value) + "]}")},
          {},
          {}};
}

WorkspaceTexts ranks(std::size_t n) {
  const std::string ordered = R"(,"ordered":true,"values":[)" + list_of(n, R"("v#")") + "]";
  return {
      {provider_text(mappings(2, ordered))},
      {rules(n, R"({"function":"enum_at_least","attribute":"ext_c0","value_attribute":"ext_c1"})")},
      {},
      {}};
}

WorkspaceTexts one_rule(std::size_t n) {
  return {{provider_text(mappings(n))},
          {policy_text(R"({"any":[)" + list_of(n, kEqual) + "]}", "Deny")},
          {},
          {}};
}

WorkspaceTexts unknown_keys(std::size_t n) {
  return {{provider_text(mappings(1))}, {"{" + list_of(n, R"("key#":1)") + "}"}, {}, {}};
}

const Family kFamilies[] = {
    {"Renamed", 1000, renamed},
    {"Misspelt", 1000, misspelt},
    {"ComparedBackwards", 1000, compared_backwards},
    {"ListsCompared", 500, lists_compared},
    {"Defaults", 4000, defaults},
    {"Context", 1000, context},
    {"Resources", 4000, resources},
    {"Actions", 4000, [](std::size_t n) { return actions(n, 1, "Allow"); }},
    {"ActionsOfAPolicyOfDenyRules", 1000, [](std::size_t n) { return actions(n, n, "Deny"); }},
    {"EnumValues", 4000, [](std::size_t n) { return values(n, R"("v#")"); }},
    {"WrongEnumValues", 1000, [](std::size_t n) { return values(n, R"("w#")"); }},
    {"Ranks", 1000, ranks},
    {"OneDenyRule", 1000, one_rule},
    {"UnknownKeys", 4000, unknown_keys},
};

class Growth : public ::testing::TestWithParam<Family> {};

TEST_P(Growth, IsLinear) {
  constexpr std::size_t kFactor = 8;
  const WorkspaceTexts small = GetParam().write(GetParam().size);
  const WorkspaceTexts large = GetParam().write(kFactor * GetParam().size);
  const auto compile = [](const WorkspaceTexts& texts) {
    const CompiledTexts compiled(texts);
    const bool has_errors = compiled.rendered().find("error") != std::string::npos;
    EXPECT_NE(compiled.result().bytes.has_value(), has_errors);
  };
  expect_linear_growth(
      kFactor, [&] { compile(small); }, [&] { compile(large); });
}

INSTANTIATE_TEST_SUITE_P(Workspaces, Growth, ::testing::ValuesIn(kFamilies),
                         [](const auto& family) { return std::string(family.param.name); });

// A thousand at most of what 20,000 permissions lack of a context that 20,000 rules read.
TEST(GrowthOfErrors, AreCountedInBulk) {
  constexpr std::size_t kSize = 20000;
  const CompiledTexts compiled(
      {{provider_text(mappings(1))},
       {rules(kSize, R"({"function":"string_equal","attribute":"ctx_c#","value":"x"})")},
       {R"([{"name":"declares","actions":["a"],"contextMappings":[)" +
        list_of(kSize, R"({"path":"c#","attribute":"c#","type":"string"})") + "]}," +
        R"({"name":"r","actions":[)" + list_of(kSize, R"("a#")") + "]}]"},
       {"[" + list_of(kSize, R"({"resource":"r","actions":["a#"],"policy":"p"})") + "]"}});
  const std::string total = std::to_string(kSize * kSize) + " errors\n";
  EXPECT_TRUE(compiled.rendered().ends_with(total));
}

}  // namespace
}  // namespace verdict::testing
