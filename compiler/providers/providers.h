// The rows of providers.def and registered_claims.def, and the signature algorithms.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "vm/value/kind.h"

namespace verdict::compiler {

// How an issuer ends.
enum class Slash : std::uint8_t { Needed, Never, Either };

struct ProviderRow {
  std::string_view spelling;
  std::string_view title;
  std::string_view algorithms;
  bool has_audience;
  std::string_view jwks_suffix;
  Slash slash;
  std::string_view issuer_part;
  std::string_view shared_audience;
  std::string_view writable_claims;
};
inline constexpr auto kProviders = std::to_array<ProviderRow>({
#define VERDICT_PROVIDER(spelling, title, algorithms, has_audience, jwks_suffix, slash, \
                         issuer_part, shared_audience, writable_claims)                 \
  {spelling,     title,       algorithms,      has_audience,   jwks_suffix,             \
   Slash::slash, issuer_part, shared_audience, writable_claims},
#include "compiler/providers/providers.def"
});

// nullptr for a type that is not in the table. `spelling` in lower case.
constexpr const ProviderRow* find_provider(std::string_view spelling) {
  for (const ProviderRow& row : kProviders) {
    if (row.spelling == spelling) return &row;
  }
  return nullptr;
}

// Whether users of that type of provider can write a claim themselves: `path` is, or goes on
// behind, one of the row's.
constexpr bool is_user_writable(const ProviderRow& row, std::string_view path) {
  std::string_view rest = row.writable_claims;
  while (!rest.empty()) {
    const std::size_t size =
        rest.find(' ') == std::string_view::npos ? rest.size() : rest.find(' ');
    const std::string_view claim = rest.substr(0, size);
    const bool is_whole = path.size() == claim.size() || claim.ends_with(':') ||
                          (path.size() > claim.size() && path[claim.size()] == '.');
    if (path.starts_with(claim) && is_whole) return true;
    rest.remove_prefix(size == rest.size() ? size : size + 1);
  }
  return false;
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
