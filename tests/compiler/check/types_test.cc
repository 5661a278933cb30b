// Which type an attribute has, from sets of evidence (design 2.3).
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/compiling.h"

namespace verdict::testing {
namespace {

using Lines = std::vector<std::string>;

// Attributes a and b, their mappings' further keys, and what a rule reads.
struct TypeCase {
  std::string_view name;
  std::string_view mapping_of_a;
  std::string_view mapping_of_b;
  std::string_view conditions;
  std::string_view type_of_a;
  std::string_view type_of_b;
};

constexpr std::string_view kStringA =
    R"({"function": "string_equal", "attribute": "ext_a", "value": "x"})";
constexpr std::string_view kNullA = R"({"function": "is_null", "attribute": "ext_a"})";

const TypeCase kTypes[] = {
    {"declared", R"("jwtPath": "x", "type": "timestamp")", R"("jwtPath": "y", "type": "ip")", "",
     "timestamp?", "ip?"},
    {"nothing reads it", R"("jwtPath": "x")", R"("jwtPath": "y", "required": true)", "",
     "presence?", "presence"},
    {"only is_null reads it", R"("jwtPath": "x")", R"("jwtPath": "y")", kNullA, "presence?",
     "presence?"},
    {"use: string", R"("jwtPath": "x")", R"("jwtPath": "y")", kStringA, "string?", "presence?"},
    {"use: boolean and number", R"("jwtPath": "x")", R"("jwtPath": "y")",
     R"({"function": "boolean_equal", "attribute": "ext_a", "value": true},
        {"function": "number_between", "attribute": "ext_b", "values": [1, 2]})",
     "boolean?", "number?"},
    {"use: a list, by its constant", R"("jwtPath": "x")", R"("jwtPath": "y")",
     R"({"function": "list_contains", "attribute": "ext_a", "value": "x"},
        {"function": "list_contains", "attribute": "ext_b", "value": 5})",
     "string_list?", "number_list?"},
    {"values make an enum", R"("jwtPath": "x", "values": ["x", "y"])",
     R"("jwtPath": "y", "values": ["b"])", kStringA, "enum?", "enum?"},
    {"default: string", R"("jwtPath": "x", "defaultValue": "10.0.0.1")",
     R"("jwtPath": "y", "defaultValue": "2026-01-31T12:00:00Z")", "", "string", "string"},
    {"default: number and boolean", R"("jwtPath": "x", "defaultValue": 5)",
     R"("jwtPath": "y", "defaultValue": false)", "", "number", "boolean"},
    {"default: lists", R"("jwtPath": "x", "defaultValue": [])",
     R"("jwtPath": "y", "defaultValue": [1, 2.5])", "", "string_list", "number_list"},
    {"default and declared", R"("jwtPath": "x", "defaultValue": 5, "type": "timestamp")",
     R"("jwtPath": "y", "defaultValue": "::1", "type": "ip")", "", "timestamp", "ip"},
    {"default and values", R"("jwtPath": "x", "defaultValue": "b", "values": ["a", "b"])",
     R"("jwtPath": "y", "defaultValue": [], "type": "number_list")", "", "enum", "number_list"},
    {"default [] and use", R"("jwtPath": "x", "defaultValue": [])", R"("jwtPath": "y")",
     R"({"function": "list_contains", "attribute": "ext_a", "value": 5})", "number_list",
     "presence?"},
    {"registered claims", R"("jwtPath": "aud")", R"("jwtPath": "email_verified")",
     R"({"function": "list_contains", "attribute": "ext_a", "value": "x"},
        {"function": "boolean_equal", "attribute": "ext_b", "value": true})",
     "string_list?", "boolean?"},
    {"registered claims: aud as one string, exp as a number", R"("jwtPath": "aud")",
     R"("jwtPath": "exp")",
     R"({"function": "string_equal", "attribute": "ext_a", "value": "x"},
        {"function": "number_less_than", "attribute": "ext_b", "value": 5})",
     "string?", "number?"},
    {"a registered name in a path is no registered claim", R"("jwtPath": "user.exp")",
     R"("jwtPath": "y")", kStringA, "string?", "presence?"},
    {"type decides over the registered claim", R"("jwtPath": "sub", "type": "number")",
     R"("jwtPath": "y")", "", "number?", "presence?"},
    {"[*] makes a list", R"("jwtPath": "x[*]")", R"("jwtPath": "y[*].z")",
     R"({"function": "list_contains", "attribute": "ext_a", "value": 1},
        {"function": "list_contains", "attribute": "ext_b", "value": "v"})",
     "number_list?", "string_list?"},
    {"join: attribute to operand", R"("jwtPath": "x", "type": "number")", R"("jwtPath": "y")",
     R"({"function": "number_equal", "attribute": "ext_a", "value_attribute": "ext_b"})", "number?",
     "number?"},
    {"join: list to element", R"("jwtPath": "x", "type": "number_list")", R"("jwtPath": "y")",
     R"({"function": "list_contains", "attribute": "ext_a", "value_attribute": "ext_b"})",
     "number_list?", "number?"},
    {"join: element to list", R"("jwtPath": "x")", R"("jwtPath": "y", "type": "string")",
     R"({"function": "list_contains", "attribute": "ext_a", "value_attribute": "ext_b"})",
     "string_list?", "string?"},
    {"join: in a list", R"("jwtPath": "x")", R"("jwtPath": "y")",
     R"({"function": "string_in", "attribute": "ext_a", "value_attribute": "ext_b"})", "string?",
     "string_list?"},
    {"join: a default decides for both", R"("jwtPath": "x", "defaultValue": [])",
     R"("jwtPath": "y")",
     R"({"function": "list_contains", "attribute": "ext_a", "value_attribute": "ext_b"})",
     "string_list", "string?"},
    {"join: a later use decides for both", R"("jwtPath": "x")", R"("jwtPath": "y")",
     R"({"function": "list_contains", "attribute": "ext_a", "value_attribute": "ext_b"},
        {"function": "number_equal", "attribute": "ext_b", "value": 1})",
     "number_list?", "number?"},
    {"join: an enum with a string", R"("jwtPath": "x", "values": ["a"])", R"("jwtPath": "y")",
     R"({"function": "string_equal", "attribute": "ext_a", "value_attribute": "ext_b"})", "enum?",
     "string?"},
};

