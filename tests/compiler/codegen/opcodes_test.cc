// The exact instructions of small policies: with negations at the leaves, an Allow rule asks "is it
// definitely true", a Deny rule "is it not definitely false".
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/compiling.h"
#include "vm/program/opcode.h"

namespace verdict::testing {
namespace {

using Lines = std::vector<std::string>;

constexpr std::string_view kMappings =
    R"({"jwtPath": "s", "attribute": "s", "type": "string"}, {"jwtPath": "t", "attribute": "t", "type": "string"},
       {"jwtPath": "n", "attribute": "n", "type": "number"}, {"jwtPath": "m", "attribute": "m", "type": "number"},
       {"jwtPath": "b", "attribute": "b", "type": "boolean"}, {"jwtPath": "c", "attribute": "c", "type": "boolean"},
       {"jwtPath": "l", "attribute": "l", "type": "string_list"}, {"jwtPath": "k", "attribute": "k", "type": "number_list"})";

std::string test(std::string_view function, std::string_view attribute, std::string_view operand) {
  return R"({"function": ")" + std::string(function) + R"(", "attribute": "ext_)" +
         std::string(attribute) + R"(")" + (operand.empty() ? "" : ", ") + std::string(operand) +
         "}";
}

// Stand-ins for leaves: a is `ext_s == "a"`, and so on.
std::string leaf(char name) {
  return test("string_equal", "s", R"("value": ")" + std::string(1, name) + R"(")");
}
std::string group(std::string_view kind, const std::string& conditions) {
  return R"({")" + std::string(kind) + R"(": [)" + conditions + "]}";
}
std::string all(const std::string& conditions) { return group("all", conditions); }
std::string any(const std::string& conditions) { return group("any", conditions); }
std::string negation(const std::string& condition) { return R"({"not": )" + condition + "}"; }
std::string list(const std::vector<std::string>& conditions) {
  std::string text;
  for (const std::string& condition : conditions) text += (text.empty() ? "" : ", ") + condition;
  return text;
}

Lines code(const std::string& conditions, std::string_view effect) {
  const CompiledTexts compiled(
      {{provider_text(kMappings)}, {policy_text(conditions, effect)}, {}, {}});
  EXPECT_TRUE(compiled.result().bytes.has_value()) << compiled.rendered();
  return compiled.code_of(0);
}

// ---- leaves: each function, in each direction

struct LeafCase {
  std::string_view function;
  std::string_view attribute;
  std::string_view operand;
  std::string_view mnemonic;  // of the test
  std::string_view operands;  // as listed
  bool is_swapped = false;    // the test asks the opposite question
};

const LeafCase kLeaves[] = {
    {"is_null", "s", "", "is_null", "ext_s"},
    {"boolean_equal", "b", R"("value": true)", "boolean_equal", "ext_b, true"},
    {"boolean_equal", "b", R"("value_attribute": "ext_c")", "boolean_equal_var", "ext_b, ext_c"},
    {"string_equal", "s", R"("value": "x")", "string_equal", R"(ext_s, "x")"},
    {"string_equal", "s", R"("value_attribute": "ext_t")", "string_equal_var", "ext_s, ext_t"},
    {"string_in", "s", R"("values": ["x", "y"])", "string_in", "ext_s, #0"},
    {"string_in", "s", R"("value_attribute": "ext_l")", "string_in_var", "ext_s, ext_l"},
    {"number_equal", "n", R"("value": 1)", "number_equal", "ext_n, 1"},
    {"number_equal", "n", R"("value_attribute": "ext_m")", "number_equal_var", "ext_n, ext_m"},
    {"number_in", "n", R"("values": [1, 2])", "number_in", "ext_n, #0"},
    {"number_in", "n", R"("value_attribute": "ext_k")", "number_in_var", "ext_n, ext_k"},
    {"number_less_than", "n", R"("value": 1)", "number_less", "ext_n, 1"},
    {"number_less_than", "n", R"("value_attribute": "ext_m")", "number_less_var", "ext_n, ext_m"},
    {"number_less_than_or_equal", "n", R"("value": 1)", "number_less_equal", "ext_n, 1"},
    {"number_less_than_or_equal", "n", R"("value_attribute": "ext_m")", "number_less_equal_var",
     "ext_n, ext_m"},
    {"number_greater_than", "n", R"("value": 1)", "number_less_equal", "ext_n, 1", true},
    {"number_greater_than", "n", R"("value_attribute": "ext_m")", "number_less_equal_var",
     "ext_n, ext_m", true},
    {"number_greater_than_or_equal", "n", R"("value": 1)", "number_less", "ext_n, 1", true},
    {"number_greater_than_or_equal", "n", R"("value_attribute": "ext_m")", "number_less_var",
     "ext_n, ext_m", true},
    {"number_between", "n", R"("values": [1, 2])", "number_between", "ext_n, #0"},
    {"list_contains", "l", R"("value": "x")", "list_contains_string", R"(ext_l, "x")"},
    {"list_contains", "l", R"("value_attribute": "ext_s")", "list_contains_string_var",
     "ext_l, ext_s"},
    {"list_contains", "k", R"("value": 1)", "list_contains_number", "ext_k, 1"},
    {"list_contains", "k", R"("value_attribute": "ext_n")", "list_contains_number_var",
     "ext_k, ext_n"},
};

