// The register VM: runs one function of a verified program over the slots of one request.
#pragma once

#include <cstdint>

#include "vm/program/program.h"
#include "vm/value/slot.h"

namespace verdict {

// What a function answered. `subject` is the rule that fired, or, where none did, the policy whose
// default is the answer.
struct Outcome {
  Effect effect = Effect::Deny;
  bool by_rule = false;
  std::uint32_t subject = kNone;

  friend bool operator==(const Outcome&, const Outcome&) = default;
};

// No allocation, lock, exception or check of what the verifier has proved. `slots` must hold every
// attribute of the program, bound for this very program. Executes at most
// program.longest_path(function) instructions. Thread-safe.
Outcome evaluate(const Program& program, FunctionId function, const SlotView& slots) noexcept;

}  // namespace verdict
