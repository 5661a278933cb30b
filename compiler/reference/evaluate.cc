// design.md, section 3, line by line.
#include "compiler/reference/evaluate.h"

#include <algorithm>

#include "compiler/reference/functions.h"

namespace verdict::compiler::reference {
namespace {

using Missing = std::vector<std::string>;

enum class PolicyOutcome : std::uint8_t { None, AllowByRule, DenyByRule };

// Answers one question over one module and one filling.
class Evaluator {
 public:
  Evaluator(const ir::Module& module, const Values& values) : module_(module), values_(values) {}

  [[nodiscard]] Decision decide_groups(const std::vector<std::vector<PolicyId>>& groups) const {
    for (const std::vector<PolicyId>& group : groups) {
      const PolicyOutcome outcome = outcome_of_group(group);
      if (outcome != PolicyOutcome::None) return decide_by_rule(group, outcome);
    }
    return decide_by_default(groups);
  }

 private:
  // Slots.

  [[nodiscard]] const Value& value_of(AttributeId attribute) const {
    static const Value null = Null{};
    const auto found = values_.find(module_.attributes[attribute].name);
    return found == values_.end() ? null : found->second;
  }

  [[nodiscard]] std::optional<std::int64_t> now() const {
    const auto found = values_.find("req_time");
    if (found == values_.end() || !std::holds_alternative<ir::Literal>(found->second))
      return std::nullopt;
    return std::get<ir::Literal>(found->second).get<Timestamp>().microseconds;
  }

  [[nodiscard]] bool is_known(AttributeId attribute) const {
    return std::holds_alternative<ir::Literal>(value_of(attribute));
  }

  // Conditions.

  static Truth kleene_not(Truth truth) {
    switch (truth) {
      case Truth::False:
        return Truth::True;
      case Truth::True:
        return Truth::False;
      case Truth::Unknown:
        return Truth::Unknown;
    }
    return Truth::Unknown;
  }

  [[nodiscard]] Truth truth_of(ir::ConditionId id) const {
    const ir::Condition& condition = module_.conditions[id];
    switch (condition.kind) {
      case ir::ConditionKind::Test:
        return truth_of_test(condition);
      case ir::ConditionKind::All:
        return kleene_all(truths_of(condition.children));
      case ir::ConditionKind::Any:
        return kleene_any(truths_of(condition.children));
      case ir::ConditionKind::Not:
        return kleene_not(truth_of(condition.children.at(0)));
    }
    return Truth::Unknown;
  }

  // One false makes it false; else one unknown makes it unknown.
  static Truth kleene_all(const std::vector<Truth>& truths) {
    Truth result = Truth::True;
    for (const Truth truth : truths) {
      if (truth == Truth::False) return Truth::False;
      if (truth == Truth::Unknown) result = Truth::Unknown;
    }
    return result;
  }

  // One true makes it true; else one unknown makes it unknown.
  static Truth kleene_any(const std::vector<Truth>& truths) {
    Truth result = Truth::False;
    for (const Truth truth : truths) {
      if (truth == Truth::True) return Truth::True;
      if (truth == Truth::Unknown) result = Truth::Unknown;
    }
    return result;
  }

  [[nodiscard]] std::vector<Truth> truths_of(const std::vector<ir::ConditionId>& children) const {
    std::vector<Truth> truths;
    for (const ir::ConditionId child : children) truths.push_back(truth_of(child));
    return truths;
  }

  // As it is written: twin, quantifier and `on_null` included.
  [[nodiscard]] Truth truth_of_test(const ir::Condition& condition) const {
    const Value& value = value_of(condition.attribute);
    if (std::holds_alternative<Invalid>(value)) return Truth::Unknown;
    if (condition.function == Function::IsNull) {
      const bool is_null = std::holds_alternative<Null>(value);
      return is_null != condition.is_negated ? Truth::True : Truth::False;
    }
    if (std::holds_alternative<Null>(value)) return truth_of_null(condition.on_null);

    const ir::Literal* operand = std::get_if<ir::Literal>(&condition.operand);
    if (const AttributeId* other = std::get_if<AttributeId>(&condition.operand)) {
      if (!is_known(*other)) return Truth::Unknown;
      operand = &std::get<ir::Literal>(value_of(*other));
    }
    return truth_of_quantified(condition, std::get<ir::Literal>(value), operand);
  }

  static Truth truth_of_null(OnNull on_null) {
    switch (on_null) {
      case OnNull::Unknown:
        return Truth::Unknown;
      case OnNull::Match:
        return Truth::True;
      case OnNull::NoMatch:
        return Truth::False;
    }
    return Truth::Unknown;
  }

  [[nodiscard]] Truth truth_of_quantified(const ir::Condition& condition, const ir::Literal& value,
                                          const ir::Literal* operand) const {
    if (condition.quantifier == Quantifier::Absent) return truth_of_one(condition, value, operand);
    std::vector<Truth> truths;
    for (const Scalar& element : value.scalars) {
      truths.push_back(
          truth_of_one(condition, ir::Literal(value.kind, Shape::One, {element}), operand));
    }
    if (condition.quantifier == Quantifier::None) return kleene_not(kleene_any(truths));
    if (condition.quantifier == Quantifier::Any) return kleene_any(truths);
    return truths.empty() ? Truth::False : kleene_all(truths);
  }

  // The function or its twin, of one value.
  [[nodiscard]] Truth truth_of_one(const ir::Condition& condition, const ir::Literal& value,
                                   const ir::Literal* operand) const {
    const Truth truth =
        reference::truth_of({condition.function, value, operand,
                             module_.attributes[condition.attribute].values, now()});
    return condition.is_negated ? kleene_not(truth) : truth;
  }