std::string mappings_of(const TypeCase& test) {
  return "{" + std::string(test.mapping_of_a) + R"(, "attribute": "a"}, {)" +
         std::string(test.mapping_of_b) + R"(, "attribute": "b"})";
}

TEST(Types, AreLearntFromEverythingThatSaysSomething) {
  for (const TypeCase& test : kTypes) {
    const CompiledTexts compiled(
        {{provider_text(mappings_of(test))}, {policy_text(test.conditions)}, {}, {}});
    EXPECT_EQ(compiled.type_of("ext_a"), test.type_of_a) << test.name << "\n"
                                                         << compiled.rendered();
    EXPECT_EQ(compiled.type_of("ext_b"), test.type_of_b) << test.name << "\n"
                                                         << compiled.rendered();
  }
}

// The same pieces of evidence in any order give the same types.
TEST(Types, DoNotDependOnTheOrderOfConditions) {
  const std::string join =
      R"({"function": "list_contains", "attribute": "ext_a", "value_attribute": "ext_b"})";
  const std::string use = R"({"function": "number_equal", "attribute": "ext_b", "value": 1})";
  const std::string mappings =
      R"({"jwtPath": "x", "attribute": "a"}, {"jwtPath": "y", "attribute": "b"})";
  for (const std::string& conditions : {join + ", " + use, use + ", " + join}) {
    const CompiledTexts compiled({{provider_text(mappings)}, {policy_text(conditions)}, {}, {}});
    EXPECT_EQ(compiled.type_of("ext_a"), "number_list?");
    EXPECT_EQ(compiled.type_of("ext_b"), "number?");
  }
}

struct ConflictCase {
  std::string_view name;
  std::string_view mapping_of_a;
  std::string_view mapping_of_b;
  std::string_view conditions;
  Lines diagnostics;
  std::string_view label;  // what the first diagnostic's second place underlines
};

