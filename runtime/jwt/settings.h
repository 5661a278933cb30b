// What a provider demands of its tokens (design 2.2), in the form in which tokens are checked.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "runtime/jwt/key_set.h"
#include "vm/program/number.h"

namespace verdict {

// A claim that must have exactly this value: a string, a number or a boolean.
struct RequiredClaim {
  std::string name;
  std::variant<std::string, Number, bool> value;
};

// Times are in microseconds. Immutable once made.
struct TokenSettings {
  std::string name;
  std::string issuer;
  AlgorithmSet algorithms;
  std::optional<KeySet> keys;
  std::vector<std::string> audiences;  // empty: any
  std::string audience_claim = "aud";
  std::int64_t clock_skew = 5'000'000;
  std::optional<std::int64_t> max_age;
  std::vector<std::string> parties;  // empty: any
  std::vector<std::string> types = {"JWT"};
  std::vector<RequiredClaim> required;
  std::vector<std::string> sensitive;  // top-level claims whose values no error may show
};

}  // namespace verdict
