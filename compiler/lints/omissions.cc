// What somebody forgot: policies that no request reaches, actions that nothing answers.
#include <algorithm>
#include <vector>

#include "compiler/lints/lints.h"

namespace verdict::compiler {
namespace {

// By policy: whether a permission attaches it to anything.
std::vector<bool> find_attached(const ir::Module& module) {
  std::vector<bool> attached(module.policies.size());
  for (const ir::Resource& resource : module.resources) {
    for (const ir::Action& action : resource.actions) {
      for (const auto& group : action.groups) {
        for (const PolicyId policy : group) attached[policy.index()] = true;
      }
    }
  }
  return attached;
}

bool has_permission(const ir::Resource& resource) {
  return std::any_of(resource.actions.begin(), resource.actions.end(),
                     [](const ir::Action& action) { return !action.groups.empty(); });
}

void warn_about_actions(const ir::Resource& resource, Emitter& emitter) {
  if (!has_permission(resource)) {
    emitter.emit(Code::UnusedResource, resource.span, {resource.name});
    return;
  }
  for (const ir::Action& action : resource.actions) {
    if (action.groups.empty())
      emitter.emit(Code::UnansweredAction, action.span, {action.name, resource.name});
  }
}

}  // namespace

void warn_about_omissions(const ir::Module& module, Emitter& emitter) {
  // Without any permission policies are asked for by their names; or that has been reported.
  if (std::none_of(module.resources.begin(), module.resources.end(), has_permission)) return;
  const std::vector<bool> attached = find_attached(module);
  for (std::size_t i = 0; i < attached.size(); ++i) {
    const ir::Policy& policy = module.policies[PolicyId(static_cast<std::uint32_t>(i))];
    if (!attached[i]) emitter.emit(Code::UnattachedPolicy, policy.span, {policy.name});
  }
  for (const ir::Resource& resource : module.resources) warn_about_actions(resource, emitter);
}

}  // namespace verdict::compiler