// Constants of lists and ranges stand behind those of the provider's settings: their number is not
// looked at.
std::string without_number(std::string line) {
  const std::size_t hash = line.find('#');
  if (hash == std::string::npos) return line;
  std::size_t end = hash + 1;
  while (end < line.size() && line[end] >= '0' && line[end] <= '9') ++end;
  return line.replace(hash, end - hash, "#0");
}

// The jump that leaves the rule: an Allow rule's where the leaf is not definitely true, a Deny
// rule's where it is definitely false; of the twin the other way round.
std::string_view direction(std::string_view effect, bool is_negated) {
  if (effect == "Allow") return is_negated ? ".tu" : ".fu";
  return is_negated ? ".t" : ".f";
}

std::string_view twin_of(std::string_view spelling) {
  for (const FunctionRow& row : kFunctions) {
    if (row.spelling == spelling) return row.twin;
  }
  return {};
}

TEST(Codegen, EveryFunctionAndItsTwinInBothEffects) {
  for (const LeafCase& leaf_case : kLeaves) {
    for (const std::string_view effect : {"Allow", "Deny"}) {
      for (const bool is_twin : {false, true}) {
        const std::string_view function =
            is_twin ? twin_of(leaf_case.function) : leaf_case.function;
        const Lines lines = code(test(function, leaf_case.attribute, leaf_case.operand), effect);
        const std::string expected =
            std::string(leaf_case.mnemonic) +
            std::string(direction(effect, is_twin != leaf_case.is_swapped)) + " " +
            std::string(leaf_case.operands) + " -> L0";
        const std::string end = effect == "Allow" ? "allow" : "deny";
        ASSERT_EQ(lines.size(), 4U) << function;
        EXPECT_EQ(without_number(lines[0]), expected) << function << " " << effect;
        EXPECT_EQ(lines[1], end + " \"r\"");
        EXPECT_EQ(lines[2], "L0:");
        EXPECT_EQ(lines[3], "otherwise Deny, p");
      }
    }
  }
}

TEST(Codegen, EveryFastTestHasALeafCase) {
  for (const OpcodeRow& row : kOpcodeRows) {
    const bool has_case = std::any_of(
        std::begin(kLeaves), std::end(kLeaves),
        [&row](const LeafCase& leaf_case) { return leaf_case.mnemonic == row.mnemonic; });
    EXPECT_TRUE(has_case || !row.is_test) << row.mnemonic;
  }
}

