#include "vm/bind/bind.h"

#include "vm/functions/compare.h"

namespace verdict {
namespace {

IpValue ip_of(std::span<const U32> words) {
  IpValue ip{};
  for (std::size_t i = 0; i < ip.size(); ++i)
    ip[i] = static_cast<std::uint8_t>(words[i / 4] >> (8U * (i % 4)));
  return ip;
}

Slot pooled_text(const ProgramView& view, std::uint32_t id) {
  const std::string_view text = view.string(id);
  Slot slot;
  slot.string = {text.data(), static_cast<std::uint32_t>(text.size()), id};
  return slot;
}

Slot list_slot(const ProgramView& view, Slots& slots, const ConstantRecord& constant,
               Kind element) {
  const std::span<const U32> words = view.words_of(constant);
  Slot* const elements = slots.add_elements(words.size());
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (element == Kind::String) {
      elements[i] = pooled_text(view, words[i]);
    } else {
      elements[i].number = number_of(view, words[i]);
    }
  }
  Slot slot;
  slot.list = {elements, static_cast<std::uint32_t>(words.size())};
  return slot;
}

Slot slot_of(const ProgramView& view, Slots& slots, Kind kind, const ConstantRecord& constant) {
  const std::uint64_t payload = constant.payload;
  Slot slot;
  switch (kind) {
    case Kind::Presence:
      break;
    case Kind::String:
    case Kind::Enum:
      return pooled_text(view, static_cast<std::uint32_t>(payload));
    case Kind::Number:
      slot.number = number_of(constant);
      break;
    case Kind::Boolean:
      slot.boolean = payload != 0;
      break;
    case Kind::Timestamp:
      slot.timestamp = std::bit_cast<std::int64_t>(payload);
      break;
    case Kind::Ip:
      slot.ip = ip_of(view.words_of(constant));
      break;
    case Kind::StringList:
    case Kind::NumberList:
      return list_slot(view, slots, constant, element_of(kind));
  }
  return slot;
}

// One overload a type of RequestValues.
Slot request_slot(const ProgramView& view, std::string_view text) { return text_slot(view, text); }
Slot request_slot(const ProgramView&, std::int64_t time) {
  Slot slot;
  slot.timestamp = time;
  return slot;
}
Slot request_slot(const ProgramView&, const IpValue& ip) {
  Slot slot;
  slot.ip = ip;
  return slot;
}

}  // namespace

void set_default(const ProgramView& view, Slots& slots, AttributeId attribute,
                 std::uint32_t constant) {
  const auto kind = static_cast<Kind>(view.Attributes[attribute.index()].kind);
  slots.set(attribute, slot_of(view, slots, kind, view.Constants[constant]), Origin::Default);
}

void bind_request(const Program& program, const RequestValues& request, Slots& slots) {
#define VERDICT_REQUEST_ATTRIBUTE(member, name, kind)                                     \
  if (const auto attribute = program.find_attribute(name); attribute && request.member) { \
    slots.set(*attribute, request_slot(program.view(), *request.member), Origin::Value);  \
  }
#include "vm/program/request_attributes.def"
}

}  // namespace verdict
