// The lists that mappings have as defaults, as slots: made once for a program and shared by all
// that is bound to it, however many mappings name one.
#pragma once

#include <cstdint>
#include <vector>

#include "vm/value/slot.h"

namespace verdict {

struct ProgramView;

// Immutable once made. Texts belong to the program.
class DefaultLists {
 public:
  DefaultLists() = default;
  // INVARIANT: the program has passed the checks of its mappings.
  explicit DefaultLists(const ProgramView& view);

  // The elements of a list constant that is the default of some mapping.
  [[nodiscard]] ListValue get(std::uint32_t constant) const noexcept;

 private:
  struct Entry {
    std::uint32_t constant;
    std::uint32_t first;  // of elements_
    std::uint32_t count;
  };
  std::vector<Entry> entries_;  // by rising constants
  std::vector<Slot> elements_;
};

}  // namespace verdict
