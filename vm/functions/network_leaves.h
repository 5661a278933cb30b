// Functions of addresses.
#pragma once

#include "vm/functions/leaf.h"
#include "vm/value/network.h"

namespace verdict {

inline bool holds(Leaf<Function::IpEqual>, const AskedOf&, const Slot& a, const auto& b) {
  return a.ip == b.ip;
}
inline bool holds(Leaf<Function::IpIn> leaf, const AskedOf&, const Slot& a, const auto& set) {
  return set.contains(equality_of(leaf), a);
}
inline bool holds(Leaf<Function::IpIsPrivate>, const AskedOf&, const Slot& a, NoOperand) {
  return is_private(a.ip);
}
inline bool holds(Leaf<Function::IpIsLoopback>, const AskedOf&, const Slot& a, NoOperand) {
  return is_loopback(a.ip);
}

}  // namespace verdict
