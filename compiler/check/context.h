// Whether resources declare the context that the policies attached to them read.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "compiler/check/attributes.h"

namespace verdict::compiler {

// Borrows everything. Permissions may be as many as resources, and policies read as much as
// resources declare: each pair of a policy and a resource is looked at once, from its smaller side,
// and what nobody would read is counted only.
class ContextCheck {
 public:
  ContextCheck(const ast::Workspace& workspace, const AttributeTable& attributes, Emitter& emitter)
      : workspace_(workspace), attributes_(attributes), emitter_(emitter) {}

  // What the next policy reads, in its order.
  void add_policy(const std::vector<AttributeId>& reads);
  // Reports what the permission's policy reads and its resource does not declare.
  void check(PolicyId policy, const ast::Permission& permission, std::size_t resource);

 private:
  struct Undeclared {
    std::size_t number = 0;
    std::vector<AttributeId> first;  // of them, as many as may be reported
  };

  const Undeclared& find_undeclared(PolicyId policy, std::size_t resource);
  const std::set<AttributeId>& find_declared(std::size_t resource);
  [[nodiscard]] bool is_full() const;
  void report(AttributeId id, const ast::Permission& permission, const ast::Text& resource);

  const ast::Workspace& workspace_;
  const AttributeTable& attributes_;
  Emitter& emitter_;
  std::vector<std::vector<AttributeId>> in_order_;  // what each policy reads of the context, once
  std::vector<std::set<AttributeId>> reads_;        // the same
  std::map<std::size_t, std::set<AttributeId>> declared_;
  std::map<std::pair<PolicyId, std::size_t>, Undeclared> undeclared_;
};

}  // namespace verdict::compiler
