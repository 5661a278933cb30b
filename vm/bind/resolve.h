// Follows a mapping's path through the claims (design 2.2).
#pragma once

#include <optional>
#include <span>

#include "vm/bind/claim.h"
#include "vm/bind/slots.h"

namespace verdict {

// Where a path ended. `each` is set where the path went through `[*]`: the array, and the steps
// left for each element.
template <ClaimNode Node>
struct Resolved {
  std::optional<Node> node;  // nothing: absent
  InvalidReason reason = InvalidReason::None;
  bool is_each = false;
  std::span<const PathStepRecord> rest;
};

// One step that is not `[*]`. A JSON null on the way ends in null; another kind than the step needs
// is invalid.
template <ClaimNode Node>
Resolved<Node> resolve_step(const ProgramView& view, const Node& node, const PathStepRecord& step) {
  const bool is_key = step.kind == static_cast<U8>(PathStepKind::Key);
  if (node.kind() != (is_key ? ClaimKind::Object : ClaimKind::Array)) {
    return {std::nullopt, InvalidReason::WrongPath, false, {}};
  }
  if (is_key) return {node.find(view.string(step.value)), InvalidReason::None, false, {}};
  if (step.value >= node.size()) return {};
  return {node.at(step.value), InvalidReason::None, false, {}};
}

template <ClaimNode Node>
Resolved<Node> resolve_path(const ProgramView& view, Node node,
                            std::span<const PathStepRecord> steps) {
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (node.kind() == ClaimKind::Null) return {node, InvalidReason::None, false, {}};
    if (steps[i].kind == static_cast<U8>(PathStepKind::Each)) {
      if (node.kind() != ClaimKind::Array)
        return {std::nullopt, InvalidReason::WrongPath, false, {}};
      return {node, InvalidReason::None, true, steps.subspan(i + 1)};
    }
    const Resolved<Node> next = resolve_step(view, node, steps[i]);
    if (!next.node) return next;
    node = *next.node;
  }
  return {node, InvalidReason::None, false, {}};
}

// Dotted text names the literal key if the claims have it, else the path; both at once cannot be
// decided.
template <ClaimNode Node>
Resolved<Node> resolve(const ProgramView& view, const Node& claims, const MappingRecord& mapping) {
  const auto steps = view.PathSteps.subspan(mapping.first_step, mapping.num_steps);
  if (mapping.literal == kNone) return resolve_path(view, claims, steps);
  const std::optional<Node> literal = claims.find(view.string(mapping.literal));
  if (!literal) return steps.empty() ? Resolved<Node>{} : resolve_path(view, claims, steps);
  if (!steps.empty() && resolve_path(view, claims, steps).node)
    return {std::nullopt, InvalidReason::Ambiguous, false, {}};
  return {literal, InvalidReason::None, false, {}};
}

}  // namespace verdict
