// Algorithms, keys and the members of the header: A13 to A28 of the checklist.
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "tests/runtime/jwt/token_maker.h"

namespace verdict::testing {
namespace {

constexpr std::string_view kAccepted = "accepted";
constexpr std::string_view kNotAllowed = "algorithm_not_allowed";
constexpr std::string_view kUnknownKey = "unknown_key";
constexpr std::string_view kUnsupported = "unsupported_header";

std::string header(std::string_view alg, std::string_view kid, std::string_view more = {}) {
  return R"({"alg":)" + std::string(alg) + R"(,"kid":")" + std::string(kid) + '"' +
         std::string(more) + "}";
}

// What a header with these further members is worth, signed well.
std::string verdict_with(std::string_view more, const TokenSettings& settings) {
  return verdict_of(sign(Algorithm::RS256, header_for(Algorithm::RS256, more), claims_with()),
                    settings);
}

// A provider that takes an algorithm of each of these keys, and HS256 on top: what a wrong setting
// would allow. Then the keys alone must refuse.
TokenSettings with_secrets_allowed(std::initializer_list<Algorithm> algorithms) {
  TokenSettings settings = settings_for(algorithms);
  settings.algorithms.add(Algorithm::HS256);
  return settings;
}

TEST(TokenAlgorithm, A13_OnlyTheSpellingOfTheTable) {
  const TokenSettings settings = settings_for({Algorithm::RS256});
  std::vector<std::pair<std::string, std::string_view>> cases = {{R"("")", kNotAllowed},
                                                                 {R"(" RS256")", kNotAllowed},
                                                                 {R"("RS256 ")", kNotAllowed},
                                                                 {R"("rs256")", kNotAllowed},
                                                                 {R"("Rs256")", kNotAllowed},
                                                                 {R"("RS256\u0000")", kNotAllowed},
                                                                 {R"("RS")", kNotAllowed},
                                                                 {R"("RS2567")", kNotAllowed},
                                                                 {R"("RSA256")", kNotAllowed},
                                                                 {R"("RS1")", kNotAllowed},
                                                                 {R"("dir")", kNotAllowed},
                                                                 {R"("RSA-OAEP")", kNotAllowed},
                                                                 {R"("nonesuch")", kNotAllowed},
                                                                 {"null", "malformed"},
                                                                 {"0", "malformed"},
                                                                 {R"(["RS256"])", "malformed"},
                                                                 {R"({"RS256":1})", "malformed"},
                                                                 {"true", "malformed"}};
  for (int mask = 0; mask < 16; ++mask) {
    std::string none = "none";
    for (std::size_t i = 0; i < none.size(); ++i) {
      if ((mask >> i & 1) != 0) none[i] = static_cast<char>(none[i] - 'a' + 'A');
    }
    cases.emplace_back('"' + none + '"', kNotAllowed);
  }
  for (const auto& [alg, verdict] : cases) {
    const std::string text = header(alg, kid_of(Algorithm::RS256));
    EXPECT_EQ(verdict_of(sign(Algorithm::RS256, text, claims_with()), settings), verdict) << alg;
    const std::string unsigned_token =
        encode_base64url(text) + "." + encode_base64url(claims_with()) + ".";
    EXPECT_EQ(verdict_of(unsigned_token, settings), "malformed") << alg;
    EXPECT_EQ(verdict_of(unsigned_token + "AA", settings), verdict) << alg;
  }
  EXPECT_EQ(verdict_of(sign(Algorithm::RS256, "{}", claims_with()), settings), "malformed");
  EXPECT_EQ(verdict_of(sign(Algorithm::RS256, R"({"ALG":"RS256"})", claims_with()), settings),
            "malformed");
}

// ---- public keys as secrets

std::string der(char tag, const std::string& content) {
  std::string length;
  for (std::size_t size = content.size(); size > 0; size >>= 8U)
    length.insert(0, 1, static_cast<char>(size & 0xffU));
  if (content.size() >= 128) length.insert(0, 1, static_cast<char>(0x80U | length.size()));
  return tag + length + content;
}

std::string der_integer(const std::string& bytes) {
  return der('\x02', (byte_at(bytes, 0) >= 128 ? std::string(1, '\0') : "") + bytes);
}

// PKCS#1 and the SubjectPublicKeyInfo around it.
std::string rsa_der(const SigningKey& key) {
  const auto parts = key.public_parameters();
  return der('\x30',
             der_integer(find_parameter(parts, "n")) + der_integer(find_parameter(parts, "e")));
}
std::string spki_der(const SigningKey& key) {
  const std::string algorithm = from_hex("300d06092a864886f70d0101010500");
  return der('\x30', algorithm + der('\x03', std::string(1, '\0') + rsa_der(key)));
}

std::string pem(const std::string& label, const std::string& bytes, bool has_last_newline) {
  std::string base64 = encode_base64url(bytes);
  for (char& c : base64) c = c == '-' ? '+' : c == '_' ? '/' : c;
  while (base64.size() % 4 != 0) base64 += '=';
  std::string text = "-----BEGIN " + label + "-----\n";
  for (std::size_t at = 0; at < base64.size(); at += 64) text += base64.substr(at, 64) + "\n";
  return text + "-----END " + label + "-----" + (has_last_newline ? "\n" : "");
}

// Every text that an attacker can know, as the secret of an HMAC.
std::vector<std::string> public_secrets() {
  const SigningKey& key = pair_for(Algorithm::RS256).signing;
  const std::string jwk = public_jwk(Algorithm::RS256);
  const std::string modulus = find_parameter(key.public_parameters(), "n");
  const std::string spki = pem("PUBLIC KEY", spki_der(key), true);
  return {spki,
          pem("PUBLIC KEY", spki_der(key), false),
          " " + spki,
          "\n" + spki,
          pem("RSA PUBLIC KEY", rsa_der(key), true),
          spki_der(key),
          rsa_der(key),
          jwk,
          jwks_of({jwk}),
          modulus,
          encode_base64url(modulus),
          find_parameter(pair_for(Algorithm::EdDSA).signing.public_parameters(), "x"),
          std::string(64, '\0')};  // what HMAC-SHA256 makes of an empty secret (RFC 2104)
}

std::string hmac_token(const std::string& secret, std::string_view text) {
  const SigningKey key = SigningKey::from_parameters(KeyType::Secret, {{"k", secret}}).value();
  return sign_with(key, Algorithm::HS256, text, claims_with());
}

TEST(TokenAlgorithm, A14_APublicKeyIsNoSecret) {
  const TokenSettings usual = settings_for({Algorithm::RS256, Algorithm::EdDSA});
  const TokenSettings lax = with_secrets_allowed({Algorithm::RS256, Algorithm::EdDSA});
  for (const std::string& secret : public_secrets()) {
    for (const Algorithm named : {Algorithm::RS256, Algorithm::EdDSA}) {
      const std::string token = hmac_token(secret, header(R"("HS256")", kid_of(named)));
      EXPECT_EQ(verdict_of(token, usual), kNotAllowed);
      EXPECT_EQ(verdict_of(token, lax), kUnknownKey);
    }
    EXPECT_EQ(verdict_of(hmac_token(secret, R"({"alg":"HS256"})"), lax), kUnknownKey);
    EXPECT_EQ(verdict_of(hmac_token(secret, header_for(Algorithm::RS256)), lax), "bad_signature");
  }
}

TEST(TokenAlgorithm, A14_SecretsOfAPublishedSetAreNoKeys) {
  TokenSettings settings = with_secrets_allowed({Algorithm::RS256});
  const std::string secret(64, 's');
  settings.keys = key_set({public_jwk(Algorithm::RS256),
                           R"({"kty":"oct","kid":"s","k":")" + encode_base64url(secret) + "\"}"});
  const std::string token = hmac_token(secret, header(R"("HS256")", "s"));
  EXPECT_EQ(verdict_of(token, settings), kUnknownKey);
  // The token itself is sound.
  settings.keys =
      KeySet::parse(jwks_of({R"({"kty":"oct","kid":"s","k":")" + encode_base64url(secret) + "\"}"}),
                    KeySet::Secrets::Allowed)
          .value();
  EXPECT_EQ(verdict_of(token, settings), kAccepted);
}

