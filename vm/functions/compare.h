// Equality of slot values. Inline: this is the decision path.
#pragma once

#include <algorithm>

#include "vm/program/constant.h"

namespace verdict {

// By id where one of the two has one (see StringValue), else byte for byte.
inline bool equal_text(const StringValue& a, const StringValue& b) {
  if (a.id != b.id) return false;
  return a.id != kNone || a.text() == b.text();
}

// Whether rising ids hold `id`. kNone is in no set.
inline bool contains_id(std::span<const U32> ids, std::uint32_t id) {
  constexpr std::size_t kLinear =
      16;  // shorter than this, a scan beats the misses of a binary search
  if (ids.size() <= kLinear) {
    return std::any_of(ids.begin(), ids.end(), [id](const U32& member) { return member == id; });
  }
  return std::binary_search(ids.begin(), ids.end(), id,
                            [](std::uint32_t a, std::uint32_t b) { return a < b; });
}

// Whether rising numbers, given as constants, hold `number`.
inline bool contains_number(const ProgramView& view, std::span<const U32> constants,
                            const Number& number) {
  const auto found = std::lower_bound(
      constants.begin(), constants.end(), number,
      [&view](const U32& id, const Number& key) { return number_of(view, id) < key; });
  return found != constants.end() && number_of(view, *found) == number;
}

// Whether one of the networks, given as constants, each before the next, holds the address.
inline bool contains_address(const ProgramView& view, std::span<const U32> constants,
                             const IpValue& ip) {
  const auto network = [&view](const U32& id) {
    return network_of(network_at(view.words_of(view.Constants[id])));
  };
  const auto found = std::lower_bound(
      constants.begin(), constants.end(), ip,
      [&](const U32& id, const IpValue& key) { return is_before(network(id), key); });
  return found != constants.end() && contains(network(*found), ip);
}

inline bool list_contains_text(const ListValue& list, const StringValue& text) {
  const auto elements = elements_of(list);
  return std::any_of(elements.begin(), elements.end(),
                     [&text](const Slot& element) { return equal_text(element.string, text); });
}

inline bool list_contains_number(const ListValue& list, const Number& number) {
  const auto elements = elements_of(list);
  return std::any_of(elements.begin(), elements.end(),
                     [&number](const Slot& element) { return element.number == number; });
}

}  // namespace verdict
