// Tokens for tests: signed with keys that are made once a process, and checked with settings that
// hold their public halves.
#pragma once

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/crypto/base64url.h"
#include "runtime/jwt/verifier.h"
#include "tests/runtime/crypto/key_pairs.h"

namespace verdict::testing {

inline constexpr std::int64_t kSecond = 1'000'000;
inline constexpr std::int64_t kNowSeconds = 1'700'000'000;
inline constexpr std::int64_t kNow = kNowSeconds * kSecond;
inline constexpr std::string_view kIssuer = "https://issuer.example";

// The algorithms of key sets that are published.
inline std::vector<Algorithm> asymmetric_algorithms() {
  std::vector<Algorithm> algorithms;
  for (const AlgorithmRow& row : kAlgorithms) {
    if (!is_symmetric(row.algorithm)) algorithms.push_back(row.algorithm);
  }
  return algorithms;
}

// "EC-P-256-0": the kid of pair_for(algorithm, which).
inline std::string kid_of(Algorithm algorithm, int which = 0) {
  const KeyTypeRow& row = get_row(get_row(algorithm).key_type);
  return std::string(row.kty) + "-" + std::string(row.crv) + "-" + std::to_string(which);
}

// The public half as a JSON Web Key with these further members (`,"kid":"a"`).
inline std::string public_jwk(const SigningKey& key, std::string_view more = {}) {
  const KeyTypeRow& row = get_row(key.type());
  std::string text = R"({"kty":")" + std::string(row.kty) + '"';
  if (!row.crv.empty()) text += R"(,"crv":")" + std::string(row.crv) + '"';
  for (const KeyParameter& parameter : key.public_parameters())
    text += ",\"" + std::string(parameter.name) + "\":\"" + encode_base64url(parameter.bytes) + '"';
  return text + std::string(more) + "}";
}

inline std::string public_jwk(Algorithm algorithm, int which = 0, std::string_view more = {}) {
  const std::string kid = R"(,"kid":")" + kid_of(algorithm, which) + '"';
  return public_jwk(pair_for(algorithm, which).signing, kid + std::string(more));
}

inline std::string jwks_of(const std::vector<std::string>& keys) {
  std::string text = R"({"keys":[)";
  for (const std::string& key : keys) text += (text.ends_with('[') ? "" : ",") + key;
  return text + "]}";
}

inline KeySet key_set(const std::vector<std::string>& keys) {
  return KeySet::parse(jwks_of(keys)).value();
}

// A provider that takes these algorithms, and has pair_for() of each.
inline TokenSettings settings_for(std::initializer_list<Algorithm> algorithms) {
  TokenSettings settings;
  settings.name = "idp";
  settings.issuer = kIssuer;
  settings.any_audience = true;
  std::vector<std::string> keys;
  for (const Algorithm algorithm : algorithms) {
    settings.algorithms.add(algorithm);
    const std::string key = public_jwk(algorithm);
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
  }
  settings.keys = key_set(keys);
  return settings;
}

// A header with these further members.
inline std::string header_for(Algorithm algorithm, std::string_view more = {}) {
  return R"({"alg":")" + std::string(get_row(algorithm).name) + R"(","kid":")" + kid_of(algorithm) +
         '"' + std::string(more) + "}";
}

// Claims that hold at kNow, with these further members.
inline std::string claims_with(std::string_view more = {}) {
  return R"({"iss":")" + std::string(kIssuer) + R"(","exp":)" + std::to_string(kNowSeconds + 60) +
         std::string(more) + "}";
}

// Any header and claims, signed with that algorithm whatever the header says.
inline std::string sign_with(const SigningKey& key, Algorithm algorithm, std::string_view header,
                             std::string_view claims) {
  const std::string text = encode_base64url(header) + "." + encode_base64url(claims);
  return text + "." + encode_base64url(key.sign(algorithm, text).value());
}

inline std::string sign(Algorithm algorithm, std::string_view header, std::string_view claims) {
  return sign_with(pair_for(algorithm).signing, algorithm, header, claims);
}

inline std::string good_token(Algorithm algorithm) {
  return sign(algorithm, header_for(algorithm), claims_with());
}

// Nothing where the token is accepted.
inline std::optional<TokenError> error_of(std::string_view token,
                                          std::span<const TokenSettings> providers,
                                          std::int64_t now = kNow) {
  TokenScratch scratch;
  const auto verified = verify_token(token, providers, now, scratch);
  return verified ? std::optional<TokenError>() : std::optional(verified.error());
}

inline std::optional<TokenError> error_of(std::string_view token, const TokenSettings& settings,
                                          std::int64_t now = kNow) {
  return error_of(token, std::span(&settings, 1), now);
}

// "accepted", or the cause's stable spelling.
template <class Settings>
std::string verdict_of(std::string_view token, const Settings& settings, std::int64_t now = kNow) {
  const std::optional<TokenError> error = error_of(token, settings, now);
  return error ? std::string(spelling_of(error->cause)) : "accepted";
}

}  // namespace verdict::testing