// The empty secret, and no signature at all, against a key that does not say what it is for.
TEST(TokenAlgorithm, A15_AnRsaKeyWithoutAlgorithmTakesNoHmac) {
  const TokenSettings lax = with_secrets_allowed({Algorithm::RS256});
  ASSERT_FALSE(lax.keys->keys()[0].algorithm);
  for (const std::string& text :
       {header(R"("HS256")", kid_of(Algorithm::RS256)), std::string(R"({"alg":"HS256"})")}) {
    const std::string token = hmac_token(std::string(64, '\0'), text);
    EXPECT_EQ(verdict_of(token, lax), kUnknownKey);
    EXPECT_EQ(verdict_of(token, settings_for({Algorithm::RS256})), kNotAllowed);
    EXPECT_EQ(verdict_of(token.substr(0, token.rfind('.') + 1), lax), "malformed");
  }
}

TEST(TokenAlgorithm, A16_TheProviderSaysWhichAlgorithmNotTheHeader) {
  const TokenSettings settings = settings_for({Algorithm::RS256, Algorithm::ES256});
  for (const Algorithm other : {Algorithm::RS384, Algorithm::RS512, Algorithm::PS256}) {
    EXPECT_EQ(verdict_of(good_token(other), settings), kNotAllowed);
  }
  // Both are allowed, but each key has its own type.
  const std::string_view rsa = R"("RS256")";
  const std::string_view ec = R"("ES256")";
  EXPECT_EQ(verdict_of(sign(Algorithm::RS256, header(ec, kid_of(Algorithm::RS256)), claims_with()),
                       settings),
            kUnknownKey);
  EXPECT_EQ(verdict_of(sign(Algorithm::ES256, header(rsa, kid_of(Algorithm::ES256)), claims_with()),
                       settings),
            kUnknownKey);
  EXPECT_EQ(verdict_of(good_token(Algorithm::RS256), settings), kAccepted);
  EXPECT_EQ(verdict_of(good_token(Algorithm::ES256), settings), kAccepted);
}

