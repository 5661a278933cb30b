// Slots: the values of a program's attributes during one decision.
//
// A slot has no tag: the program knows each attribute's kind. Null and invalid stand in bit sets,
// and what the slot itself holds then means nothing.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>

#include "vm/base/strong_id.h"
#include "vm/value/network.h"
#include "vm/value/number.h"

namespace verdict {

struct Slot;

// Text of a claim, and its id in the program's pool, or kNone. INVARIANT: a text of the pool always
// carries its id, so that one id on either side decides a comparison. The text belongs to the
// request or to the program.
struct StringValue {
  const char* data;
  std::uint32_t length;
  std::uint32_t id;

  [[nodiscard]] std::string_view text() const { return {data, length}; }
};

// Elements belong to the Slots that bound them.
struct ListValue {
  const Slot* elements;
  std::uint32_t count;
};

struct Slot {
  union {
    StringValue string;  // String and Enum
    Number number;
    bool boolean;
    std::int64_t timestamp;
    IpValue ip;
    NetworkValue network;
    ListValue list;
  };
  Slot() : string{nullptr, 0, kNone} {}
};
static_assert(sizeof(Slot) == 16 && std::is_trivially_copyable_v<Slot>);

inline std::span<const Slot> elements_of(const ListValue& list) {
  return {list.elements, list.count};
}

// What an evaluation reads. Bit i of `unknown` is set where attribute i is null or invalid, of
// `invalid` where it is invalid. Borrowed; the owner must outlive the evaluation.
struct SlotView {
  const Slot* slots = nullptr;
  const std::uint64_t* unknown = nullptr;
  const std::uint64_t* invalid = nullptr;
  std::optional<std::int64_t> now = std::nullopt;  // the time of the request, in microseconds

  [[nodiscard]] bool is_unknown(std::uint32_t attribute) const { return test(unknown, attribute); }
  [[nodiscard]] bool is_invalid(std::uint32_t attribute) const { return test(invalid, attribute); }

 private:
  static bool test(const std::uint64_t* bits, std::uint32_t i) {
    return ((bits[i / 64] >> (i % 64)) & 1U) != 0;
  }
};

}  // namespace verdict
