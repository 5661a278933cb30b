// Claims and request context to slots, by the program's compiled plan. Evaluates no policy.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "vm/bind/convert.h"
#include "vm/bind/resolve.h"
#include "vm/bind/slots.h"
#include "vm/bind/transform.h"

namespace verdict {

// A default takes the place of null. `constant` is of the attribute's kind: the loader has proved
// it.
void set_default(const Program& program, Slots& slots, AttributeId attribute,
                 std::uint32_t constant);

template <ClaimNode Node>
InvalidReason convert_resolved(const ProgramView& view, Converter<Node>& converter,
                               const Resolved<Node>& found, Slot& slot) {
  if (!found.is_each) return converter.convert(*found.node, slot);
  const auto member = [&](const Node& element) {
    const Resolved<Node> inner = resolve_path(view, element, found.rest);
    return inner.reason == InvalidReason::None ? inner.node : std::nullopt;
  };
  return converter.convert_list(*found.node, member, slot);
}

template <ClaimNode Node>
void bind_mapping(const Program& program, const MappingRecord& mapping, const Node& claims,
                  Slots& slots) {
  const ProgramView& view = program.view();
  const AttributeId id(mapping.attribute);
  const Resolved<Node> found = resolve(view, claims, mapping);
  if (found.reason != InvalidReason::None) return slots.set_invalid(id, found.reason);
  if (!found.node || found.node->kind() == ClaimKind::Null) {
    slots.set_null(id, found.node ? Origin::Null : Origin::Absent);
    if (mapping.default_value != kNone) set_default(program, slots, id, mapping.default_value);
    return;
  }
  if (mapping.num_transforms != 0)
    return bind_through_transforms(program, mapping, claims, found, slots);
  Slot slot;
  Converter<Node> converter(view, slots, view.Attributes[mapping.attribute]);
  const InvalidReason reason = convert_resolved(view, converter, found, slot);
  if (reason != InvalidReason::None) return slots.set_invalid(id, reason);
  slots.set(id, slot, Origin::Value);
}

// Binds every mapping of [first, first + count). Returns the first required attribute, in source
// order, that ended null or invalid: the request is then refused before any policy runs. `claims`
// must be an Object, and must outlive `slots`.
template <ClaimNode Node>
std::optional<AttributeId> bind_mappings(const Program& program, std::uint32_t first,
                                         std::uint32_t count, const Node& claims, Slots& slots) {
  std::optional<AttributeId> refused;
  for (const MappingRecord& mapping : program.view().Mappings.subspan(first, count)) {
    bind_mapping(program, mapping, claims, slots);
    const bool is_required = (mapping.flags & MappingRecord::kRequired) != 0;
    if (is_required && !refused && slots.view().is_unknown(mapping.attribute))
      refused = AttributeId(mapping.attribute);
  }
  return refused;
}

// The built-in attributes `req_*`, and the time that `_within_` functions ask for. Nothing: null.
struct RequestValues {
  std::optional<std::string_view> resource;
  std::optional<std::string_view> action;
  std::optional<std::string_view> provider;
  std::optional<std::int64_t> time;  // microseconds since 1970
  std::optional<IpValue> ip;
};
void bind_request(const Program& program, const RequestValues& request, Slots& slots);

}  // namespace verdict
