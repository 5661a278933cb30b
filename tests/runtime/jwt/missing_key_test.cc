// What the log says where a set has no key for a token.
#include "runtime/jwt/missing_key.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "tests/runtime/jwt/token_maker.h"

namespace verdict::testing {
namespace {

constexpr std::string_view kBroken = R"({"kty":"RSA","kid":"a","n":"AAAA","e":"AQAB"})";

std::string key(std::string_view more, Algorithm algorithm = Algorithm::RS256, int which = 0) {
  return public_jwk(pair_for(algorithm, which).signing, more);
}

std::string words(const std::vector<std::string>& keys, std::optional<std::string_view> kid,
                  Algorithm algorithm = Algorithm::RS256) {
  const KeySet set = key_set(keys);
  const auto found = set.find(kid, algorithm);
  return found ? "found" : describe_missing_key(set, found.error(), kid, algorithm);
}

TEST(MissingKey, WhatTheSetHasInstead) {
  EXPECT_EQ(words({key(R"(,"kid":"rotated")")}, "a"), R"(`kid` is "a", and the set has "rotated")");
  EXPECT_EQ(words({key("")}, "a"), R"(`kid` is "a", and the set has a key without `kid`)");
  EXPECT_EQ(words({key(R"(,"kid":null)"), key("", Algorithm::ES256)}, "a"),
            R"(`kid` is "a", and the set has 2 keys without `kid`)");
  EXPECT_EQ(words({key(""), key(R"(,"kid":"b")"), key(R"(,"kid":"b")")}, "a"),
            R"(`kid` is "a", and the set has "b" and a key without `kid`)");
  std::vector<std::string> many;
  for (const char kid : std::string("bcdefg"))
    many.push_back(key(R"(,"kid":")" + std::string(1, kid) + '"'));
  EXPECT_EQ(words(many, "a"), R"(`kid` is "a", and the set has "b", "c", "d", "e", ...)");
}

TEST(MissingKey, WhyTheKeyOfTheKidIsSkipped) {
  const std::string other = key(R"(,"kid":"b")");
  EXPECT_EQ(words({std::string(kBroken), other}, "a"),
            R"(`kid` is "a", and the key of it cannot be used: key 0 (kid "a"): the modulus is )"
            "empty or starts with a zero byte");
  EXPECT_EQ(words({other, key(R"(,"kid":"a","use":"enc")")}, "a"),
            R"(`kid` is "a", and the key of it cannot be used: key 1 (kid "a"): it is for )"
            "encryption (`use` is `enc`)");
  EXPECT_EQ(words({R"({"kty":"RSA","kid":"a","x5c":["MII"]})"}, "a"),
            R"(`kid` is "a", and the key of it cannot be used: key 0 (kid "a"): it is a )"
            "certificate chain (`x5c`) alone, without the key's own numbers");
}

TEST(MissingKey, NoKeyCanBeUsed) {
  EXPECT_EQ(words({std::string(kBroken)}, "b"),
            R"(`kid` is "b", and the set has no usable key: key 0 (kid "a"): the modulus is empty )"
            "or starts with a zero byte");
  EXPECT_EQ(words({"{}", "5", "{}", "{}", "{}"}, {}),
            "the header has no `kid`, and the set has no usable key: key 0: `kty` is missing; "
            "key 1: it is not an object; key 2: `kty` is missing; key 3: `kty` is missing; ...");
}

TEST(MissingKey, SeveralKeys) {
  const std::string second = key(R"(,"kid":"b")", Algorithm::RS256, 1);
  EXPECT_EQ(words({key(R"(,"kid":"a")"), second, key(R"(,"kid":"e")", Algorithm::ES256)}, {}),
            R"(the header has no `kid`, and several keys would do: "a", "b")");
  EXPECT_EQ(words({key(R"(,"kid":"a")"), key(R"(,"kid":"a")", Algorithm::RS256, 1)}, "a"),
            R"(`kid` is "a", and two different keys of that `kid` take RS256)");
  EXPECT_EQ(
      words({key(R"(,"kid":"a")"), std::string(kBroken), key(R"(,"kid":"a","use":"enc")")}, "a"),
      R"(`kid` is "a", and beside its key another may be meant that cannot be used: key 1 )"
      R"((kid "a"): the modulus is empty or starts with a zero byte)");
}

TEST(MissingKey, AnotherAlgorithm) {
  EXPECT_EQ(words({key(R"(,"kid":"a","alg":"RS512")")}, "a"),
            R"(`kid` is "a", and the key of it takes RS512, not RS256)");
  EXPECT_EQ(words({key(R"(,"kid":"a")")}, "a", Algorithm::ES256),
            R"(`kid` is "a", and the key of it takes RS256, RS384, RS512, PS256, ..., not ES256)");
  EXPECT_EQ(words({key(R"(,"kid":"a")", Algorithm::ES256), std::string(kBroken)}, "a"),
            R"(`kid` is "a", and the key of it takes ES256, not RS256; key 1 (kid "a"): the )"
            "modulus is empty or starts with a zero byte");
  EXPECT_EQ(words({key("", Algorithm::ES256)}, {}),
            "the header has no `kid`, and no usable key of the set takes RS256");
}

// Ids are of somebody else.
TEST(MissingKey, ShowsIdsWithoutHarm) {
  const std::string text =
      words({key(R"(,"kid":"b\nlevel=info")"), key(",\"kid\":\"" + std::string(5000, 'k') + '"')},
            "a\x1b[2J");
  EXPECT_LT(text.size(), 200U);
  for (const char c : text) EXPECT_TRUE(c >= ' ' && c <= '~');
}

}  // namespace
}  // namespace verdict::testing
