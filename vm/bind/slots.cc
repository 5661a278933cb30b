#include "vm/bind/slots.h"

#include <algorithm>

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

// Calls `visit` with each text of a list or a string slot that is not the program's.
template <class Visit>
void visit_foreign_texts(Kind kind, Slot& slot, Visit visit) {
  const auto visit_text = [&visit](Slot& text) {
    if (text.string.id == kNone) visit(text.string);
  };
  if (kind == Kind::String || kind == Kind::Enum) return visit_text(slot);
  if (kind != Kind::StringList) return;
  // The elements are these Slots' own.
  auto* const elements = const_cast<Slot*>(slot.list.elements);
  std::for_each(elements, elements + slot.list.count, visit_text);
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

void Slots::own_texts(const Program& program) {
  const auto for_each_text = [&](auto visit) {
    for (std::uint32_t i = 0; i < values_.size(); ++i) {
      if (view().is_unknown(i)) continue;
      visit_foreign_texts(static_cast<Kind>(program.view().Attributes[i].kind), values_[i], visit);
    }
  };
  std::size_t size = 0;
  for_each_text([&size](const StringValue& text) { size += text.length; });
  texts_ = std::make_unique<char[]>(size);
  char* end = texts_.get();
  for_each_text([&end](StringValue& text) {
    char* const copy = end;
    end = std::copy_n(text.data, text.length, copy);
    text.data = copy;
  });
}

void Slots::borrow(const Slots& other) {
  values_ = other.values_;
  unknown_ = other.unknown_;
  invalid_ = other.invalid_;
  origins_ = other.origins_;
  reasons_ = other.reasons_;
  lists_.clear();
}

}  // namespace verdict
