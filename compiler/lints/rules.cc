// Rules and permissions that say more, or less, than they seem to.
#include <algorithm>
#include <set>
#include <utility>
#include <variant>
#include <vector>

#include "compiler/lints/lints.h"

namespace verdict::compiler {
namespace {

// Whether policies have rules of an effect, by their ids.
struct EffectsOfRules {
  explicit EffectsOfRules(const ir::Module& module) {
    for (const ir::Policy& policy : module.policies) {
      allows.push_back(has_rule_of(policy, Effect::Allow));
      denies.push_back(has_rule_of(policy, Effect::Deny));
    }
  }
  static bool has_rule_of(const ir::Policy& policy, Effect effect) {
    return std::any_of(policy.rules.begin(), policy.rules.end(),
                       [effect](const ir::Rule& rule) { return rule.effect == effect; });
  }

  std::vector<bool> allows;
  std::vector<bool> denies;
};

// What has been said of two policies on one action is not repeated for the next.
using SaidPairs = std::set<std::pair<const ir::Policy*, const ir::Policy*>>;

void warn_about_groups(const ir::Module& module, const EffectsOfRules& effects,
                       const ir::Action& action, SaidPairs& said, Emitter& emitter) {
  const ir::Policy* earlier_allow = nullptr;
  for (const auto& group : action.groups) {
    for (const PolicyId id : group) {
      const ir::Policy& policy = module.policies[id];
      if (earlier_allow == nullptr || !effects.denies[id.index()]) continue;
      if (!said.emplace(earlier_allow, &policy).second) continue;
      emitter.emit(Code::ShadowedDeny, policy.span, {policy.name, earlier_allow->name})
          .label(earlier_allow->span, "asked first");
    }
    for (const PolicyId id : group) {
      if (earlier_allow == nullptr && effects.allows[id.index()])
        earlier_allow = &module.policies[id];
    }
  }
}

void warn_about_defaults(const ir::Module& module, const ir::Resource& resource,
                         const ir::Action& action, SaidPairs& said, Emitter& emitter) {
  const ir::Policy* allows = nullptr;
  const ir::Policy* denies = nullptr;
  for (const auto& group : action.groups) {
    for (const PolicyId id : group) {
      const ir::Policy*& found =
          module.policies[id].default_effect == Effect::Allow ? allows : denies;
      if (found == nullptr) found = &module.policies[id];
    }
  }
  if (allows == nullptr || denies == nullptr || !said.emplace(allows, denies).second) return;
  emitter.emit(Code::MixedDefaults, allows->span, {action.name, resource.name})
      .here("defaults to Allow")
      .label(denies->span, "defaults to Deny");
}

// Each attribute once a rule.
void warn_about_writable(const ir::Module& module, const ir::Rule& rule, ir::ConditionId id,
                         std::set<AttributeId>& said, Emitter& emitter) {
  const ir::Condition& condition = module.conditions[id];
  for (const ir::ConditionId child : condition.children)
    warn_about_writable(module, rule, child, said, emitter);
  if (condition.kind != ir::ConditionKind::Test) return;
  const auto* other = std::get_if<AttributeId>(&condition.operand);
  for (const AttributeId read :
       {condition.attribute, other == nullptr ? condition.attribute : *other}) {
    const ir::Attribute& attribute = module.attributes[read];
    if (attribute.writable_claim.empty() || !said.insert(read).second) continue;
    emitter.emit(Code::WritableClaim, condition.span, {rule.id, attribute.writable_claim})
        .label(attribute.span, "mapped here")
        .help(
            "grant by a claim that only the provider writes; `\"userWritable\": false` in the "
            "mapping says that users cannot");
  }
}

}  // namespace

void warn_about_open_rules(const ir::Module& module, Emitter& emitter) {
  for (const ir::Policy& policy : module.policies) {
    for (const ir::Rule& rule : policy.rules) {
      if (rule.effect != Effect::Allow || !module.conditions[rule.root].children.empty()) continue;
      emitter.emit(Code::AlwaysAllows, module.conditions[rule.root].span, {rule.id});
    }
  }
}

void warn_about_writable_claims(const ir::Module& module, Emitter& emitter) {
  for (const ir::Policy& policy : module.policies) {
    for (const ir::Rule& rule : policy.rules) {
      std::set<AttributeId> said;
      if (rule.effect == Effect::Allow) warn_about_writable(module, rule, rule.root, said, emitter);
    }
  }
}

void warn_about_permissions(const ir::Module& module, Emitter& emitter) {
  const EffectsOfRules effects(module);
  SaidPairs said_of_groups;
  SaidPairs said_of_defaults;
  for (const ir::Resource& resource : module.resources) {
    for (const ir::Action& action : resource.actions) {
      warn_about_groups(module, effects, action, said_of_groups, emitter);
      warn_about_defaults(module, resource, action, said_of_defaults, emitter);
    }
  }
}

}  // namespace verdict::compiler
