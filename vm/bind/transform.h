// What a mapping's `transform` makes of a claim before it is converted (design 2.2). Mappings
// without one never come here.
//
// A value between two transforms is views: into the claims, into the program, and into what a
// transform had to make anew. What ends in a slot is copied into the Slots.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "vm/base/limits.h"
#include "vm/bind/claim.h"
#include "vm/bind/clerk_permissions.h"
#include "vm/bind/resolve.h"
#include "vm/bind/slots.h"
#include "vm/value/transform.h"

namespace verdict {

struct TransformValue {
  Form form = Form::Text;
  std::string_view text;               // of a Text; of a Number, its spelling where it may matter
  std::vector<std::string_view> list;  // of a List; of an Object, the names of its members
  std::optional<Number> number;        // of a Number; nothing outside of what is a number
  bool is_integer = false;             // of a Number: spelled without fraction and exponent
  std::int64_t time = 0;               // of a Time
  PackedPermissions packed;            // of an Object that clerk_permissions takes
  std::vector<std::unique_ptr<char[]>> made;  // texts that stand nowhere else
};

// Applies the transforms of a mapping to `value`, and sets the mapping's attribute. Takes time in
// proportion to the value, for each transform.
void bind_transformed(const Program& program, const MappingRecord& mapping, TransformValue value,
                      Slots& slots);

// Sets the attribute invalid where a value of that form could not become it: a transform would not
// take what comes, or the last one gives another kind. So nothing is read in vain.
bool refuse_form(const ProgramView& view, const MappingRecord& mapping, std::optional<Form> form,
                 Slots& slots);

inline Transform first_transform(const ProgramView& view, const MappingRecord& mapping) {
  return static_cast<Transform>(view.Transforms[mapping.first_transform].transform);
}

// Nothing where no transform takes such JSON.
constexpr std::optional<Form> form_of(ClaimKind kind) {
  switch (kind) {
    case ClaimKind::String:
      return Form::Text;
    case ClaimKind::Number:
      return Form::Number;
    case ClaimKind::Array:
      return Form::List;
    case ClaimKind::Object:
      return Form::Object;
    case ClaimKind::Null:
    case ClaimKind::Boolean:
      break;
  }
  return std::nullopt;
}

// Reads what stands in the claims: of a form that the first transform takes.
template <ClaimNode Node>
class TransformReader {
 public:
  TransformReader(const ProgramView& view, const MappingRecord& mapping, const Node& claims,
                  TransformValue& value)
      : view_(view), mapping_(mapping), claims_(claims), value_(value) {}

  InvalidReason read(const Resolved<Node>& found) {
    if (!found.is_each) return read_one(*found.node);
    return read_list(*found.node, [&](const Node& element) {
      const Resolved<Node> inner = resolve_path(view_, element, found.rest);
      return inner.reason == InvalidReason::None ? inner.node : std::nullopt;
    });
  }

 private:
  InvalidReason read_one(const Node& node) {
    switch (node.kind()) {
      case ClaimKind::String:
        return read_text(node, value_.text);
      case ClaimKind::Number:
        return read_number(node);
      case ClaimKind::Array:
        return read_list(node, [](const Node& element) { return std::optional<Node>(element); });
      case ClaimKind::Object:
        return first_transform(view_, mapping_) == Transform::Keys ? read_keys(node)
                                                                   : read_packed(node);
      case ClaimKind::Null:
      case ClaimKind::Boolean:
        break;  // refused before
    }
    return InvalidReason::NotTaken;
  }

  static InvalidReason read_text(const Node& node, std::string_view& text) {
    text = node.text();
    return text.size() > limits::kMaxClaimTextBytes ? InvalidReason::TooLong : InvalidReason::None;
  }

  // The spelling has to be looked for, and an integer needs none.
  InvalidReason read_number(const Node& node) {
    value_.number = node.number();
    value_.is_integer = node.is_integer();
    if (!value_.is_integer) value_.text = node.text();
    return InvalidReason::None;
  }

  // `pick(element)` as for Converter::convert_list().
  template <class Pick>
  InvalidReason read_list(const Node& array, Pick pick) {
    if (array.size() > limits::kMaxListElements) return InvalidReason::TooLong;
    if (array.size() == 0) return InvalidReason::None;
    value_.list.reserve(array.size());
    Node element = array.at(0);
    for (std::size_t i = 0; i < array.size(); ++i) {
      if (i > 0) element = element.next();
      const std::optional<Node> node = pick(element);
      if (!node) return InvalidReason::MissingMember;
      std::string_view text;
      if (node->kind() != ClaimKind::String || read_text(*node, text) != InvalidReason::None)
        return InvalidReason::BadElement;
      value_.list.push_back(text);
    }
    return InvalidReason::None;
  }

  InvalidReason read_keys(const Node& object) {
    if (object.size() > limits::kMaxListElements) return InvalidReason::TooLong;
    if (object.size() == 0) return InvalidReason::None;
    value_.list.reserve(object.size());
    Node member = object.at(0);
    for (std::size_t i = 0; i < object.size(); ++i) {
      if (i > 0) member = member.next();
      if (member.key().size() > limits::kMaxClaimTextBytes) return InvalidReason::BadElement;
      value_.list.push_back(member.key());
    }
    return InvalidReason::None;
  }

  InvalidReason read_packed(const Node& object) {
    const std::optional<Node> around = find_object_around();
    InvalidReason reason = read_member(object, "per", value_.packed.names);
    if (reason == InvalidReason::None) reason = read_member(object, "fpm", value_.packed.masks);
    if (reason == InvalidReason::None && around)
      reason = read_member(*around, "fea", value_.packed.features);
    return reason;
  }

  static InvalidReason read_member(const Node& object, std::string_view key,
                                   std::optional<std::string_view>& text) {
    const std::optional<Node> member = object.find(key);
    if (!member || member->kind() == ClaimKind::Null) return InvalidReason::None;
    if (member->kind() != ClaimKind::String) return InvalidReason::NotPacked;
    return read_text(*member, text.emplace());
  }

  // The object of which the claim is a member; nothing where it is an element of an array.
  std::optional<Node> find_object_around() const {
    const bool is_literal =
        mapping_.literal != kNone && claims_.find(view_.string(mapping_.literal));
    if (is_literal || mapping_.num_steps == 0) return claims_;
    const auto steps = view_.PathSteps.subspan(mapping_.first_step, mapping_.num_steps - 1);
    const std::optional<Node> around = resolve_path(view_, claims_, steps).node;
    return around && around->kind() == ClaimKind::Object ? around : std::nullopt;
  }

  const ProgramView& view_;
  const MappingRecord& mapping_;
  const Node& claims_;
  TransformValue& value_;
};

// `found` is neither null nor invalid. `claims` is the whole object that the mapping starts from.
template <ClaimNode Node>
void bind_through_transforms(const Program& program, const MappingRecord& mapping,
                             const Node& claims, const Resolved<Node>& found, Slots& slots) {
  const ProgramView& view = program.view();
  const std::optional<Form> form = found.is_each ? Form::List : form_of(found.node->kind());
  if (refuse_form(view, mapping, form, slots)) return;
  TransformValue value;
  value.form = *form;
  const InvalidReason reason = TransformReader<Node>(view, mapping, claims, value).read(found);
  if (reason == InvalidReason::None)
    return bind_transformed(program, mapping, std::move(value), slots);
  slots.set_invalid(AttributeId(mapping.attribute), reason, first_transform(view, mapping));
}

}  // namespace verdict
