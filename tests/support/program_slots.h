// Slots for a program without any binding: the corners that every function of it must survive.
// Header only.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "vm/program/program.h"
#include "vm/value/kind.h"
#include "vm/value/slot.h"

namespace verdict::testing {

enum class Filling : std::uint8_t { AllNull, AllInvalid, OfThePool, Foreign, Mixed };
inline constexpr std::array kFillings = {Filling::AllNull, Filling::AllInvalid, Filling::OfThePool,
                                         Filling::Foreign, Filling::Mixed};

// Borrows the program.
class ProgramSlots {
 public:
  ProgramSlots(const Program& program, Filling filling)
      : pool_(program.view()),
        slots_(pool_.Attributes.size()),
        unknown_(slots_.size() / 64 + 1),
        invalid_(slots_.size() / 64 + 1),
        is_foreign_(filling == Filling::Foreign) {
    for (Slot& text : texts_)
      text.string = make_text(static_cast<std::uint32_t>(&text - texts_.data()));
    numbers_[0].number = Number::from_integer(7);
    numbers_[1].number = *Number::from_double(-1.5);
    for (std::uint32_t i = 0; i < slots_.size(); ++i)
      fill(i, filling == Filling::Mixed ? kFillings[i % 3] : filling);
  }
  ProgramSlots(const ProgramSlots&) = delete;
  ProgramSlots& operator=(const ProgramSlots&) = delete;

  [[nodiscard]] SlotView view() const {
    const auto now = is_foreign_ ? std::nullopt : std::optional<std::int64_t>(0);
    return {slots_.data(), unknown_.data(), invalid_.data(), now};
  }

 private:
  // A string of the pool with its id, or one that is not in it.
  StringValue make_text(std::uint32_t which) const {
    if (is_foreign_ || which >= pool_.num_strings()) return {"\x01 foreign", 9, kNone};
    const std::string_view text = pool_.string(which);
    return {text.data(), static_cast<std::uint32_t>(text.size()), which};
  }

  void fill(std::uint32_t i, Filling filling) {
    const std::uint64_t bit = std::uint64_t{1} << (i % 64);
    if (filling == Filling::AllNull || filling == Filling::AllInvalid) unknown_[i / 64] |= bit;
    if (filling == Filling::AllInvalid) invalid_[i / 64] |= bit;
    const auto kind = static_cast<Kind>(pool_.Attributes[i].kind);
    switch (held_as(kind)) {
      case Held::Nothing:
      case Held::Zone:
        break;
      case Held::Text:
        slots_[i].string = make_text(i);
        break;
      case Held::Number:
        slots_[i].number = Number::from_integer(is_foreign_ ? -1 : 7);
        break;
      case Held::Boolean:
        slots_[i].boolean = !is_foreign_;
        break;
      case Held::Time:
        slots_[i].timestamp = 0;
        break;
      case Held::Address:
        slots_[i].ip = {};
        break;
      case Held::Network:
        break;
      case Held::List:
        slots_[i].list = {kind == Kind::StringList ? texts_.data() : numbers_.data(),
                          is_foreign_ ? 0U : 2U};
        break;
    }
  }

  const ProgramView& pool_;
  std::vector<Slot> slots_;
  std::vector<std::uint64_t> unknown_;
  std::vector<std::uint64_t> invalid_;
  bool is_foreign_;
  std::array<Slot, 2> texts_;
  std::array<Slot, 2> numbers_;
};

}  // namespace verdict::testing
