// What constants are worth: read by the checks, by bind and by the condition functions.
#pragma once

#include <bit>
#include <cstdint>
#include <span>

#include "vm/program/program.h"
#include "vm/program/slot.h"
#include "vm/value/number.h"

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

// The address of an Ip constant.
inline IpValue ip_of(std::span<const U32> words) {
  IpValue ip{};
  for (std::size_t i = 0; i < ip.size(); ++i)
    ip[i] = static_cast<std::uint8_t>(words[i / 4] >> (8U * (i % 4)));
  return ip;
}

// A text of the pool, with its id.
inline Slot pooled_text(const ProgramView& view, std::uint32_t id) {
  const std::string_view text = view.string(id);
  Slot slot;
  slot.string = {text.data(), static_cast<std::uint32_t>(text.size()), id};
  return slot;
}

}  // namespace verdict
