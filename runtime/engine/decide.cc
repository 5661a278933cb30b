#include "runtime/engine/decide.h"

#include <algorithm>

#include "vm/explain/explain.h"
#include "vm/interp/evaluate.h"

namespace verdict {
namespace {

Decision decision_by_rule(const ProgramView& view, const Outcome& outcome, const SlotView& slots) {
  const RuleRecord& rule = view.Rules[outcome.subject];
  Decision decision;
  decision.allowed = outcome.effect == Effect::Allow;
  decision.reason = Reason::Rule;
  // A Deny fires on unknown too; an Allow never does.
  if (!decision.allowed && truth_of_rule(view, slots, RuleId(outcome.subject)) != Truth::True) {
    decision.reason = Reason::Undecidable;
  }
  decision.policy = view.string(view.Policies[rule.policy].name);
  decision.rule_id = view.string(rule.id);
  if (rule.message != kNone) decision.message = view.string(rule.message);
  return decision;
}

// A function of its own, so that the Decision is built in place: copied, it costs a third of the
// whole.
Decision decision_by_default(const ProgramView& view, const Outcome& outcome) {
  Decision decision;
  decision.allowed = outcome.effect == Effect::Allow;
  decision.reason = Reason::Default;
  decision.policy = view.string(view.Policies[outcome.subject].name);
  return decision;
}

// The rule that a decision reports. Ids are unique within a policy.
std::optional<RuleId> find_rule(const ProgramView& view, const std::vector<PolicyId>& policies,
                                const Decision& decision) {
  for (const PolicyId policy : policies) {
    const PolicyRecord& record = view.Policies[policy.index()];
    if (view.string(record.name) != decision.policy) continue;
    for (std::uint32_t i = record.first_rule; i < record.first_rule + record.num_rules; ++i) {
      if (view.string(view.Rules[i].id) == decision.rule_id) return RuleId(i);
    }
  }
  return std::nullopt;
}

}  // namespace

std::string_view spelling_of(Reason reason) {
  switch (reason) {
    case Reason::Rule:
      return "rule";
    case Reason::Undecidable:
      return "undecidable";
    case Reason::Default:
      return "default";
    case Reason::NoPolicy:
      return "no_policy";
    case Reason::ResourceNotFound:
      return "resource_not_found";
    case Reason::ActionNotFound:
      return "action_not_found";
    case Reason::TokenInvalid:
      return "token_invalid";
    case Reason::ContextInvalid:
      return "context_invalid";
  }
  return {};
}

Target Target::resolve(const Program& program, std::string_view resource,
                       std::string_view action) noexcept {
  Target target;
  target.resource_ = program.find_resource(resource);
  if (!target.resource_) {
    target.reason_ = Reason::ResourceNotFound;
    return target;
  }
  target.route_ = program.find_route(*target.resource_, action);
  if (!target.route_) {
    target.reason_ = Reason::ActionNotFound;
    return target;
  }
  target.function_ = FunctionId(program.view().Routes[target.route_->index()].function);
  return target;
}

std::optional<Target> Target::resolve_policy(const Program& program,
                                             std::string_view policy) noexcept {
  Target target;
  target.policy_ = program.find_policy(policy);
  if (!target.policy_) return std::nullopt;
  target.function_ = FunctionId(program.view().Policies[target.policy_->index()].function);
  return target;
}

std::vector<PolicyId> Target::policies(const Program& program) const {
  if (policy_) return {*policy_};
  std::vector<PolicyId> policies;
  if (!route_) return policies;
  const RouteRecord& route = program.view().Routes[route_->index()];
  for (const PermissionRecord& permission :
       program.view().Permissions.subspan(route.first_permission, route.num_permissions)) {
    policies.emplace_back(permission.policy.get());
  }
  return policies;
}

Decision decide(const Program& program, const Target& target, const SlotView& slots) noexcept {
  if (!target.function_.has_value()) return deny(target.reason_);
  const ProgramView& view = program.view();
  const Outcome outcome = evaluate(program, target.function_, slots);
  return outcome.by_rule ? decision_by_rule(view, outcome, slots)
                         : decision_by_default(view, outcome);
}

Decision deny(Reason reason) noexcept {
  Decision decision;
  decision.reason = reason;
  return decision;
}

std::vector<std::string_view> missing_attributes(const Program& program, const Target& target,
                                                 const SlotView& slots, const Decision& decision) {
  const ProgramView& view = program.view();
  const std::vector<PolicyId> policies = target.policies(program);
  std::vector<AttributeId> missing;
  if (decision.reason == Reason::Undecidable) {
    if (const auto rule = find_rule(view, policies, decision))
      missing = missing_of_rule(view, slots, *rule);
  } else if (decision.reason == Reason::Default && !decision.allowed) {
    missing = missing_of_allow_rules(view, slots, policies);
  }
  std::vector<std::string_view> names;
  names.reserve(missing.size());
  for (const AttributeId id : missing)
    names.push_back(view.string(view.Attributes[id.index()].name));
  return names;
}

}  // namespace verdict
