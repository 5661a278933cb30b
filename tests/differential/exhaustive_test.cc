// Every small policy over two attributes, on every filling: the two evaluators agree, and unknown
// never grants.
#include <array>

#include <gtest/gtest.h>

#include "tests/differential/trial.h"
#include "tests/support/budget.h"

namespace verdict::differential {
namespace {

using compiler::reference::Invalid;
using compiler::reference::Null;

constexpr std::size_t kPoliciesPerProgram = 200;

Choice text(const std::string& value) { return {"\"" + value + "\"", ir::literal(value), {}}; }
Choice number(const std::string& json, std::int64_t value) {
  return {json, ir::literal(Number::from_integer(value)), {}};
}

// Two constants of each kind, low one first: the numbers are neighbours that a double cannot tell
// apart.
std::vector<Choice> constants_of(Kind kind) {
  const Held held = held_as(element_of(kind));
  if (held == Held::Text) return {text("a"), text("b")};
  if (held == Held::Boolean)
    return {{"true", ir::literal(true), {}}, {"false", ir::literal(false), {}}};
  if (held != Held::Number) return {};
  return {number("9007199254740992", 9007199254740992),
          number("9007199254740993", 9007199254740993)};
}

std::vector<Value> lists(Kind element, const Scalar& a, const Scalar& b, const Scalar& other) {
  return {ir::list_literal(element, {}), ir::list_literal(element, {a}),
          ir::list_literal(element, {other, b})};
}

// Null, invalid, both constants, and a value that no policy mentions.
std::vector<Value> fillings_of(Kind kind) {
  std::vector<Value> values = {Null{}, Invalid{}};
  const auto add = [&values](const std::vector<Value>& more) {
    values.insert(values.end(), more.begin(), more.end());
  };
  const Number low = Number::from_integer(9007199254740992);
  const Number high = Number::from_integer(9007199254740993);
  const Number other = Number::from_double(0.5).value();
  if (kind == Kind::StringList) add(lists(Kind::String, "a", "b", "foreign"));
  if (kind == Kind::NumberList) add(lists(Kind::Number, low, high, other));
  if (kind == Kind::Number) add({ir::literal(low), ir::literal(high), ir::literal(other)});
  if (kind == Kind::Boolean) add({ir::literal(true), ir::literal(false)});
  if (kind == Kind::String) add({ir::literal(std::string("foreign"))});
  if (kind == Kind::String || kind == Kind::Enum)
    add({ir::literal(std::string("a")), ir::literal(std::string("b"))});
  return values;
}

Attribute attribute_of(const std::string& name, Kind kind) {
  Attribute attribute{name, AttributeSource::Claim, kind, true, {}, constants_of(kind)};
  if (kind == Kind::Enum) attribute.values = {"a", "b"};
  return attribute;
}

class Exhaustive {
 public:
  Exhaustive(Kind first, Kind second)
      : attributes_({attribute_of("x", first), attribute_of("y", second)}) {
    for (const std::size_t attribute : {0U, 1U}) add_leaves(attribute);
    for (const Value& x : fillings_of(first)) {
      for (const Value& y : fillings_of(second)) fillings_.push_back({{"ext_x", x}, {"ext_y", y}});
    }
  }

  void run() {
    add_leaves_alone();
    add_pairs();
    add_triples();
    for (std::size_t begin = 0; begin < conditions_.size(); begin += kPoliciesPerProgram) {
      const std::size_t end = std::min(begin + kPoliciesPerProgram, conditions_.size());
      compare_all({conditions_.begin() + static_cast<std::ptrdiff_t>(begin),
                   conditions_.begin() + static_cast<std::ptrdiff_t>(end)});
      if (::testing::Test::HasFatalFailure()) return;
    }
    EXPECT_GT(num_allowed_, conditions_.size());
  }

 private:
  // Conditions.

