// Signatures of whole tokens: A33 to A35, A56, A59 of the checklist, and A29 to A36 where a token
// adds something; signatures by themselves are in tests/runtime/crypto.
#include <string>

#include <gtest/gtest.h>

#include "runtime/jwt/jws.h"
#include "tests/runtime/jwt/token_maker.h"
#include "tests/support/budget.h"
#include "vm/base/limits.h"

namespace verdict::testing {
namespace {

class TokenSignature : public ::testing::TestWithParam<Algorithm> {
 protected:
  [[nodiscard]] std::string verdict(std::string_view token) const {
    return verdict_of(token, settings_);
  }
  [[nodiscard]] std::string with_signature(std::string_view bytes) const {
    return std::string(split_token(good_).value().signed_text()) + "." + encode_base64url(bytes);
  }

  const TokenSettings settings_ = settings_for({GetParam()});
  const std::string good_ = good_token(GetParam());
};

TEST_P(TokenSignature, TheGoodTokenIsAccepted) { EXPECT_EQ(verdict(good_), "accepted"); }

TEST_P(TokenSignature, A33_OtherLengths) {
  const std::string right = *decode_base64url(split_token(good_)->signature);
  EXPECT_EQ(verdict(with_signature("")), "malformed") << "an empty segment";
  for (const std::string& signature :
       {std::string(1, 'a'), right + std::string(1, '\0'), std::string(1, '\0') + right,
        right.substr(1), right.substr(0, right.size() - 1), right + right,
        std::string(limits::kMaxSignatureBytes, 'a'),
        std::string(limits::kMaxSignatureBytes + 1, 'a'), std::string(100'000, 'a')}) {
    EXPECT_EQ(verdict(with_signature(signature)), "bad_signature") << signature.size();
  }
}

// Of the text, so that dots and base64url are hit too.
TEST_P(TokenSignature, A34_NoFlippedBitIsAccepted) {
  TokenScratch scratch;
  for (std::size_t bit = 0; bit < good_.size() * 8; ++bit) {
    const auto verified =
        verify_token(flip_bit(good_, bit), std::span(&settings_, 1), kNow, scratch);
    ASSERT_FALSE(verified) << "bit " << bit;
  }
}

// Of the bytes that the text stands for: every one of these is well-formed base64url.
TEST_P(TokenSignature, A34_NoFlippedBitOfTheSignatureItself) {
  const std::string right = *decode_base64url(split_token(good_)->signature);
  constexpr std::size_t kStep = kIsSanitized ? 7 : 1;  // 7: each bit of a byte in its turn
  for (std::size_t bit = 0; bit < right.size() * 8; bit += kStep)
    ASSERT_EQ(verdict(with_signature(flip_bit(right, bit))), "bad_signature") << "bit " << bit;
}

TEST_P(TokenSignature, A35_OfAnotherTokenWithTheSameKid) {
  const std::string other =
      sign(GetParam(), header_for(GetParam()), claims_with(R"(,"role":"admin")"));
  EXPECT_EQ(verdict(other), "accepted");
  const std::string moved = *decode_base64url(split_token(other)->signature);
  EXPECT_EQ(verdict(with_signature(moved)), "bad_signature");
}

TEST_P(TokenSignature, OfAnotherKey) {
  const std::string other =
      sign_with(pair_for(GetParam(), 1).signing, GetParam(), header_for(GetParam()), claims_with());
  EXPECT_EQ(verdict(other), "bad_signature");
}

// Provider B has a key of the kid that A's key has; each verifies its own issuer's tokens only.
TEST_P(TokenSignature, A56_AKidOfAnotherProvider) {
  const std::string kid = R"(,"kid":")" + kid_of(GetParam()) + '"';
  std::vector<TokenSettings> providers;
  providers.push_back(settings_for({GetParam()}));
  providers.push_back(settings_for({GetParam()}));
  providers[1].name = "other";
  providers[1].issuer = "https://other.example";
  providers[1].keys = key_set({public_jwk(pair_for(GetParam(), 1).signing, kid)});
  const std::string claims =
      R"({"iss":"https://other.example","exp":)" + std::to_string(kNowSeconds + 60) + "}";
  const auto token = [&](int which, std::string_view claims_of_it) {
    return sign_with(pair_for(GetParam(), which).signing, GetParam(), header_for(GetParam()),
                     claims_of_it);
  };
  EXPECT_EQ(verdict_of(token(0, claims_with()), providers), "accepted");
  EXPECT_EQ(verdict_of(token(1, claims), providers), "accepted");
  EXPECT_EQ(verdict_of(token(0, claims), providers), "bad_signature");
  EXPECT_EQ(verdict_of(token(1, claims_with()), providers), "bad_signature");
}

TEST_P(TokenSignature, A59_ComesBeforeTheClaims) {
  const std::string expired = R"({"iss":"https://issuer.example","exp":1,"sub":5})";
  const auto signed_by = [&](int which) {
    return sign_with(pair_for(GetParam(), which).signing, GetParam(), header_for(GetParam()),
                     expired);
  };
  EXPECT_EQ(verdict(signed_by(0)), "expired");
  EXPECT_EQ(verdict(signed_by(1)), "bad_signature");
}

INSTANTIATE_TEST_SUITE_P(All, TokenSignature, ::testing::ValuesIn(asymmetric_algorithms()),
                         [](const auto& row) { return std::string(get_row(row.param).name); });

}  // namespace
}  // namespace verdict::testing
