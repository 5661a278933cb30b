#include "vm/functions/operands.h"

#include <algorithm>
#include <numeric>

namespace verdict {

ListOrder::ListOrder(const ListValue& list, Equality equality) {
  const auto end = places_.begin() + list.count;
  std::iota(places_.begin(), end, std::uint16_t{0});
  std::sort(places_.begin(), end, [&](std::uint16_t a, std::uint16_t b) {
    return equality.is_before(list.elements[a], list.elements[b]);
  });
}

bool ListOrder::contains(const ListValue& list, Equality equality, const Slot& value) const {
  const auto end = places_.begin() + list.count;
  const auto found =
      std::lower_bound(places_.begin(), end, value, [&](std::uint16_t place, const Slot& wanted) {
        return equality.is_before(list.elements[place], wanted);
      });
  return found != end && equality.equal(list.elements[*found], value);
}

}  // namespace verdict
