// Keys and tokens for local tests: made, written down, signed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/crypto/algorithm.h"
#include <verdict/expected.h>

namespace verdict::policyc {

struct SigningError {
  std::string message;
};

// A fresh key as JSON Web Keys (RFC 7517): the private one, and a set with the public one in it.
// The set of a secret is empty.
struct KeyPair {
  std::string private_jwk;
  std::string public_set;
};
Expected<KeyPair, SigningError> generate_keys(Algorithm algorithm,
                                              const std::optional<std::string>& kid);

// Whether a text is a key set (RFC 7517) in which nothing is secret.
bool is_public_key_set(std::string_view text);

struct SigningRequest {
  std::string_view private_jwk;
  std::string_view claims;                       // a JSON object
  std::optional<std::int64_t> lifetime_seconds;  // sets iat, nbf and exp anew
  std::int64_t now = 0;                          // microseconds since 1970
  std::string type = "JWT";
};
// A compact JWS over the claims.
Expected<std::string, SigningError> sign_token(const SigningRequest& request);

}  // namespace verdict::policyc
