// Verification by every algorithm: what must verify, and that nothing near it does.
#include "runtime/crypto/key.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "tests/runtime/crypto/key_pairs.h"

// OpenSSL's, whose headers have another home.
extern "C" unsigned long ERR_peek_error();

namespace verdict::testing {
namespace {

constexpr std::string_view kMessage = "eyJhbGciOiJ4In0.eyJzdWIiOiJhIn0";

class EveryAlgorithm : public ::testing::TestWithParam<AlgorithmRow> {
 protected:
  [[nodiscard]] static Algorithm algorithm() { return GetParam().algorithm; }
  [[nodiscard]] static const KeyPair& pair() { return pair_for(algorithm()); }
};

INSTANTIATE_TEST_SUITE_P(Key, EveryAlgorithm, ::testing::ValuesIn(kAlgorithms),
                         [](const auto& row) { return std::string(row.param.name); });

TEST_P(EveryAlgorithm, VerifiesWhatItsKeySigned) {
  for (const std::string& message :
       {std::string(), std::string("a"), std::string(kMessage), std::string(100'000, 'x')}) {
    EXPECT_TRUE(pair().verify(algorithm(), message, pair().sign(algorithm(), message)));
  }
}

TEST_P(EveryAlgorithm, A35_RefusesASignatureOfAnotherMessage) {
  const std::string signature = pair().sign(algorithm(), kMessage);
  EXPECT_FALSE(pair().verify(algorithm(), "another", signature));
  EXPECT_FALSE(pair().verify(algorithm(), "", signature));
  for (std::size_t bit = 0; bit < kMessage.size() * 8; bit += 5) {
    EXPECT_FALSE(pair().verify(algorithm(), flip_bit(std::string(kMessage), bit), signature));
  }
}

TEST_P(EveryAlgorithm, RefusesASignatureOfAnotherKey) {
  const std::string signature = pair_for(algorithm(), 1).sign(algorithm(), kMessage);
  EXPECT_TRUE(pair_for(algorithm(), 1).verify(algorithm(), kMessage, signature));
  EXPECT_FALSE(pair().verify(algorithm(), kMessage, signature));
}

TEST_P(EveryAlgorithm, A34_RefusesEveryFlippedBit) {
  const std::string signature = pair().sign(algorithm(), kMessage);
  for (std::size_t bit = 0; bit < signature.size() * 8; ++bit) {
    ASSERT_FALSE(pair().verify(algorithm(), kMessage, flip_bit(signature, bit))) << bit;
  }
  EXPECT_TRUE(pair().verify(algorithm(), kMessage, signature));
}

// Another hash, another padding (A17), another curve (A18), another type of key (A14).
TEST_P(EveryAlgorithm, A17_A18_RefusesItsSignatureUnderEveryOtherAlgorithm) {
  const std::string signature = pair().sign(algorithm(), kMessage);
  for (const AlgorithmRow& other : kAlgorithms) {
    // EdDSA and the name of the curve are one algorithm.
    const KeyType type = GetParam().key_type;
    const bool is_same =
        other.algorithm == algorithm() || (is_edwards(type) && takes_key(other.algorithm, type));
    EXPECT_EQ(pair().verify(other.algorithm, kMessage, signature), is_same) << other.name;
    EXPECT_EQ(pair_for(other.algorithm).verify(other.algorithm, kMessage, signature),
              is_same && other.key_type == type)
        << other.name;
  }
}

// Shorter, longer and empty ones; a zero byte in front leaves the value of a number as it was.
TEST_P(EveryAlgorithm, A33_RefusesSignaturesOfAnotherLength) {
  const std::string good = pair().sign(algorithm(), kMessage);
  for (const std::string& bad :
       {std::string(), std::string("\0", 1), std::string("a"), good.substr(1),
        good.substr(0, good.size() - 1), good + '\0', std::string(1, '\0') + good, good + good,
        std::string(1 << 20, 'x'), std::string(good.size(), '\0'),
        std::string(good.size(), '\xff')}) {
    EXPECT_FALSE(pair().verify(algorithm(), kMessage, bad)) << bad.size();
  }
}

TEST_P(EveryAlgorithm, LeavesNoErrorInTheQueueOfOpenSsl) {
  std::string signature = pair().sign(algorithm(), kMessage);
  EXPECT_TRUE(pair().verify(algorithm(), kMessage, signature));
  EXPECT_FALSE(pair().verify(algorithm(), kMessage, std::string(signature.size(), '\xff')));
  EXPECT_FALSE(pair().verify(algorithm(), kMessage, flip_bit(signature, 20)));
  EXPECT_EQ(ERR_peek_error(), 0U);
}

// More threads than a key keeps contexts for.
TEST_P(EveryAlgorithm, ManyThreadsShareAKey) {
  constexpr int kThreads = 12;
  constexpr int kVerifications = 20;
  const std::string good = pair().sign(algorithm(), kMessage);
  const std::string bad = flip_bit(good, 9);
  std::atomic<int> num_right = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      for (int k = 0; k < kVerifications; ++k) {
        num_right += pair().verify(algorithm(), kMessage, good) &&
                     !pair().verify(algorithm(), kMessage, bad);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(num_right, kThreads * kVerifications);
}

TEST(Key, CanBeMoved) {
  KeyPair first = make_pair(Algorithm::ES256);
  const std::string signature = first.sign(Algorithm::ES256, kMessage);
  VerificationKey moved = std::move(first.verification);
  EXPECT_TRUE(moved.verify(Algorithm::ES256, kMessage, signature));
  moved = make_pair(Algorithm::EdDSA).verification;
  EXPECT_EQ(moved.type(), KeyType::Ed25519);
  EXPECT_FALSE(moved.verify(Algorithm::ES256, kMessage, signature));
}

// ---- HMAC

// What an attacker knows of an RSA key is no secret of it (libjwt CVE-2026-44699).
TEST(Hmac, A14_A15_NoPublicKeyTakesAMac) {
  const KeyPair& rsa = pair_for(Algorithm::RS256);
  const std::string modulus = find_parameter(rsa.signing.public_parameters(), "n");
  const auto secret = SigningKey::from_parameters(KeyType::Secret, {{"k", modulus}}).value();
  const std::string mac = secret.sign(Algorithm::HS256, kMessage).value();
  for (const AlgorithmRow& row : kAlgorithms) {
    if (is_symmetric(row.algorithm)) continue;
    EXPECT_FALSE(pair_for(row.algorithm).verify(Algorithm::HS256, kMessage, mac)) << row.name;
    EXPECT_FALSE(pair_for(row.algorithm).verify(Algorithm::HS256, kMessage, "")) << row.name;
  }
}

// RFC 7518, section 3.2.
TEST(Hmac, A14_ASecretIsAtLeastAsLongAsTheHash) {
  EXPECT_FALSE(VerificationKey::make_secret(""));
  EXPECT_FALSE(VerificationKey::make_secret(std::string(31, 's')));
  EXPECT_FALSE(SigningKey::from_parameters(KeyType::Secret, {{"k", std::string(31, 's')}}));
  const std::string longest(64, 's');
  const auto all = SigningKey::from_parameters(KeyType::Secret, {{"k", longest}}).value();
  for (const auto& [size, algorithm] :
       {std::pair(32U, Algorithm::HS256), std::pair(48U, Algorithm::HS384),
        std::pair(64U, Algorithm::HS512)}) {
    const auto at = VerificationKey::make_secret(longest.substr(0, size)).value();
    const auto signer =
        SigningKey::from_parameters(KeyType::Secret, {{"k", longest.substr(0, size)}}).value();
    EXPECT_TRUE(at.verify(algorithm, kMessage, signer.sign(algorithm, kMessage).value()));
    if (size == 32U) continue;
    // HMAC fills a short key up with zeros: with the check missing this would verify.
    const std::string below = longest.substr(0, size - 1);
    const auto padded =
        SigningKey::from_parameters(KeyType::Secret, {{"k", below + std::string(1, '\0')}}).value();
    EXPECT_FALSE(VerificationKey::make_secret(below).value().verify(
        algorithm, kMessage, padded.sign(algorithm, kMessage).value()));
  }
}

// Every byte of the MAC decides: a comparison that stops early, at a zero byte or a length, would
// let one of these pass. That it takes the same time for each is CRYPTO_memcmp's promise.
TEST(Hmac, A36_AMacThatIsWrongInOneByteIsRefused) {
  for (const Algorithm algorithm : {Algorithm::HS256, Algorithm::HS384, Algorithm::HS512}) {
    const KeyPair& pair = pair_for(algorithm);
    const std::string good = pair.sign(algorithm, kMessage);
    for (std::size_t i = 0; i < good.size(); ++i) {
      std::string bad = good;
      bad[i] = static_cast<char>(byte_at(good, i) + 1);
      EXPECT_FALSE(pair.verify(algorithm, kMessage, bad)) << i;
      EXPECT_FALSE(pair.verify(algorithm, kMessage, good.substr(0, i))) << i;
    }
  }
}

TEST(Hmac, VectorOfRfc4231) {
  const auto key = VerificationKey::make_secret(std::string(131, '\xaa')).value();
  EXPECT_TRUE(
      key.verify(Algorithm::HS256, "Test Using Larger Than Block-Size Key - Hash Key First",
                 from_hex("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")));
}

// ---- RSA-PSS

// One key, one message, five signatures by `openssl dgst -sigopt`.
constexpr std::string_view kPssModulus =
    "c38b6c8f7798e5c69637fe641f0896222710820b087541c08246a0dd2708fbc0a2f4ce95daabc3e10945803d"
    "597d5ced0ce3f010c2d9c4e6e6cf0fe775eb64c0a37dc2547c8359ac5074b78b4bda5569248ceecfa750755e"
    "705084e7196f0e26935a8583d944b5cb0d984b326c60c7b8e3caa59acc408e0eac6d6ba2195e901ae4207c64"
    "6a8de3807a22e73a13343a5b58c936f0b71e82c622bd3a8b5d63a40f9c994d4ab0ca9e7fed6162b2171aab98"
    "adc54d9f330ffba5708b438b6e578f9512d20fa8dba78c01f3c26240846f00c111d315cd785c2801aff7f085"
    "5d65d9bb1c04311b0bd18c9270821cc06049e7132b13fb7027325138753bb29dab8fad49";
constexpr std::string_view kPssGood =
    "56d45594341fdf398706b3bee40f5b8f9b70abcf8bb04c59381bb7c22c515ef61d844ae8caaa44456fa48e81"
    "3c6eb4c4aba3e839b8f537f58b70a588c517aeb158805f63a856e6a951095e9c96b125e12ece715901bb2e0b"
    "c2813fc9a459c2d805af6b1aa2ce64f385981f1673e5f27fd78b504711797ac8709f04b2da925018ccf5a60f"
    "5cf24058fd458a12f89f44d19ab3264ce9c8f75f3cdaa9778c2dee0f784eba723d47ac2450a8a1053c88290b"
    "47ffbdc66b0c852e50e29756041de214baf3c136b142b7b0a64fbc18e2a424faa8104cecf452b16949f4ce72"
    "2d443b821bf724c178823e3508fa2221a124ba1e20b4993fe4e45cd44b2dbcc384e0bd3b";
constexpr std::string_view kPssSalt20 =
    "a13a887496fe2ca114333dfbb32017942ce67a9cbaa4a22ed418b6c9c8c462f1db76bbd643e5891f6c063a2c"
    "19a1f43aafdd623d6afda7b2670219819e182296c952376fdc7b2c8560df7ffb3e6b572b11601d7f8e134ab6"
    "90c6e7e505845787c1e85045342eb730703f498dd37cd40e153b21b8f815461c0a9ccc912ed9a3c7de7f7ecb"
    "74fdbe2011272e88d394c57d482df401808bf2a52b96cb3dfec2a776205bfc1f40e1c3618c7bda1b48c1adfa"
    "08dfc7353b116538d3c4f148d0ee552e81a4feb9d3747c83db51ea1f62e6e4d5c16bb122e3add53947b2e699"
    "7559e5d909ae22e432e54c4739b7f36a6c782c55cd3b77ed8803334ac6f579e95bfb023a";
constexpr std::string_view kPssSalt0 =
    "75f2919bc624b3dfc1cc14c5d89d1673f00d1660a617ca73448e3b46f9837136f57b17b5ba85fa627117db30"
    "079c108725b872ccb361e1395ffaeffe35ebe52903ea770e75f2889f6d83adce39e37e64cb39c4a373ca0e46"
    "173b82fef2e52e8daebd842e382bd2ed0fa55e6a715abbf068ac23801d18e7fb92b80c8d90beddb625d3e3b1"
    "119e52dce3885b12dc6b975a43ba1556be2b87545319aab5f7c43544e56d645c129154837c9643bddc6f31f0"
    "21acd53011677c5b01ac82b8f7445856bc3b9bfc04240b74e0792f726307709fa04b30b43dfe17055a915381"
    "0cb21a05bd43f4052abeb57ed1cd2f1792ab5df67aacff59e40edfb622ff26120235c77c";
constexpr std::string_view kPssSaltLongest =
    "b8e4a4d99f067b06f50fe2bb71dfa955569fd67da6264020cbdab64dcb3a6f4b2d0b740594d842f678523df5"
    "8e24612fe77d5f51f5c6e53f4e5f1f1e54f985cc7dcab6072758fc19ff7589080de9c8c3398130aa2aa1ed4e"
    "4c9d8da03b8cb768e624e3c7590c5cd9d47b6df7302e78dfc2be7d2a2a39d6372849b2bab1f67e3508605566"
    "ba66ffd9a4da6853b1a3d6ff3cf8fc09c711ad628fb9a61323406a9e7751ff1c20c268fbe2537193181bf6d3"
    "82a166526f3a77c51cf400a8bea4729650840c314f9a5ede76de892077e290558c4b5b5f539ab45fc9dbbadf"
    "ca04204979f1ccf745e7c9e11436e6c9cd67aee1041ab429eec183e91e817e3ad69b49c0";
constexpr std::string_view kPssMgf1Sha1 =
    "76d4ce6ebd8c742de180ece85449f455078c088013a60ecdf908bf16c0879acc2a3537cf10fd78f93296f236"
    "16b242cb846d273e4b00caefcc24ce51bc13eccb2031e3e07ee5d7d9c8831998499100c265592682f74e048b"
    "aeaa43f6a4df8ac8a301387abfa36fad3eebb40a17550039e0417e2c037549c686fbd16707877f326ac006af"
    "9770a68d9211f5fb4c79bb8cf2c7ae27341639e7358a738aef461a7cfc6eaf8a6ad3df2cc1e2b2c7f2a4c0ad"
    "88ca8fe3948b02d18ebea188d30421de3423c88083f86f18d43a45803b02a912222737a81ded866eed19f3ca"
    "cc191e3541f64cc7d99f72b3cf53b6ef9d6b388e2a88ff66825bf0fc554af3dde1dcc2b5";

// RFC 7518, section 3.5: the salt is as long as the hash, and MGF1 uses the same hash.
TEST(RsaPss, SaltAndMaskAreThoseOfTheAlgorithm) {
  const auto key =
      VerificationKey::make_rsa(from_hex(kPssModulus), std::string_view("\x01\0\x01", 3)).value();
  EXPECT_TRUE(key.verify(Algorithm::PS256, "message", from_hex(kPssGood)));
  for (const std::string_view bad : {kPssSalt20, kPssSalt0, kPssSaltLongest, kPssMgf1Sha1}) {
    EXPECT_FALSE(key.verify(Algorithm::PS256, "message", from_hex(bad)));
  }
}

// A signature is a number below the modulus; that number plus the modulus is another text of it.
TEST(Rsa, ASignatureIsBelowTheModulus) {
  const KeyPair& pair = pair_for(Algorithm::RS256);
  const std::string modulus = find_parameter(pair.signing.public_parameters(), "n");
  EXPECT_FALSE(pair.verify(Algorithm::RS256, kMessage, modulus));
  for (int i = 0; i < 50; ++i) {
    const std::string message = "message " + std::to_string(i);
    const std::string good = pair.sign(Algorithm::RS256, message);
    const std::string room(good.size(), '\xff');
    if (subtract(room, modulus) < good) continue;  // the sum would not fit
    // good + modulus, as 2^k - 1 - ((2^k - 1 - modulus) - good)
    const std::string sum = subtract(room, subtract(subtract(room, modulus), good));
    EXPECT_FALSE(pair.verify(Algorithm::RS256, message, sum)) << i;
  }
}

// ---- EdDSA

// RFC 8032, section 7.1, test 3.
TEST(EdDsa, VectorOfRfc8032) {
  const auto key = VerificationKey::make_edwards(
                       KeyType::Ed25519,
                       from_hex("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025"))
                       .value();
  EXPECT_TRUE(
      key.verify(Algorithm::EdDSA, from_hex("af82"),
                 from_hex("6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                          "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")));
}

// RFC 8032, section 7.4: those without a context, which a JWS has none of.
struct Ed448Vector {
  std::string_view secret_key;
  std::string_view public_key;
  std::string_view message;
  std::string_view signature;
};
constexpr auto kEd448Vectors = std::to_array<Ed448Vector>({
    {"6c82a562cb808d10d632be89c8513ebf6c929f34ddfa8c9f63c9960ef6e348a3"
     "528c8a3fcc2f044e39a3fc5b94492f8f032e7549a20098f95b",
     "5fd7449b59b461fd2ce787ec616ad46a1da1342485a70e1f8a0ea75d80e96778"
     "edf124769b46c7061bd6783df1e50f6cd1fa1abeafe8256180",
     "",
     "533a37f6bbe457251f023c0d88f976ae2dfb504a843e34d2074fd823d41a591f"
     "2b233f034f628281f2fd7a22ddd47d7828c59bd0a21bfd3980ff0d2028d4b18a"
     "9df63e006c5d1c2d345b925d8dc00b4104852db99ac5c7cdda8530a113a0f4db"
     "b61149f05a7363268c71d95808ff2e652600"},
    {"c4eab05d357007c632f3dbb48489924d552b08fe0c353a0d4a1f00acda2c463a"
     "fbea67c5e8d2877c5e3bc397a659949ef8021e954e0a12274e",
     "43ba28f430cdff456ae531545f7ecd0ac834a55d9358c0372bfa0c6c6798c086"
     "6aea01eb00742802b8438ea4cb82169c235160627b4c3a9480",
     "03",
     "26b8f91727bd62897af15e41eb43c377efb9c610d48f2335cb0bd0087810f435"
     "2541b143c4b981b7e18f62de8ccdf633fc1bf037ab7cd779805e0dbcc0aae1cb"
     "cee1afb2e027df36bc04dcecbf154336c19f0af7e0a6472905e799f1953d2a0f"
     "f3348ab21aa4adafd1d234441cf807c03a00"},
    {"cd23d24f714274e744343237b93290f511f6425f98e64459ff203e8985083ffd"
     "f60500553abc0e05cd02184bdb89c4ccd67e187951267eb328",
     "dcea9e78f35a1bf3499a831b10b86c90aac01cd84b67a0109b55a36e9328b1e3"
     "65fce161d71ce7131a543ea4cb5f7e9f1d8b00696447001400",
     "0c3e544074ec63b0265e0c",
     "1f0a8888ce25e8d458a21130879b840a9089d999aaba039eaf3e3afa090a09d3"
     "89dba82c4ff2ae8ac5cdfb7c55e94d5d961a29fe0109941e00b8dbdeea6d3b05"
     "1068df7254c0cdc129cbe62db2dc957dbb47b51fd3f213fb8698f064774250a5"
     "028961c9bf8ffd973fe5d5c206492b140e00"},
    {"258cdd4ada32ed9c9ff54e63756ae582fb8fab2ac721f2c8e676a72768513d93"
     "9f63dddb55609133f29adf86ec9929dccb52c1c5fd2ff7e21b",
     "3ba16da0c6f2cc1f30187740756f5e798d6bc5fc015d7c63cc9510ee3fd44adc"
     "24d8e968b6e46e6f94d19b945361726bd75e149ef09817f580",
     "64a65f3cdedcdd66811e2915",
     "7eeeab7c4e50fb799b418ee5e3197ff6bf15d43a14c34389b59dd1a7b1b85b4a"
     "e90438aca634bea45e3a2695f1270f07fdcdf7c62b8efeaf00b45c2c96ba457e"
     "b1a8bf075a3db28e5c24f6b923ed4ad747c3c9e03c7079efb87cb110d3a99861"
     "e72003cbae6d6b8b827e4e6c143064ff3c00"},
    {"7ef4e84544236752fbb56b8f31a23a10e42814f5f55ca037cdcc11c64c9a3b29"
     "49c1bb60700314611732a6c2fea98eebc0266a11a93970100e",
     "b3da079b0aa493a5772029f0467baebee5a8112d9d3a22532361da294f7bb381"
     "5c5dc59e176b4d9f381ca0938e13c6c07b174be65dfa578e80",
     "64a65f3cdedcdd66811e2915e7",
     "6a12066f55331b6c22acd5d5bfc5d71228fbda80ae8dec26bdd306743c5027cb"
     "4890810c162c027468675ecf645a83176c0d7323a2ccde2d80efe5a1268e8aca"
     "1d6fbc194d3f77c44986eb4ab4177919ad8bec33eb47bbb5fc6e28196fd1caf5"
     "6b4e7e0ba5519234d047155ac727a1053100"},
    {"d65df341ad13e008567688baedda8e9dcdc17dc024974ea5b4227b6530e339bf"
     "f21f99e68ca6968f3cca6dfe0fb9f4fab4fa135d5542ea3f01",
     "df9705f58edbab802c7f8363cfe5560ab1c6132c20a9f1dd163483a26f8ac53a"
     "39d6808bf4a1dfbd261b099bb03b3fb50906cb28bd8a081f00",
     "bd0f6a3747cd561bdddf4640a332461a4a30a12a434cd0bf40d766d9c6d458e5"
     "512204a30c17d1f50b5079631f64eb3112182da3005835461113718d1a5ef944",
     "554bc2480860b49eab8532d2a533b7d578ef473eeb58c98bb2d0e1ce488a98b1"
     "8dfde9b9b90775e67f47d4a1c3482058efc9f40d2ca033a0801b63d45b3b722e"
     "f552bad3b4ccb667da350192b61c508cf7b6b5adadc2c8d9a446ef003fb05cba"
     "5f30e88e36ec2703b349ca229c2670833900"},
});

TEST(EdDsa, VectorsOfRfc8032ForEd448) {
  for (const Ed448Vector& row : kEd448Vectors) {
    const std::string x = from_hex(row.public_key);
    const auto key = VerificationKey::make_edwards(KeyType::Ed448, x);
    const auto pair =
        SigningKey::from_parameters(KeyType::Ed448, {{"x", x}, {"d", from_hex(row.secret_key)}});
    ASSERT_TRUE(key && pair) << row.message;
    for (const Algorithm algorithm : {Algorithm::Ed448, Algorithm::EdDSA}) {
      const std::string signature = from_hex(row.signature);
      EXPECT_TRUE(key->verify(algorithm, from_hex(row.message), signature)) << row.message;
      EXPECT_FALSE(key->verify(algorithm, from_hex(row.message) + "x", signature)) << row.message;
      EXPECT_EQ(pair->sign(algorithm, from_hex(row.message)).value(), signature) << row.message;
    }
    EXPECT_FALSE(key->verify(Algorithm::Ed25519, from_hex(row.message), from_hex(row.signature)));
  }
}

// The same with the context "foo", which no JWS has.
TEST(EdDsa, Ed448WithAContextIsAnotherSignature) {
  const auto key =
      VerificationKey::make_edwards(KeyType::Ed448, from_hex(kEd448Vectors[1].public_key)).value();
  EXPECT_FALSE(
      key.verify(Algorithm::Ed448, from_hex("03"),
                 from_hex("d4f8f6131770dd46f40867d6fd5d5055de43541f8c5e35abbcd001b32a89f7d2"
                          "151f7647f11d8ca2ae279fb842d607217fce6e042f6815ea000c85741de5c8da"
                          "1144a6a1aba7f96de42505d7a7298524fda538fccbbb754f578c1cad10d54d0d"
                          "5428407e85dcbc98a49155c13764e66c3c00")));
}

// S + L is congruent to S: only S below L is a signature (RFC 8032, sections 5.1.7 and 5.2.7).
TEST(EdDsa, SIsBelowTheOrder) {
  const std::string order25519 =
      from_hex("1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed");
  const std::string order448 = from_hex(
      "003fffffffffffffffffffffffffffffffffffffffffffffffffffffff7cca23"
      "e9c44edb49aed63690216cc2728dc58f552378c292ab5844f3");
  for (const auto& [algorithm, order] :
       {std::pair(Algorithm::Ed25519, order25519), std::pair(Algorithm::Ed448, order448)}) {
    const KeyPair& pair = pair_for(algorithm);
    const std::string good = pair.sign(algorithm, kMessage);
    const std::size_t size = order.size();
    std::string s = good.substr(size);
    std::reverse(s.begin(), s.end());
    const std::string room(s.size(), '\xff');
    std::string sum = subtract(room, subtract(subtract(room, order), s));
    std::reverse(sum.begin(), sum.end());
    EXPECT_TRUE(pair.verify(algorithm, kMessage, good));
    EXPECT_FALSE(pair.verify(algorithm, kMessage, good.substr(0, size) + sum));
  }
}

TEST(EdDsa, TheCurveIsThatOfTheKey) {
  const KeyPair& small = pair_for(Algorithm::Ed25519);
  const KeyPair& large = pair_for(Algorithm::Ed448);
  EXPECT_TRUE(small.verify(Algorithm::EdDSA, kMessage, small.sign(Algorithm::Ed25519, kMessage)));
  EXPECT_TRUE(large.verify(Algorithm::EdDSA, kMessage, large.sign(Algorithm::Ed448, kMessage)));
  EXPECT_FALSE(small.verify(Algorithm::Ed448, kMessage, small.sign(Algorithm::EdDSA, kMessage)));
  EXPECT_FALSE(large.verify(Algorithm::Ed25519, kMessage, large.sign(Algorithm::EdDSA, kMessage)));
  EXPECT_FALSE(small.verify(Algorithm::EdDSA, kMessage, large.sign(Algorithm::EdDSA, kMessage)));
  EXPECT_FALSE(small.signing.sign(Algorithm::Ed448, kMessage));
  EXPECT_FALSE(large.signing.sign(Algorithm::Ed25519, kMessage));
  EXPECT_FALSE(VerificationKey::make_edwards(KeyType::P256, std::string(32, 'x')));
}

}  // namespace
}  // namespace verdict::testing