  // Rules and policies.

  [[nodiscard]] bool fires(const ir::Rule& rule) const {
    const Truth truth = truth_of(rule.root);
    return rule.effect == Effect::Allow ? truth == Truth::True : truth != Truth::False;
  }

  [[nodiscard]] const ir::Rule* first_fired(const ir::Policy& policy, Effect effect) const {
    for (const ir::Rule& rule : policy.rules) {
      if (rule.effect == effect && fires(rule)) return &rule;
    }
    return nullptr;
  }

  [[nodiscard]] PolicyOutcome outcome_of_policy(PolicyId id) const {
    const ir::Policy& policy = module_.policies[id];
    if (first_fired(policy, Effect::Deny) != nullptr) return PolicyOutcome::DenyByRule;
    if (first_fired(policy, Effect::Allow) != nullptr) return PolicyOutcome::AllowByRule;
    return PolicyOutcome::None;
  }

  [[nodiscard]] PolicyOutcome outcome_of_group(const std::vector<PolicyId>& group) const {
    PolicyOutcome result = PolicyOutcome::None;
    for (const PolicyId policy : group) {
      const PolicyOutcome outcome = outcome_of_policy(policy);
      if (outcome == PolicyOutcome::DenyByRule) return outcome;
      if (outcome == PolicyOutcome::AllowByRule) result = outcome;
    }
    return result;
  }

  // Decisions.

  [[nodiscard]] Decision decide_by_rule(const std::vector<PolicyId>& group,
                                        PolicyOutcome outcome) const {
    const Effect effect = outcome == PolicyOutcome::AllowByRule ? Effect::Allow : Effect::Deny;
    const PolicyId reported = *std::find_if(group.begin(), group.end(), [&](PolicyId policy) {
      return outcome_of_policy(policy) == outcome;
    });
    const ir::Policy& policy = module_.policies[reported];
    const ir::Rule& rule = *first_fired(policy, effect);

    Decision decision{effect, "rule", policy.name, rule.id, {}};
    if (truth_of(rule.root) == Truth::Unknown) {
      decision.reason = "undecidable";
      collect_missing(rule.root, decision.missing);
    }
    return decision;
  }

  // No rule of any policy fired, Deny rules that are unknown included.
  [[nodiscard]] Decision decide_by_default(const std::vector<std::vector<PolicyId>>& groups) const {
    Decision decision{Effect::Allow, "default", std::nullopt, std::nullopt, {}};
    Missing missing;
    for (const std::vector<PolicyId>& group : groups) {
      for (const PolicyId id : group) {
        const ir::Policy& policy = module_.policies[id];
        const bool is_first_deny =
            decision.effect == Effect::Allow && policy.default_effect == Effect::Deny;
        if (!decision.policy || is_first_deny) {
          decision.effect = policy.default_effect;
          decision.policy = policy.name;
        }
        collect_missing_of_allow_rules(policy, missing);
      }
    }
    if (decision.effect == Effect::Deny) decision.missing = missing;
    return decision;
  }

  // Missing attributes.

  void collect_missing_of_allow_rules(const ir::Policy& policy, Missing& missing) const {
    for (const ir::Rule& rule : policy.rules) {
      if (rule.effect == Effect::Allow) collect_missing(rule.root, missing);
    }
  }

  // Nothing below a condition that is true or false is missing.
  void collect_missing(ir::ConditionId id, Missing& missing) const {
    if (truth_of(id) != Truth::Unknown) return;
    const ir::Condition& condition = module_.conditions[id];
    for (const ir::ConditionId child : condition.children) collect_missing(child, missing);
    if (condition.kind != ir::ConditionKind::Test) return;
    add_if_missing(condition.attribute, missing);
    if (const AttributeId* other = std::get_if<AttributeId>(&condition.operand))
      add_if_missing(*other, missing);
  }

  void add_if_missing(AttributeId attribute, Missing& missing) const {
    const std::string& name = module_.attributes[attribute].name;
    const bool is_listed = std::find(missing.begin(), missing.end(), name) != missing.end();
    if (!is_known(attribute) && !is_listed) missing.push_back(name);
  }

  const ir::Module& module_;
  const Values& values_;
};

template <class T>
const T* find_by_name(const std::vector<T>& items, const std::string& name) {
  const auto found =
      std::find_if(items.begin(), items.end(), [&](const T& item) { return item.name == name; });
  return found == items.end() ? nullptr : &*found;
}

Decision deny(std::string reason) {
  return {Effect::Deny, std::move(reason), std::nullopt, std::nullopt, {}};
}

}  // namespace

Decision decide(const ir::Module& module, const std::string& resource, const std::string& action,
                const Values& values) {
  const ir::Resource* found_resource = find_by_name(module.resources, resource);
  if (found_resource == nullptr) return deny("resource_not_found");
  const ir::Action* found_action = find_by_name(found_resource->actions, action);
  if (found_action == nullptr) return deny("action_not_found");
  if (found_action->groups.empty()) return deny("no_policy");

  Values request = values;
  request["req_resource"] = ir::literal(resource);
  request["req_action"] = ir::literal(action);
  return Evaluator(module, request).decide_groups(found_action->groups);
}

std::optional<Decision> decide_policy(const ir::Module& module, const std::string& policy,
                                      const Values& values) {
  for (PolicyId id(0); id.index() < module.policies.size(); id = PolicyId(id.value() + 1)) {
    if (module.policies[id].name != policy) continue;
    return Evaluator(module, values).decide_groups({std::vector<PolicyId>{id}});
  }
  return std::nullopt;
}

}  // namespace verdict::compiler::reference
