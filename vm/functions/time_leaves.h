// Functions of points in time.
#pragma once

#include <optional>

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

// The time of the request; what has none cannot be asked.
inline Truth holds(Leaf<Function::TimestampWithinLast>, const AskedOf& asked, const Slot& a,
                   const auto& duration) {
  const std::optional<std::int64_t> now = asked.frame.slots.now;
  if (!now) return Truth::Unknown;
  return truth_of(*now - duration.timestamp <= a.timestamp && a.timestamp <= *now);
}
inline Truth holds(Leaf<Function::TimestampWithinNext>, const AskedOf& asked, const Slot& a,
                   const auto& duration) {
  const std::optional<std::int64_t> now = asked.frame.slots.now;
  if (!now) return Truth::Unknown;
  return truth_of(*now <= a.timestamp && a.timestamp <= *now + duration.timestamp);
}

}  // namespace verdict
