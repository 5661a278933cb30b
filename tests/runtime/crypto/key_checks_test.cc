// Keys that must not be used, each one change away from a good one.
#include "runtime/crypto/key_checks.h"

#include <algorithm>
#include <random>
#include <string>

#include <gtest/gtest.h>

#include "tests/runtime/crypto/key_pairs.h"

// OpenSSL's, whose headers have another home.
extern "C" unsigned long ERR_peek_error();

namespace verdict::testing {
namespace {

std::string error_of(const Expected<VerificationKey, KeyError>& key) {
  return key ? "" : key.error().message;
}

// ---- RSA

const std::string kF4 = from_hex("010001");

// An odd number of that many bits, and with residues that no ROCA key has: nobody factors it here.
std::string modulus_of(std::size_t num_bits) {
  std::mt19937 random(7);
  std::string modulus((num_bits + 7) / 8, '\0');
  for (char& byte : modulus) byte = static_cast<char>(random());
  const std::size_t top = (num_bits - 1) % 8;
  modulus[0] = static_cast<char>((byte_at(modulus, 0) & ((1U << top) - 1)) | (1U << top));
  modulus.back() = static_cast<char>(byte_at(modulus, modulus.size() - 1) | 1U);
  return modulus;
}

std::string rsa_error(std::string_view modulus, std::string_view exponent) {
  return error_of(VerificationKey::make_rsa(modulus, exponent));
}

TEST(KeyChecks, A37_ModulusOf2048To8192Bits) {
  EXPECT_EQ(rsa_error(modulus_of(2048), kF4), "");
  EXPECT_EQ(rsa_error(modulus_of(2049), kF4), "");
  EXPECT_EQ(rsa_error(modulus_of(8192), kF4), "");
  EXPECT_EQ(rsa_error(modulus_of(2047), kF4), "the modulus has 2047 bits, not 2048 to 8192");
  EXPECT_EQ(rsa_error(modulus_of(8193), kF4), "the modulus has 8193 bits, not 2048 to 8192");
  EXPECT_EQ(rsa_error(modulus_of(1024), kF4), "the modulus has 1024 bits, not 2048 to 8192");
  EXPECT_EQ(rsa_error("\x01", kF4), "the modulus has 1 bits, not 2048 to 8192");
  EXPECT_EQ(rsa_error(std::string(1 << 18, '\xff'), kF4),
            "the modulus has 2097152 bits, not 2048 to 8192");
}

TEST(KeyChecks, A37_ModulusIsOddAndStartsWithItsFirstByte) {
  const std::string good = modulus_of(2048);
  EXPECT_EQ(rsa_error(flip_bit(good, 255 * 8), kF4), "the modulus is even");
  for (const std::string& bad :
       {std::string(), std::string(256, '\0'), std::string(1, '\0') + good}) {
    EXPECT_EQ(rsa_error(bad, kF4), "the modulus is empty or starts with a zero byte");
  }
}

TEST(KeyChecks, A37_ExponentIsOddAtLeast3AndBelow2To32) {
  const std::string modulus = modulus_of(2048);
  for (const std::string_view good : {"03", "11", "010001", "ffffffff"}) {
    EXPECT_EQ(rsa_error(modulus, from_hex(good)), "") << good;
  }
  EXPECT_EQ(rsa_error(modulus, from_hex("01")), "the exponent is 1");
  for (const std::string_view even : {"02", "04", "010000", "fffffffe"}) {
    EXPECT_EQ(rsa_error(modulus, from_hex(even)), "the exponent is even") << even;
  }
  for (const std::string_view large : {"0100000000", "0100000001", "ffffffffffffffffff"}) {
    EXPECT_EQ(rsa_error(modulus, from_hex(large)), "the exponent is above 2^32") << large;
  }
  for (const std::string_view bad : {"", "00", "0001", "0003", "00010001"}) {
    EXPECT_EQ(rsa_error(modulus, from_hex(bad)),
              "the exponent is empty or starts with a zero byte");
  }
}

// Two primes k * M + (65537^a mod M), M the product of the first 126 primes, as the generator makes
// them for 2048 bits.
constexpr std::string_view kRocaModulus =
    "b8e9c6cf422c32952805a625286b355fbe6f486e04dc6df9b5acae75663b1362e1b72158ef6493c1351b72b3"
    "4a228b694ca3eebb5cf0fab264d1cec1b727bcef28113395e6f1ae34f754360265c3c604f612bcfc665f5545"
    "107d452c1a6856045c50dc6fdb58171ba6a739400df33a9361e7817f13aabe1a3190d4965fb860e4d0bbce99"
    "432ddf9f33637ae1e1628a50788f2195fc4757d85186871cdc078941d08ed5b9642b6a94802fa0cd3adeb7e5"
    "3f1773685d4788d0a49465192a1f469ee1c19fcf861f08145e60f10582629c7e9e297427cdb6ce29400dfaeb"
    "a0b9233c7b50d91a38bf911b5d06738391cf92f38ae7a3bf8e1890632f12197357cd2bc7";

TEST(KeyChecks, A37_RocaModulus) {
  EXPECT_TRUE(has_roca_fingerprint(from_hex(kRocaModulus)));
  EXPECT_EQ(rsa_error(from_hex(kRocaModulus), kF4),
            "the modulus was made by a faulty generator (ROCA, CVE-2017-15361)");
}

TEST(KeyChecks, OtherModuliHaveNoRocaFingerprint) {
  for (std::size_t num_bits = 2048; num_bits < 2548; ++num_bits) {
    EXPECT_FALSE(has_roca_fingerprint(modulus_of(num_bits)));
  }
  const auto key = SigningKey::generate(Algorithm::RS256).value();
  EXPECT_FALSE(has_roca_fingerprint(find_parameter(key.public_parameters(), "n")));
  for (std::size_t bit = 0; bit < 2048; ++bit) {
    EXPECT_FALSE(has_roca_fingerprint(flip_bit(from_hex(kRocaModulus), bit))) << bit;
  }
}

// ---- elliptic curves

// FIPS 186-4, appendix D.1.2: the prime of each field.
std::string prime_of(KeyType type) {
  if (type == KeyType::P256) {
    return from_hex("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff");
  }
  if (type == KeyType::P384) {
    return from_hex(
        "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe"
        "ffffffff0000000000000000ffffffff");
  }
  return from_hex("01ff") + std::string(64, '\xff');
}

constexpr std::string_view kLength = "a coordinate has not the length of the curve's field";
constexpr std::string_view kNoPoint = "the coordinates are no point of the curve";

class EveryCurve : public ::testing::TestWithParam<Algorithm> {
 protected:
  [[nodiscard]] static KeyType type() { return get_row(GetParam()).key_type; }
  static std::string error(std::string_view x, std::string_view y) {
    return error_of(VerificationKey::make_ec(type(), x, y));
  }

