// Error: what went wrong outside of our own code, as a value.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

namespace verdict {

// Stable code, words for a person, and the place. Owns its message; `code` and `summary` point into
// static tables.
struct Error {
  static constexpr std::uint64_t kNoOffset = std::numeric_limits<std::uint64_t>::max();

  std::string_view code;             // "L109": stable, never reused
  std::string_view summary;          // what that code means
  std::string message;               // what was found here, and what was expected
  std::uint64_t offset = kNoOffset;  // byte in the file, where one is known
};

}  // namespace verdict