TEST(TokenAlgorithm, A17_AKeyIsForTheAlgorithmThatItNames) {
  TokenSettings settings =
      settings_for({Algorithm::RS256, Algorithm::RS384, Algorithm::PS256, Algorithm::PS384});
  for (const Algorithm pinned : {Algorithm::RS256, Algorithm::PS256}) {
    const std::string alg = R"(,"alg":")" + std::string(get_row(pinned).name) + '"';
    settings.keys = key_set({public_jwk(pinned, 0, alg)});
    for (const Algorithm used :
         {Algorithm::RS256, Algorithm::RS384, Algorithm::PS256, Algorithm::PS384}) {
      EXPECT_EQ(verdict_of(good_token(used), settings), used == pinned ? kAccepted : kUnknownKey);
    }
  }
}

TEST(TokenAlgorithm, A17_ASignatureOfAnotherPaddingOrHash) {
  const TokenSettings settings = settings_for({Algorithm::RS256, Algorithm::PS256});
  const auto named = [&](Algorithm name, Algorithm used) {
    return verdict_of(sign(used, header_for(name), claims_with()), settings);
  };
  EXPECT_EQ(named(Algorithm::RS256, Algorithm::PS256), "bad_signature");
  EXPECT_EQ(named(Algorithm::PS256, Algorithm::RS256), "bad_signature");
  EXPECT_EQ(named(Algorithm::RS256, Algorithm::RS384), "bad_signature");
}

