// A program with what its providers demand of tokens, ready to serve: what the engine swaps as one.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/jwt/settings.h"
#include "vm/program/program.h"
#include <verdict/engine.h>

namespace verdict {

// Immutable once made; shared by principals and the engine.
struct ProgramState {
  std::shared_ptr<const Program> program;
  std::vector<TokenSettings> providers;  // by ProviderId
  bool reads_requests = false;           // whether it has attributes beside those of claims

  [[nodiscard]] ProviderId id_of(const TokenSettings& provider) const {
    return ProviderId(static_cast<std::uint32_t>(&provider - providers.data()));
  }
  // nullptr where there is none.
  [[nodiscard]] const TokenSettings* find(std::string_view provider) const;
};

// What becomes of keys for a provider that the program does not have.
enum class IdleKeys : std::uint8_t { Refused, Allowed };

// `keys`, one set a provider, stand in place of pinned ones.
Expected<std::shared_ptr<const ProgramState>, Error> make_program_state(
    std::shared_ptr<const Program> program, const std::vector<ProviderKeys>& keys,
    IdleKeys idle = IdleKeys::Refused);

}  // namespace verdict
