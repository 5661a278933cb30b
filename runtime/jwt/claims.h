// The registered claims against a provider's settings (RFC 7519, section 4.1; design 2.2).
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>

#include "runtime/json/tree.h"
#include "runtime/jwt/settings.h"
#include <verdict/expected.h>
#include <verdict/token.h>

namespace verdict {

struct Validity {
  std::int64_t from = std::numeric_limits<std::int64_t>::min();
  std::int64_t until = std::numeric_limits<std::int64_t>::max();
};

// Whether `exp` must be there: in a token always, in claims that somebody else verified not.
enum class Expiry : std::uint8_t { Required, Optional };

// exp, nbf, iat and the greatest age; the validity that follows, with the clock skew.
Expected<Validity, TokenError> check_times(const JsonRef& claims, const TokenSettings& settings,
                                           std::int64_t now, Expiry expiry);

// All of them: times, sub, audience, authorized party, required claims.
Expected<Validity, TokenError> check_claims(const JsonRef& claims, const TokenSettings& settings,
                                            std::int64_t now);

// The provider that issued the token, by `iss`, byte for byte. What is near is explained.
Expected<const TokenSettings*, TokenError> find_provider(const JsonRef& claims,
                                                         std::span<const TokenSettings> providers);

}  // namespace verdict
