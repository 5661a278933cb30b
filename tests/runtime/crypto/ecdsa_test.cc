// The range of r and s, their two forms, and that none of the ordinary ones is lost on the way.
#include "runtime/crypto/ecdsa.h"

#include <array>
#include <string>

#include <gtest/gtest.h>

#include "tests/runtime/crypto/key_pairs.h"
#include "tests/support/budget.h"

namespace verdict::testing {
namespace {

// FIPS 186-4, appendix D.1.2: the order n of each curve.
struct Curve {
  Algorithm algorithm;
  std::string order;

  [[nodiscard]] std::size_t size() const { return order.size(); }
  [[nodiscard]] const KeyPair& pair() const { return pair_for(algorithm); }
};

const std::array<Curve, 3>& curves() {
  static const std::array<Curve, 3> kCurves = {
      Curve{Algorithm::ES256,
            from_hex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551")},
      Curve{Algorithm::ES384,
            from_hex("ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf"
                     "581a0db248b0a77aecec196accc52973")},
      Curve{Algorithm::ES512,
            from_hex("01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa"
                     "51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409")}};
  return kCurves;
}

// CVE-2022-21449: r = s = 0 verified for every message and key.
TEST(Ecdsa, A29_RAndSOutsideOfTheirRangeAreRefused) {
  for (const Curve& curve : curves()) {
    const std::string good = curve.pair().sign(curve.algorithm, "message");
    const std::string r = good.substr(0, curve.size());
    const std::string s = good.substr(curve.size());
    const std::string one = number(curve.size(), 1);
    for (const std::string& bad :
         {std::string(curve.size(), '\0'), curve.order, std::string(curve.size(), '\xff'),
          std::string("\xff") + curve.order.substr(1)}) {
      for (const std::string& signature : {bad + bad, bad + s, r + bad, bad + one, one + bad}) {
        EXPECT_EQ(to_der(signature, curve.order).size, 0U);
        EXPECT_FALSE(curve.pair().verify(curve.algorithm, "message", signature));
      }
    }
    // In range, so a signature, but of nothing.
    const std::string largest = subtract(curve.order, one);
    for (const std::string& value : {one, largest}) {
      for (const std::string& signature : {value + value, value + s, r + value}) {
        EXPECT_NE(to_der(signature, curve.order).size, 0U);
        EXPECT_FALSE(curve.pair().verify(curve.algorithm, "message", signature));
      }
    }
  }
}

TEST(Ecdsa, A30_DerAndWrongLengthsAreRefused) {
  for (const Curve& curve : curves()) {
    const std::string good = curve.pair().sign(curve.algorithm, "message");
    const std::string zero(1, '\0');
    for (const std::string& bad :
         {std::string(to_der(good, curve.order).view()), zero + good, good + zero, good.substr(1),
          good.substr(0, good.size() - 1), good.substr(0, curve.size()),
          zero + good.substr(0, curve.size()) + zero + good.substr(curve.size())}) {
      EXPECT_FALSE(curve.pair().verify(curve.algorithm, "message", bad)) << bad.size();
    }
  }
}

bool starts_with_zero(std::string_view number, std::size_t size) {
  return number.substr(0, size) == std::string(size, '\0');
}

// Short: with a byte less than the order has. Of P-521, whose first byte is 0 or 1, with two less.
struct Count {
  int refused = 0;
  int short_r = 0;
  int short_s = 0;
};

Count count(const Curve& curve, int num_signatures) {
  const std::size_t num_zeros = curve.order[0] == '\x01' ? 2 : 1;
  Count found;
  for (int i = 0; i < num_signatures; ++i) {
    const std::string message = std::to_string(i);
    const std::string signature = curve.pair().sign(curve.algorithm, message);
    found.refused += !curve.pair().verify(curve.algorithm, message, signature);
    found.short_r += starts_with_zero(signature, num_zeros);
    found.short_s += starts_with_zero(std::string_view(signature).substr(curve.size()), num_zeros);
  }
  return found;
}

// jwt-cpp issue 49 lost leading zeros: one signature of 128 then failed.
TEST(Ecdsa, A31_TenThousandSignaturesVerifyThoseWithShortRAndSToo) {
  constexpr auto kSignatures = static_cast<int>(scaled(10'000));
  for (const Curve& curve : {curves()[0], curves()[2]}) {
    const Count found = count(curve, kSignatures);
    EXPECT_EQ(found.refused, 0);
    if (kIsSanitized) continue;  // too few to be sure of short ones
    EXPECT_GT(found.short_r, 0);
    EXPECT_GT(found.short_s, 0);
  }
}

// So the text of a token identifies nothing: whoever sees one can write another.
TEST(Ecdsa, A32_NMinusSVerifiesToo) {
  for (const Curve& curve : curves()) {
    const std::string good = curve.pair().sign(curve.algorithm, "message");
    const std::string other =
        good.substr(0, curve.size()) + subtract(curve.order, good.substr(curve.size()));
    EXPECT_NE(other, good);
    EXPECT_TRUE(curve.pair().verify(curve.algorithm, "message", other));
  }
}

// X.690, section 8.3.2: as few bytes as possible, and a zero byte before what would be a sign.
TEST(Ecdsa, DerIsMinimal) {
  const std::string order = from_hex("ffffffff");
  const auto der = [&](std::string_view hex) {
    return std::string(to_der(from_hex(hex), order).view());
  };
  EXPECT_EQ(der("0000000100000002"), from_hex("3006020101020102"));
  EXPECT_EQ(der("0000008000008000"), from_hex("3009020200800203008000"));
  EXPECT_EQ(der("7fffffff80000000"), from_hex("300d02047fffffff02050080000000"));
  EXPECT_EQ(der("fffffffe00000100"), from_hex("300b020500fffffffe02020100"));
  const std::string largest = subtract(curves()[2].order, number(66, 1));
  EXPECT_EQ(to_der(largest + largest, curves()[2].order).size, DerSignature::kMaxSize);
}

}  // namespace
}  // namespace verdict::testing
