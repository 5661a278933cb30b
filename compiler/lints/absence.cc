// What the absence of a claim does (design 3).
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "compiler/lints/lints.h"

namespace verdict::compiler {
namespace {

// Which truth values a condition can have while one attribute is null and all others are anything
// but missing.
struct Possible {
  bool can_be_true = false;
  bool can_be_false = false;
  bool can_be_unknown = false;

  friend bool operator==(const Possible&, const Possible&) = default;
};

constexpr Possible kTrueOrFalse = {true, true, false};

constexpr Possible negated(const Possible& p) {
  return {p.can_be_false, p.can_be_true, p.can_be_unknown};
}

// How many children of a group can have which truth values.
class Children {
 public:
  void add(const Possible& p) { ++counts_.at(index_of(p)); }
  void remove(const Possible& p) { --counts_.at(index_of(p)); }

  // The conjunction of the children, or of their negations. It can be unknown where one child can,
  // and none must be false.
  [[nodiscard]] Possible conjunction(Possible (*change)(const Possible&)) const {
    Possible all{true, false, false};
    bool none_must_be_false = true;
    for (std::size_t i = 0; i < counts_.size(); ++i) {
      if (counts_.at(i) == 0) continue;
      const Possible p = change(possible_at(i));
      all.can_be_true = all.can_be_true && p.can_be_true;
      all.can_be_false = all.can_be_false || p.can_be_false;
      all.can_be_unknown = all.can_be_unknown || p.can_be_unknown;
      none_must_be_false = none_must_be_false && (p.can_be_true || p.can_be_unknown);
    }
    all.can_be_unknown = all.can_be_unknown && none_must_be_false;
    return all;
  }

 private:
  static std::size_t index_of(const Possible& p) {
    return (p.can_be_true ? 1U : 0U) + (p.can_be_false ? 2U : 0U) + (p.can_be_unknown ? 4U : 0U);
  }
  static Possible possible_at(std::size_t index) {
    return {(index & 1U) != 0, (index & 2U) != 0, (index & 4U) != 0};
  }

  std::array<std::uint32_t, 8> counts_{};
};

// Of one rule, asked about one attribute after the other: an answer looks at what stands above the
// tests of that attribute, and at nothing else.
class AbsenceAnalysis {
 public:
  AbsenceAnalysis(const ir::Module& module, ir::ConditionId root) : module_(module) {
    add(root, 0);
  }

  // Of the whole rule.
  Possible while_absent(AttributeId absent) {
    const std::vector<std::size_t>& tests = tests_[absent];
    for (const std::size_t test : tests) set(test, of_test(*nodes_[test].condition));
    const Possible all = nodes_.front().possible;
    for (const std::size_t test : tests) set(test, kTrueOrFalse);
    return all;
  }

 private:
  struct Node {
    const ir::Condition* condition;
    std::size_t parent;
    Children children;
    Possible possible;
  };

  std::size_t add(ir::ConditionId id, std::size_t parent) {
    const ir::Condition& condition = module_.conditions[id];
    const std::size_t index = nodes_.size();
    nodes_.push_back({&condition, parent, {}, kTrueOrFalse});
    if (condition.kind == ir::ConditionKind::Test) {
      tests_[condition.attribute].push_back(index);
      const auto* variable = std::get_if<AttributeId>(&condition.operand);
      if (variable != nullptr && *variable != condition.attribute)
        tests_[*variable].push_back(index);
      return index;
    }
    for (const ir::ConditionId child : condition.children) {
      const Possible possible = nodes_[add(child, index)].possible;
      nodes_[index].children.add(possible);
    }
    nodes_[index].possible = of_group(nodes_[index]);
    return index;
  }

  static Possible of_test(const ir::Condition& test) {
    if (test.function != Function::IsNull) return of_null(test.on_null);
    return test.is_negated ? Possible{false, true, false} : Possible{true, false, false};
  }

  static Possible of_null(OnNull on_null) {
    return {on_null == OnNull::Match, on_null == OnNull::NoMatch, on_null == OnNull::Unknown};
  }

  // De Morgan serves `any`.
  static Possible of_group(const Node& group) {
    if (group.condition->kind == ir::ConditionKind::All)
      return group.children.conjunction([](const Possible& p) { return p; });
    const Possible none = group.children.conjunction(negated);
    return group.condition->kind == ir::ConditionKind::Not ? none : negated(none);
  }

  // Makes it so, and of what stands above it what follows.
  void set(std::size_t node, Possible possible) {
    while (nodes_[node].possible != possible) {
      const Possible before = std::exchange(nodes_[node].possible, possible);
      if (node == 0) return;
      node = nodes_[node].parent;
      nodes_[node].children.remove(before);
      nodes_[node].children.add(possible);
      possible = of_group(nodes_[node]);
    }
  }

  const ir::Module& module_;
  std::vector<Node> nodes_;  // the root first
  std::map<AttributeId, std::vector<std::size_t>> tests_;
};

// The tests below a condition, each with whether an even number of `not` stands above it.
template <class Visit>
void for_each_test(const ir::Module& module, ir::ConditionId id, bool is_positive,
                   const Visit& visit) {
  const ir::Condition& condition = module.conditions[id];
  if (condition.kind == ir::ConditionKind::Test) return visit(condition, is_positive);
  const bool below = condition.kind == ir::ConditionKind::Not ? !is_positive : is_positive;
  for (const ir::ConditionId child : condition.children) for_each_test(module, child, below, visit);
}

void warn_about_deny_rule(const ir::Module& module, const ir::Rule& rule, Emitter& emitter) {
  AbsenceAnalysis analysis(module, rule.root);
  std::set<AttributeId> seen;
  for_each_test(module, rule.root, true, [&](const ir::Condition& test, bool) {
    if (test.function == Function::IsNull) return;
    const auto warn_about = [&](AttributeId id) {
      const ir::Attribute& attribute = module.attributes[id];
      if (!attribute.is_nullable || !seen.insert(id).second) return;
      if (!analysis.while_absent(id).can_be_unknown) return;
      emitter.emit(Code::AbsenceDenies, test.span, {attribute.name, rule.id});
    };
    warn_about(test.attribute);
    if (const auto* variable = std::get_if<AttributeId>(&test.operand)) warn_about(*variable);
  });
}

// What a test is where its claim is absent, if that is true or false.
std::optional<bool> answer_for_null(const ir::Condition& test) {
  if (test.function == Function::IsNull) return !test.is_negated;
  if (test.on_null == OnNull::Unknown) return std::nullopt;
  return test.on_null == OnNull::Match;
}

// A test that holds where the claim is absent helps what stands above it.
void warn_about_null_tests(const ir::Module& module, const ir::Rule& rule, Emitter& emitter) {
  for_each_test(module, rule.root, true, [&](const ir::Condition& test, bool is_positive) {
    const ir::Attribute& attribute = module.attributes[test.attribute];
    const std::optional<bool> answer = answer_for_null(test);
    if (!answer || !attribute.is_nullable) return;
    const bool absence_helps_rule = is_positive == *answer;
    if (absence_helps_rule != (rule.effect == Effect::Allow)) return;
    emitter.emit(Code::AbsenceGrants, test.span, {rule.id, attribute.name});
  });
}

}  // namespace

void warn_about_absence(const ir::Module& module, Emitter& emitter) {
  for (const ir::Policy& policy : module.policies) {
    for (const ir::Rule& rule : policy.rules) {
      if (rule.effect == Effect::Deny) warn_about_deny_rule(module, rule, emitter);
      warn_about_null_tests(module, rule, emitter);
    }
  }
}

}  // namespace verdict::compiler
