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

// All but the issuer: times (`exp` must be there), sub, audience, authorized party, required
// claims.
Expected<Validity, TokenError> check_claims(const JsonRef& claims, const TokenSettings& settings,
                                            std::int64_t now);

// The same for claims that come without their token: what a token of that provider is checked by,
// but for header and signature, with the same causes. Whoever verified the token may have kept back
// what concerned the token alone, so `iss`, `exp`, `iat`, `azp` and the audience may be absent
// here; where they are there they must hold. A provider without an issuer takes any.
Expected<Validity, TokenError> check_bare_claims(const JsonRef& claims,
                                                 const TokenSettings& provider, std::int64_t now);

// For claims that the host has checked: nothing refuses them but a time that is no NumericDate. An
// end that lies ahead, by `exp` or by the greatest age, still is one; one that is over, and when
// they begin, is the host's word.
Expected<Validity, TokenError> check_nothing(const JsonRef& claims, const TokenSettings& provider,
                                             std::int64_t now);

// The provider that issued the token, by `iss`, byte for byte. What is near is explained.
Expected<const TokenSettings*, TokenError> find_provider(const JsonRef& claims,
                                                         std::span<const TokenSettings> providers);

}  // namespace verdict
