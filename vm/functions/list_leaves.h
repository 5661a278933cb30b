// Functions of lists as a whole.
#pragma once

#include <algorithm>

#include "vm/functions/leaf.h"

namespace verdict {

inline Truth contains_any(const ListValue& list, const auto& operands, Equality equality) {
  return operands.searched(equality, list.count, [&](const auto& searched) {
    const auto is_in = [&](const Slot& element) { return searched.contains(equality, element); };
    return truth_of(std::ranges::any_of(elements_of(list), is_in));
  });
}
inline Truth is_subset_of(const ListValue& list, const auto& operands, Equality equality) {
  if (list.count == 0) return Truth::False;
  return operands.searched(equality, list.count, [&](const auto& searched) {
    const auto is_in = [&](const Slot& element) { return searched.contains(equality, element); };
    return truth_of(std::ranges::all_of(elements_of(list), is_in));
  });
}
// Every list has all elements of an empty one, which only an attribute can be.
inline Truth contains_all(const ListValue& list, const auto& operands, Equality equality) {
  if (operands.size() == 0) return Truth::Unknown;
  return ListMembers(list).searched(equality, operands.size(), [&](const auto& searched) {
    for (std::uint32_t i = 0; i < operands.size(); ++i) {
      if (!searched.contains(equality, operands.at(equality.held, i))) return Truth::False;
    }
    return Truth::True;
  });
}
inline Truth holds(Leaf<Function::ListContainsAnyString> leaf, const AskedOf&, const Slot& list,
                   const auto& operands) {
  return contains_any(list.list, operands, equality_of(leaf));
}
inline Truth holds(Leaf<Function::ListContainsAnyNumber> leaf, const AskedOf&, const Slot& list,
                   const auto& operands) {
  return contains_any(list.list, operands, equality_of(leaf));
}
inline Truth holds(Leaf<Function::ListContainsAllString> leaf, const AskedOf&, const Slot& list,
                   const auto& operands) {
  return contains_all(list.list, operands, equality_of(leaf));
}
inline Truth holds(Leaf<Function::ListContainsAllNumber> leaf, const AskedOf&, const Slot& list,
                   const auto& operands) {
  return contains_all(list.list, operands, equality_of(leaf));
}
inline Truth holds(Leaf<Function::ListIsSubsetOfString> leaf, const AskedOf&, const Slot& list,
                   const auto& operands) {
  return is_subset_of(list.list, operands, equality_of(leaf));
}
inline Truth holds(Leaf<Function::ListIsSubsetOfNumber> leaf, const AskedOf&, const Slot& list,
                   const auto& operands) {
  return is_subset_of(list.list, operands, equality_of(leaf));
}
inline bool holds(Leaf<Function::ListIsEmpty>, const AskedOf&, const Slot& list, NoOperand) {
  return list.list.count == 0;
}
inline bool holds(Leaf<Function::ListSizeBetween>, const AskedOf&, const Slot& list,
                  const auto& ends) {
  return is_count_between(list.list.count, ends);
}
inline bool holds(Leaf<Function::ListContainsString>, const AskedOf&, const Slot& list,
                  const auto& b) {
  const auto elements = elements_of(list.list);
  return std::any_of(elements.begin(), elements.end(),
                     [&b](const Slot& element) { return same_text(element, b); });
}
inline bool holds(Leaf<Function::ListContainsNumber>, const AskedOf&, const Slot& list,
                  const auto& b) {
  return list_contains_number(list.list, b.number);
}

}  // namespace verdict
