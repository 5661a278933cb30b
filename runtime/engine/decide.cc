#include "runtime/engine/decide.h"

#include <algorithm>

#include "vm/explain/explain.h"
#include "vm/interp/evaluate.h"

namespace verdict {
namespace {

// A Deny fires on unknown too; an Allow never does.
Reason reason_of(const ProgramView& view, const Outcome& outcome, const SlotView& slots) {
  if (!outcome.by_rule) return Reason::Default;
  if (outcome.effect == Effect::Allow) return Reason::Rule;
  const Truth truth = truth_of_rule(view, slots, RuleId(outcome.subject));
  return truth == Truth::True ? Reason::Rule : Reason::Undecidable;
}

bool is_by_rule(Reason reason) { return reason == Reason::Rule || reason == Reason::Undecidable; }

}  // namespace

Decision DecisionParts::make() const {
  Decision decision;
  decision.program_ = program;
  decision.subject_ = subject;
  decision.allowed_ = allowed;
  decision.reason_ = reason;
  return decision;
}

DecisionParts DecisionParts::of(const Decision& decision) {
  return {decision.program_, decision.subject_, decision.allowed_, decision.reason_};
}

std::optional<std::string_view> Decision::policy() const {
  if (program_ == nullptr) return std::nullopt;
  const ProgramView& view = program_->view();
  const std::uint32_t policy = is_by_rule(reason_) ? view.Rules[subject_].policy.get() : subject_;
  return view.string(view.Policies[policy].name);
}

std::optional<std::string_view> Decision::rule_id() const {
  if (!is_by_rule(reason_)) return std::nullopt;
  return program_->view().string(program_->view().Rules[subject_].id);
}

std::optional<std::string_view> Decision::message() const {
  if (!is_by_rule(reason_)) return std::nullopt;
  const std::uint32_t message = program_->view().Rules[subject_].message;
  if (message == kNone) return std::nullopt;
  return program_->view().string(message);
}

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
    case Reason::PrincipalExpired:
      return "principal_expired";
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
  const Outcome outcome = evaluate(program, target.function_, slots);
  const Reason reason = reason_of(program.view(), outcome, slots);
  return DecisionParts{&program, outcome.subject, outcome.effect == Effect::Allow, reason}.make();
}

Decision deny(Reason reason) noexcept { return DecisionParts{nullptr, 0, false, reason}.make(); }

std::vector<std::string_view> missing_attributes(const Program& program, const Target& target,
                                                 const SlotView& slots, const Decision& decision) {
  const ProgramView& view = program.view();
  const DecisionParts parts = DecisionParts::of(decision);
  std::vector<AttributeId> missing;
  if (parts.reason == Reason::Undecidable) {
    missing = missing_of_rule(view, slots, RuleId(parts.subject));
  } else if (parts.reason == Reason::Default && !parts.allowed) {
    missing = missing_of_allow_rules(view, slots, target.policies(program));
  }
  std::vector<std::string_view> names;
  names.reserve(missing.size());
  for (const AttributeId id : missing)
    names.push_back(view.string(view.Attributes[id.index()].name));
  return names;
}

}  // namespace verdict
