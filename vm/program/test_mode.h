// The mode byte: what a general opcode asks, and when it jumps (field r of its instruction).
//
//   bits 0-1   JumpMode
//   bit  2     0
//   bits 3-4   the truth where the attribute is null: unknown, true, false
//   bits 5-6   Quantifier: absent, any, all (`none` is `any` with the jump turned round)
//   bit  7     what is asked of each element is negated: a twin under a quantifier
#pragma once

#include <cstdint>

#include "vm/program/layout.h"

namespace verdict {

// When a test jumps. The order is that of the four opcodes of a fast test.
enum class JumpMode : std::uint8_t { True, TrueOrUnknown, False, FalseOrUnknown };
inline constexpr std::uint8_t kNumJumpModes = 4;

constexpr bool jumps(JumpMode mode, Truth truth) {
  // Three bits a mode, the first one last: of each truth whether it jumps, `false` last.
  constexpr unsigned kJumps = 0b101'001'110'010;
  return ((kJumps >> (3U * static_cast<unsigned>(mode) + static_cast<unsigned>(truth))) & 1U) != 0;
}

class TestMode {
 public:
  constexpr explicit TestMode(std::uint8_t bits = 0) : bits_(bits) {}

  [[nodiscard]] constexpr JumpMode jump() const { return static_cast<JumpMode>(bits_ & 3U); }
  [[nodiscard]] constexpr OnNull on_null() const { return static_cast<OnNull>((bits_ >> 3U) & 3U); }
  [[nodiscard]] constexpr Quantifier quantifier() const {
    return static_cast<Quantifier>((bits_ >> 5U) & 3U);
  }
  [[nodiscard]] constexpr bool negates_elements() const { return (bits_ & 0x80U) != 0; }
  [[nodiscard]] constexpr std::uint8_t bits() const { return bits_; }

  [[nodiscard]] constexpr TestMode with(JumpMode jump) const {
    return TestMode(static_cast<std::uint8_t>((bits_ & ~3U) | static_cast<unsigned>(jump)));
  }
  // Bits that no mode has, and values that none of the fields has.
  [[nodiscard]] constexpr bool is_sound() const {
    return (bits_ & 4U) == 0 && on_null() <= OnNull::NoMatch && quantifier() <= Quantifier::All &&
           (!negates_elements() || quantifier() != Quantifier::Absent);
  }

  static constexpr TestMode make(OnNull on_null, Quantifier quantifier, bool negates_elements) {
    return TestMode(static_cast<std::uint8_t>((static_cast<unsigned>(on_null) << 3U) |
                                              (static_cast<unsigned>(quantifier) << 5U) |
                                              (negates_elements ? 0x80U : 0U)));
  }

 private:
  std::uint8_t bits_;
};

// The mode, but for its jump, that the fast opcodes have: no quantifier, and what is null is
// unknown; `is_null` asks just that.
constexpr TestMode plain_mode(Function function) {
  return TestMode::make(function == Function::IsNull ? OnNull::Match : OnNull::Unknown,
                        Quantifier::Absent, false);
}

// A condition as the machine asks it.
struct AskedTest {
  TestMode mode;   // without its jump
  bool is_turned;  // the condition is what is asked, negated
};

// A twin is the negation of the function, but under a quantifier it is that of each element. What
// `on_null` says is about the condition as it is written.
inline AskedTest asked_by(const ConditionRecord& condition) {
  const Quantifier quantifier = condition.quantifier();
  const bool is_turned =
      quantifier == Quantifier::Absent ? condition.is_negated() : quantifier == Quantifier::None;
  OnNull on_null = condition.on_null();
  if (is_turned && on_null != OnNull::Unknown)
    on_null = on_null == OnNull::Match ? OnNull::NoMatch : OnNull::Match;
  if (condition.function == static_cast<U8>(Function::IsNull))
    return {plain_mode(Function::IsNull), is_turned};
  return {TestMode::make(on_null, quantifier == Quantifier::None ? Quantifier::Any : quantifier,
                         quantifier != Quantifier::Absent && condition.is_negated()),
          is_turned};
}

}  // namespace verdict
