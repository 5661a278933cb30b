// The registered claims: A46, A47, A49 to A52 of the checklist. A48 is the compiler's, A53 to A55
// need a program (tests/runtime/engine), A56 needs signatures.
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "tests/runtime/jwt/token_maker.h"

namespace verdict::testing {
namespace {

constexpr std::string_view kAccepted = "accepted";
constexpr std::string_view kInvalid = "invalid_claim";
constexpr std::string_view kMissing = "required_claim_missing";

std::string token_of(std::string_view claims) {
  return sign(Algorithm::EdDSA, header_for(Algorithm::EdDSA), claims);
}

class TokenClaims : public ::testing::Test {
 protected:
  [[nodiscard]] std::string verdict(std::string_view claims) const {
    return verdict_of(token_of(claims), settings_);
  }
  // Of good claims and these.
  [[nodiscard]] std::string verdict_with(std::string_view more) const {
    return verdict(claims_with(more));
  }
  [[nodiscard]] TokenError error(std::string_view claims) const {
    return error_of(token_of(claims), settings_).value_or(TokenError{});
  }

  TokenSettings settings_ = settings_for({Algorithm::EdDSA});
};

// A claim's JSON, the verdict with a clock skew of 0 s, and with one of 5 s.
struct TimeCase {
  std::string_view value;
  std::string_view strict;
  std::string_view lenient;
};

TEST_F(TokenClaims, A46_Expiry) {
  constexpr std::string_view kExpired = "expired";
  constexpr TimeCase kCases[] = {
      {"1700000001", kAccepted, kAccepted},
      {"1700000000.000001", kAccepted, kAccepted},
      {"1700000000", kExpired, kAccepted},
      {"1699999999.999999", kExpired, kAccepted},
      {"1699999996", kExpired, kAccepted},
      {"1699999995.000001", kExpired, kAccepted},
      {"1699999995.0000009", kExpired, kExpired},  // finer digits are floored
      {"1699999995", kExpired, kExpired},
      {"1699999994", kExpired, kExpired},
      {"1.5", kExpired, kExpired},
      {"1e3", kExpired, kExpired},
      {"1E10", kAccepted, kAccepted},
      {"17000000010e-1", kAccepted, kAccepted},
      {"0", kExpired, kExpired},
      {"-0", kExpired, kExpired},
      {"-1", kExpired, kExpired},
      {"253402300799", kAccepted, kAccepted},  // the last second of 9999
      {"253402300800", kInvalid, kInvalid},
      {"1700000060000", kInvalid, kInvalid},  // milliseconds by mistake
      {"1e300", kInvalid, kInvalid},
      {"1e400", kInvalid, kInvalid},
      {"-1e300", kInvalid, kInvalid},
      {"9223372036854775807", kInvalid, kInvalid},
      {"9223372036854775808", kInvalid, kInvalid},
      {"-9223372036854775809", kInvalid, kInvalid},
      {R"("123")", kInvalid, kInvalid},
      {R"("1700000060")", kInvalid, kInvalid},
      {R"("2026-01-01T00:00:00Z")", kInvalid, kInvalid},
      {"true", kInvalid, kInvalid},
      {"null", kInvalid, kInvalid},
      {"[]", kInvalid, kInvalid},
      {"[1700000060]", kInvalid, kInvalid},
      {"{}", kInvalid, kInvalid},
  };
  for (const TimeCase& row : kCases) {
    const std::string claims =
        R"({"iss":"https://issuer.example","exp":)" + std::string(row.value) + "}";
    settings_.clock_skew = 0;
    EXPECT_EQ(verdict(claims), row.strict) << row.value;
    settings_.clock_skew = 5 * kSecond;
    EXPECT_EQ(verdict(claims), row.lenient) << row.value;
  }
  EXPECT_EQ(verdict(R"({"iss":"https://issuer.example"})"), kMissing);
  EXPECT_EQ(verdict(R"({"iss":"https://issuer.example","EXP":1700000060})"), kMissing);
}

TEST_F(TokenClaims, A46_TheValidityIsThatOfTheVerdict) {
  const std::string token = token_of(claims_with(R"(,"nbf":1699999990,"iat":1699999980)"));
  TokenScratch scratch;
  const auto verified = verify_token(token, std::span(&settings_, 1), kNow, scratch);
  ASSERT_TRUE(verified);
  const auto at = [&](std::int64_t now) { return verdict_of(token, settings_, now); };
  EXPECT_EQ(at(verified->valid_from() - 1), "not_yet_valid");
  EXPECT_EQ(at(verified->valid_from()), kAccepted);
  EXPECT_EQ(at(verified->valid_until() - 1), kAccepted);
  EXPECT_EQ(at(verified->valid_until()), "expired");
}

TEST_F(TokenClaims, A47_NotBeforeAndIssuedAt) {
  constexpr std::string_view kEarly = "early";
  constexpr TimeCase kCases[] = {
      {"1699999999", kAccepted, kAccepted},
      {"1700000000", kAccepted, kAccepted},
      {"1700000000.000001", kEarly, kAccepted},
      {"1700000005", kEarly, kAccepted},
      {"1700000005.000001", kEarly, kEarly},
      {"1700000006", kEarly, kEarly},
      {"1E10", kEarly, kEarly},
      {"1.5", kAccepted, kAccepted},
      {"0", kAccepted, kAccepted},
      {"-1", kAccepted, kAccepted},
      {"1e300", kInvalid, kInvalid},
      {"9223372036854775808", kInvalid, kInvalid},
      {R"("1")", kInvalid, kInvalid},
      {"true", kInvalid, kInvalid},
      {"null", kInvalid, kInvalid},
      {"[]", kInvalid, kInvalid},
      {"{}", kInvalid, kInvalid},
  };
  for (const auto& [claim, cause] :
       {std::pair<std::string, std::string_view>{"nbf", "not_yet_valid"},
        std::pair<std::string, std::string_view>{"iat", "issued_in_future"}}) {
    for (const TimeCase& row : kCases) {
      const std::string more = ",\"" + claim + "\":" + std::string(row.value);
      settings_.clock_skew = 0;
      EXPECT_EQ(verdict_with(more), row.strict == kEarly ? cause : row.strict) << more;
      settings_.clock_skew = 5 * kSecond;
      EXPECT_EQ(verdict_with(more), row.lenient == kEarly ? cause : row.lenient) << more;
    }
  }
}

TEST_F(TokenClaims, A47_GreatestAge) {
  settings_.max_age = 100 * kSecond;
  EXPECT_EQ(verdict_with(""), kMissing);
  EXPECT_EQ(verdict_with(R"(,"iat":1699999900)"), kAccepted);
  EXPECT_EQ(verdict_with(R"(,"iat":1699999895.000001)"), kAccepted);
  EXPECT_EQ(verdict_with(R"(,"iat":1699999895)"), "too_old");
  settings_.clock_skew = 0;
  EXPECT_EQ(verdict_with(R"(,"iat":1699999900)"), "too_old");
  EXPECT_EQ(verdict_with(R"(,"iat":1699999901)"), kAccepted);
}

struct IssuerCase {
  std::string_view value;  // JSON
  std::string_view explanation;
};

TEST_F(TokenClaims, A49_TheIssuerByteForByte) {
  settings_.issuer = "https://idp.example/tenant";
  constexpr std::string_view kNoProvider = "the issuer of no provider";
  constexpr IssuerCase kCases[] = {
      {R"("https://idp.example/tenant/")", "a trailing slash too many"},
      {R"("https://IDP.example/tenant")", "upper and lower case"},
      {R"("https://idp.example/Tenant")", "upper and lower case"},
      {R"("HTTPS://idp.example/tenant")", "upper and lower case"},
      {R"("http://idp.example/tenant")", "another scheme"},
      {R"("https://idp.example")", kNoProvider},
      {R"("https://idp.example/")", kNoProvider},
      {R"("https://idp.example/tenant2")", kNoProvider},
      {R"("https://idp.example/tenant/../evil")", kNoProvider},
      {R"("https://idp.example%2Ftenant")", kNoProvider},
      {R"("https://idp.example/tenant%2F")", kNoProvider},
      {R"("https://idp.example.evil.example/tenant")", kNoProvider},
      {R"("https://evil.example/https://idp.example/tenant")", kNoProvider},
      {R"("dp.example/tenant")", kNoProvider},
      {R"("idp.example/tenant")", kNoProvider},
      {R"("https://xn--idp-example/tenant")", kNoProvider},
      {R"("https://idp.ex\u0430mple/tenant")", kNoProvider},
      {R"(" https://idp.example/tenant")", kNoProvider},
      {R"("https://idp.example/tenant\u0000")", kNoProvider},
      {R"("https://idp.example:443/tenant")", kNoProvider},
      {R"("")", kNoProvider},
      {R"(["https://idp.example/tenant"])", "no string"},
      {R"(["https://idp.example/tenant","https://evil.example"])", "no string"},
      {"5", "no string"},
      {"true", "no string"},
      {R"({"iss":"https://idp.example/tenant"})", "no string"},
      {"null", "absent"},
  };
  const auto claims = [](std::string_view issuer) {
    return R"({"exp":1700000060,"iss":)" + std::string(issuer) + "}";
  };
  EXPECT_EQ(verdict(claims(R"("https://idp.example/tenant")")), kAccepted);
  EXPECT_EQ(verdict(claims(R"("https:\/\/idp.example\/tenant")")), kAccepted)
      << "the same text in another spelling of JSON";
  for (const IssuerCase& row : kCases) {
    const TokenError refusal = error(claims(row.value));
    EXPECT_EQ(spelling_of(refusal.cause), "unknown_issuer") << row.value;
    EXPECT_NE(refusal.detail.find(row.explanation), std::string::npos) << refusal.detail;
    EXPECT_EQ(refusal.public_message(), "Unknown issuer");
  }
  EXPECT_EQ(verdict(R"({"exp":1700000060})"), "unknown_issuer");
  settings_.issuer += "/";
  EXPECT_NE(
      error(claims(R"("https://idp.example/tenant")")).detail.find("lacks the trailing slash"),
      std::string::npos);
}

TEST_F(TokenClaims, A49_AProviderWithoutIssuerIssuesNothing) {
  settings_.issuer.clear();
  EXPECT_EQ(verdict(R"({"exp":1700000060,"iss":""})"), "unknown_issuer");
  EXPECT_EQ(verdict(R"({"exp":1700000060})"), "unknown_issuer");
}

TEST_F(TokenClaims, A50_Audience) {
  settings_.any_audience = false;
  EXPECT_EQ(verdict_with(R"(,"aud":"api")"), "audience_mismatch") << "nothing said, nothing taken";
  settings_.audiences = {"api", "https://api.example"};
  constexpr std::string_view kMismatch = "audience_mismatch";
  const std::vector<std::pair<std::string_view, std::string_view>> cases = {
      {R"("api")", kAccepted},
      {R"(["api"])", kAccepted},
      {R"(["other","https://api.example"])", kAccepted},
      {R"(["api","api"])", kAccepted},
      {R"("other")", kMismatch},
      {R"("ap")", kMismatch},
      {R"("apis")", kMismatch},
      {R"("API")", kMismatch},
      {R"("api ")", kMismatch},
      {R"("api,other")", kMismatch},
      {R"("api other")", kMismatch},
      {R"("https://api.example/")", kMismatch},
      {R"("")", kMismatch},
      {"[]", kMismatch},
      {R"(["other"])", kMismatch},
      {R"([""])", kMismatch},
      {"null", kMismatch},
      {R"(["api",5])", kInvalid},
      {R"([5,"api"])", kInvalid},
      {R"([["api"]])", kInvalid},
      {R"(["api",["other"]])", kInvalid},
      {R"(["api",null])", kInvalid},
      {R"({"api":true})", kInvalid},
      {"5", kInvalid},
      {"true", kInvalid},
  };
  for (const auto& [value, expected] : cases)
    EXPECT_EQ(verdict_with(R"(,"aud":)" + std::string(value)), expected) << value;
  EXPECT_EQ(verdict_with(""), kMismatch);
  EXPECT_EQ(verdict_with(R"(,"AUD":"api")"), kMismatch);
  settings_.audience_claim = "client_id";
  EXPECT_EQ(verdict_with(R"(,"aud":"api")"), kMismatch);
  EXPECT_EQ(verdict_with(R"(,"client_id":"api","aud":"other")"), kAccepted);
  settings_.audiences.clear();
  settings_.any_audience = true;
  EXPECT_EQ(verdict_with(R"(,"client_id":5)"), kAccepted) << "any audience";
}

TEST_F(TokenClaims, A50_AnAudienceOfManyElements) {
  settings_.audiences = {"api"};
  std::string list;
  for (int i = 0; i < 10'000; ++i) list += "\"a" + std::to_string(i) + "\",";
  EXPECT_EQ(verdict_with(",\"aud\":[" + list + "\"api\"]"), kAccepted);
  const TokenError refusal = error(claims_with(",\"aud\":[" + list + "\"apj\"]"));
  EXPECT_EQ(refusal.cause, TokenCause::AudienceMismatch);
  EXPECT_LT(refusal.detail.size(), 500U) << "a list is cut";
}

TEST_F(TokenClaims, A51_AuthorizedParty) {
  constexpr std::string_view kMismatch = "authorized_party_mismatch";
  EXPECT_EQ(verdict_with(R"(,"azp":"https://evil.example")"), kAccepted) << "not asked for";
  settings_.parties = {"https://app.example"};
  EXPECT_EQ(verdict_with(R"(,"azp":"https://app.example")"), kAccepted);
  for (const char* more : {"", R"(,"azp":null)", R"(,"azp":"https://evil.example")",
                           R"(,"azp":"https://app.example/")", R"(,"azp":"")", R"(,"azp":5)",
                           R"(,"azp":["https://app.example"])"}) {
    EXPECT_EQ(verdict_with(more), kMismatch) << more;
  }
  EXPECT_NE(error(claims_with()).detail.find("made on a server"), std::string::npos);
}

TEST_F(TokenClaims, A52_Subject) {
  for (const char* more : {"", R"(,"sub":null)", R"(,"sub":"user_1")", R"(,"sub":" ")",
                           R"(,"sub":"a\u0000\u001b\nb")"}) {
    EXPECT_EQ(verdict_with(more), kAccepted) << more;
  }
  for (const char* more :
       {R"(,"sub":"")", R"(,"sub":5)", R"(,"sub":true)", R"(,"sub":["a"])", R"(,"sub":{})"}) {
    EXPECT_EQ(verdict_with(more), kInvalid) << more;
  }
  EXPECT_EQ(verdict_with(",\"sub\":\"" + std::string(1 << 20, 'a') + '"'), "too_large");
}

TEST_F(TokenClaims, RequiredClaimsHaveTheirValue) {
  settings_.required.push_back({"token_use", std::string("access")});
  settings_.required.push_back({"level", Number::from_integer(2)});
  settings_.required.push_back({"email_verified", true});
  const std::vector<std::pair<std::string_view, std::string_view>> cases = {
      {R"("token_use":"access","level":2,"email_verified":true)", kAccepted},
      {R"("token_use":"access","level":2.0,"email_verified":true)", kAccepted},
      {R"("token_use":"id","level":2,"email_verified":true)", "claim_mismatch"},
      {R"("token_use":"access","level":3,"email_verified":true)", "claim_mismatch"},
      {R"("token_use":"access","level":"2","email_verified":true)", "claim_mismatch"},
      {R"("token_use":"access","level":2,"email_verified":false)", "claim_mismatch"},
      {R"("token_use":"access","level":2,"email_verified":1)", "claim_mismatch"},
      {R"("token_use":["access"],"level":2,"email_verified":true)", "claim_mismatch"},
      {R"("token_use":"access","level":2,"email_verified":null)", kMissing},
      {R"("token_use":"access","level":2)", kMissing},
  };
  for (const auto& [claims, expected] : cases)
    EXPECT_EQ(verdict_with("," + std::string(claims)), expected) << claims;
}

}  // namespace
}  // namespace verdict::testing
