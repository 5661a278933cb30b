// Functions of what clocks and calendars of a place show.
#pragma once

#include "vm/functions/leaf.h"

namespace verdict {

// From the first time to the second, past midnight where that does not lie behind it.
inline bool holds(Leaf<Function::TimeOfDayBetween>, const AskedOf&, const Slot& a,
                  const LocalValues& times) {
  const std::int64_t from = times.at(0).number.integer();
  const std::int64_t to = times.at(1).number.integer();
  const std::int64_t now = times.local_time(a).second_of_day;
  return from < to ? from <= now && now < to : from <= now || now < to;
}
inline bool holds(Leaf<Function::DayOfWeekIn>, const AskedOf&, const Slot& a,
                  const LocalValues& days) {
  return days.contains(Number::from_integer(days.local_time(a).day_of_week));
}

}  // namespace verdict
