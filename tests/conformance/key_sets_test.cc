// The key sets and compact signatures of tokens/: published examples, not made by our own code.
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "runtime/crypto/base64url.h"
#include "runtime/jwt/key_set.h"
#include "tests/support/source_folder.h"

namespace verdict {
namespace {

std::vector<std::string> read_lines(const std::string& name) {
  const auto folder = testing::source_folder() / "tests/conformance/tokens";
  std::ifstream file(folder / name, std::ios::binary);
  EXPECT_TRUE(file.good()) << name;
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

// What stands between two marks of a line, whose members have a fixed order.
std::string_view between(std::string_view line, std::string_view start, std::string_view end) {
  const std::size_t from = line.find(start);
  const std::size_t to = line.find(end, from);
  EXPECT_NE(to, std::string_view::npos) << line;
  return line.substr(from + start.size(), to - from - start.size());
}

// The value of a text member of a header; these have no escapes.
std::optional<std::string> find_member(std::string_view header, const std::string& name) {
  const std::size_t at = header.find("\"" + name + "\":\"");
  if (at == std::string_view::npos) return std::nullopt;
  const std::size_t start = at + name.size() + 4;
  return std::string(header.substr(start, header.find('"', start) - start));
}

// "valid" or why not.
std::string check_signature(const KeySet& keys, std::string_view token) {
  const std::size_t last = token.rfind('.');
  const std::optional<std::string> header = decode_base64url(token.substr(0, token.find('.')));
  const std::optional<std::string> signature = decode_base64url(token.substr(last + 1));
  if (!header || !signature) return "no base64url";
  const auto algorithm = find_algorithm(find_member(*header, "alg").value_or(""));
  if (!algorithm) return "no algorithm";
  const std::optional<std::string> kid = find_member(*header, "kid");
  const auto key =
      keys.find(kid ? std::optional<std::string_view>(*kid) : std::nullopt, *algorithm);
  if (!key) return "no key";
  return (*key)->key.verify(*algorithm, token.substr(0, last), *signature) ? "valid" : "invalid";
}

TEST(KeySets, EveryKeyOfThePacksIsGood) {
  for (const std::string name : {"jws_rfc.jsonl", "jwt_clerk.jsonl"}) {
    for (const std::string& line : read_lines(name)) {
      const std::string_view jwks = between(line, R"("jwks": )", R"(, "token": ")");
      if (jwks == R"({"keys": []})") continue;
      const auto set = KeySet::parse(jwks, KeySet::Secrets::Allowed);
      ASSERT_TRUE(set) << line;
      EXPECT_TRUE(set->skipped().empty()) << line;
      EXPECT_GE(set->keys().size(), 1U);
    }
  }
}

// HS256, RS256, PS384, ES256, ES512 and EdDSA, each by somebody else.
TEST(KeySets, SignaturesOfTheRfcsVerify) {
  int num_valid = 0;
  for (const std::string& line : read_lines("jws_rfc.jsonl")) {
    if (line.find(R"("expect": "valid")") == std::string::npos) continue;
    const auto set =
        KeySet::parse(between(line, R"("jwks": )", R"(, "token": ")"), KeySet::Secrets::Allowed);
    ASSERT_TRUE(set) << line;
    EXPECT_EQ(check_signature(*set, between(line, R"("token": ")", R"(", "expect")")), "valid")
        << line;
    ++num_valid;
  }
  EXPECT_EQ(num_valid, 9);
}

TEST(KeySets, OnlyTheTamperedTokensOfClerkHaveABadSignature) {
  int num_invalid = 0;
  for (const std::string& line : read_lines("jwt_clerk.jsonl")) {
    const auto set = KeySet::parse(between(line, R"("jwks": )", R"(, "token": ")"));
    ASSERT_TRUE(set) << line;
    const bool is_bad = line.find(R"("reason": "token-invalid-signature")") != std::string::npos;
    EXPECT_EQ(check_signature(*set, between(line, R"("token": ")", R"(", "now")")) == "valid",
              !is_bad)
        << line;
    num_invalid += is_bad;
  }
  EXPECT_EQ(num_invalid, 3);
}

}  // namespace
}  // namespace verdict
