// What can be wrong with a token, as a value.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace verdict {

enum class TokenCause : std::uint8_t {
#define VERDICT_TOKEN_CAUSE(name, spelling, outside, meaning) name,
#include <verdict/token_causes.def>
};

// "audience_mismatch": stable.
std::string_view spelling_of(TokenCause cause) noexcept;
// What the cause means, for a person.
std::string_view describe(TokenCause cause) noexcept;

// Why a token was refused. `cause` and `detail` are for the host's log; public_message() is all
// that the caller outside should be told. Holds neither the token, nor its signature, nor the value
// of a claim that a mapping calls sensitive. Texts from the token are cut and escaped:
// valid UTF-8 without anything that moves, hides or reorders what a terminal shows.
struct TokenError {
  TokenCause cause = TokenCause::Malformed;
  std::string detail;  // "exp was 61 s ago, the clock skew is 5 s"; empty where memory ran out

  // "Unknown issuer" or "Token validation failed". Authorization has the one for a Deny.
  [[nodiscard]] std::string_view public_message() const noexcept;
};

}  // namespace verdict
