// What a refusal may say: never the token, its signature, or the value of a claim that is mapped as
// sensitive; nothing that a terminal or a log would act on.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "runtime/jwt/jws.h"
#include "tests/runtime/jwt/token_maker.h"

namespace verdict::testing {
namespace {

constexpr std::string_view kCanary = "canary-7f3a91";

// Claims of which every value that could be refused holds the canary; whichever is asked for first
// is what the token is refused for.
std::vector<std::string> claims_with_canaries() {
  const std::string text = R"("canary-7f3a91")";
  std::vector<std::string> all;
  for (const char* name : {"aud", "azp", "sub", "email", "exp", "nbf", "iat"}) {
    for (const std::string& value :
         {text, "[" + text + "]", "[" + text + ",5]", "{\"a\":" + text + "}"}) {
      const std::string exp = std::string(name) == "exp" ? "" : R"(,"exp":1700000060)";
      all.push_back(R"({"iss":"https://issuer.example")" + exp + ",\"" + name + "\":" + value +
                    "}");
    }
  }
  all.push_back(R"({"iss":"https://issuer.example","exp":1,"email":"canary-7f3a91"})");
  all.push_back(R"({"iss":"https://issuer.exampl","exp":1,"email":"canary-7f3a91"})");
  all.push_back(R"({"email":"canary-7f3a91","email":"canary-7f3a91"})");
  all.push_back(R"({"email":"canary-7f3a91")");
  return all;
}

// Providers that refuse for one reason each, all of them with every claim of a canary sensitive.
std::vector<TokenSettings> demanding_settings() {
  std::vector<TokenSettings> all;
  for (int i = 0; i < 6; ++i) {
    TokenSettings settings = settings_for({Algorithm::ES256});
    settings.sensitive = {"aud", "azp", "sub", "email", "exp", "nbf", "iat"};
    if (i == 1) settings.audiences = {"api"};
    if (i == 2) settings.parties = {"https://app.example"};
    if (i == 3) settings.required.push_back({"email", std::string("ada@example.com")});
    if (i == 4) settings.audience_claim = "email";
    if (i == 4) settings.audiences = {"api"};
    if (i == 5) settings.keys.reset();
    all.push_back(std::move(settings));
  }
  return all;
}

// Any sixteen characters in a row of the token that the detail shows.
bool shows_part_of(std::string_view token, std::string_view detail) {
  constexpr std::size_t kPart = 16;
  for (std::size_t at = 0; at + kPart <= detail.size(); ++at) {
    if (token.find(detail.substr(at, kPart)) != token.npos) return true;
  }
  return false;
}

void expect_silent(const TokenError& error, std::string_view token) {
  EXPECT_EQ(error.detail.find(kCanary), std::string::npos) << error.detail;
  EXPECT_FALSE(shows_part_of(token, error.detail)) << error.detail;
  for (const char c : error.detail) EXPECT_TRUE(c >= ' ' && c <= '~') << error.detail;
  EXPECT_TRUE(error.public_message() == "Token validation failed" ||
              error.public_message() == "Unknown issuer");
}

TEST(TokenSecrecy, NoClaimThatIsSensitive) {
  int num_refused = 0;
  for (const TokenSettings& settings : demanding_settings()) {
    for (const std::string& claims : claims_with_canaries()) {
      for (const int which : {0, 1}) {
        const std::string token = sign_with(pair_for(Algorithm::ES256, which).signing,
                                            Algorithm::ES256, header_for(Algorithm::ES256), claims);
        const auto error = error_of(token, settings);
        if (!error) continue;
        ++num_refused;
        expect_silent(*error, token);
      }
    }
  }
  EXPECT_GT(num_refused, 300);
}

// The same values are shown where nobody calls them sensitive: the tests above can fail.
TEST(TokenSecrecy, OtherClaimsAreShown) {
  for (TokenSettings& settings : demanding_settings()) {
    if (settings.audiences.empty() || settings.audience_claim != "aud") continue;
    settings.sensitive.clear();
    const std::string claims = claims_with(R"(,"aud":"canary-7f3a91")");
    const auto error =
        error_of(sign(Algorithm::ES256, header_for(Algorithm::ES256), claims), settings);
    ASSERT_TRUE(error);
    EXPECT_NE(error->detail.find(kCanary), std::string::npos);
  }
}

TEST(TokenSecrecy, NoTimeThatIsSensitive) {
  TokenSettings settings = settings_for({Algorithm::ES256});
  settings.max_age = 60 * kSecond;
  settings.sensitive = {"exp", "nbf", "iat"};
  for (const char* claims :
       {R"({"iss":"https://issuer.example","exp":1600000000})",
        R"({"iss":"https://issuer.example","exp":1700000060,"nbf":1800000000})",
        R"({"iss":"https://issuer.example","exp":1700000060,"iat":1800000000})",
        R"({"iss":"https://issuer.example","exp":1700000060,"iat":1600000000})"}) {
    const auto error =
        error_of(sign(Algorithm::ES256, header_for(Algorithm::ES256), claims), settings);
    ASSERT_TRUE(error) << claims;
    EXPECT_EQ(error->detail.find("2020-"), std::string::npos) << error->detail;
    EXPECT_EQ(error->detail.find("2027-"), std::string::npos) << error->detail;
    EXPECT_EQ(error->detail.find(" d "), std::string::npos) << error->detail;
  }
}

// The token broken in every way of its form: cut, doubled, each segment replaced.
TEST(TokenSecrecy, NoPartOfTheToken) {
  const TokenSettings settings = settings_for({Algorithm::RS256});
  const std::string good = good_token(Algorithm::RS256);
  const CompactJws jws = split_token(good).value();
  const std::string header(jws.header);
  const std::string payload(jws.payload);
  const std::string signature(jws.signature);
  std::vector<std::string> tokens = {
      header + "." + payload,
      good + "." + signature,
      header + "." + payload + "." + signature + "=",
      header + "." + signature + "." + signature,
      signature + "." + payload + "." + signature,
      payload + "." + payload + "." + signature,
      header + "." + header + "." + signature,
      header + "." + payload + "." + payload,
      good + std::string(300'000, 'A'),
      sign(Algorithm::RS256, R"({"alg":"RS256","crit":["canary-7f3a91"]})", claims_with())};
  for (std::size_t cut = 1; cut < good.size(); cut += 7) tokens.push_back(good.substr(0, cut));
  for (const std::string& token : tokens) {
    const auto error = error_of(token, settings);
    ASSERT_TRUE(error);
    expect_silent(*error, token);
  }
}

TEST(TokenSecrecy, TextsOfTheTokenAreCutAndEscaped) {
  TokenSettings settings = settings_for({Algorithm::ES256});
  settings.audiences = {"api"};
  const std::string odd = R"(\u001b[31m\n\r\u0000\u202e\u2028)" + std::string(5000, 'x');
  for (const std::string& token :
       {sign(Algorithm::ES256, header_for(Algorithm::ES256),
             claims_with(",\"aud\":\"" + odd + '"')),
        sign(Algorithm::ES256, header_for(Algorithm::ES256), R"({"iss":")" + odd + "\"}"),
        sign(Algorithm::ES256, header_for(Algorithm::ES256, ",\"typ\":\"" + odd + '"'),
             claims_with()),
        sign(Algorithm::ES256, R"({"alg":")" + odd + "\"}", claims_with()),
        sign(Algorithm::ES256, R"({"alg":"ES256","kid":")" + odd + "\"}", claims_with())}) {
    const auto error = error_of(token, settings);
    ASSERT_TRUE(error);
    EXPECT_LT(error->detail.size(), 600U);
    expect_silent(*error, token);
  }
}

}  // namespace
}  // namespace verdict::testing
