#include "runtime/crypto/signing/signing_key.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "runtime/crypto/base64url.h"
#include "tests/runtime/crypto/key_pairs.h"

namespace verdict::testing {
namespace {

std::vector<KeyParameter> all_parameters(const SigningKey& key) {
  std::vector<KeyParameter> all = key.public_parameters();
  for (KeyParameter& parameter : key.private_parameters()) all.push_back(std::move(parameter));
  return all;
}

std::string names_of(const std::vector<KeyParameter>& parameters) {
  std::string names;
  for (const KeyParameter& parameter : parameters) names.append(parameter.name).append(" ");
  return names;
}

std::string error_of(KeyType type, const std::vector<KeyParameter>& parameters) {
  const auto key = SigningKey::from_parameters(type, parameters);
  return key ? "" : key.error().message;
}

class EverySigner : public ::testing::TestWithParam<AlgorithmRow> {
 protected:
  [[nodiscard]] static const SigningKey& key() { return pair_for(GetParam().algorithm).signing; }
};

INSTANTIATE_TEST_SUITE_P(SigningKey, EverySigner, ::testing::ValuesIn(kAlgorithms),
                         [](const auto& row) { return std::string(row.param.name); });

TEST_P(EverySigner, IsTheSameAfterBeingWrittenDown) {
  const auto copy = SigningKey::from_parameters(key().type(), all_parameters(key())).value();
  EXPECT_EQ(copy.type(), GetParam().key_type);
  const auto before = all_parameters(key());
  const auto after = all_parameters(copy);
  ASSERT_EQ(after.size(), before.size());
  for (std::size_t i = 0; i < before.size(); ++i) EXPECT_EQ(after[i].bytes, before[i].bytes);
  const std::string signature = copy.sign(GetParam().algorithm, "message").value();
  EXPECT_TRUE(pair_for(GetParam().algorithm).verify(GetParam().algorithm, "message", signature));
}

TEST_P(EverySigner, SignsWithItsOwnAlgorithmsOnly) {
  for (const AlgorithmRow& row : kAlgorithms) {
    EXPECT_EQ(key().sign(row.algorithm, "message").has_value(),
              takes_key(row.algorithm, key().type()))
        << row.name;
  }
}

// Half of one key and half of another would make signatures that nobody can verify.
TEST_P(EverySigner, BothHalvesAreOfOneKey) {
  if (is_symmetric(GetParam().algorithm)) {
    EXPECT_TRUE(key().public_parameters().empty());
    return;
  }
  std::vector<KeyParameter> mixed = pair_for(GetParam().algorithm, 1).signing.public_parameters();
  for (KeyParameter& parameter : key().private_parameters()) mixed.push_back(std::move(parameter));
  EXPECT_EQ(error_of(key().type(), mixed), "the private key does not belong to the public one");
}

TEST_P(EverySigner, NeedsEveryParameter) {
  const std::vector<KeyParameter> all = all_parameters(key());
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::vector<KeyParameter> fewer = all;
    fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_NE(error_of(key().type(), fewer), "") << all[i].name;
  }
  EXPECT_NE(error_of(key().type(), {}), "");
}

TEST(SigningKey, ParametersAreThoseOfAJwkInItsOrder) {
  EXPECT_EQ(names_of(all_parameters(pair_for(Algorithm::RS256).signing)), "n e d p q dp dq qi ");
  EXPECT_EQ(names_of(all_parameters(pair_for(Algorithm::ES256).signing)), "x y d ");
  EXPECT_EQ(names_of(all_parameters(pair_for(Algorithm::EdDSA).signing)), "x d ");
  EXPECT_EQ(names_of(all_parameters(pair_for(Algorithm::Ed448).signing)), "x d ");
  EXPECT_EQ(names_of(all_parameters(pair_for(Algorithm::HS256).signing)), "k ");
  const auto rsa = all_parameters(SigningKey::generate(Algorithm::RS256).value());
  EXPECT_EQ(rsa[0].bytes.size(), 256U);
  EXPECT_EQ(rsa[1].bytes, from_hex("010001"));
  EXPECT_EQ(all_parameters(pair_for(Algorithm::HS256).signing)[0].bytes.size(), 64U);
}

// RFC 7518, sections 6.2.1 and 6.2.2: leading zeros stay.
TEST(SigningKey, NumbersOfACurveHaveOneLength) {
  for (int i = 0; i < 600; ++i) {
    for (const KeyParameter& parameter :
         all_parameters(SigningKey::generate(Algorithm::ES256).value())) {
      ASSERT_EQ(parameter.bytes.size(), 32U) << parameter.name;
    }
  }
  for (const KeyParameter& parameter : all_parameters(pair_for(Algorithm::ES512).signing)) {
    EXPECT_EQ(parameter.bytes.size(), 66U) << parameter.name;
  }
}

TEST(SigningKey, EveryGeneratedKeyIsAnother) {
  for (const Algorithm algorithm :
       {Algorithm::RS256, Algorithm::ES256, Algorithm::ES384, Algorithm::ES512, Algorithm::EdDSA,
        Algorithm::Ed448, Algorithm::HS256}) {
    EXPECT_NE(all_parameters(SigningKey::generate(algorithm).value())[0].bytes,
              all_parameters(SigningKey::generate(algorithm).value())[0].bytes)
        << get_row(algorithm).name;
  }
}

// RFC 7515, appendix A.1; RFC 8037, appendix A.4.
TEST(SigningKey, VectorsOfDeterministicAlgorithms) {
  const std::string k = decode_base64url(
                            "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hc"
                            "gUuTwjAzZr1Z9CAow")
                            .value();
  const auto secret = SigningKey::from_parameters(KeyType::Secret, {{"k", k}}).value();
  EXPECT_EQ(encode_base64url(secret
                                 .sign(Algorithm::HS256,
                                       "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9."
                                       "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9"
                                       "leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ")
                                 .value()),
            "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
  const auto key = SigningKey::from_parameters(
      KeyType::Ed25519,
      {{"x", from_hex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")},
       {"d", from_hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")}});
  ASSERT_TRUE(key);
  EXPECT_EQ(key->sign(Algorithm::EdDSA, "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc")
                .value(),
            from_hex("860c98d2297f3060a33f42739672d61b53cf3adefed3d3c672f320dc021b411e"
                     "9d59b8628dc351e248b88b29468e0e41855b0fb7d83bb15be902bfccb8cd0a02"));
}

}  // namespace
}  // namespace verdict::testing
