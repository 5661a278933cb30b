// Slots filled by hand, by the attributes' names. Header only: the tests of vm/ link nothing but
// vm/.
#pragma once

#include <algorithm>
#include <deque>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "vm/bind/slots.h"
#include "vm/program/program.h"

namespace verdict::testing {

// Owns its texts and elements. All attributes begin absent.
class TestSlots {
 public:
  explicit TestSlots(const Program& program) : program_(program), slots_(program) {}

  TestSlots& text(std::string_view name, std::string_view value) {
    return set(name, text_slot(value));
  }
  TestSlots& number(std::string_view name, double value) { return set(name, number_slot(value)); }
  TestSlots& boolean(std::string_view name, bool value) {
    Slot slot;
    slot.boolean = value;
    return set(name, slot);
  }
  TestSlots& texts(std::string_view name, const std::vector<std::string>& values) {
    std::vector<Slot> elements;
    for (const std::string& value : values) elements.push_back(text_slot(value));
    return list(name, elements);
  }
  TestSlots& numbers(std::string_view name, const std::vector<double>& values) {
    std::vector<Slot> elements;
    for (const double value : values) elements.push_back(number_slot(value));
    return list(name, elements);
  }
  TestSlots& present(std::string_view name) { return set(name, Slot()); }
  TestSlots& null(std::string_view name) {
    slots_.set_null(id(name), Origin::Null);
    return *this;
  }
  TestSlots& invalid(std::string_view name) {
    slots_.set_invalid(id(name), InvalidReason::WrongType);
    return *this;
  }

  [[nodiscard]] SlotView view() const { return slots_.view(); }

 private:
  [[nodiscard]] AttributeId id(std::string_view name) const {
    const auto found = program_.find_attribute(name);
    if (!found) throw std::runtime_error("no attribute " + std::string(name));
    return *found;
  }
  Slot text_slot(std::string_view value) {
    const std::string& owned = owned_.emplace_back(value);
    Slot slot;
    slot.string = {owned.data(), static_cast<std::uint32_t>(owned.size()),
                   program_.view().find_string(owned).value()};
    return slot;
  }
  static Slot number_slot(double value) {
    Slot slot;
    slot.number = Number::from_double(value).value();
    return slot;
  }
  TestSlots& list(std::string_view name, const std::vector<Slot>& elements) {
    Slot* const copy = slots_.add_elements(elements.size());
    std::copy(elements.begin(), elements.end(), copy);
    Slot slot;
    slot.list = {copy, static_cast<std::uint32_t>(elements.size())};
    return set(name, slot);
  }
  TestSlots& set(std::string_view name, const Slot& slot) {
    slots_.set(id(name), slot, Origin::Value);
    return *this;
  }

  const Program& program_;
  Slots slots_;
  std::deque<std::string> owned_;
};

}  // namespace verdict::testing
