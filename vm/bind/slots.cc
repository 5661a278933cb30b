#include "vm/bind/slots.h"

#include <algorithm>

namespace verdict {
namespace {

constexpr auto kReasons = std::to_array<std::string_view>({
#define VERDICT_INVALID_REASON(name, text) text,
#include "vm/bind/invalid_reasons.def"
});

void assign_bit(std::uint64_t& word, std::size_t index, bool value) {
  const std::uint64_t mask = std::uint64_t{1} << (index % 64);
  word = value ? word | mask : word & ~mask;
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
      bits_((values_.size() / 64 + 1) * 2),
      histories_(values_.size()) {
  std::fill_n(bits_.begin(), bits_.size() / 2, ~std::uint64_t{0});
}

void Slots::set_bits(AttributeId attribute, bool is_unknown, bool is_invalid) {
  const std::size_t word = attribute.index() / 64;
  assign_bit(bits_[word], attribute.index(), is_unknown);
  assign_bit(bits_[word + bits_.size() / 2], attribute.index(), is_invalid);
}

void Slots::set(AttributeId attribute, const Slot& value, Origin origin) {
  values_[attribute.index()] = value;
  histories_[attribute.index()] = {origin};
  set_bits(attribute, false, false);
}

void Slots::set_null(AttributeId attribute, Origin origin) {
  values_[attribute.index()] = Slot();
  histories_[attribute.index()] = {origin};
  set_bits(attribute, true, false);
}

void Slots::set_invalid(AttributeId attribute, InvalidReason reason,
                        std::optional<Transform> failed) {
  values_[attribute.index()] = Slot();
  histories_[attribute.index()] = {Origin::Invalid, reason, failed};
  set_bits(attribute, true, true);
}

Slot* Slots::add_elements(std::size_t count) {
  lists_.push_back(std::make_unique<Slot[]>(count));
  return lists_.back().get();
}

void Slots::copy_texts(Kind kind, Slot& value) {
  std::size_t size = 0;
  visit_foreign_texts(kind, value, [&size](const StringValue& text) { size += text.length; });
  if (size == 0) return;
  transformed_.push_back(std::make_unique<char[]>(size));
  char* to = transformed_.back().get();
  visit_foreign_texts(kind, value, [&to](StringValue& text) {
    const char* const begin = to;
    to = std::copy_n(text.data, text.length, to);
    text.data = begin;
  });
}

std::string Slots::describe_invalid(AttributeId attribute) const {
  std::string text(describe(invalid_reason(attribute)));
  if (const auto failed = failed_transform(attribute))
    text += " (transform `" + std::string(spelling_of(*failed)) + "`)";
  return text;
}

// One copy of the buffer from the first text to the last: attributes that are mapped from one claim
// share its copy, as they shared the claim.
void Slots::own_texts(const Program& program) {
  const auto for_each_text = [&](auto visit) {
    for (std::uint32_t i = 0; i < values_.size(); ++i) {
      if (histories_[i].origin != Origin::Value) continue;
      visit_foreign_texts(static_cast<Kind>(program.view().Attributes[i].kind), values_[i], visit);
    }
  };
  const char* begin = nullptr;
  const char* end = nullptr;
  for_each_text([&](const StringValue& text) {
    begin = begin == nullptr ? text.data : std::min(begin, text.data);
    end = std::max(end, text.data + text.length);
  });
  const auto size = static_cast<std::size_t>(end - begin);
  texts_ = std::make_unique<char[]>(size);
  std::copy_n(begin, size, texts_.get());
  for_each_text([&](StringValue& text) { text.data = texts_.get() + (text.data - begin); });
}

void Slots::borrow(const Slots& other) {
  values_ = other.values_;
  bits_ = other.bits_;
  histories_ = other.histories_;
  lists_.clear();
  transformed_.clear();
}

}  // namespace verdict