TEST(TokenAlgorithm, A18_EachCurveHasItsAlgorithm) {
  const auto all = {Algorithm::ES256, Algorithm::ES384, Algorithm::ES512};
  const TokenSettings settings = settings_for(all);
  for (const Algorithm key : all) {
    for (const Algorithm name : all) {
      const std::string alg = '"' + std::string(get_row(name).name) + '"';
      const std::string token = sign(key, header(alg, kid_of(key)), claims_with());
      EXPECT_EQ(verdict_of(token, settings), key == name ? kAccepted : kUnknownKey) << alg;
    }
  }
  const std::string es256k = header(R"("ES256K")", kid_of(Algorithm::ES256));
  EXPECT_EQ(verdict_of(sign(Algorithm::ES256, es256k, claims_with()), settings), kNotAllowed);
}

// RFC 9864. A provider that names EdDSA takes the names of its curves too; one that names a curve
// takes that name alone.
TEST(TokenAlgorithm, A18_EdDsaAndTheNamesOfItsCurves) {
  const auto verdict = [](Algorithm listed, Algorithm key, Algorithm named) {
    TokenSettings settings = settings_for({key});
    settings.algorithms = {};
    settings.algorithms.add(listed);
    const std::string alg = '"' + std::string(get_row(named).name) + '"';
    return verdict_of(sign(key, header(alg, kid_of(key)), claims_with()), settings);
  };
  const Algorithm eddsa = Algorithm::EdDSA;
  for (const Algorithm curve : {Algorithm::Ed25519, Algorithm::Ed448}) {
    const Algorithm other = curve == Algorithm::Ed448 ? Algorithm::Ed25519 : Algorithm::Ed448;
    EXPECT_EQ(verdict(eddsa, curve, eddsa), kAccepted);
    EXPECT_EQ(verdict(eddsa, curve, curve), kAccepted);
    EXPECT_EQ(verdict(eddsa, curve, other), kUnknownKey);
    EXPECT_EQ(verdict(curve, curve, curve), kAccepted);
    EXPECT_EQ(verdict(curve, curve, eddsa), kNotAllowed);
    EXPECT_EQ(verdict(curve, curve, other), kNotAllowed);
    EXPECT_EQ(verdict(other, curve, curve), kNotAllowed);
    EXPECT_EQ(verdict(Algorithm::RS256, curve, curve), kNotAllowed);
  }
}

TEST(TokenAlgorithm, A19_AnX25519KeyVerifiesNothing) {
  TokenSettings settings = settings_for({Algorithm::EdDSA});
  std::string key = public_jwk(Algorithm::EdDSA);
  key.replace(key.find("Ed25519"), 7, "X25519");
  settings.keys = key_set({key});
  EXPECT_TRUE(settings.keys->keys().empty());
  EXPECT_EQ(verdict_of(good_token(Algorithm::EdDSA), settings), kUnknownKey);
}

TEST(TokenAlgorithm, A20_KeysInATokenCountForNothing) {
  const TokenSettings settings = settings_for({Algorithm::RS256});
  const SigningKey& attacker = pair_for(Algorithm::RS256, 1).signing;
  const std::string kid = R"(,"kid":")" + kid_of(Algorithm::RS256) + '"';
  const std::string own = encode_base64url(spki_der(attacker));
  for (const std::string& more :
       {R"(,"jwk":)" + public_jwk(attacker, kid), R"(,"jwk":)" + public_jwk(attacker),
        std::string(R"(,"jku":"http://127.0.0.1:1/keys")"),
        std::string(R"(,"x5u":"file:///etc/passwd")"), R"(,"x5c":[")" + own + R"("])",
        R"(,"x5t":")" + own + '"', R"(,"x5t#S256":")" + own + '"', std::string(R"(,"jwk":null)"),
        std::string(R"(,"jku":5,"x5c":{})")}) {
    const std::string text = header_for(Algorithm::RS256, more);
    EXPECT_EQ(verdict_of(sign(Algorithm::RS256, text, claims_with()), settings), kAccepted) << more;
    EXPECT_EQ(verdict_of(sign_with(attacker, Algorithm::RS256, text, claims_with()), settings),
              "bad_signature")
        << more;
    const std::string other = header(R"("RS256")", "theirs", more);
    EXPECT_EQ(verdict_of(sign_with(attacker, Algorithm::RS256, other, claims_with()), settings),
              kUnknownKey)
        << more;
  }
}