TEST(Types, EvidenceThatExcludesItselfIsAnErrorThatShowsBothPlaces) {
  const ConflictCase cases[] = {
      {"declared against use",
       R"("jwtPath": "x", "type": "number")",
       R"("jwtPath": "y")",
       kStringA,
       {R"(V301 "string_equal")"},
       R"("number")"},
      {"default against use",
       R"("jwtPath": "x", "defaultValue": 5)",
       R"("jwtPath": "y")",
       kStringA,
       {R"(V301 "string_equal")"},
       "5"},
      {"registered claim against use",
       R"("jwtPath": "exp")",
       R"("jwtPath": "y")",
       kStringA,
       {R"(V301 "string_equal")"},
       R"("exp")"},
      {"use against use",
       R"("jwtPath": "x")",
       R"("jwtPath": "y")",
       R"({"function": "string_equal", "attribute": "ext_a", "value": "x"},
          {"function": "number_equal", "attribute": "ext_a", "value": 1})",
       {R"(V301 "number_equal")"},
       R"("string_equal")"},
      {"a list against a scalar function",
       R"("jwtPath": "x[*]")",
       R"("jwtPath": "y")",
       kStringA,
       {R"(V309 "string_equal")"},
       R"("x[*]")"},
      {"declared against default",
       R"("jwtPath": "x", "type": "number", "defaultValue": "5")",
       R"("jwtPath": "y")",
       "",
       {R"(V304 "5")"},
       R"("number")"},
      {"values against declared",
       R"("jwtPath": "x", "type": "string", "values": ["x"])",
       R"("jwtPath": "y")",
       "",
       {R"(V304 ["x"])"},
       R"("string")"},
      {"declared against the other operand",
       R"("jwtPath": "x", "type": "string")",
       R"("jwtPath": "y", "type": "number")",
       R"({"function": "string_equal", "attribute": "ext_a", "value_attribute": "ext_b"})",
       {R"(V302 "ext_b")"},
       R"("number")"},
      {"a scalar where a list belongs",
       R"("jwtPath": "x")",
       R"("jwtPath": "y", "type": "string")",
       R"({"function": "string_in", "attribute": "ext_a", "value_attribute": "ext_b"})",
       {R"(V302 "ext_b")"},
       R"("string")"},
  };
  for (const ConflictCase& test : cases) {
    const TypeCase as_type{test.name, test.mapping_of_a, test.mapping_of_b, {}, {}, {}};
    const CompiledTexts compiled(
        {{provider_text(mappings_of(as_type))}, {policy_text(test.conditions)}, {}, {}});
    EXPECT_EQ(compiled.summary(), test.diagnostics) << test.name << "\n" << compiled.rendered();
    ASSERT_FALSE(compiled.diagnostics().empty() || compiled.diagnostics()[0].labels.empty())
        << test.name;
    EXPECT_EQ(compiled.underlined(compiled.diagnostics()[0].labels[0].span), test.label)
        << test.name;
    EXPECT_FALSE(compiled.result().module.has_value()) << test.name;
  }
}

// Two attributes that are only compared with each other: one question, whatever the order.
TEST(Types, WhatNothingDecidesIsAskedForOnce) {
  const std::string mappings =
      R"({"jwtPath": "x", "attribute": "a"}, {"jwtPath": "y", "attribute": "b"})";
  const CompiledTexts compiled(
      {{provider_text(mappings)},
       {policy_text(
           R"({"function": "list_contains", "attribute": "ext_a", "value_attribute": "ext_b"})")},
       {},
       {}});
  EXPECT_EQ(compiled.summary(), Lines{R"(V303 "a")"}) << compiled.rendered();
  EXPECT_FALSE(compiled.result().module.has_value());
}

// However many attributes hang together, at least one is asked for: never an arbitrary type.
TEST(Types, AChainOfUndecidedAttributesIsRefused) {
  std::string mappings;
  std::string conditions;
  const std::vector<std::pair<char, char>> pairs = {{'a', 'b'}, {'c', 'b'}, {'c', 'd'}, {'e', 'd'}};
  for (const char name : std::string("abcde")) {
    mappings += std::string(mappings.empty() ? "" : ", ") + R"({"jwtPath": "x)" + name +
                R"(", "attribute": ")" + name + R"("})";
  }
  for (const auto& [list, element] : pairs) {
    conditions += std::string(conditions.empty() ? "" : ", ") +
                  R"({"function": "list_contains", "attribute": "ext_)" + list +
                  R"(", "value_attribute": "ext_)" + element + R"("})";
  }
  const CompiledTexts compiled({{provider_text(mappings)}, {policy_text(conditions)}, {}, {}});
  EXPECT_FALSE(compiled.result().module.has_value()) << compiled.rendered();
  ASSERT_FALSE(compiled.summary().empty());
  for (const std::string& line : compiled.summary()) EXPECT_EQ(line.substr(0, 4), "V303");
}

// One cause, one diagnostic: an operand that does not exist leaves the other attribute undecided.
TEST(Types, AnUnknownOperandHidesTheUndecidedType) {
  const CompiledTexts compiled(
      {{provider_text(R"({"jwtPath": "x", "attribute": "a"})")},
       {policy_text(
           R"({"function": "list_contains", "attribute": "ext_a", "value_attribute": "ext_no"})")},
       {},
       {}});
  EXPECT_EQ(compiled.summary(), Lines{R"(V203 "ext_no")"}) << compiled.rendered();
}

