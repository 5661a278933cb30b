// Functions of points in time.
#pragma once

#include "vm/functions/leaf.h"

namespace verdict {

inline bool holds(Leaf<Function::TimestampBefore>, const AskedOf&, const Slot& a, const auto& b) {
  return a.timestamp < b.timestamp;
}
inline bool holds(Leaf<Function::TimestampAfter>, const AskedOf&, const Slot& a, const auto& b) {
  return a.timestamp > b.timestamp;
}
inline bool holds(Leaf<Function::TimestampBetween>, const AskedOf&, const Slot& a,
                  const auto& ends) {
  return ends.low.timestamp <= a.timestamp && a.timestamp <= ends.high.timestamp;
}

}  // namespace verdict
