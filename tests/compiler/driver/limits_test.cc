// Limits that a workspace can meet: one below is fine, one above is a diagnostic, never an end
// without words.
#include "vm/base/limits.h"

#include <string>

#include <gtest/gtest.h>

#include "tests/support/compiling.h"

namespace verdict::testing {
namespace {

std::string many_mappings(std::size_t count) {
  std::string text = "[";
  for (std::size_t i = 0; i < count; ++i) {
    const std::string name = "a" + std::to_string(i);
    text += std::string(i == 0 ? "" : ",") + R"({"jwtPath":")" + name + R"(","attribute":")" +
            name + R"("})";
  }
  return text + "]";
}

std::string nested(std::size_t depth) {
  const std::string leaf = R"({"function": "is_null", "attribute": "ext_a0"})";
  std::string text;
  for (std::size_t i = 0; i < depth; ++i) text += R"({"not": )";
  return text + leaf + std::string(depth, '}');
}

TEST(Limits, Attributes) {
  const auto compile = [](std::size_t count) {
    return CompiledTexts({{many_mappings(count)}, {policy_text("", "Deny")}, {}, {}});
  };
  EXPECT_TRUE(compile(limits::kMaxAttributes).result().bytes.has_value());
  const CompiledTexts above = compile(limits::kMaxAttributes + 1);
  EXPECT_FALSE(above.result().bytes.has_value());
  ASSERT_EQ(above.summary().size(), 1U);
  EXPECT_EQ(above.summary()[0].substr(0, 4), "V501");
  EXPECT_EQ(above.diagnostics()[0].message(),
            "attributes: 65537 are more than the 65536 that a program can hold");
}

// One in each policy: what one call can cost is another limit.
std::string many_expressions(std::size_t count) {
  std::string text = "[";
  for (std::size_t i = 0; i < count; ++i) {
    const std::string number = std::to_string(i);
    text += std::string(i == 0 ? "" : ",") + R"({"name": "p)" + number +
            R"(", "specification": {"rules": [{"rule_id": "r", "effect": "Allow", "conditions": [
              {"function": "string_matches", "attribute": "ext_a", "value": "a+)" +
            number + R"("}]}]}})";
  }
  return text + "]";
}

TEST(Limits, RegularExpressions) {
  const auto compile = [](std::size_t count) {
    return CompiledTexts(
        {{R"([{"jwtPath": "a", "attribute": "a"}])"}, {many_expressions(count)}, {}, {}});
  };
  EXPECT_TRUE(compile(limits::kMaxPatterns).result().bytes.has_value());
  const CompiledTexts above = compile(limits::kMaxPatterns + 1);
  EXPECT_FALSE(above.result().bytes.has_value());
  ASSERT_EQ(above.summary().size(), 1U);
  EXPECT_EQ(above.diagnostics()[0].message(),
            "regular expressions: 1025 are more than the 1024 that a program can hold");
}

// A JSON array of so many texts, each "x".
std::string array_of(std::size_t count) {
  std::string text = "[";
  for (std::size_t i = 0; i < count; ++i) text += i == 0 ? "\"x\"" : ",\"x\"";
  return text + "]";
}

TEST(Limits, ElementsOfADefault) {
  const auto summary = [](std::size_t count) {
    return CompiledTexts({{R"([{"jwtPath": "a", "attribute": "a", "defaultValue": )" +
                           array_of(count) + "}]"},
                          {policy_text("", "Deny")},
                          {},
                          {}})
        .summary();
  };
  EXPECT_TRUE(summary(limits::kMaxListElements).empty());
  ASSERT_EQ(summary(limits::kMaxListElements + 1).size(), 1U);
  EXPECT_EQ(summary(limits::kMaxListElements + 1)[0].substr(0, 4), "V501");
}

TEST(Limits, BytesOfADefault) {
  const auto summary = [](const std::string& value) {
    return CompiledTexts(
               {{R"([{"jwtPath": "a", "attribute": "a", "defaultValue": )" + value + "}]"},
                {policy_text("", "Deny")},
                {},
                {}})
        .summary();
  };
  const auto text = [](std::size_t length) { return '"' + std::string(length, 'x') + '"'; };
  EXPECT_TRUE(summary(text(limits::kMaxClaimTextBytes)).empty());
  ASSERT_EQ(summary(text(limits::kMaxClaimTextBytes + 1)).size(), 1U);
  EXPECT_EQ(summary(text(limits::kMaxClaimTextBytes + 1))[0].substr(0, 4), "V501");
  const std::string half = text(limits::kMaxClaimsBytes / 2);
  EXPECT_TRUE(summary("[" + half + ", " + half + "]").empty());
  ASSERT_EQ(summary("[" + half + ", " + half + ", \"x\"]").size(), 1U);
}

