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

// Whether `later` lies from 0 to `most` behind `earlier`, whatever a host's clock says.
inline bool is_up_to(std::int64_t earlier, std::int64_t later, std::int64_t most) {
  const std::uint64_t apart =
      static_cast<std::uint64_t>(later) - static_cast<std::uint64_t>(earlier);
  return earlier <= later && apart <= static_cast<std::uint64_t>(most);
}

// The time of the request; what has none cannot be asked.
inline Truth holds(Leaf<Function::TimestampWithinLast>, const AskedOf& asked, const Slot& a,
                   const auto& duration) {
  const std::optional<std::int64_t> now = asked.frame.slots.now;
  if (!now) return Truth::Unknown;
  return truth_of(is_up_to(a.timestamp, *now, duration.timestamp));
}
inline Truth holds(Leaf<Function::TimestampWithinNext>, const AskedOf& asked, const Slot& a,
                   const auto& duration) {
  const std::optional<std::int64_t> now = asked.frame.slots.now;
  if (!now) return Truth::Unknown;
  return truth_of(is_up_to(*now, a.timestamp, duration.timestamp));
}

}  // namespace verdict
