// Tokens of others, with the verdicts that they must get: see tokens/README.md.
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "compiler/policyc/workbench/tokens.h"
#include "runtime/json/reader.h"
#include "tests/support/source_folder.h"

namespace verdict {
namespace {

using policyc::Keys;

struct Case {
  std::string id;
  bool is_valid = false;  // as the pack says
  std::string reason;     // of whoever made the pack
  std::string line;
};

std::string text_of(const JsonRef& object, std::string_view key) {
  const auto member = object.find(key);
  return member && member->is(ClaimKind::String) ? std::string(member->text()) : std::string();
}

std::vector<Case> read_pack(const std::string& name) {
  const auto folder = testing::source_folder() / "tests" / "conformance";
  std::ifstream file(folder / "tokens" / name);
  EXPECT_TRUE(file.good()) << name;
  std::vector<Case> cases;
  JsonReader reader;
  for (std::string line; std::getline(file, line);) {
    const auto tree = reader.read(line);
    if (!tree) {
      ADD_FAILURE() << line;
      continue;
    }
    const JsonRef root(**tree);
    cases.push_back(
        {text_of(root, "id"), text_of(root, "expect") == "valid", text_of(root, "reason"), line});
  }
  return cases;
}

struct Answer {
  bool is_valid = false;
  std::string cause;  // the stable spelling
};

Answer answer_to(const Case& row, Keys keys) {
  JsonReader reader;
  const auto tree = reader.read(policyc::verify_line(row.line, 0, keys).json);
  if (!tree) return {};
  const JsonRef root(**tree);
  EXPECT_EQ(text_of(root, "id"), row.id);
  const std::string reason = text_of(root, "reason");
  return {text_of(root, "verdict") == "valid", reason.substr(0, reason.find(':'))};
}

TEST(TokenPacks, RfcVectorsWithSecrets) {
  const std::vector<Case> cases = read_pack("jws_rfc.jsonl");
  EXPECT_EQ(cases.size(), 29U);
  for (const Case& row : cases)
    EXPECT_EQ(answer_to(row, Keys::PublicAndSecret).is_valid, row.is_valid) << row.id;
}

TEST(TokenPacks, RfcVectorsWithPublicKeysOnly) {
  std::vector<std::string> different;
  for (const Case& row : read_pack("jws_rfc.jsonl")) {
    const Answer answer = answer_to(row, Keys::Public);
    EXPECT_NE(answer.cause, "bad_line") << row.id;
    if (answer.is_valid != row.is_valid) different.push_back(row.id);
  }
  EXPECT_EQ(different, (std::vector<std::string>{"rfc/rfc7515_A.1.jwsc", "rfc/rfc7520_4.4.jwsc"}))
      << "those that are signed with a shared secret";
}

// A line of `token verify --batch`.
std::string line_with(const std::string& keys, const std::string& token) {
  return R"({"id": 1, "jwks": {"keys": [)" + keys + R"(]}, "token": ")" + token + R"("})";
}

TEST(TokenPacks, ASetOfSecretsAndPublicKeysIsRefused) {
  const std::string secret = R"({"kty": "oct", "k": ")" + std::string(86, 'A') + R"("})";
  const std::string key = R"({"kty": "OKP", "crv": "Ed25519",
                              "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})";
  // {"alg":"HS256"} and no payload
  const std::string token = "eyJhbGciOiJIUzI1NiJ9..MGnNjmC3ZT7uqO8b-DB4Q6pOCTfwq5zEL7DYPhTocX8";
  const auto answer = [&](const std::string& keys) {
    return policyc::verify_line(line_with(keys, token), 0, Keys::PublicAndSecret).json;
  };
  EXPECT_EQ(answer(secret), R"({"id":1,"verdict":"valid","reason":null})");
  EXPECT_EQ(answer(secret + "," + key),
            R"({"id":1,"verdict":"invalid","reason":"keys_unavailable: the key set mixes shared )"
            R"(secrets with public keys"})");
}

// Clerk's reasons in our words.
TEST(TokenPacks, ClerkTokens) {
  const std::map<std::string, std::string> causes = {
      {"", ""},
      {"token-expired", "expired"},
      {"token-iat-in-the-future", "issued_in_future"},
      {"token-not-active-yet", "not_yet_valid"},
      {"token-invalid-signature", "bad_signature"},
      {"token-invalid-authorized-parties", "authorized_party_mismatch"},
      {"token-invalid (typ)", "type_not_accepted"},
      {"issuer mismatch (our rule; Clerk itself does not check iss)", "unknown_issuer"}};
  const std::vector<Case> cases = read_pack("jwt_clerk.jsonl");
  EXPECT_EQ(cases.size(), 20U);
  for (const Case& row : cases) {
    const Answer answer = answer_to(row, Keys::Public);
    EXPECT_EQ(answer.is_valid, row.is_valid) << row.id << " " << answer.cause;
    // Its claims were replaced and name no issuer; without one there is no key to verify with.
    const bool has_no_issuer = row.id == "clerk/malformed-payload";
    EXPECT_EQ(answer.cause, has_no_issuer ? "unknown_issuer" : causes.at(row.reason)) << row.id;
  }
}

}  // namespace
}  // namespace verdict
