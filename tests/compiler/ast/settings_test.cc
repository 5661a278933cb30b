// What a provider file sets: each key good, wrong, and at odds with another (design 2.2).
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/compiling.h"
#include "tests/support/golden.h"

namespace verdict::testing {
namespace {

using Lines = std::vector<std::string>;

// A provider with these keys, an audience among them unless they say so themselves.
std::string provider_with(std::string_view keys, std::string_view type = "oidc") {
  const bool has_audience = keys.find("udience") != std::string_view::npos;
  return R"({ "name": "A", "type": ")" + std::string(type) +
         R"(", "issuer": "https://a.example", "claimMappings": [])" +
         (has_audience ? "" : R"(, "allowAnyAudience": true)") + (keys.empty() ? "" : ", ") +
         std::string(keys) + " }";
}

struct SettingCase {
  std::string_view keys;
  Lines diagnostics;
};

const SettingCase kGood[] = {
    {"", {}},
    {R"("allowedAudiences": ["a", "b"])", {}},
    {R"("allowedAudiences": ["a"], "allowAnyAudience": false)", {}},
    {R"("allowAnyAudience": true, "audienceClaim": "client_id")", {}},
    {R"("jwks": {"keys": []})", {}},
    {R"("algorithms": ["RS256", "PS512", "ES384", "EdDSA"])", {}},
    {R"("algorithms": ["Ed25519", "Ed448"])", {}},
    {R"("clockSkewSeconds": 0)", {}},
    {R"("clockSkewSeconds": 300)", {}},
    {R"("maxTokenAgeSeconds": 1)", {}},
    {R"("authorizedParties": ["https://app.example"])", {}},
    {R"("acceptedTypes": ["at+jwt", "JWT"])", {}},
    {R"("requiredClaims": {"token_use": "access", "n": 1, "b": true})", {}},
};

const SettingCase kWrong[] = {
    // audiences
    {R"("allowedAudiences": [])", {"V215 []"}},
    {R"("allowedAudiences": "a")", {R"(V205 "a")"}},
    {R"("allowedAudiences": ["a", 5])", {"V205 5"}},
    {R"("allowedAudiences": ["a", ""])", {R"(V215 "")"}},
    {R"("allowedAudiences": ["a"], "allowAnyAudience": true)", {R"(V215 "allowAnyAudience")"}},
    {R"("allowAnyAudience": "yes")", {R"(V205 "yes")"}},
    {R"("allowAnyAudience": false)", {R"(V216 "A")"}},
    {R"("allowedAudience": ["a"])", {R"(V201 "allowedAudience")"}},
    {R"("allowAnyAudience": true, "audienceClaim": "")", {R"(V215 "")"}},
    // not enforced yet
    {R"("jwksUrl": "https://a.example/keys")", {R"(V212 "jwksUrl")"}},
    {R"("algorithms": ["HS256", "HS512"], "hmacSecret": {"env": "SECRET"})",
     {R"(V212 "hmacSecret")"}},
    {R"("algorithms": ["HS384"], "hmacSecret": {"file": "/run/secret"})", {R"(V212 "hmacSecret")"}},
    // keys
    {R"("jwks": {})", {"V215 {}"}},
    {R"("jwks": {"keys": {}})", {R"(V215 {"keys": {}})"}},
    {R"("jwks": [])", {"V205 []"}},
    {R"("jwks": {"keys": []}, "jwksFile": "keys.json")", {R"(V215 "keys.json")"}},
    {R"("jwksUrl": "http://a.example/keys")", {R"(V215 "http://a.example/keys")"}},
    {R"("jwksUrl": "")", {R"(V215 "")"}},
    {R"("jwksUrl": 5)", {"V205 5"}},
    // algorithms
    {R"("algorithms": [])", {"V215 []"}},
    {R"("algorithms": ["none"])", {R"(V215 "none")"}},
    {R"("algorithms": ["RS255"])", {R"(V209 "RS255")"}},
    {R"("algorithms": ["rs256"])", {R"(V209 "rs256")"}},
    {R"("algorithms": "RS256")", {R"(V205 "RS256")"}},
    {R"("algorithms": ["RS256", "HS256"], "hmacSecret": {"env": "S"})",
     {R"(V215 ["RS256", "HS256"])"}},
    {R"("algorithms": ["HS256"])", {R"(V215 ["HS256"])"}},
    {R"("algorithms": ["HS256"], "hmacSecret": {"env": "S"}, "jwks": {"keys": []})",
     {R"(V215 ["HS256"])"}},
    {R"("algorithms": ["HS256"], "hmacSecret": {"env": "S"}, "jwksUrl": "https://a.example/k")",
     {R"(V215 ["HS256"])"}},
    {R"("algorithms": ["RS256"], "hmacSecret": {"env": "S"})", {R"(V215 ["RS256"])"}},
    {R"("hmacSecret": {"env": "S"})", {R"(V215 {"env": "S"})"}},
    {R"("algorithms": ["HS256"], "hmacSecret": {})", {"V215 {}"}},
    {R"("algorithms": ["HS256"], "hmacSecret": {"env": "S", "file": "f"})",
     {R"(V215 {"env": "S", "file": "f"})"}},
    {R"("algorithms": ["HS256"], "hmacSecret": {"env": ""})", {R"(V215 "")"}},
    {R"("algorithms": ["HS256"], "hmacSecret": "secret")", {R"(V205 "secret")"}},
    {R"("algorithms": ["HS256"], "hmacSecret": {"value": "secret"})", {R"(V201 "value")"}},
    // times
    {R"("clockSkewSeconds": 301)", {"V215 301"}},
    {R"("clockSkewSeconds": -1)", {"V215 -1"}},
    {R"("clockSkewSeconds": 1.5)", {"V205 1.5"}},
    {R"("clockSkewSeconds": "5")", {R"(V205 "5")"}},
    {R"("maxTokenAgeSeconds": 0)", {"V215 0"}},
    {R"("maxTokenAgeSeconds": "1h")", {R"(V205 "1h")"}},
    {R"("maxTokenAgeSeconds": 99999999999)", {"V215 99999999999"}},
    // the rest
    {R"("authorizedParties": [])", {"V215 []"}},
    {R"("acceptedTypes": [])", {"V215 []"}},
    {R"("requiredClaims": {"a": []})", {"V215 []"}},
    {R"("requiredClaims": ["a"])", {R"(V205 ["a"])"}},
    {R"("jwksUri": "https://a.example/keys")", {R"(V201 "jwksUri")"}},
};

CompiledTexts compile(const std::string& provider) {
  return CompiledTexts({{provider}, {policy_text("", "Deny")}, {}, {}});
}

TEST(Settings, GoodOnesAreSilent) {
  for (const SettingCase& test : kGood) {
    const CompiledTexts compiled = compile(provider_with(test.keys));
    EXPECT_EQ(compiled.summary(), test.diagnostics) << test.keys << "\n" << compiled.rendered();
    EXPECT_TRUE(compiled.result().bytes.has_value()) << test.keys;
  }
}

TEST(Settings, WrongOnesAreOneErrorAtTheirPlace) {
  for (const SettingCase& test : kWrong) {
    const CompiledTexts compiled = compile(provider_with(test.keys));
    EXPECT_EQ(compiled.summary(), test.diagnostics) << test.keys << "\n" << compiled.rendered();
    EXPECT_FALSE(compiled.result().bytes.has_value()) << test.keys;
  }
}

const compiler::ir::Literal* find_setting(const CompiledTexts& compiled, Setting setting) {
  for (const compiler::ir::SettingValue& value : compiled.result().module->providers[0].settings) {
    if (value.setting == setting) return &value.value;
  }
  return nullptr;
}

// Defaults are the compiler's: the program says everything that a verifier needs.
TEST(Settings, DefaultsAreWrittenIntoTheProgram) {
  const CompiledTexts compiled = compile(provider_with("", "supabase"));
  ASSERT_TRUE(compiled.result().module.has_value()) << compiled.rendered();
  using compiler::ir::Literal;
  using compiler::ir::literal;
  EXPECT_EQ(*find_setting(compiled, Setting::Algorithms),
            Literal(Kind::String, Shape::List, {"ES256", "RS256"}));
  EXPECT_EQ(*find_setting(compiled, Setting::ClockSkewSeconds), literal(Number::from_integer(5)));
  EXPECT_EQ(*find_setting(compiled, Setting::AcceptedTypes),
            Literal(Kind::String, Shape::List, {"JWT"}));
  EXPECT_EQ(*find_setting(compiled, Setting::AudienceClaim), literal(std::string("aud")));
  EXPECT_EQ(*find_setting(compiled, Setting::AllowAnyAudience), literal(true));
  EXPECT_EQ(find_setting(compiled, Setting::MaxTokenAgeSeconds), nullptr);
}

TEST(Settings, TheTypeOfAProviderIgnoresCase) {
  for (const std::string_view type : {"clerk", "Clerk", "CLERK"}) {
    const CompiledTexts compiled = compile(provider_with("", type));
    ASSERT_TRUE(compiled.result().module.has_value()) << compiled.rendered();
    EXPECT_EQ(compiled.result().module->providers[0].type, "clerk");
  }
}

// Only Clerk's tokens carry no audience unless a template adds one.
TEST(Settings, AMissingAudienceIsAWarningOnlyWhereTokensCarryNone) {
  const auto without = [](std::string_view type, std::string_view issuer) {
    return R"({ "name": "A", "type": ")" + std::string(type) + R"(", "issuer": ")" +
           std::string(issuer) + R"(", "claimMappings": [] })";
  };
  EXPECT_EQ(compile(without("clerk", "https://a.example")).summary(), Lines{R"(V405 "A")"});
  for (const auto& [type, issuer] :
       {std::pair("auth0", "https://a.example/"),
        {"okta", "https://a.example/oauth2/default"},
        {"keycloak", "https://a.example/realms/r"},
        {"entra", "https://a.example/v2.0"},
        {"cognito", "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_a"},
        {"firebase", "https://securetoken.google.com/a"},
        {"supabase", "https://a.example/auth/v1"},
        {"oidc", "https://a.example"}}) {
    EXPECT_EQ(compile(without(type, issuer)).summary(), Lines{R"(V216 "A")"}) << type;
  }
}

// ---- jwksFile: a file beside the provider's

struct KeyFileCase {
  std::string_view text;  // "-": there is no file
  int exit;
  std::string_view message;
};

TEST(Settings, AKeyFileIsReadFromBesideTheProvider) {
  const KeyFileCase cases[] = {
      {R"({"keys": [{"kty": "OKP", "crv": "Ed25519",
                     "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]})",
       0, ""},
      {R"({"keys": []})", 3, "the key set of provider `A`: the key set holds no key"},
      {"-", 3, "`jwksFile`: cannot read `w/keys.json`: no such file or directory"},
      {"", 3, "V102"},
      {"-----BEGIN PUBLIC KEY-----", 3, "`jwksFile`: the file is PEM: pin the public key as"},
      {"\n<!DOCTYPE html>", 3, "`jwksFile`: the file is HTML or XML: fetch the key set from"},
      {"Not found", 3, "keys.json:1:"},
      {"[]", 3, "`jwksFile`: the file holds a list: put it into an object, `{\"keys\": [...]}`"},
      {"5", 3, "`jwksFile`: the file holds no key set"},
      {R"({"kty": "EC"})", 3,
       "`jwks`: this is a single key: put it into a set, `{\"keys\": [...]}`"},
      {R"({"jwks_uri": "https://a"})", 3, "`jwks`: this is the issuer's metadata: the keys stand"},
      {R"({"a": "-----BEGIN CERTIFICATE-----"})", 3, "`jwks`: this is a map of certificates"},
      {"{}", 3, "`jwks`: a key set is an object with an array `keys`"},
  };
  for (const KeyFileCase& test : cases) {
    const ScratchFolder folder;
    folder.write("w/a.json", provider_with(R"("jwksFile": "keys.json")"));
    folder.write("p.json", policy_text("", "Deny"));
    if (test.text != "-") folder.write("w/keys.json", test.text);
    const RunResult ran = run_line("check --provider w/a.json --policy p.json");
    EXPECT_EQ(ran.exit, test.exit) << test.text << "\n" << ran.err;
    EXPECT_NE(ran.err.find(test.message), std::string::npos) << test.text << "\n" << ran.err;
  }
}

}  // namespace
}  // namespace verdict::testing