  // Every function in every way in which it can be asked of the attribute, and its twin, with every
  // sort of operand and each answer for null.
  void add_leaves(std::size_t attribute) {
    const Kind kind = attributes_[attribute].kind;
    for (const Way& way : ways_to_ask(kind)) {
      for (const bool is_negated : {false, true}) {
        Condition leaf;
        leaf.row = way.row;
        leaf.quantifier = way.quantifier;
        leaf.is_negated = is_negated;
        leaf.attribute = attribute;
        add_leaf_with_constants(leaf, kind);
        leaf.variable = 1 - attribute;
        if (variable_operand(*way.row).contains(attributes_[1 - attribute].kind))
          leaves_.push_back(leaf);
      }
    }
  }
  void add_leaf_with_constants(Condition leaf, Kind kind) {
    leaf.constants = operands(*leaf.row, kind);
    for (const OnNull on_null : {OnNull::Unknown, OnNull::Match, OnNull::NoMatch}) {
      if (leaf.row->function == Function::IsNull && on_null != OnNull::Unknown) continue;
      leaf.on_null = on_null;
      leaves_.push_back(leaf);
    }
  }
  static std::vector<Choice> operands(const FunctionRow& row, Kind kind) {
    std::vector<Choice> constants = constants_among(row.operand_kind, constants_of(kind));
    for (const Choice& choice : element_choices(row.operand_kind)) {
      if (constants.size() < 2) constants.push_back(choice);
    }
    if (row.operand == OperandShape::None) constants.clear();
    if (row.operand == OperandShape::One) constants.resize(1);
    return constants;
  }

  static Condition group(ir::ConditionKind kind, std::vector<Condition> children) {
    Condition condition;
    condition.kind = kind;
    condition.children = std::move(children);
    return condition;
  }
  static Condition negate(const Condition& child) { return group(ir::ConditionKind::Not, {child}); }

  void add(Condition condition) {
    if (testing::kIsSanitized && num_made_++ % 16 != 0) return;
    conditions_.push_back(std::move(condition));
  }
  void add_with_negation(const Condition& condition) {
    add(condition);
    add(negate(condition));
  }

  void add_leaves_alone() {
    for (const Condition& leaf : leaves_) {
      add_with_negation(leaf);
      add(negate(negate(leaf)));
    }
  }
  // Of leaves of every sort: what a group makes of two truths does not depend on the function.
  void add_pairs() {
    constexpr std::size_t kLeaves = 20;
    const std::size_t step = leaves_.size() / kLeaves + 1;
    for (std::size_t i = 0; i < leaves_.size(); i += step) {
      for (std::size_t j = i; j < leaves_.size(); j += step) {
        add_with_negation(group(ir::ConditionKind::All, {leaves_[i], leaves_[j]}));
        add_with_negation(group(ir::ConditionKind::Any, {leaves_[i], leaves_[j]}));
      }
    }
  }
  // Of a few leaves that differ much.
  void add_triples() {
    const std::size_t step = leaves_.size() / 6;
    for (std::size_t i = 0; i < leaves_.size(); i += step) {
      for (std::size_t j = 1; j < leaves_.size(); j += step) {
        for (std::size_t k = 2; k < leaves_.size(); k += step)
          add_triple(leaves_[i], leaves_[j], leaves_[k]);
      }
    }
  }
  void add_triple(const Condition& a, const Condition& b, const Condition& c) {
    add_with_negation(group(ir::ConditionKind::Any, {group(ir::ConditionKind::All, {a, b}), c}));
    add_with_negation(group(ir::ConditionKind::All, {a, group(ir::ConditionKind::Any, {b, c})}));
    add_with_negation(
        group(ir::ConditionKind::All, {negate(group(ir::ConditionKind::Any, {a, negate(b)})), c}));
  }

  // Comparison. Each condition stands in an Allow rule and, with the default turned round, in a
  // Deny rule.

