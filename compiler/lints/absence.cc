// What the absence of a claim does (design 3).
#include <optional>
#include <set>

#include "compiler/lints/lints.h"

namespace verdict::compiler {
namespace {

// Which truth values a condition can have while one attribute is null and all others are anything
// but missing.
struct Possible {
  bool can_be_true = false;
  bool can_be_false = false;
  bool can_be_unknown = false;
};

class AbsenceAnalysis {
 public:
  AbsenceAnalysis(const ir::Module& module, AttributeId absent)
      : module_(module), absent_(absent) {}

  Possible of(ir::ConditionId id) const {
    const ir::Condition& condition = module_.conditions[id];
    switch (condition.kind) {
      case ir::ConditionKind::Test:
        return of_test(condition);
      case ir::ConditionKind::Not:
        return negated(of(condition.children.front()));
      case ir::ConditionKind::All:
        return of_all(condition, false);
      case ir::ConditionKind::Any:
        return negated(of_all(condition, true));
    }
    return {};
  }

 private:
  static Possible negated(const Possible& p) {
    return {p.can_be_false, p.can_be_true, p.can_be_unknown};
  }

  Possible of_test(const ir::Condition& test) const {
    const auto* variable = std::get_if<AttributeId>(&test.operand);
    const bool reads = test.attribute == absent_ || (variable != nullptr && *variable == absent_);
    if (!reads) return {true, true, false};
    if (test.function != Function::IsNull) return of_null(test.on_null);
    return test.is_negated ? Possible{false, true, false} : Possible{true, false, false};
  }

  static Possible of_null(OnNull on_null) {
    return {on_null == OnNull::Match, on_null == OnNull::NoMatch, on_null == OnNull::Unknown};
  }

  // The conjunction of the children, or of their negations (de Morgan serves `any`).
  Possible of_all(const ir::Condition& group, bool negate_children) const {
    Possible all{true, false, false};
    for (const ir::ConditionId child : group.children) {
      const Possible p = negate_children ? negated(of(child)) : of(child);
      const bool both_hold = all.can_be_true && p.can_be_true;
      const bool one_fails = all.can_be_false || p.can_be_false;
      const bool is_open = (all.can_be_unknown && (p.can_be_true || p.can_be_unknown)) ||
                           (p.can_be_unknown && (all.can_be_true || all.can_be_unknown));
      all = {both_hold, one_fails, is_open};
    }
    return all;
  }

  const ir::Module& module_;
  AttributeId absent_;
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
  std::set<AttributeId> seen;
  for_each_test(module, rule.root, true, [&](const ir::Condition& test, bool) {
    if (test.function == Function::IsNull) return;
    const auto warn_about = [&](AttributeId id) {
      const ir::Attribute& attribute = module.attributes[id];
      if (!attribute.is_nullable || !seen.insert(id).second) return;
      if (!AbsenceAnalysis(module, id).of(rule.root).can_be_unknown) return;
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
