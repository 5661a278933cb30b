// The only way to a verified token.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "runtime/json/reader.h"
#include "runtime/jwt/jws.h"
#include "runtime/jwt/settings.h"

namespace verdict {

// Memory of one thread that verifies tokens; kept between tokens, so that a warm one allocates
// nothing.
struct TokenScratch {
  JsonReader header_reader;
  JsonReader claims;
  std::string signature;
  // The header that was read last, and its text: tokens of one key share it.
  std::string header_text;
  JwsHeader header;
};

// A token whose signature and registered claims hold. Borrows the settings, and the scratch until
// its next use.
class VerifiedToken {
 public:
  [[nodiscard]] const TokenSettings& provider() const { return *provider_; }
  // Of the provider's: the one that the signature is by.
  [[nodiscard]] const KeySet::Key& key() const { return *key_; }
  [[nodiscard]] Algorithm algorithm() const { return algorithm_; }
  [[nodiscard]] JsonRef claims() const { return claims_; }
  // The text that was signed.
  [[nodiscard]] std::string_view claims_text() const { return claims_text_; }
  // Valid for from <= now < until, the clock skew counted in.
  [[nodiscard]] std::int64_t valid_from() const { return valid_from_; }
  [[nodiscard]] std::int64_t valid_until() const { return valid_until_; }

 private:
  friend class TokenVerifier;
  VerifiedToken() = default;

  const TokenSettings* provider_ = nullptr;
  const KeySet::Key* key_ = nullptr;
  Algorithm algorithm_ = {};
  JsonRef claims_;
  std::string_view claims_text_;
  std::int64_t valid_from_ = 0;
  std::int64_t valid_until_ = 0;
};

// Checks in this order: structure, issuer, algorithm and type, key, signature, claims. `now` is in
// microseconds since 1970. The first of `providers` with the token's issuer is its provider.
Expected<VerifiedToken, TokenError> verify_token(std::string_view token,
                                                 std::span<const TokenSettings> providers,
                                                 std::int64_t now, TokenScratch& scratch);

// The signature alone, with exactly these keys; the payload may be anything, empty too. No token is
// good for this reason alone.
Expected<void, TokenError> verify_signature(std::string_view token, const KeySet& keys,
                                            AlgorithmSet algorithms, TokenScratch& scratch);

}  // namespace verdict
