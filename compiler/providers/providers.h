// The rows of providers.def and registered_claims.def, and the signature algorithms.
#pragma once

#include <array>
#include <string_view>

#include "vm/value/kind.h"

namespace verdict::compiler {

struct ProviderRow {
  std::string_view spelling;
  std::string_view title;
  std::string_view algorithms;
  bool has_audience;
  std::string_view jwks_suffix;
};
inline constexpr auto kProviders = std::to_array<ProviderRow>({
#define VERDICT_PROVIDER(spelling, title, algorithms, has_audience, jwks_suffix) \
  {spelling, title, algorithms, has_audience, jwks_suffix},
#include "compiler/providers/providers.def"
});

// nullptr for a type that is not in the table. `spelling` in lower case.
constexpr const ProviderRow* find_provider(std::string_view spelling) {
  for (const ProviderRow& row : kProviders) {
    if (row.spelling == spelling) return &row;
  }
  return nullptr;
}

struct RegisteredClaim {
  std::string_view claim;
  KindSet kinds;
  std::string_view source;
};
inline constexpr auto kRegisteredClaims = std::to_array<RegisteredClaim>({
#define VERDICT_REGISTERED_CLAIM(claim, kinds, source) {claim, kinds, source},
#include "compiler/providers/registered_claims.def"
});

constexpr const RegisteredClaim* find_registered_claim(std::string_view claim) {
  for (const RegisteredClaim& row : kRegisteredClaims) {
    if (row.claim == claim) return &row;
  }
  return nullptr;
}

// Names of RFC 7518, section 3.1, RFC 8037, section 3.1, and RFC 9864. `none` is not among them.
inline constexpr auto kAsymmetricAlgorithms =
    std::to_array<std::string_view>({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256",
                                     "ES384", "ES512", "EdDSA", "Ed25519", "Ed448"});
inline constexpr auto kSymmetricAlgorithms =
    std::to_array<std::string_view>({"HS256", "HS384", "HS512"});

}  // namespace verdict::compiler
