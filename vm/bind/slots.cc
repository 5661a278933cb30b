#include "vm/bind/slots.h"

namespace verdict {
namespace {

constexpr auto kReasons = std::to_array<std::string_view>({
#define VERDICT_INVALID_REASON(name, text) text,
#include "vm/bind/invalid_reasons.def"
});

void assign_bit(std::vector<std::uint64_t>& bits, std::size_t index, bool value) {
  const std::uint64_t mask = std::uint64_t{1} << (index % 64);
  if (value) {
    bits[index / 64] |= mask;
  } else {
    bits[index / 64] &= ~mask;
  }
}

}  // namespace

std::string_view describe(InvalidReason reason) {
  return kReasons[static_cast<std::size_t>(reason)];
}

Slots::Slots(const Program& program)
    : values_(program.view().Attributes.size()),
      unknown_(values_.size() / 64 + 1, ~std::uint64_t{0}),
      invalid_(values_.size() / 64 + 1, 0),
      origins_(values_.size(), Origin::Absent),
      reasons_(values_.size(), InvalidReason::None) {}

void Slots::set(AttributeId attribute, const Slot& value, Origin origin) {
  values_[attribute.index()] = value;
  origins_[attribute.index()] = origin;
  reasons_[attribute.index()] = InvalidReason::None;
  assign_bit(unknown_, attribute.index(), false);
  assign_bit(invalid_, attribute.index(), false);
}

void Slots::set_null(AttributeId attribute, Origin origin) {
  set(attribute, Slot(), origin);
  assign_bit(unknown_, attribute.index(), true);
}

void Slots::set_invalid(AttributeId attribute, InvalidReason reason) {
  set_null(attribute, Origin::Invalid);
  reasons_[attribute.index()] = reason;
  assign_bit(invalid_, attribute.index(), true);
}

Slot* Slots::add_elements(std::size_t count) {
  lists_.push_back(std::make_unique<Slot[]>(count));
  return lists_.back().get();
}

}  // namespace verdict
