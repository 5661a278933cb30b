// One JSON value to one slot, by the attribute's kind (design 2.3). No coercion: "5" is no number,
// 1 is no boolean.
#pragma once

#include <algorithm>

#include "vm/base/limits.h"
#include "vm/bind/claim.h"
#include "vm/bind/slots.h"
#include "vm/value/network.h"
#include "vm/value/time.h"

namespace verdict {

// A text of the pool points at the pool, whoever it came from.
inline Slot text_slot(const ProgramView& view, std::string_view text) {
  const StringId id = view.find_string(text);
  if (id.has_value()) text = view.string(id);
  Slot slot;
  slot.string = {text.data(), static_cast<std::uint32_t>(text.size()), id.value()};
  return slot;
}

// Why a number is no NumericDate.
inline InvalidReason why_no_date(const std::optional<Number>& seconds) {
  const bool is_whole = seconds && seconds->is_integer();
  return is_whole && is_in_milliseconds(seconds->integer()) ? InvalidReason::Milliseconds
                                                            : InvalidReason::NotATime;
}

// Fills `slot` with a value that is neither null nor part of a path; says why it cannot.
template <ClaimNode Node>
class Converter {
 public:
  Converter(const ProgramView& view, Slots& slots, const AttributeRecord& attribute)
      : view_(view),
        slots_(slots),
        attribute_(attribute),
        kind_(static_cast<Kind>(attribute.kind)) {}

  InvalidReason convert(const Node& node, Slot& slot) {
    if (!is_list(kind_)) return convert_scalar(kind_, node, slot);
    const auto itself = [](const Node& element) { return std::optional<Node>(element); };
    if (node.kind() == ClaimKind::String && kind_ == Kind::StringList)
      return convert_elements(node, 1, itself, slot);
    if (node.kind() != ClaimKind::Array) return InvalidReason::WrongType;
    return convert_list(node, itself, slot);
  }

  // `pick(element)` is what stands for an element of the array, or nothing where the element lacks
  // the member that the path asks for.
  template <class Pick>
  InvalidReason convert_list(const Node& array, Pick pick, Slot& slot) {
    return convert_elements(array.size() == 0 ? array : array.at(0), array.size(), pick, slot);
  }

 private:
  // `element` and those behind it.
  template <class Pick>
  InvalidReason convert_elements(Node element, std::size_t count, Pick pick, Slot& slot) {
    if (kind_ == Kind::Presence) return InvalidReason::None;
    if (!is_list(kind_)) return InvalidReason::WrongType;
    if (count > limits::kMaxListElements) return InvalidReason::TooLong;
    Slot* const elements = slots_.add_elements(count);
    for (std::size_t i = 0; i < count; ++i) {
      if (i > 0) element = element.next();
      const std::optional<Node> node = pick(element);
      if (!node) return InvalidReason::MissingMember;
      if (convert_scalar(element_of(kind_), *node, elements[i]) != InvalidReason::None)
        return InvalidReason::BadElement;
    }
    slot.list = {elements, static_cast<std::uint32_t>(count)};
    return InvalidReason::None;
  }

  InvalidReason convert_scalar(Kind kind, const Node& node, Slot& slot) {
    switch (held_as(kind)) {
      case Held::Nothing:
        return InvalidReason::None;
      case Held::Text:
        return kind == Kind::Enum ? convert_enum(node, slot) : convert_string(node, slot);
      case Held::Number:
        return convert_number(node, slot);
      case Held::Boolean:
        return convert_boolean(node, slot);
      case Held::Time:
        return convert_timestamp(node, slot);
      case Held::Address:
        return convert_ip(node, slot);
      case Held::Network:
      case Held::List:
      case Held::Zone:
        break;  // no attribute holds such a thing, and lists do not nest
    }
    return InvalidReason::WrongType;
  }

  InvalidReason convert_string(const Node& node, Slot& slot) {
    if (node.kind() != ClaimKind::String) return InvalidReason::WrongType;
    if (node.text().size() > limits::kMaxClaimTextBytes) return InvalidReason::TooLong;
    slot = text_slot(view_, node.text());
    return InvalidReason::None;
  }

  InvalidReason convert_enum(const Node& node, Slot& slot) {
    if (const InvalidReason reason = convert_string(node, slot); reason != InvalidReason::None)
      return reason;
    const std::span<const U32> values = view_.words_of(view_.Constants[attribute_.values]);
    const bool is_declared = std::any_of(values.begin(), values.end(),
                                         [&slot](const U32& id) { return id == slot.string.id; });
    return is_declared ? InvalidReason::None : InvalidReason::NotInValues;
  }

  InvalidReason convert_number(const Node& node, Slot& slot) {
    if (node.kind() != ClaimKind::Number) return InvalidReason::WrongType;
    const std::optional<Number> number = node.number();
    if (!number) return InvalidReason::OutOfRange;
    slot.number = *number;
    return InvalidReason::None;
  }

  InvalidReason convert_boolean(const Node& node, Slot& slot) {
    if (node.kind() != ClaimKind::Boolean) return InvalidReason::WrongType;
    slot.boolean = node.boolean();
    return InvalidReason::None;
  }

  InvalidReason convert_timestamp(const Node& node, Slot& slot) {
    if (node.kind() != ClaimKind::String && node.kind() != ClaimKind::Number)
      return InvalidReason::WrongType;
    const std::optional<std::int64_t> time =
        node.kind() == ClaimKind::String ? parse_rfc3339(node.text()) : numeric_date_of(node);
    if (!time)
      return node.kind() == ClaimKind::String ? InvalidReason::NotRfc3339
                                              : why_no_date(node.number());
    slot.timestamp = *time;
    return InvalidReason::None;
  }

  // A fraction by its spelling: as a double it may be another one.
  static std::optional<std::int64_t> numeric_date_of(const Node& node) {
    if (!node.is_integer()) return parse_numeric_date(node.text());
    const std::optional<Number> seconds = node.number();
    return seconds ? numeric_date(seconds->integer()) : std::nullopt;
  }

  InvalidReason convert_ip(const Node& node, Slot& slot) {
    if (node.kind() != ClaimKind::String) return InvalidReason::WrongType;
    const std::optional<IpValue> ip = parse_ip(node.text());
    if (!ip) return InvalidReason::NotAnAddress;
    slot.ip = *ip;
    return InvalidReason::None;
  }

  const ProgramView& view_;
  Slots& slots_;
  const AttributeRecord& attribute_;
  Kind kind_;
};

}  // namespace verdict
