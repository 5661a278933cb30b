// What a Principal holds: its claims, and their values for each program that was asked about it.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "runtime/engine/program_state.h"
#include "runtime/jwt/claims.h"
#include "vm/bind/slots.h"
#include <verdict/principal.h>

namespace verdict {

// The claims bound for one program, which it keeps alive. Immutable once made.
struct BoundClaims {
  explicit BoundClaims(std::shared_ptr<const ProgramState> state)
      : program(std::move(state)), slots(*program->program) {}

  std::shared_ptr<const ProgramState> program;
  const TokenSettings* provider = nullptr;
  Slots slots;
};

// Binds claims, an object, for a program. Nothing in the result refers to the claims.
Expected<std::unique_ptr<const BoundClaims>, TokenError> bind_claims(
    std::shared_ptr<const ProgramState> program, const TokenSettings& provider,
    const JsonRef& claims);

struct Principal::State {
  std::string claims;  // JSON text, to bind them again when the program changes
  std::optional<std::string> subject;
  Validity validity;
  const KeySet::Key* key = nullptr;  // the one of provider() that verified the token, if one did
  Algorithm algorithm = {};          // of that token
  // INVARIANT: points at the last of `bounds`, which only grows, so a reader never sees one die.
  std::atomic<const BoundClaims*> latest = nullptr;
  std::mutex mutex;  // guards `bounds`
  std::vector<std::unique_ptr<const BoundClaims>> bounds;

  // As it was when the principal was made.
  [[nodiscard]] const TokenSettings& provider() const { return *bounds.front()->provider; }
  // Whether `other`, the provider in another program, demands the same and has the same key.
  [[nodiscard]] bool is_accepted_by(const TokenSettings& other) const;

  void add(std::unique_ptr<const BoundClaims> bound) {
    bounds.push_back(std::move(bound));
    latest.store(bounds.back().get(), std::memory_order_release);
  }
};

}  // namespace verdict