  const std::vector<KeyParameter> parts_ = pair_for(GetParam()).signing.public_parameters();
  const std::string x_ = find_parameter(parts_, "x");
  const std::string y_ = find_parameter(parts_, "y");
};

INSTANTIATE_TEST_SUITE_P(KeyChecks, EveryCurve,
                         ::testing::Values(Algorithm::ES256, Algorithm::ES384, Algorithm::ES512),
                         [](const auto& row) { return std::string(get_row(row.param).name); });

TEST_P(EveryCurve, A38_PointIsOnTheCurve) {
  EXPECT_EQ(error(x_, y_), "");
  EXPECT_EQ(error(x_, subtract(prime_of(type()), y_)), "");  // the other point with this x
  EXPECT_EQ(error(y_, x_), kNoPoint);
  EXPECT_EQ(error(x_, x_), kNoPoint);
  for (std::size_t bit = 0; bit < x_.size() * 8; bit += 7) {
    EXPECT_EQ(error(x_, flip_bit(y_, bit)), kNoPoint);
  }
}

TEST_P(EveryCurve, A38_CoordinatesHaveTheLengthOfTheField) {
  const std::string zero(1, '\0');
  for (const std::string& bad : {std::string(), zero, zero + x_, x_ + zero, x_.substr(1),
                                 x_.substr(0, x_.size() - 1), x_ + x_}) {
    EXPECT_EQ(error(bad, y_), kLength);
    EXPECT_EQ(error(x_, bad), kLength);
  }
}

TEST_P(EveryCurve, A38_CoordinatesAreBelowThePrime) {
  const std::string zero(x_.size(), '\0');
  const std::string most(x_.size(), '\xff');
  for (const std::string& bad : {prime_of(type()), most}) {
    EXPECT_EQ(error(bad, y_), kNoPoint);
    EXPECT_EQ(error(x_, bad), kNoPoint);
    EXPECT_EQ(error(bad, bad), kNoPoint);
  }
  EXPECT_EQ(error(zero, zero), kNoPoint);  // how some write infinity
}

TEST_P(EveryCurve, A18_PointsOfOtherCurvesAreRefused) {
  for (const KeyTypeRow& row : kKeyTypes) {
    if (row.type == type()) continue;
    EXPECT_FALSE(VerificationKey::make_ec(row.type, x_, y_)) << row.crv;
  }
}

// x + p is the same element of the field. Only on P-521 has the field's length room for it.
TEST(KeyChecks, A38_TheSameElementOfTheFieldInAnotherSpelling) {
  const std::vector<KeyParameter> parts = pair_for(Algorithm::ES512).signing.public_parameters();
  const std::string x = find_parameter(parts, "x");
  const std::string room(x.size(), '\xff');
  const std::string sum = subtract(room, subtract(subtract(room, prime_of(KeyType::P521)), x));
  EXPECT_FALSE(VerificationKey::make_ec(KeyType::P521, sum, find_parameter(parts, "y")));
}

// ---- Edwards curves

std::string reversed(std::string bytes) {
  std::reverse(bytes.begin(), bytes.end());
  return bytes;
}

std::string ed25519_error(std::string_view x) {
  return error_of(VerificationKey::make_edwards(KeyType::Ed25519, x));
}
std::string ed448_error(std::string_view x) {
  return error_of(VerificationKey::make_edwards(KeyType::Ed448, x));
}

constexpr std::string_view kSmallOrder = "the public key is a point of small order";
constexpr std::string_view kNoPointOfIt = "the public key is no point of the curve";

TEST(KeyChecks, A38_EdwardsKeysHaveTheirLength) {
  const std::string small =
      find_parameter(pair_for(Algorithm::Ed25519).signing.public_parameters(), "x");
  EXPECT_EQ(ed25519_error(small), "");
  const std::string large =
      find_parameter(pair_for(Algorithm::Ed448).signing.public_parameters(), "x");
  EXPECT_EQ(ed448_error(large), "");
  for (const std::string& bad :
       {std::string(), small.substr(1), small + '\0', large, small + small}) {
    EXPECT_EQ(ed25519_error(bad), "the public key is not 32 bytes long");
  }
  for (const std::string& bad :
       {std::string(), large.substr(1), large.substr(0, 56), large + '\0', small, large + large}) {
    EXPECT_EQ(ed448_error(bad), "the public key is not 57 bytes long");
  }
}

// Under the neutral element as key, R = S B is a signature of everything.
TEST(KeyChecks, A38_Ed25519PointsOfSmallOrder) {
  for (const std::string_view y :
       {"0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000001",
        "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec",
        "05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826",
        "7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7"}) {
    for (const std::size_t sign : {0U, 7U}) {
      std::string point = reversed(from_hex(y));
      if (sign != 0) point = flip_bit(point, 255);
      EXPECT_EQ(ed25519_error(point), kSmallOrder) << y;
    }
  }
}

// 2^448 - 2^224 - 1 with something taken off its last byte.
std::string near_prime_of_448(unsigned char last) {
  return std::string(1, '\0') + std::string(27, '\xff') + '\xfe' + std::string(27, '\xff') +
         static_cast<char>(last);
}

TEST(KeyChecks, A38_Ed448PointsOfSmallOrder) {
  for (const std::string& y : {number(57, 0), number(57, 1), near_prime_of_448(0xfe)}) {
    std::string point = reversed(y);
    EXPECT_EQ(ed448_error(point), kSmallOrder);
    point.back() = '\x80';
    EXPECT_EQ(ed448_error(point), kSmallOrder);
  }
}

TEST(KeyChecks, A38_Ed25519PointsAreOnTheCurveAndInTheirOneSpelling) {
  // p, p + 1, p + 3 and 2^255 - 1: 0, 1, 3 and 18 in another spelling.
  for (const std::string_view y :
       {"7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed",
        "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffee",
        "7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff0",
        "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"}) {
    EXPECT_EQ(ed25519_error(reversed(from_hex(y))), kNoPointOfIt) << y;
  }
  // y of a point and y of none, counted apart from here.
  for (const int y : {3, 4, 5, 6, 9, 10, 14, 15, 16, 18, 19}) {
    EXPECT_EQ(ed25519_error(reversed(number(32, static_cast<unsigned char>(y)))), "") << y;
  }
  for (const int y : {2, 7, 8, 11, 12, 13, 17, 20}) {
    EXPECT_EQ(ed25519_error(reversed(number(32, static_cast<unsigned char>(y)))), kNoPointOfIt)
        << y;
  }
}

TEST(KeyChecks, A38_Ed448PointsAreOnTheCurveAndInTheirOneSpelling) {
  const auto point = [](int y) { return reversed(number(57, static_cast<unsigned char>(y))); };
  // y of a point and y of none, counted apart from here.
  for (const int y : {3, 4, 5, 7, 8, 9, 12, 13, 19}) {
    EXPECT_EQ(ed448_error(point(y)), "") << y;
    std::string other = point(y);
    other.back() = '\x80';
    EXPECT_EQ(ed448_error(other), "") << "the other x of " << y;
    // The seven bits beside the sign are zero: with one of them it is another number.
    for (const char bit : {'\x01', '\x40', '\x7f'}) {
      other.back() = bit;
      EXPECT_EQ(ed448_error(other), kNoPointOfIt) << y;
    }
  }
  for (const int y : {2, 6, 10, 11, 14, 15, 16, 17, 18})
    EXPECT_EQ(ed448_error(point(y)), kNoPointOfIt) << y;
  // p and 2^448 - 1: 0 and a larger number in another spelling.
  EXPECT_EQ(ed448_error(reversed(near_prime_of_448(0xff))), kNoPointOfIt);
  EXPECT_EQ(ed448_error(std::string(56, '\xff') + '\0'), kNoPointOfIt);
  EXPECT_EQ(ed448_error(std::string(57, '\xff')), kNoPointOfIt);
}

TEST(KeyChecks, EveryGeneratedKeyPasses) {
  for (int i = 0; i < 200; ++i) {
    EXPECT_TRUE(verification_key(SigningKey::generate(Algorithm::EdDSA).value()));
    EXPECT_TRUE(verification_key(SigningKey::generate(Algorithm::Ed448).value()));
    EXPECT_TRUE(verification_key(SigningKey::generate(Algorithm::ES256).value()));
  }
}

TEST(KeyChecks, LeaveNoErrorInTheQueueOfOpenSsl) {
  EXPECT_FALSE(VerificationKey::make_ec(KeyType::P256, std::string(32, 'x'), std::string(32, 'y')));
  EXPECT_FALSE(VerificationKey::make_edwards(KeyType::Ed25519, reversed(number(32, 2))));
  EXPECT_FALSE(VerificationKey::make_edwards(KeyType::Ed448, std::string(57, 'x')));
  EXPECT_FALSE(VerificationKey::make_rsa("n", "e"));
  EXPECT_EQ(ERR_peek_error(), 0U);
}

}  // namespace
}  // namespace verdict::testing