// What no fast test asks: other functions, quantifiers, an answer for null. Twins and `not` turn
// the jump round, `none` too.
TEST(Codegen, GeneralTests) {
  const auto first = [](const std::string& condition, std::string_view effect) {
    return code(condition, effect).front();
  };
  const std::string prefix = R"("value": "x")";
  EXPECT_EQ(first(test("string_starts_with", "s", prefix), "Allow"),
            "ask.fu string_starts_with ext_s #5 -> L0");
  EXPECT_EQ(first(test("string_not_starts_with", "s", prefix), "Allow"),
            "ask.tu string_starts_with ext_s #5 -> L0");
  EXPECT_EQ(first(test("string_starts_with", "s", prefix), "Deny"),
            "ask.f string_starts_with ext_s #5 -> L0");
  EXPECT_EQ(first(test("string_not_starts_with", "s", prefix), "Deny"),
            "ask.t string_starts_with ext_s #5 -> L0");
  const auto quantified = [](std::string_view function, std::string_view quantifier) {
    return test(function, "l", R"("value": "x", "quantifier": ")" + std::string(quantifier) + "\"");
  };
  EXPECT_EQ(first(quantified("string_equal", "any"), "Allow"),
            R"(ask.fu string_equal ext_l "x" quantifier any -> L0)");
  EXPECT_EQ(first(quantified("string_not_equal", "all"), "Deny"),
            R"(ask.f string_not_equal ext_l "x" quantifier all -> L0)");
  EXPECT_EQ(first(quantified("string_not_equal", "none"), "Allow"),
            R"(ask.tu string_not_equal ext_l "x" quantifier any -> L0)");
  EXPECT_EQ(first(test("string_not_equal", "s", R"("value": "x", "on_null": "match")"), "Allow"),
            R"(ask.tu string_equal ext_s "x" on_null no_match -> L0)");
}

// A `not` does what the twin does.
TEST(Codegen, NotIsTheTwin) {
  for (const std::string_view effect : {"Allow", "Deny"}) {
    EXPECT_EQ(code(negation(leaf('a')), effect),
              code(test("string_not_equal", "s", R"("value": "a")"), effect));
    EXPECT_EQ(code(negation(negation(leaf('a'))), effect), code(leaf('a'), effect));
    EXPECT_EQ(code(negation(test("string_not_equal", "s", R"("value": "a")")), effect),
              code(leaf('a'), effect));
  }
}

// ---- groups

struct GroupCase {
  std::string_view name;
  std::string conditions;
  std::string_view effect;
  Lines code;
};

TEST(Codegen, Groups) {
  const std::string a = leaf('a');
  const std::string b = leaf('b');
  const std::string c = leaf('c');
  const std::string d = leaf('d');
  const GroupCase cases[] = {
      {"a and b",
       list({a, b}),
       "Allow",
       {R"(string_equal.fu ext_s, "a" -> L0)", R"(string_equal.fu ext_s, "b" -> L0)",
        R"(allow "r")", "L0:", "otherwise Deny, p"}},
      {"a and b, Deny",
       list({a, b}),
       "Deny",
       {R"(string_equal.f ext_s, "a" -> L0)", R"(string_equal.f ext_s, "b" -> L0)", R"(deny "r")",
        "L0:", "otherwise Deny, p"}},
      {"a or b",
       any(list({a, b})),
       "Allow",
       {R"(string_equal.t ext_s, "a" -> L0)", R"(string_equal.fu ext_s, "b" -> L1)",
        "L0:", R"(allow "r")", "L1:", "otherwise Deny, p"}},
      {"a or b, Deny",
       any(list({a, b})),
       "Deny",
       {R"(string_equal.tu ext_s, "a" -> L0)", R"(string_equal.f ext_s, "b" -> L1)",
        "L0:", R"(deny "r")", "L1:", "otherwise Deny, p"}},
      {"not (a or b) is not a and not b",
       negation(any(list({a, b}))),
       "Allow",
       {R"(string_equal.tu ext_s, "a" -> L0)", R"(string_equal.tu ext_s, "b" -> L0)",
        R"(allow "r")", "L0:", "otherwise Deny, p"}},
      {"not (a and b) is not a or not b",
       negation(all(list({a, b}))),
       "Allow",
       {R"(string_equal.f ext_s, "a" -> L0)", R"(string_equal.tu ext_s, "b" -> L1)",
        "L0:", R"(allow "r")", "L1:", "otherwise Deny, p"}},
      {"not (a and b), Deny",
       negation(all(list({a, b}))),
       "Deny",
       {R"(string_equal.fu ext_s, "a" -> L0)", R"(string_equal.t ext_s, "b" -> L1)",
        "L0:", R"(deny "r")", "L1:", "otherwise Deny, p"}},
      {"(a and b) or c",
       any(list({all(list({a, b})), c})),
       "Allow",
       {R"(string_equal.fu ext_s, "a" -> L0)", R"(string_equal.t ext_s, "b" -> L1)", "L0:",
        R"(string_equal.fu ext_s, "c" -> L2)", "L1:", R"(allow "r")", "L2:", "otherwise Deny, p"}},
      {"(a or b) and (c or d)",
       list({any(list({a, b})), any(list({c, d}))}),
       "Allow",
       {R"(string_equal.t ext_s, "a" -> L0)", R"(string_equal.fu ext_s, "b" -> L2)",
        "L0:", R"(string_equal.t ext_s, "c" -> L1)", R"(string_equal.fu ext_s, "d" -> L2)",
        "L1:", R"(allow "r")", "L2:", "otherwise Deny, p"}},
      {"groups of one are their child",
       all(any(negation(all(negation(a))))),
       "Allow",
       {R"(string_equal.fu ext_s, "a" -> L0)", R"(allow "r")", "L0:", "otherwise Deny, p"}},
  };
  for (const GroupCase& group_case : cases) {
    EXPECT_EQ(code(group_case.conditions, group_case.effect), group_case.code) << group_case.name;
  }
}

