// What clocks and calendars of a time zone show, for the second evaluator.
//
// Counts days and years one by one over what the zone's file says; shares nothing with the words
// and the dates of a program.
#pragma once

#include <cstdint>

#include "vm/value/time_zone.h"

namespace verdict::compiler::reference {

struct Clock {
  std::uint32_t second_of_day;
  std::uint32_t day_of_week;  // Monday 0

  friend bool operator==(const Clock&, const Clock&) = default;
};
Clock clock_at(const ZoneRules& rules, std::int64_t microseconds);

}  // namespace verdict::compiler::reference