TEST(Limits, BytesOfNames) {
  const std::string name(limits::kMaxClaimTextBytes + 1, 'r');
  const CompiledTexts compiled({{R"([{"jwtPath": "a", "attribute": "a"}])"},
                                {policy_text("", "Deny")},
                                {R"([{"name": ")" + name + R"(", "actions": ["a"]}])"},
                                {}});
  ASSERT_EQ(compiled.summary().size(), 2U);
  EXPECT_EQ(compiled.summary()[0].substr(0, 4), "V412") << "a resource without permissions";
  EXPECT_EQ(compiled.summary()[1].substr(0, 4), "V501");
}

TEST(Limits, SizesOfSettings) {
  const auto summary = [](const std::string& audiences, std::size_t claim_bytes) {
    return CompiledTexts(
               {{R"({"name": "P", "type": "oidc", "issuer": "https://i",
                               "claimMappings": [], "audienceClaim": ")" +
                 std::string(claim_bytes, 'a') + R"(", "allowedAudiences": )" + audiences + "}"},
                {policy_text("", "Deny")},
                {},
                {}})
        .summary();
  };
  const auto most = array_of(limits::kMaxSettingElements);
  EXPECT_TRUE(summary(most, limits::kMaxSettingTextBytes).empty());
  const auto lists = summary(array_of(limits::kMaxSettingElements + 1), 3);
  ASSERT_EQ(lists.size(), 1U);
  EXPECT_EQ(lists[0].substr(0, 4), "V215");
  const auto texts = summary(most, limits::kMaxSettingTextBytes + 1);
  ASSERT_EQ(texts.size(), 1U);
  EXPECT_EQ(texts[0].substr(0, 4), "V215");
}

// What hosts refuse by default is no mistake, but worth a word.
TEST(Limits, ABudgetThatHostsHaveByDefault) {
  const auto summary = [](std::size_t count) {
    std::string mappings = "[";
    for (std::size_t i = 0; i < count; ++i) {
      mappings += std::string(i == 0 ? "" : ",") + R"({"jwtPath": "a", "type": "string_list", )" +
                  R"("attribute": "a)" + std::to_string(i) + R"("})";
    }
    const CompiledTexts texts({{mappings + "]"}, {policy_text("", "Deny")}, {}, {}});
    EXPECT_TRUE(texts.result().bytes.has_value());
    return texts.summary();
  };
  EXPECT_TRUE(summary(200).empty());
  ASSERT_EQ(summary(500).size(), 1U);
  EXPECT_EQ(summary(500)[0].substr(0, 4), "V502");
}

TEST(Limits, MistakesOfOneFile) {
  const auto count = [](std::size_t mistakes) {
    std::string text = "[";
    for (std::size_t i = 0; i < mistakes; ++i) text += "x,";
    return CompiledTexts({{"[]"}, {text + "0]"}, {}, {}}).summary();
  };
  // What stands in the array is no policy: that is said only where the text could be read.
  EXPECT_EQ(count(limits::kMaxJsonErrors).size(), limits::kMaxJsonErrors);
  EXPECT_EQ(count(limits::kMaxJsonErrors).back().substr(0, 4), "V117");
  EXPECT_EQ(count(limits::kMaxJsonErrors + 1).back().substr(0, 4), "V123");
  EXPECT_EQ(count(limits::kMaxJsonErrors * 10).size(), limits::kMaxJsonErrors + 1);
}

// Conditions cannot be nested deeper than their file can be: what is read can be compiled and
// loaded.
TEST(Limits, NestedConditions) {
  constexpr std::size_t kAroundConditions =
      6;  // policy, specification, rules, rule, conditions, the leaf
  const std::size_t deepest = limits::kMaxJsonDepth - kAroundConditions;
  const CompiledTexts below({{many_mappings(1)}, {policy_text(nested(deepest))}, {}, {}});
  ASSERT_TRUE(below.result().bytes.has_value()) << below.rendered();
  EXPECT_EQ(below.code_of(0).front().substr(0, 8), "is_null.");
  const CompiledTexts above({{many_mappings(1)}, {policy_text(nested(deepest + 1))}, {}, {}});
  EXPECT_FALSE(above.result().bytes.has_value());
  ASSERT_FALSE(above.summary().empty());
  EXPECT_EQ(above.summary()[0].substr(0, 4), "V104");
}

}  // namespace
}  // namespace verdict::testing
