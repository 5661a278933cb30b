// The time, passed in.
#pragma once

#include <cstdint>

namespace verdict {

class Clock {
 public:
  Clock() = default;
  Clock(const Clock&) = delete;
  Clock& operator=(const Clock&) = delete;
  virtual ~Clock() = default;

  // Microseconds since 1970-01-01T00:00:00Z. Called once a request, from any thread.
  [[nodiscard]] virtual std::int64_t now() const noexcept = 0;
};

// The machine's clock; lives as long as the process. Read in the cheap form, which may lag by some
// milliseconds.
const Clock& system_clock() noexcept;

}  // namespace verdict
