// What constants are worth: read by the checks, by bind and by the condition functions.
#pragma once

#include <bit>
#include <cstdint>

#include "vm/program/number.h"
#include "vm/program/program.h"
#include "vm/program/slot.h"

namespace verdict {

// The value of an Integer or Double constant.
inline Number number_of(const ConstantRecord& constant) {
  const std::uint64_t payload = constant.payload;
  if (constant.kind == static_cast<U8>(ConstantKind::Integer)) {
    return Number::from_integer(std::bit_cast<std::int64_t>(payload));
  }
  return *Number::from_double(std::bit_cast<double>(payload));
}

inline Number number_of(const ProgramView& view, std::uint32_t constant) {
  return number_of(view.Constants[constant]);
}

// A text of the pool, with its id.
inline Slot pooled_text(const ProgramView& view, std::uint32_t id) {
  const std::string_view text = view.string(id);
  Slot slot;
  slot.string = {text.data(), static_cast<std::uint32_t>(text.size()), id};
  return slot;
}

}  // namespace verdict