TEST(TokenAlgorithm, A21_AnyCritIsRefused) {
  const TokenSettings settings = settings_for({Algorithm::RS256});
  for (const char* value :
       {"[]", "null", "true", "0", "{}", R"("exp")", R"(["exp"])", R"(["kid"])", R"(["alg"])",
        R"(["b64"])", R"(["x"],"x":1)", R"(["x","x"],"x":1)", R"([5])", R"([""])", R"([null])"}) {
    EXPECT_EQ(verdict_with(R"(,"crit":)" + std::string(value), settings), kUnsupported) << value;
  }
}

TEST(TokenAlgorithm, A22_B64IsRefused) {
  const TokenSettings settings = settings_for({Algorithm::RS256});
  for (const char* more : {R"(,"b64":false)", R"(,"b64":true)", R"(,"b64":null)",
                           R"(,"b64":false,"crit":["b64"])", R"(,"crit":["b64"],"b64":false)"}) {
    EXPECT_EQ(verdict_with(more, settings), kUnsupported) << more;
  }
}

TEST(TokenAlgorithm, A23_ZipIsRefused) {
  const TokenSettings settings = settings_for({Algorithm::RS256});
  for (const char* value : {R"("DEF")", R"("")", R"("none")", "null", "1"})
    EXPECT_EQ(verdict_with(R"(,"zip":)" + std::string(value), settings), kUnsupported) << value;
}