  void compare_all(const std::vector<Condition>& conditions) {
    Workspace workspace;
    workspace.attributes = attributes_;
    workspace.providers = {
        {"p",
         false,
         {{0, PathForm::Name, std::nullopt, false}, {1, PathForm::Name, std::nullopt, false}}}};
    for (std::size_t i = 0; i < conditions.size(); ++i) {
      workspace.policies.push_back(
          {"allow" + std::to_string(i), {{"rule", Effect::Allow, {conditions[i]}}}, std::nullopt});
      workspace.policies.push_back(
          {"deny" + std::to_string(i), {{"rule", Effect::Deny, {conditions[i]}}}, Effect::Allow});
    }
    const Compiled compiled = compile(to_json(workspace));
    ASSERT_EQ(compiled.problem, "");
    for (const Policy& policy : workspace.policies) {
      compare(compiled, policy);
      if (::testing::Test::HasFatalFailure()) return;
    }
  }

  void compare(const Compiled& compiled, const Policy& policy) {
    std::vector<bool> is_allowed;
    for (const Values& values : fillings_) {
      const Slots slots = fill(*compiled.program, values);
      const Decision expected = decide_policy(compiled.module, policy.name, values).value();
      const Decision found =
          decide_policy_with_vm(*compiled.program, policy.name, slots.view()).value();
      ASSERT_EQ(expected, found) << describe(policy, values) << "\n"
                                 << to_text(expected) << ", found " << to_text(found);
      is_allowed.push_back(found.effect == Effect::Allow);
    }
    check_refinements(policy, is_allowed);
  }

  void check_refinements(const Policy& policy, const std::vector<bool>& is_allowed) {
    for (std::size_t i = 0; i < fillings_.size(); ++i) {
      num_allowed_ += is_allowed[i] ? 1U : 0U;
      for (std::size_t j = 0; is_allowed[i] && j < fillings_.size(); ++j) {
        ASSERT_TRUE(is_allowed[j] || !refines(policy, fillings_[i], fillings_[j]))
            << describe(policy, fillings_[j]);
      }
    }
  }

  // Whether `after` says more than `before`, in the sense of design 3.
  bool refines(const Policy& policy, const Values& before, const Values& after) const {
    for (std::size_t i = 0; i < attributes_.size(); ++i) {
      const Value& old = before.at(attributes_[i].full_name());
      const Value& now = after.at(attributes_[i].full_name());
      const bool is_known = std::holds_alternative<ir::Literal>(old);
      const bool stays_null =
          std::holds_alternative<Null>(old) &&
          (asks_for_null(policy, i) || !std::holds_alternative<ir::Literal>(now));
      if (old != now && (is_known || stays_null)) return false;
    }
    return true;
  }
  static bool asks_for_null(const Policy& policy, std::size_t attribute) {
    bool result = false;
    for_each_test(policy.rules[0].conditions, [&](const Condition& test) {
      result = result || (test.attribute == attribute && test.answers_for_null());
    });
    return result;
  }

  std::string describe(const Policy& policy, const Values& values) const {
    Workspace workspace;
    workspace.attributes = attributes_;
    workspace.policies = {policy};
    std::string result = to_json(workspace).policies[0].text;
    for (const auto& [name, value] : values)
      result += name + " is alternative " + std::to_string(value.index()) + "\n";
    return result;
  }

  std::vector<Attribute> attributes_;
  std::vector<Condition> leaves_;
  std::vector<Condition> conditions_;
  std::vector<Values> fillings_;
  std::size_t num_made_ = 0;
  std::size_t num_allowed_ = 0;
};

TEST(Exhaustive, Strings) { Exhaustive(Kind::String, Kind::String).run(); }
TEST(Exhaustive, EnumAndString) { Exhaustive(Kind::Enum, Kind::String).run(); }
TEST(Exhaustive, Numbers) { Exhaustive(Kind::Number, Kind::Number).run(); }
TEST(Exhaustive, Booleans) { Exhaustive(Kind::Boolean, Kind::Boolean).run(); }
TEST(Exhaustive, ListAndString) { Exhaustive(Kind::StringList, Kind::String).run(); }
TEST(Exhaustive, ListAndNumber) { Exhaustive(Kind::NumberList, Kind::Number).run(); }

}  // namespace
}  // namespace verdict::differential
