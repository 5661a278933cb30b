#include "compiler/source/secrets.h"

#include <gtest/gtest.h>

#include "compiler/source/source.h"

namespace verdict::compiler {
namespace {

constexpr std::string_view kToken = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl";

std::string token() { return std::string(kToken); }

TEST(Secrets, TokensAreConcealedWhereverTheyStand) {
  EXPECT_EQ(conceal_tokens(token()), "...");
  EXPECT_EQ(conceal_tokens("`" + token() + "` and " + token() + "!"), "`...` and ...!");
  EXPECT_EQ(conceal_tokens("Bearer " + token().substr(0, 20)), "Bearer ...") << "the beginning";
  EXPECT_EQ(conceal_tokens(token() + ".a.b"), "...") << "five parts, an encrypted one";
}

TEST(Secrets, OtherBeginningsOfTokensAreSeenWithTheirDots) {
  EXPECT_EQ(conceal_tokens("eyAiYWxnIjogIlJTMjU2In0.eyAic3ViIjogIjEifQ.SIG"), "...");
  EXPECT_EQ(conceal_tokens("ewogICJhbGciOiAi.e30.SIG and eyAnotherWordOfLetters"),
            "... and eyAnotherWordOfLetters");
  EXPECT_EQ(conceal_tokens("x_" + token()), "x_...");
  EXPECT_EQ(conceal_tokens("\\n" + token()), "\\n...");
}

TEST(Secrets, ManyTokensTakeNoMoreThanTheirLength) {
  std::string text;
  for (int i = 0; i < 20000; ++i) text += "eyJaaaaaaaaaaaaaaaaa ";
  EXPECT_EQ(conceal_tokens(text).size(), 20000U * 4);
}

// Beginnings that are no token, in one run without an end: each looked at by itself. With a look at
// the rest of the run for each, this test would not end.
TEST(Secrets, ManyBeginningsInOneRunTakeNoMoreThanTheirLength) {
  for (const std::string_view piece : {"eyA..", "eyA.", "ewo", "ewo.a.json/"}) {
    std::string text;
    for (int i = 0; i < 2000000; ++i) text += piece;
    EXPECT_EQ(conceal_tokens(text).empty(), false) << piece;
  }
}

// The values of such keys, in whatever quotes, with or without colon.
TEST(Secrets, ValuesOfSecretKeysAreFound) {
  const auto found = [](std::string_view text) {
    const auto range = find_secret(text);
    return range ? text.substr(range->begin, range->end - range->begin) : std::string_view();
  };
  EXPECT_EQ(found(R"({"kty": "RSA", "d": "x y"})"), R"("x y")");
  EXPECT_EQ(found(R"({"d" "x"})"), R"("x")");
  EXPECT_EQ(found("{d: x, e: 1}"), "x");
  EXPECT_EQ(found("{'d': 'x'}"), "'x'");
  EXPECT_EQ(found(R"("client_secret" : "x)"), R"("x)");
  EXPECT_EQ(found("-----BEGIN EC PRIVATE KEY-----\nMHc\n-----END EC"),
            "-----BEGIN EC PRIVATE KEY-----\nMHc\n");
  EXPECT_EQ(found("MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQ"),
            "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQ");
  for (const std::string_view text :
       {"", R"({"name": "d", "id": "x"})", "d", "k [", R"({"d": {"e": 1}})",
        "-----BEGIN CERTIFICATE-----", "the_quite_long_name_of_some_attribute_without_digits"})
    EXPECT_EQ(found(text), "") << text;
}

TEST(Secrets, OtherTextStays) {
  for (const std::string text :
       {"", "eyJ", "eyJ short", "realm_access.roles.all", "www.example.com", "greyJacketOfTheDay99",
        "https://id.example/keys"})
    EXPECT_EQ(conceal_tokens(text), text);
}

TEST(Secrets, AnArgumentWithTwoDotsCountsAsOne) {
  EXPECT_EQ(find_token_in_argument("HEADER.CLAIMS.SIGNATURE"), "HEADER.CLAIMS.SIGNATURE");
  EXPECT_EQ(find_token_in_argument("@a.b.c"), "a.b.c");
  EXPECT_EQ(find_token_in_argument("--tokn=a-_1.b.c"), "a-_1.b.c") << "behind the dashes too";
  EXPECT_EQ(find_token_in_argument("Bearer a.b."), "a.b.") << "unsigned";
  EXPECT_EQ(find_token_in_argument(token() + "\n"), kToken);
}

TEST(Secrets, NamesOfFilesAndNumbersAreNone) {
  for (const std::string text : {"", "app.vbc", "policy.v2.json", "./a.b.c", "w/a.b.c", "a.b.c/w",
                                 "10.0.0.1", "1.2.3", "..", "../..", "a..b", "--format"})
    EXPECT_EQ(find_token_in_argument(text), std::nullopt) << text;
}

TEST(Secrets, ASourceHidesTokensAndWhatItIsTold) {
  Sources sources;
  const std::string text = "first " + token() + "\nsecond \"d\": \"key\"\n";
  const FileId file = sources.add("a", text);
  EXPECT_EQ(sources.line_text(file, 0), "first " + std::string(kToken.size(), '*'));
  const auto begin = static_cast<std::uint32_t>(text.find("\"key\""));
  sources.hide({file, begin, begin + 5});
  EXPECT_EQ(sources.line_text(file, begin), "second \"d\": *****");
  EXPECT_EQ(sources.text(file), text) << "what is compiled stays as it is";
}

}  // namespace
}  // namespace verdict::compiler
