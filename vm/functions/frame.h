// What a test reads: the program's constants and the request's slots.
#pragma once

#include "vm/program/program.h"
#include "vm/value/slot.h"

namespace verdict {

struct TestFrame {
  const ProgramView& view;
  const SlotView& slots;

  [[nodiscard]] const Slot& slot(std::uint32_t attribute) const { return slots.slots[attribute]; }
  [[nodiscard]] std::span<const U32> words(std::uint32_t constant) const {
    return view.words_of(view.Constants[constant]);
  }
};

}  // namespace verdict
