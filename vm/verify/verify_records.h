// What the families of checks share: references, ranges, reserved bytes, the place of a refusal.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "vm/base/limits.h"
#include "vm/program/constant.h"
#include "vm/program/load_error.h"
#include "vm/verify/verify.h"

namespace verdict {

// Refuses with the place of one record.
inline Unexpected<Error> refuse_at(const ProgramView& view, LoadError error, Section section,
                                   std::size_t index, std::string_view why) {
  return refuse(error,
                std::string(kSections[static_cast<std::size_t>(section)].spelling) + "[" +
                    std::to_string(index) + "]: " + std::string(why),
                offset_of(view, section, index));
}

// [first, first + count) lies within `size`, without overflow.
inline bool is_range(std::uint64_t first, std::uint64_t count, std::size_t size) {
  return first <= size && count <= size - first;
}

template <std::size_t N>
bool all_zero(const std::array<U8, N>& bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](U8 byte) { return byte == 0; });
}

inline bool is_string(const ProgramView& view, std::uint32_t id) { return id < view.num_strings(); }
// A text that an attribute can have, as long as a claim's may be.
inline bool is_attribute_text(const ProgramView& view, std::uint32_t id) {
  return is_string(view, id) && view.string(id).size() <= limits::kMaxClaimTextBytes;
}
inline bool is_string_or_none(const ProgramView& view, std::uint32_t id) {
  return id == kNone || is_string(view, id);
}

inline bool is_constant(const ProgramView& view, std::uint32_t id, ConstantType type) {
  return id < view.Constants.size() && type_of(view.Constants[id]) == type;
}

// Which names or references have been seen already: for what must not stand twice. Marks by a
// number of the caller's choice, so that one set serves one owner after the other.
class SeenBy {
 public:
  explicit SeenBy(std::size_t size) : last_(size, kNone) {}
  // Whether `value` was seen by this `owner` before.
  bool see(std::uint32_t value, std::uint32_t owner) {
    return std::exchange(last_[value], owner) == owner;
  }

 private:
  std::vector<std::uint32_t> last_;
};

// The mappings of one owner after the other: in range, of one source, no attribute twice. All
// owners together name at most as many mappings as there are: owners that share them would take
// more time to check than the file is long.
class OwnedMappings {
 public:
  OwnedMappings(const ProgramView& view, AttributeSource source);
  // What is wrong with those of the next owner; empty where nothing is.
  std::string_view find_fault(std::uint32_t first, std::uint32_t count);

 private:
  const ProgramView& view_;
  AttributeSource source_;
  SeenBy seen_;
  std::uint64_t num_mappings_ = 0;
  std::uint32_t owner_ = 0;
};

}  // namespace verdict
