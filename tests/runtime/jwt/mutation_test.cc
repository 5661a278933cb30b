// Good tokens, changed at random: half of them as text, half in what they say and then signed again
// with another key. None may be accepted. VERDICT_MUTATIONS=100000 sets the number for a long run.
#include <cstdlib>
#include <iostream>
#include <map>
#include <random>
#include <string>

#include <gtest/gtest.h>

#include "tests/runtime/jwt/token_maker.h"

namespace verdict::testing {
namespace {

// Under a sanitizer signing with RSA costs ten times as much.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int kMutations = 400;
#else
constexpr int kMutations = 2000;
#endif

int num_mutations() {
  const char* const asked = std::getenv("VERDICT_MUTATIONS");
  return asked == nullptr ? kMutations : std::atoi(asked);
}

class Mutator {
 public:
  explicit Mutator(unsigned seed) : random_(seed) {}

  std::size_t below(std::size_t end) {
    return std::uniform_int_distribution<std::size_t>(0, end - 1)(random_);
  }

  // One to four changes; those of characters mostly stay within `alphabet`.
  std::string mutate(std::string text, std::string_view alphabet) {
    const std::size_t changes = 1 + below(4);
    for (std::size_t i = 0; i < changes && !text.empty(); ++i) change(text, alphabet);
    return text;
  }

 private:
  char any_of(std::string_view alphabet) {
    return below(8) == 0 ? static_cast<char>(below(256)) : alphabet[below(alphabet.size())];
  }

  void change(std::string& text, std::string_view alphabet) {
    const std::size_t at = below(text.size());
    const std::size_t other = below(text.size());
    const std::size_t length = 1 + below(8);
    switch (below(7)) {
      case 0:
        text[at] = any_of(alphabet);
        break;
      case 1:
        text = flip_bit(std::move(text), at * 8 + below(8));
        break;
      case 2:
        text.insert(at, 1, any_of(alphabet));
        break;
      case 3:
        text.erase(at, length);
        break;
      case 4:
        text.insert(at, std::string(text, other, length));
        break;
      case 5:
        std::swap(text[at], text[other]);
        break;
      default:
        text.replace(at, length, std::string(text, other, length));
        break;
    }
  }

  std::mt19937 random_;
};

constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";
constexpr std::string_view kJson = R"({}[]":,.\ 0123456789aegilnorstux-+)";

class TokenMutation : public ::testing::TestWithParam<Algorithm> {
 protected:
  [[nodiscard]] std::string mutate_text(Mutator& mutator) const {
    return mutator.mutate(good_, kBase64);
  }

  // The header or the claims changed, and the whole signed with a key that is not the provider's.
  [[nodiscard]] std::string sign_again(Mutator& mutator) const {
    std::string header = header_for(GetParam());
    std::string claims = claims_with(kMore);
    std::string& changed = mutator.below(4) == 0 ? header : claims;
    changed = mutator.mutate(std::move(changed), kJson);
    return sign_with(pair_for(GetParam(), 1).signing, GetParam(), header, claims);
  }

  static constexpr std::string_view kMore =
      R"(,"sub":"user_1","aud":["api","other"],"org_role":"member","iat":1699999990)";
  const TokenSettings settings_ = settings_for({GetParam()});
  const std::string good_ = sign(GetParam(), header_for(GetParam()), claims_with(kMore));
};

TEST_P(TokenMutation, NoneIsAccepted) {
  constexpr unsigned kSeed = 20261123;
  Mutator mutator(kSeed);
  std::map<std::string, int> counts;
  ASSERT_EQ(verdict_of(good_, settings_), "accepted");
  for (int i = 0; i < num_mutations(); ++i) {
    const std::string token = i % 2 == 0 ? mutate_text(mutator) : sign_again(mutator);
    const std::string verdict = token == good_ ? "unchanged" : verdict_of(token, settings_);
    ASSERT_NE(verdict, "accepted") << "mutation " << i << ": " << token;
    ++counts[verdict];
  }
  if (std::getenv("VERDICT_MUTATIONS") != nullptr) {
    for (const auto& [verdict, count] : counts)
      std::cout << get_row(GetParam()).name << " " << verdict << " " << count << "\n";
  }
  // The changes are not all of the kind that the first check sees.
  EXPECT_GT(counts["bad_signature"], num_mutations() / 16);
  EXPECT_GT(counts["malformed"], num_mutations() / 16);
}

INSTANTIATE_TEST_SUITE_P(All, TokenMutation,
                         ::testing::Values(Algorithm::RS256, Algorithm::ES256, Algorithm::EdDSA,
                                           Algorithm::Ed448),
                         [](const auto& row) { return std::string(get_row(row.param).name); });

}  // namespace
}  // namespace verdict::testing
