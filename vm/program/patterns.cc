#include "vm/program/patterns.h"

#include <algorithm>

namespace verdict {

const Pattern& Patterns::get(std::uint32_t string) const noexcept {
  return std::lower_bound(
             entries_.begin(), entries_.end(), string,
             [](const Entry& before, std::uint32_t wanted) { return before.string < wanted; })
      ->pattern;
}

}  // namespace verdict
