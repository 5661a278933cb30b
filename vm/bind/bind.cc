#include "vm/bind/bind.h"

#include "vm/program/constant_value.h"

namespace verdict {
namespace {

Slot slot_of(const Program& program, Kind kind, std::uint32_t id) {
  const ProgramView& view = program.view();
  const ConstantRecord& constant = view.Constants[id];
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
      slot.list = program.default_lists().get(id);
      break;
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

void set_default(const Program& program, Slots& slots, AttributeId attribute,
                 std::uint32_t constant) {
  const auto kind = static_cast<Kind>(program.view().Attributes[attribute.index()].kind);
  slots.set(attribute, slot_of(program, kind, constant), Origin::Default);
}

void bind_request(const Program& program, const RequestValues& request, Slots& slots) {
#define VERDICT_REQUEST_ATTRIBUTE(member, name, kind)                                     \
  if (const auto attribute = program.find_attribute(name); attribute && request.member) { \
    slots.set(*attribute, request_slot(program.view(), *request.member), Origin::Value);  \
  }
#include "vm/program/request_attributes.def"
}

}  // namespace verdict
