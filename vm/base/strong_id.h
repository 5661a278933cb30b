// StrongId<Tag>: a 32-bit index with a type of its own, so that a policy's id cannot index the
// rules.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>

namespace verdict {

// In a record, and wherever an index may be missing: there is none.
inline constexpr std::uint32_t kNone = 0xFFFFFFFFU;

template <class Tag>
class StrongId {
 public:
  // The id of nothing. Also what a default-constructed id is.
  static constexpr std::uint32_t kNoneValue = kNone;

  constexpr StrongId() = default;
  constexpr explicit StrongId(std::uint32_t value) : value_(value) {}
  static constexpr StrongId none() { return StrongId(); }

  [[nodiscard]] constexpr std::uint32_t value() const { return value_; }
  [[nodiscard]] constexpr std::size_t index() const { return value_; }
  [[nodiscard]] constexpr bool has_value() const { return value_ != kNoneValue; }

  friend constexpr bool operator==(StrongId, StrongId) = default;
  friend constexpr auto operator<=>(StrongId, StrongId) = default;

 private:
  std::uint32_t value_ = kNoneValue;
};

}  // namespace verdict