// ---- policies

std::string rule(std::string_view id, std::string_view effect, const std::string& conditions) {
  return R"({"rule_id": ")" + std::string(id) + R"(", "effect": ")" + std::string(effect) +
         R"(", "conditions": [)" + conditions + "]}";
}

std::string policy(std::string_view name, const std::vector<std::string>& rules,
                   std::string_view fallback = "Deny") {
  return R"({"name": ")" + std::string(name) + R"(", "specification": {"rules": [)" + list(rules) +
         R"(], "default": {"effect": ")" + std::string(fallback) + R"("}}})";
}

Lines code_of_policy(const std::string& text) {
  const CompiledTexts compiled({{provider_text(kMappings)}, {text}, {}, {}});
  EXPECT_TRUE(compiled.result().bytes.has_value()) << compiled.rendered();
  return compiled.code_of(0);
}

// deny_overrides: Deny rules are asked first, in their order, then the Allow rules.
TEST(Codegen, DenyRulesComeFirst) {
  EXPECT_EQ(
      code_of_policy(policy("p", {rule("r1", "Allow", leaf('a')), rule("r2", "Deny", leaf('b')),
                                  rule("r3", "Allow", leaf('c')), rule("r4", "Deny", leaf('d'))})),
      (Lines{R"(string_equal.f ext_s, "b" -> L0)", R"(deny "r2")",
             "L0:", R"(string_equal.f ext_s, "d" -> L1)", R"(deny "r4")",
             "L1:", R"(string_equal.fu ext_s, "a" -> L2)", R"(allow "r1")", "L2:",
             R"(string_equal.fu ext_s, "c" -> L3)", R"(allow "r3")", "L3:", "otherwise Deny, p"}));
}

TEST(Codegen, NothingStandsBehindARuleThatAlwaysFires) {
  EXPECT_EQ(code_of_policy(policy("p", {rule("r1", "Allow", leaf('a')), rule("r2", "Deny", "")})),
            (Lines{R"(deny "r2")"}));
  EXPECT_EQ(code_of_policy(policy("p", {rule("r1", "Allow", ""), rule("r2", "Allow", leaf('a'))})),
            (Lines{R"(allow "r1")"}));
  EXPECT_EQ(
      code_of_policy(policy("p", {rule("r1", "Allow", leaf('a')), rule("r2", "Allow", "")})),
      (Lines{R"(string_equal.fu ext_s, "a" -> L0)", R"(allow "r1")", "L0:", R"(allow "r2")"}));
  EXPECT_EQ(code_of_policy(policy("p", {rule("r1", "Deny", leaf('a')), rule("r2", "Deny", ""),
                                        rule("r3", "Deny", leaf('b'))})),
            (Lines{R"(string_equal.f ext_s, "a" -> L0)", R"(deny "r1")", "L0:", R"(deny "r2")"}));
}

