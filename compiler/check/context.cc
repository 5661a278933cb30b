#include "compiler/check/context.h"

#include <algorithm>

#include "vm/base/limits.h"

namespace verdict::compiler {
namespace {

std::size_t count_common(const std::set<AttributeId>& a, const std::set<AttributeId>& b) {
  if (a.size() > b.size()) return count_common(b, a);
  return static_cast<std::size_t>(
      std::count_if(a.begin(), a.end(), [&b](AttributeId id) { return b.contains(id); }));
}

}  // namespace

void ContextCheck::add_policy(const std::vector<AttributeId>& reads) {
  std::vector<AttributeId>& in_order = in_order_.emplace_back();
  std::set<AttributeId>& context = reads_.emplace_back();
  for (const AttributeId id : reads) {
    const bool is_context = attributes_.get(id).source == AttributeSource::Context;
    if (is_context && context.insert(id).second) in_order.push_back(id);
  }
}

void ContextCheck::check(PolicyId policy, const ast::Permission& permission, std::size_t resource) {
  const Undeclared& undeclared = find_undeclared(policy, resource);
  if (emitter_.leave_out(Code::UndeclaredContext, undeclared.number)) return;
  for (const AttributeId id : undeclared.first)
    report(id, permission, workspace_.resources[resource].name);
  emitter_.leave_out(Code::UndeclaredContext, undeclared.number - undeclared.first.size());
}

bool ContextCheck::is_full() const { return emitter_.num_errors() >= limits::kMaxDiagnostics; }

void ContextCheck::report(AttributeId id, const ast::Permission& permission,
                          const ast::Text& resource) {
  const std::string& attribute = attributes_.get(id).name;
  auto diagnostic = emitter_.emit(Code::UndeclaredContext, permission.policy.span,
                                  {permission.policy.value, attribute, resource.value});
  if (diagnostic.is_kept()) diagnostic.label(resource.span, "declares no `" + attribute + "`");
}

const ContextCheck::Undeclared& ContextCheck::find_undeclared(PolicyId policy,
                                                              std::size_t resource) {
  const auto [found, is_new] = undeclared_.try_emplace({policy, resource});
  Undeclared& undeclared = found->second;
  if (!is_new || !workspace_.resources[resource].context.is_complete) return undeclared;
  const std::set<AttributeId>& declared = find_declared(resource);
  const std::set<AttributeId>& reads = reads_[policy.index()];
  undeclared.number = reads.size() - count_common(reads, declared);
  if (undeclared.number == 0 || is_full()) return undeclared;
  for (const AttributeId id : in_order_[policy.index()]) {
    if (!declared.contains(id)) undeclared.first.push_back(id);
    if (undeclared.first.size() == limits::kMaxDiagnostics) break;
  }
  return undeclared;
}

const std::set<AttributeId>& ContextCheck::find_declared(std::size_t resource) {
  const auto [found, is_new] = declared_.try_emplace(resource);
  if (!is_new) return found->second;
  for (const ast::Mapping& mapping : workspace_.resources[resource].context.items)
    found->second.insert(attributes_.find("ctx_" + mapping.attribute.value));
  return found->second;
}

}  // namespace verdict::compiler