TEST(TokenAlgorithm, A24_NestedTokensAreRefused) {
  const TokenSettings settings = settings_for({Algorithm::RS256});
  for (const char* value : {"JWT", "jwt", "application/jwt", "Application/JWT"})
    EXPECT_EQ(verdict_with(R"(,"cty":")" + std::string(value) + '"', settings), kUnsupported);
  EXPECT_EQ(verdict_with(R"(,"cty":"json")", settings), kAccepted);
  EXPECT_EQ(verdict_with(R"(,"cty":5)", settings), "malformed");
  const std::string outer =
      sign(Algorithm::RS256, header_for(Algorithm::RS256), good_token(Algorithm::RS256));
  EXPECT_EQ(verdict_of(outer, settings), "malformed") << "no unwrapping without cty either";
}

struct TypeCase {
  std::vector<std::string> accepted;
  std::string_view more;
  std::string_view verdict;
};

TEST(TokenAlgorithm, A25_TypesByTheProvider) {
  constexpr std::string_view kRefused = "type_not_accepted";
  const std::vector<std::string> jwt = {"JWT"};
  const std::vector<std::string> access = {"at+jwt"};
  const std::vector<TypeCase> cases = {
      {jwt, "", kAccepted},
      {jwt, R"(,"typ":"JWT")", kAccepted},
      {jwt, R"(,"typ":"jwt")", kAccepted},
      {jwt, R"(,"typ":"application/jwt")", kAccepted},
      {jwt, R"(,"typ":"APPLICATION/JWT")", kAccepted},
      {jwt, R"(,"typ":"at+jwt")", kRefused},
      {jwt, R"(,"typ":"JOSE")", kRefused},
      {jwt, R"(,"typ":"")", kRefused},
      {jwt, R"(,"typ":"JWT ")", kRefused},
      {jwt, R"(,"typ":"JWTX")", kRefused},
      {jwt, R"(,"typ":"text/jwt")", kRefused},
      {jwt, R"(,"typ":"application/application/jwt")", kRefused},
      {jwt, R"(,"typ":null)", "malformed"},
      {jwt, R"(,"typ":5)", "malformed"},
      {jwt, R"(,"typ":["JWT"])", "malformed"},
      {access, "", kRefused},
      {access, R"(,"typ":"JWT")", kRefused},
      {access, R"(,"typ":"at+jwt")", kAccepted},
      {access, R"(,"typ":"application/AT+JWT")", kAccepted},
      {{"application/at+jwt", "JWT"}, R"(,"typ":"at+jwt")", kAccepted},
      {{"application/at+jwt", "JWT"}, "", kAccepted},
      {{}, "", kRefused},
  };
  for (const TypeCase& row : cases) {
    TokenSettings settings = settings_for({Algorithm::RS256});
    settings.types = row.accepted;
    EXPECT_EQ(verdict_with(row.more, settings), row.verdict)
        << (row.accepted.empty() ? "nothing" : row.accepted[0]) << row.more;
  }
}

TEST(TokenAlgorithm, A26_AKidIsATextToCompareAndNothingElse) {
  const TokenSettings settings = settings_for({Algorithm::RS256});
  const auto token = [](const std::string& kid) {
    return sign(Algorithm::RS256, R"({"alg":"RS256","kid":)" + kid + "}", claims_with());
  };
  for (const char* kid :
       {"../../dev/null", "/dev/null", "' OR 1=1 --", "$(touch /tmp/x)", "| ls", "__proto__",
        "constructor", "", " ", "*", ".*", R"(a\nlevel=info msg=\"all is well\")", R"(\u001b[2J)",
        R"(\u202e)", R"(RSA--0\u0000)", "rsa--0", "RSA--", "RSA--00", "RSA--0 "}) {
    const auto error = error_of(token('"' + std::string(kid) + '"'), settings);
    ASSERT_TRUE(error) << kid;
    EXPECT_EQ(error->cause, TokenCause::UnknownKey) << kid;
    for (const char c : error->detail)
      EXPECT_TRUE(c >= ' ' && c <= '~') << kid << " shows a control character";
  }
  const auto error = error_of(token('"' + std::string(10'000, 'k') + '"'), settings);
  ASSERT_TRUE(error);
  EXPECT_EQ(error->cause, TokenCause::UnknownKey);
  EXPECT_LT(error->detail.size(), 200U);
  for (const char* kid : {"1", "null", "true", "[]", R"(["RSA--0"])", "{}"})
    EXPECT_EQ(verdict_of(token(kid), settings), "malformed") << kid;
}

TEST(TokenAlgorithm, A27_WithoutKidOnlyASingleKeyWillDo) {
  TokenSettings settings = settings_for({Algorithm::RS256, Algorithm::ES256});
  const std::string token = sign(Algorithm::RS256, R"({"alg":"RS256"})", claims_with());
  EXPECT_EQ(verdict_of(token, settings), kAccepted) << "the other key takes another algorithm";
  settings.keys = key_set({public_jwk(Algorithm::RS256)});
  EXPECT_EQ(verdict_of(token, settings), kAccepted);
  settings.keys = key_set({public_jwk(Algorithm::RS256), public_jwk(Algorithm::RS256, 1)});
  EXPECT_EQ(verdict_of(token, settings), kUnknownKey);
  settings.keys = key_set({public_jwk(Algorithm::ES256)});
  EXPECT_EQ(verdict_of(token, settings), kUnknownKey);
  settings.keys = key_set({public_jwk(pair_for(Algorithm::RS256).signing)});
  EXPECT_EQ(verdict_of(token, settings), kAccepted);
  EXPECT_EQ(verdict_of(good_token(Algorithm::RS256), settings), kUnknownKey)
      << "a kid that is asked for is not the key without one";
}

TEST(TokenAlgorithm, A41_AKidMeansOneKey) {
  TokenSettings settings = settings_for({Algorithm::RS256, Algorithm::ES256});
  const std::string token = good_token(Algorithm::RS256);
  const std::string same_kid = R"(,"kid":")" + kid_of(Algorithm::RS256) + '"';
  const auto detail_with = [&](const std::string& second) {
    settings.keys = key_set({public_jwk(Algorithm::RS256), second});
    const auto error = error_of(token, settings);
    return error ? std::string(spelling_of(error->cause)) + ": " + error->detail : "accepted";
  };
  EXPECT_EQ(detail_with(public_jwk(Algorithm::RS256)), kAccepted);
  EXPECT_EQ(detail_with(public_jwk(pair_for(Algorithm::ES256).signing, same_kid)), kAccepted);
  EXPECT_EQ(
      detail_with(public_jwk(pair_for(Algorithm::RS256, 1).signing, same_kid + R"(,"use":"enc")")),
      kAccepted);
  EXPECT_EQ(detail_with(public_jwk(pair_for(Algorithm::RS256, 1).signing, same_kid)),
            "unknown_key: `kid` is \"RSA--0\", and two different keys of that `kid` take RS256");
  EXPECT_EQ(detail_with(R"({"kty":"RSA","n":"AAAA","e":"AQAB")" + same_kid + "}"),
            "unknown_key: `kid` is \"RSA--0\", and beside its key another may be meant that cannot "
            "be used: key 1 (kid \"RSA--0\"): the modulus is empty or starts with a zero byte");
}

TEST(TokenAlgorithm, A28_UnknownMembersAreIgnored) {
  const TokenSettings settings = settings_for({Algorithm::RS256});
  for (const char* more : {R"(,"cat":"cl_B7d4PD111AAA")", R"(,"nonce":"x")", R"(,"x":[{}])",
                           R"(,"CRIT":["exp"])", R"(,"ENC":"A256GCM")"}) {
    EXPECT_EQ(verdict_with(more, settings), kAccepted) << more;
  }
}

TEST(TokenAlgorithm, EncInATokenOfThreePartsIsRefused) {
  const TokenSettings settings = settings_for({Algorithm::RS256});
  for (const char* value : {R"("A256GCM")", R"("")", "null", "1", "{}"})
    EXPECT_EQ(verdict_with(R"(,"enc":)" + std::string(value), settings), kUnsupported) << value;
}

// RFC 7515 lets a payload be empty; claims never are.
TEST(TokenAlgorithm, AnEmptyPayloadIsForSignaturesAlone) {
  const TokenSettings settings = settings_for({Algorithm::RS256});
  AlgorithmSet allowed;
  allowed.add(Algorithm::RS256);
  TokenScratch scratch;
  const auto verify = [&](std::string_view token) {
    const auto verified = verify_signature(token, *settings.keys, allowed, scratch);
    return verified ? "good" : std::string(spelling_of(verified.error().cause));
  };
  const std::string empty = sign(Algorithm::RS256, header_for(Algorithm::RS256), "");
  EXPECT_EQ(verdict_of(empty, settings), "malformed");
  EXPECT_EQ(verify(empty), "good");
  const std::string good = good_token(Algorithm::RS256);
  const CompactJws jws = split_token(good).value();
  const std::string detached = std::string(jws.header) + ".." + std::string(jws.signature);
  EXPECT_EQ(verify(detached), "bad_signature") << "its payload stands elsewhere";
  EXPECT_EQ(verify("." + std::string(jws.payload) + "." + std::string(jws.signature)), "malformed");
  EXPECT_EQ(verify(std::string(jws.signed_text()) + "."), "malformed");
}

}  // namespace
}  // namespace verdict::testing
