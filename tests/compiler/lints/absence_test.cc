// What the warnings about absent claims say of a rule, and of which they are silent (design 3).
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/compiling.h"

namespace verdict::testing {
namespace {

using Lines = std::vector<std::string>;

constexpr std::string_view kMappings =
    R"({"jwtPath": "a", "attribute": "a", "type": "string"},
       {"jwtPath": "b", "attribute": "b", "type": "string"},
       {"jwtPath": "d", "attribute": "d", "type": "string", "defaultValue": "x"})";

std::string equal(std::string_view attribute) {
  return R"({"function": "string_equal", "attribute": "ext_)" + std::string(attribute) +
         R"(", "value": "x"})";
}
std::string is_null(std::string_view attribute) {
  return R"({"function": "is_null", "attribute": "ext_)" + std::string(attribute) + R"("})";
}
std::string not_null(std::string_view attribute) {
  return R"({"function": "is_not_null", "attribute": "ext_)" + std::string(attribute) + R"("})";
}
std::string group(std::string_view kind, const std::string& conditions) {
  return R"({")" + std::string(kind) + R"(": [)" + conditions + "]}";
}
std::string negation(const std::string& condition) { return R"({"not": )" + condition + "}"; }

// The messages, one a line.
Lines warnings(const std::string& conditions, std::string_view effect) {
  const CompiledTexts compiled(
      {{provider_text(kMappings)}, {policy_text(conditions, effect)}, {}, {}});
  Lines messages;
  for (const compiler::Diagnostic& diagnostic : compiled.diagnostics()) {
    messages.push_back(diagnostic.message());
  }
  return messages;
}

std::string denies(std::string_view attribute) {
  return "`ext_" + std::string(attribute) + "` may be null, and then Deny rule `r` fires";
}
std::string grants(std::string_view attribute) {
  return "rule `r` lets the absence of `ext_" + std::string(attribute) + "` grant access";
}

TEST(AbsenceLints, OfADenyRule) {
  const std::string both = equal("a") + ", " + equal("b");
  EXPECT_EQ(warnings(equal("a"), "Deny"), Lines{denies("a")});
  EXPECT_EQ(warnings(both, "Deny"), (Lines{denies("a"), denies("b")}));
  EXPECT_EQ(warnings(equal("a") + ", " + equal("a"), "Deny"), Lines{denies("a")});  // once
  EXPECT_EQ(warnings(negation(equal("a")), "Deny"), Lines{denies("a")});
  EXPECT_EQ(warnings(group("any", both), "Deny"), (Lines{denies("a"), denies("b")}));
  EXPECT_EQ(warnings(equal("d"), "Deny"), Lines());  // has a default
  EXPECT_EQ(warnings("", "Deny"), Lines());
}

TEST(AbsenceLints, SeeTheOtherOperandToo) {
  const std::string test =
      R"({"function": "string_equal", "attribute": "ext_d", "value_attribute": "ext_b"})";
  EXPECT_EQ(warnings(test, "Deny"), Lines{denies("b")});
  EXPECT_EQ(warnings(test, "Allow"), Lines());
}

// A test for null beside it decides the rule where the claim is absent.
TEST(AbsenceLints, KnowAGuard) {
  EXPECT_EQ(warnings(group("any", is_null("a") + ", " + equal("a")), "Deny"), Lines());
  EXPECT_EQ(warnings(not_null("a") + ", " + equal("a"), "Deny"), Lines{grants("a")});
  EXPECT_EQ(warnings(not_null("b") + ", " + equal("a"), "Deny"), (Lines{denies("a"), grants("b")}));
}

TEST(AbsenceLints, OfTestsForNull) {
  EXPECT_EQ(warnings(is_null("a"), "Allow"), Lines{grants("a")});
  EXPECT_EQ(warnings(not_null("a"), "Allow"), Lines());
  EXPECT_EQ(warnings(is_null("a"), "Deny"), Lines());
  EXPECT_EQ(warnings(not_null("a"), "Deny"), Lines{grants("a")});
  EXPECT_EQ(warnings(negation(not_null("a")), "Allow"), Lines{grants("a")});
  EXPECT_EQ(warnings(negation(negation(is_null("a"))), "Allow"), Lines{grants("a")});
  EXPECT_EQ(warnings(negation(is_null("a")), "Deny"), Lines{grants("a")});
  EXPECT_EQ(warnings(is_null("d"), "Allow"), Lines());  // never null
}

TEST(AbsenceLints, AreSilentOfAllowRulesThatOnlyCompare) {
  EXPECT_EQ(warnings(equal("a"), "Allow"), Lines());
  EXPECT_EQ(warnings(negation(equal("a")), "Allow"), Lines());
}

// ---- permissions

constexpr std::string_view kTwo = R"([
  {"name": "p", "specification": {"rules": [{"rule_id": "a", "effect": "Allow", "conditions": [
      {"function": "string_equal", "attribute": "ext_d", "value": "x"}]}]}},
  {"name": "q", "specification": {"rules": [{"rule_id": "d", "effect": "Deny", "conditions": [
      {"function": "string_equal", "attribute": "ext_d", "value": "y"}]}],
      "default": {"effect": "Allow"}}}])";
constexpr std::string_view kResources = R"([{"name": "o", "actions": ["get", "put"]}])";

Lines permission_lints(std::string_view priority_of_p, std::string_view priority_of_q) {
  const auto permission = [](std::string_view policy, std::string_view priority) {
    return R"({"resource": "o", "actions": ["get", "put"], "policy": ")" + std::string(policy) +
           R"(", "priority": )" + std::string(priority) + "}";
  };
  const CompiledTexts compiled(
      {{provider_text(kMappings)},
       {std::string(kTwo)},
       {std::string(kResources)},
       {"[" + permission("p", priority_of_p) + ", " + permission("q", priority_of_q) + "]"}});
  return compiled.summary();
}

TEST(PermissionLints, ADenyBehindAnAllowIsSaidOncePerPairOfPolicies) {
  EXPECT_EQ(permission_lints("0", "0"), Lines{R"(V407 "q")"});
  EXPECT_EQ(permission_lints("0", "1"), (Lines{R"(V406 "q")", R"(V407 "q")"}));
  EXPECT_EQ(permission_lints("1", "0"), Lines{R"(V407 "q")"});
}

TEST(PermissionLints, AnOpenAllowIsAWarningAnOpenDenyIsASwitch) {
  EXPECT_EQ(warnings("", "Allow"), Lines{"rule `r` has no conditions and allows everybody"});
  EXPECT_EQ(warnings("", "Deny"), Lines());
}

}  // namespace
}  // namespace verdict::testing
