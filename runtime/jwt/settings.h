// What a provider demands of its tokens (design 2.2), in the form in which tokens are checked.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "runtime/jwt/key_set.h"
#include "vm/value/number.h"

namespace verdict {

// A claim that must have exactly this value: a string, a number or a boolean.
struct RequiredClaim {
  std::string name;
  std::variant<std::string, Number, bool> value;

  friend bool operator==(const RequiredClaim&, const RequiredClaim&) = default;
};

// What a token must be, whosever key signed it. Whatever a token is checked by stands here, because
// a principal lives only as long as its provider's demands are equal to those that it met: lists
// count with their order, audiences without. Times are in microseconds.
struct TokenDemands {
  std::string issuer;
  AlgorithmSet algorithms;
  std::string jwks_url;                // where the keys should come from; not fetched yet
  std::vector<std::string> audiences;  // sorted: a token may name as many
  bool any_audience = false;           // without it and without audiences no token is accepted
  std::string audience_claim = "aud";
  std::int64_t clock_skew = 5'000'000;
  std::optional<std::int64_t> max_age;
  std::vector<std::string> parties;  // empty: any
  std::vector<std::string> types = {"JWT"};
  std::vector<RequiredClaim> required;

  friend bool operator==(const TokenDemands&, const TokenDemands&) = default;
};

// Immutable once made.
struct TokenSettings : TokenDemands {
  std::string name;
  std::optional<KeySet> keys;
  std::vector<std::string> sensitive;  // top-level claims whose values no error may show

  [[nodiscard]] const TokenDemands& demands() const { return *this; }
};

}  // namespace verdict