TEST(Codegen, APolicyWithoutRulesIsItsDefault) {
  EXPECT_EQ(code_of_policy(policy("p", {}, "Allow")), Lines{"otherwise Allow, p"});
  EXPECT_EQ(code_of_policy(policy("p", {}, "Deny")), Lines{"otherwise Deny, p"});
}

// ---- routes

// Four policies; `permissions` attaches them to the one action there is. Their functions are 0
// to 3.
Lines code_of_route(const std::vector<std::pair<std::string, int>>& permissions) {
  const std::string policies =
      "[" +
      list({policy("p", {rule("r", "Allow", leaf('a'))}),
            policy("q", {rule("r", "Deny", leaf('b'))}),
            policy("s", {rule("r", "Allow", leaf('c'))}), policy("t", {}, "Allow")}) +
      "]";
  std::vector<std::string> rows;
  for (const auto& [name, priority] : permissions) {
    rows.push_back(R"({"resource": "o", "actions": ["get"], "policy": ")" + name +
                   R"(", "priority": )" + std::to_string(priority) + "}");
  }
  const CompiledTexts compiled({{provider_text(kMappings)},
                                {policies},
                                {R"([{"name": "o", "actions": ["get"]}])"},
                                {"[" + list(rows) + "]"}});
  EXPECT_TRUE(compiled.result().bytes.has_value()) << compiled.rendered();
  return compiled.code_of(4);
}

TEST(Codegen, ASinglePolicyNeedsNoFunctionOfItsOwn) {
  EXPECT_EQ(code_of_route({{"p", 0}}), Lines());
}

// A group: Deny of any, else Allow of any, the first one kept.
TEST(Codegen, AGroupAsksAllOfItsPolicies) {
  EXPECT_EQ(code_of_route({{"p", 5}, {"q", 5}, {"s", 5}}),
            (Lines{"call r0, p", "deny_if r0", "call r1, q", "deny_if r1", "keep r0, r1",
                   "call r1, s", "deny_if r1", "keep r0, r1", "allow_if r0", "otherwise Deny, p"}));
}

TEST(Codegen, GroupsStandByRisingPriority) {
  EXPECT_EQ(code_of_route({{"p", 7}, {"q", -1}}),
            (Lines{"call r0, q", "deny_if r0", "allow_if r0", "call r0, p", "deny_if r0",
                   "allow_if r0", "otherwise Deny, q"}));
}

// The first policy that denies by default is the one that is reported; Allow only where all allow.
TEST(Codegen, TheDefaultOfARouteIsDenyUnlessAllAllow) {
  EXPECT_EQ(code_of_route({{"t", 0}, {"s", 1}}).back(), "otherwise Deny, s");
  EXPECT_EQ(code_of_route({{"t", 0}, {"s", 0}}).back(), "otherwise Deny, s");
  EXPECT_EQ(code_of_route({{"s", 0}, {"t", 0}}).back(), "otherwise Deny, s");
}

TEST(Codegen, EqualRoutesShareOneFunction) {
  const std::string policies = "[" + list({policy("p", {}), policy("q", {})}) + "]";
  const CompiledTexts compiled(
      {{provider_text("")},
       {policies},
       {R"([{"name": "o", "actions": ["get", "put"]}, {"name": "i", "actions": ["get"]}])"},
       {R"([{"resource": "o", "actions": ["get", "put"], "policy": "p"}, {"resource": "o", "actions": ["get", "put"], "policy": "q"},
            {"resource": "i", "actions": ["get"], "policy": "p"}, {"resource": "i", "actions": ["get"], "policy": "q"}])"}});
  ASSERT_TRUE(compiled.result().bytes.has_value()) << compiled.rendered();
  EXPECT_EQ(compiled.code_of(2).size(), 7U);
  EXPECT_EQ(compiled.code_of(3), Lines());
}

}  // namespace
}  // namespace verdict::testing
