#include "vm/bind/bind.h"

#include "vm/program/constant.h"

namespace verdict {
namespace {

Slot default_slot(const Program& program, Kind kind, std::uint32_t id) {
  if (!is_list(kind)) return value_of(program.view(), held_as(kind), program.view().Constants[id]);
  Slot slot;
  slot.list = program.default_lists().get(id);
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
  slots.set(attribute, default_slot(program, kind, constant), Origin::Default);
}

void bind_request(const Program& program, const RequestValues& request, Slots& slots) {
  slots.set_now(request.time);
#define VERDICT_REQUEST_ATTRIBUTE(member, name, kind)                                     \
  if (const auto attribute = program.find_attribute(name); attribute && request.member) { \
    slots.set(*attribute, request_slot(program.view(), *request.member), Origin::Value);  \
  }
#include "vm/program/request_attributes.def"
}

}  // namespace verdict