TEST(Types, ARequiredAttributeWhoseTypeComesFromUseAloneIsAWarning) {
  const auto compile = [](std::string_view more) {
    return std::string(R"({"jwtPath": "x", "attribute": "a", "required": true)") +
           std::string(more) + "}";
  };
  const CompiledTexts from_use({{provider_text(compile(""))}, {policy_text(kStringA)}, {}, {}});
  EXPECT_EQ(from_use.summary(), Lines{R"(V404 "a")"});
  EXPECT_EQ(from_use.diagnostics()[0].helps, Lines{R"(add `"type": "string"`)"});
  const CompiledTexts declared(
      {{provider_text(compile(R"(, "type": "string")"))}, {policy_text(kStringA)}, {}, {}});
  EXPECT_EQ(declared.summary(), Lines());
  const CompiledTexts unread({{provider_text(compile(""))}, {policy_text("")}, {}, {}});
  EXPECT_EQ(unread.summary(), Lines{"V401 []"});
}

// ---- several providers

struct NullCase {
  std::string_view name;
  std::string_view in_a;  // the mapping's further keys; "-" where the provider has none
  std::string_view in_b;
  std::string_view type;
};

TEST(Types, AnAttributeIsNonNullableOnlyWhereEveryProviderMakesItSo) {
  const NullCase cases[] = {
      {"mapped by one only, required", R"("required": true)", "-", "string?"},
      {"mapped by the second only", "-", R"("required": true)", "string?"},
      {"required in both", R"("required": true)", R"("required": true)", "string"},
      {"required and defaulted", R"("required": true)", R"("defaultValue": "x")", "string"},
      {"required in one", R"("required": true)", R"("required": false)", "string?"},
      {"defaulted in one", "", R"("defaultValue": "x")", "string?"},
  };
  const auto mapping = [](std::string_view more) {
    if (more == "-") return std::string();
    return R"({"jwtPath": "x", "attribute": "a", "type": "string")" +
           std::string(more.empty() ? "" : ", ") + std::string(more) + "}";
  };
  for (const NullCase& test : cases) {
    const CompiledTexts compiled(
        {{provider_text(mapping(test.in_a)), provider_text(mapping(test.in_b), "", "B")},
         {policy_text(kStringA)},
         {},
         {}});
    EXPECT_EQ(compiled.type_of("ext_a"), test.type) << test.name << "\n" << compiled.rendered();
  }
}

TEST(Types, ValuesAreTheSameInEveryProviderOrLeftOut) {
  const auto compile = [](std::string_view in_b) {
    return WorkspaceTexts{
        {provider_text(R"({"jwtPath": "x", "attribute": "a", "values": ["x", "y"]})"),
         provider_text(R"({"jwtPath": "x", "attribute": "a")" + std::string(in_b) + "}", "", "B")},
        {policy_text(kStringA)},
        {},
        {}};
  };
  const CompiledTexts left_out(compile(""));
  EXPECT_EQ(left_out.summary(), Lines());
  EXPECT_EQ(left_out.type_of("ext_a"), "enum?");
  EXPECT_EQ(CompiledTexts(compile(R"(, "values": ["x", "y"])")).summary(), Lines());
  EXPECT_EQ(CompiledTexts(compile(R"(, "values": ["x"])")).summary(), Lines{R"(V310 ["x"])"});
  EXPECT_EQ(CompiledTexts(compile(R"(, "values": ["y", "x"])")).summary(),
            Lines{R"(V310 ["y", "x"])"});
  EXPECT_EQ(CompiledTexts(compile(R"(, "type": "string")")).summary(), Lines{R"(V304 "string")"});
}

TEST(Types, OfTheRequestAreFixed) {
  const CompiledTexts compiled(
      {{provider_text("")},
       {policy_text(R"({"function": "string_equal", "attribute": "req_resource", "value": "r"},
                       {"function": "string_equal", "attribute": "req_provider", "value": "A"},
                       {"function": "is_not_null", "attribute": "req_ip"},
                       {"function": "is_not_null", "attribute": "req_time"})")},
       {},
       {}});
  EXPECT_EQ(compiled.type_of("req_resource"), "string?");
  EXPECT_EQ(compiled.type_of("req_action"), "");  // not read, so not in the program
  EXPECT_EQ(compiled.type_of("req_provider"), "enum?");
  EXPECT_EQ(compiled.type_of("req_ip"), "ip?");
  EXPECT_EQ(compiled.type_of("req_time"), "timestamp");
}

}  // namespace
}  // namespace verdict::testing
