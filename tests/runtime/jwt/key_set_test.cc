// Key sets as they are published, with everything that stands in them wrongly.
#include "runtime/jwt/key_set.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "runtime/crypto/base64url.h"
#include "tests/runtime/crypto/key_pairs.h"
#include "vm/base/limits.h"

namespace verdict::testing {
namespace {

using Secrets = KeySet::Secrets;

std::string json_text(std::string_view text) { return "\"" + std::string(text) + "\""; }

// The members of a public JWK, or of a secret, without braces.
std::string members_of(const SigningKey& key) {
  const KeyTypeRow& row = get_row(key.type());
  std::string text = R"("kty":)" + json_text(row.kty);
  if (!row.crv.empty()) text += R"(,"crv":)" + json_text(row.crv);
  const bool is_secret = key.type() == KeyType::Secret;
  for (const KeyParameter& part : is_secret ? key.private_parameters() : key.public_parameters()) {
    text += "," + json_text(part.name) + ":" + json_text(encode_base64url(part.bytes));
  }
  return text;
}

std::string jwk(Algorithm algorithm, std::string_view more = "", int which = 0) {
  return "{" + members_of(pair_for(algorithm, which).signing) + std::string(more) + "}";
}

std::string set_of(const std::vector<std::string>& keys) {
  std::string text;
  for (const std::string& key : keys) text += (text.empty() ? "" : ",") + key;
  return R"({"keys":[)" + text + "]}";
}

KeySet parse(const std::vector<std::string>& keys, Secrets secrets = Secrets::Refused) {
  return KeySet::parse(set_of(keys), secrets).value();
}

// Why the only key of a set is skipped; empty if it is used.
std::string reason_of(const std::string& key, Secrets secrets = Secrets::Refused) {
  const KeySet set = parse({key}, secrets);
  EXPECT_EQ(set.keys().size() + set.skipped().size(), 1U);
  return set.skipped().empty() ? "" : set.skipped()[0].reason;
}

std::string set_error(std::string_view json) {
  const auto set = KeySet::parse(json);
  return set ? "" : set.error().message;
}

// With one member put in the place of another: both are written with their quotes and colon.
std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

// `"n":"..."` -> `"n":value`
std::string with_member(std::string text, std::string_view name, std::string_view value) {
  const std::string start = json_text(name) + ":\"";
  const std::size_t at = text.find(start);
  EXPECT_NE(at, std::string::npos) << name;
  const std::size_t end = text.find('"', at + start.size());
  return text.replace(at, end + 1 - at, json_text(name) + ":" + std::string(value));
}

KeyLookupError lookup_error(const KeySet& set, std::optional<std::string_view> kid,
                            Algorithm algorithm) {
  const auto key = set.find(kid, algorithm);
  EXPECT_FALSE(key);
  return key ? KeyLookupError{} : key.error();
}

// ---- keys of every type

TEST(KeySet, KeysOfEveryTypeVerify) {
  for (const AlgorithmRow& row : kAlgorithms) {
    const std::string name = json_text(row.name);
    const KeySet set =
        parse({jwk(row.algorithm, R"(,"kid":"a","use":"sig","alg":)" + name)}, Secrets::Allowed);
    ASSERT_EQ(set.keys().size(), 1U) << row.name;
    const KeySet::Key& key = set.keys()[0];
    EXPECT_EQ(key.kid, "a");
    EXPECT_EQ(key.algorithm, row.algorithm);
    EXPECT_EQ(key.type(), row.key_type);
    EXPECT_TRUE(key.key.verify(row.algorithm, "message",
                               pair_for(row.algorithm).sign(row.algorithm, "message")));
  }
}

// RFC 7517, section 4: what is not understood is ignored.
TEST(KeySet, UnknownMembersAreIgnored) {
  EXPECT_EQ(reason_of(jwk(Algorithm::ES256,
                          R"(,"x5c":["MII"],"x5t":"a","ext":true,"exp":1.5,"nested":{"k":"x"})")),
            "");
  const auto set = KeySet::parse(R"({"expires":1,"keys":[)" + jwk(Algorithm::ES256) + "]}");
  EXPECT_EQ(set.value().keys().size(), 1U);
}

// ---- one bad key

TEST(KeySet, A37_WeakRsaKeysAreSkipped) {
  const std::string good = jwk(Algorithm::RS256);
  EXPECT_EQ(
      reason_of(with_member(good, "n", json_text(encode_base64url(std::string(128, '\xff'))))),
      "the modulus has 1024 bits, not 2048 to 8192");
  for (const auto& [e, reason] :
       {std::pair("AQ", "the exponent is 1"), std::pair("Ag", "the exponent is even"),
        std::pair("", "the exponent is empty or starts with a zero byte"),
        std::pair("AQAAAAE", "the exponent is above 2^32")}) {
    EXPECT_EQ(reason_of(with_member(good, "e", json_text(e))), reason);
  }
}

TEST(KeySet, A38_PointsThatAreNoneAreSkipped) {
  const std::string good = jwk(Algorithm::ES256);
  EXPECT_EQ(reason_of(with_member(good, "y", json_text(encode_base64url(std::string(32, 'y'))))),
            "the coordinates are no point of the curve");
  EXPECT_EQ(reason_of(with_member(good, "x", json_text(encode_base64url(std::string(33, 'x'))))),
            "a coordinate has not the length of the curve's field");
  EXPECT_EQ(reason_of(with_member(good, "crv", json_text("P-384"))),
            "a coordinate has not the length of the curve's field");
  EXPECT_EQ(reason_of(with_member(jwk(Algorithm::EdDSA), "x",
                                  json_text(encode_base64url(std::string(32, '\0'))))),
            "the public key is a point of small order");
}

TEST(KeySet, A18_A19_OtherCurvesAreSkipped) {
  for (const std::string_view crv : {"secp256k1", "P-192", "p-256", ""}) {
    EXPECT_EQ(reason_of(with_member(jwk(Algorithm::ES256), "crv", json_text(crv))),
              "`crv` is not known");
  }
  for (const std::string_view crv : {"X25519", "X448", "ed25519", "P-256"}) {
    EXPECT_EQ(reason_of(with_member(jwk(Algorithm::EdDSA), "crv", json_text(crv))),
              "`crv` is not known");
  }
  EXPECT_EQ(reason_of(with_member(jwk(Algorithm::Ed25519), "crv", json_text("Ed448"))),
            "the public key is not 57 bytes long");
  EXPECT_EQ(reason_of(with_member(jwk(Algorithm::Ed448), "crv", json_text("Ed25519"))),
            "the public key is not 32 bytes long");
  EXPECT_EQ(reason_of(replaced(jwk(Algorithm::ES256), R"("crv":"P-256",)", "")),
            "`crv` is missing");
}

TEST(KeySet, A39_PrivateMembersInAPublishedSetAreRefused) {
  for (const Algorithm algorithm : {Algorithm::RS256, Algorithm::ES256, Algorithm::EdDSA}) {
    for (const std::string_view name : {"d", "p", "q", "dp", "dq", "qi", "oth", "k"}) {
      const std::string member = "," + json_text(name) + R"(:"AQAB")";
      EXPECT_EQ(reason_of(jwk(algorithm, member)), "it holds the private member `" +
                                                       std::string(name) +
                                                       "`: it is published and must be replaced");
      EXPECT_NE(reason_of(jwk(algorithm, "," + json_text(name) + ":null"), Secrets::Allowed), "");
    }
  }
}

TEST(KeySet, A40_SecretsAreSkippedUnlessAskedFor) {
  const std::string key = jwk(Algorithm::HS256);
  EXPECT_EQ(reason_of(key), "a shared secret (`oct`) has no place in a published set");
  EXPECT_EQ(reason_of(key, Secrets::Allowed), "");
  EXPECT_EQ(reason_of(R"({"kty":"oct","k":"c2hvcnQ"})", Secrets::Allowed),
            "the secret is shorter than 32 bytes");
  const KeySet beside = parse({key, jwk(Algorithm::ES256)});
  EXPECT_EQ(beside.keys().size(), 1U);
  EXPECT_EQ(lookup_error(beside, std::nullopt, Algorithm::HS256),
            KeyLookupError::AlgorithmMismatch);
}

constexpr std::string_view kKid = R"(,"kid":"a")";

std::string of_kid(Algorithm algorithm, std::string_view more = "", int which = 0) {
  return jwk(algorithm, std::string(kKid) + std::string(more), which);
}

TEST(KeySet, A41_DifferentKeysOfOneKidAreRefusedWhereBothFit) {
  const std::string escaped = R"(,"kid":"\u0061")";
  for (const Algorithm algorithm : {Algorithm::RS256, Algorithm::ES256, Algorithm::EdDSA}) {
    const KeySet set = parse({of_kid(algorithm), jwk(algorithm, R"(,"kid":"b")", 1),
                              jwk(algorithm, escaped, 1), of_kid(algorithm)});
    EXPECT_EQ(set.keys().size(), 4U);
    EXPECT_TRUE(set.skipped().empty());
    EXPECT_EQ(lookup_error(set, "a", algorithm), KeyLookupError::SeveralOfKid);
    EXPECT_EQ(set.find("b", algorithm).value(), &set.keys()[1]);
    EXPECT_EQ(lookup_error(set, {}, algorithm), KeyLookupError::NoKidAndSeveral);
  }
  const KeySet secrets =
      parse({of_kid(Algorithm::HS256), of_kid(Algorithm::HS256, "", 1)}, Secrets::Allowed);
  EXPECT_EQ(lookup_error(secrets, "a", Algorithm::HS256), KeyLookupError::SeveralOfKid);
}

TEST(KeySet, A41_OfOneKidTheKeyOfTheAlgorithmIsMeant) {
  const KeySet types = parse({of_kid(Algorithm::RS256), of_kid(Algorithm::ES256),
                              of_kid(Algorithm::ES384), of_kid(Algorithm::EdDSA)});
  EXPECT_EQ(types.find("a", Algorithm::PS384).value(), &types.keys()[0]);
  EXPECT_EQ(types.find("a", Algorithm::ES256).value(), &types.keys()[1]);
  EXPECT_EQ(types.find("a", Algorithm::ES384).value(), &types.keys()[2]);
  EXPECT_EQ(types.find("a", Algorithm::EdDSA).value(), &types.keys()[3]);
  EXPECT_EQ(lookup_error(types, "a", Algorithm::ES512), KeyLookupError::AlgorithmMismatch);

  const KeySet pinned = parse({of_kid(Algorithm::RS256, R"(,"alg":"RS256")"),
                               of_kid(Algorithm::RS256, R"(,"alg":"PS256")", 1)});
  EXPECT_EQ(pinned.find("a", Algorithm::RS256).value(), &pinned.keys()[0]);
  EXPECT_EQ(pinned.find("a", Algorithm::PS256).value(), &pinned.keys()[1]);
  EXPECT_EQ(lookup_error(pinned, "a", Algorithm::RS512), KeyLookupError::AlgorithmMismatch);
}

// One of them says which algorithm it is for, the other may be for each.
TEST(KeySet, A41_WhatAKeyDoesNotSayMakesItAmbiguous) {
  for (const bool is_pinned_first : {true, false}) {
    const std::string pinned = of_kid(Algorithm::RS256, R"(,"alg":"RS256")");
    const std::string free = of_kid(Algorithm::RS256, "", 1);
    const KeySet set = is_pinned_first ? parse({pinned, free}) : parse({free, pinned});
    EXPECT_EQ(lookup_error(set, "a", Algorithm::RS256), KeyLookupError::SeveralOfKid);
    EXPECT_EQ(set.find("a", Algorithm::PS256).value(), &set.keys()[is_pinned_first ? 1 : 0]);
  }
}

TEST(KeySet, A41_TheSameKeyTwiceIsOne) {
  for (const AlgorithmRow& row : kAlgorithms) {
    const std::string name = R"(,"alg":)" + json_text(row.name);
    const KeySet set =
        parse({of_kid(row.algorithm, name), of_kid(row.algorithm, R"(,"use":"sig")"),
               of_kid(row.algorithm), jwk(row.algorithm), jwk(row.algorithm, R"(,"kid":"b")")},
              Secrets::Allowed);
    EXPECT_EQ(set.find("a", row.algorithm).value(), &set.keys()[0]) << row.name;
    EXPECT_EQ(set.find("b", row.algorithm).value(), &set.keys()[4]) << row.name;
    EXPECT_EQ(set.find({}, row.algorithm).value(), &set.keys()[0]) << row.name;
  }
  const KeySet three = parse({of_kid(Algorithm::RS256, R"(,"alg":"RS256")"),
                              of_kid(Algorithm::RS256, R"(,"alg":"RS512")"),
                              of_kid(Algorithm::RS256, R"(,"alg":"RS384")")});
  EXPECT_EQ(three.find("a", Algorithm::RS512).value(), &three.keys()[1]);
  EXPECT_EQ(three.find({}, Algorithm::RS384).value(), &three.keys()[2]);
}

// Three of one kid, two of them the same: the third still counts.
TEST(KeySet, A41_TheSameKeyTwiceAndAnother) {
  const KeySet set = parse({of_kid(Algorithm::ES256), of_kid(Algorithm::ES256),
                            of_kid(Algorithm::ES256, "", 1), of_kid(Algorithm::ES256, "", 1)});
  EXPECT_EQ(lookup_error(set, "a", Algorithm::ES256), KeyLookupError::SeveralOfKid);
  EXPECT_EQ(lookup_error(set, {}, Algorithm::ES256), KeyLookupError::NoKidAndSeveral);
}

TEST(KeySet, A41_AKeyForSomethingElseDoesNoHarm) {
  const std::string good = of_kid(Algorithm::RS256);
  for (const std::string_view other :
       {R"(,"use":"enc")", R"(,"use":"enc","alg":"RS256")", R"(,"use":"enc","alg":5)",
        R"(,"use":"x509-svid")", R"(,"key_ops":["encrypt","wrapKey"])", R"(,"key_ops":[])",
        R"(,"alg":"RSA-OAEP")", R"(,"alg":"RSA-OAEP-512")", R"(,"alg":"RSA1_5")"}) {
    for (const int which : {0, 1}) {
      const KeySet set = parse({of_kid(Algorithm::RS256, other, which), good});
      EXPECT_EQ(set.skipped().size(), 1U) << other;
      EXPECT_TRUE(set.find("a", Algorithm::RS256)) << other;
    }
  }
  const KeySet ec =
      parse({of_kid(Algorithm::ES256, R"(,"alg":"ECDH-ES+A128KW")", 1), of_kid(Algorithm::ES256)});
  EXPECT_TRUE(ec.find("a", Algorithm::ES256));
}

TEST(KeySet, A41_ABrokenKeyOfTheKidMayBeMeant) {
  const std::string good = of_kid(Algorithm::RS256);
  const std::string other = of_kid(Algorithm::RS256, "", 1);
  for (const std::string& broken :
       {with_member(other, "n", R"("AAAA")"), with_member(other, "e", R"("AQ")"),
        with_member(other, "n", "5"), with_member(other, "kty", "5"),
        replaced(other, R"("kty":"RSA",)", ""), of_kid(Algorithm::RS256, R"(,"d":"AQAB")"),
        of_kid(Algorithm::RS256, R"(,"alg":"rs256")"), of_kid(Algorithm::RS256, R"(,"alg":5)"),
        of_kid(Algorithm::RS256, R"(,"alg":"ES256")"), of_kid(Algorithm::RS256, R"(,"use":5)"),
        of_kid(Algorithm::RS256, R"(,"use":"sig","key_ops":["sign"])"),
        of_kid(Algorithm::RS256, R"(,"use":"sig","alg":"RSA-OAEP")"),
        of_kid(Algorithm::RS256, R"(,"key_ops":["sign",5])"),
        of_kid(Algorithm::RS256, R"(,"key_ops":["verify"],"alg":"RSA-OAEP")"),
        std::string(R"({"kid":"a"})")}) {
    for (const KeySet& set : {parse({broken, good}), parse({good, broken})}) {
      EXPECT_EQ(set.keys().size(), 1U) << broken;
      EXPECT_EQ(lookup_error(set, "a", Algorithm::RS256), KeyLookupError::BrokenOfKid) << broken;
      EXPECT_TRUE(set.find({}, Algorithm::RS256)) << "no kid is asked for";
    }
  }
}

TEST(KeySet, A41_ABrokenKeyThatCannotBeMeant) {
  const std::string good = of_kid(Algorithm::RS256, R"(,"alg":"RS256")");
  for (const std::string& broken :
       {with_member(of_kid(Algorithm::ES256), "x", R"("AAAA")"),
        with_member(of_kid(Algorithm::RS256, R"(,"alg":"RS512")", 1), "n", R"("AAAA")"),
        with_member(jwk(Algorithm::RS256, R"(,"kid":"b")"), "n", R"("AAAA")"),
        with_member(jwk(Algorithm::RS256), "n", R"("AAAA")"),
        with_member(jwk(Algorithm::RS256, R"(,"kid":"a")"), "kid", "5"),
        with_member(of_kid(Algorithm::RS256), "kty", R"("what")"), of_kid(Algorithm::HS256)}) {
    const KeySet set = parse({broken, good});
    EXPECT_EQ(set.skipped().size(), 1U) << broken;
    EXPECT_TRUE(set.find("a", Algorithm::RS256)) << broken;
  }
  const KeySet curves =
      parse({with_member(of_kid(Algorithm::ES256), "crv", json_text("secp256k1")),
             with_member(of_kid(Algorithm::ES384), "x", R"("AAAA")"), of_kid(Algorithm::ES256)});
  EXPECT_EQ(curves.skipped().size(), 2U);
  EXPECT_TRUE(curves.find("a", Algorithm::ES256));
}

TEST(KeySet, A41_WhichKeyIsStillThere) {
  const auto contains = [](const std::vector<std::string>& keys, Algorithm algorithm) {
    const KeySet old = parse({of_kid(Algorithm::RS256)});
    return parse(keys).contains(old.keys()[0], algorithm);
  };
  const std::string own = of_kid(Algorithm::RS256);
  const std::string other = of_kid(Algorithm::RS256, R"(,"alg":"RS512")", 1);
  EXPECT_TRUE(contains({own}, Algorithm::RS256));
  EXPECT_TRUE(contains({own, own}, Algorithm::RS256));
  EXPECT_TRUE(contains({other, own}, Algorithm::RS256));
  EXPECT_FALSE(contains({other, own}, Algorithm::RS512));
  EXPECT_FALSE(contains({other}, Algorithm::RS512));
}

TEST(KeySet, AKidThatIsNullIsNone) {
  const KeySet set = parse({jwk(Algorithm::ES256, R"(,"kid":null)")});
  ASSERT_EQ(set.keys().size(), 1U);
  EXPECT_EQ(set.keys()[0].kid, std::nullopt);
  EXPECT_TRUE(set.find({}, Algorithm::ES256));
  EXPECT_EQ(lookup_error(set, "", Algorithm::ES256), KeyLookupError::UnknownKid);
  EXPECT_EQ(lookup_error(set, "null", Algorithm::ES256), KeyLookupError::UnknownKid);
  const KeySet bad = parse({R"({"kid":null,"kty":"what"})"});
  EXPECT_EQ(to_text(bad.skipped()[0]), "key 0: `kty` is not known");
}

TEST(KeySet, A42_OnlyKeysForVerifyingAreUsed) {
  const auto reason = [](std::string_view more) {
    return reason_of(jwk(Algorithm::ES256, "," + std::string(more)));
  };
  for (const std::string_view good :
       {R"("use":"sig")", R"("key_ops":["verify"])", R"("key_ops":["sign","verify"],"use":"sig")",
        R"("key_ops":["verify","future"])"}) {
    EXPECT_EQ(reason(good), "") << good;
  }
  EXPECT_EQ(reason(R"("use":"enc")"), "it is for encryption (`use` is `enc`)");
  for (const std::string_view other : {"", "Sig", "sig "}) {
    EXPECT_EQ(reason(R"("use":)" + json_text(other)), "`use` is not `sig`");
  }
  for (const std::string_view bad : {"[]", R"(["sign"])", R"(["Verify","encrypt"])"}) {
    EXPECT_EQ(reason(R"("key_ops":)" + std::string(bad)), "`key_ops` does not name `verify`");
  }
  EXPECT_EQ(reason(R"("key_ops":["verify","sign","verify"])"),
            "`key_ops` names an operation twice");
  EXPECT_EQ(reason(R"("key_ops":["verify"],"use":"enc")"), "it is for encryption (`use` is `enc`)");
  EXPECT_EQ(reason(R"("key_ops":["sign"],"use":"sig")"), "`key_ops` does not name `verify`");
}

// libjwt CVE-2026-33996 crashed on these.
TEST(KeySet, A43_MembersOfAWrongType) {
  const std::string rsa = jwk(Algorithm::RS256, R"(,"kid":"a","use":"sig","alg":"RS256")");
  for (const std::string_view name : {"kty", "n", "e", "kid", "use", "alg"}) {
    for (const std::string_view value : {"5", "null", "true", "{}", R"(["a"])", "1e400"}) {
      if (name == "kid" && value == "null") continue;
      EXPECT_EQ(reason_of(with_member(rsa, name, value)),
                "`" + std::string(name) + "` is not a string")
          << value;
    }
  }
  EXPECT_EQ(reason_of(with_member(jwk(Algorithm::ES256), "crv", "256")), "`crv` is not a string");
  EXPECT_EQ(reason_of(with_member(jwk(Algorithm::ES256), "y", "{}")), "`y` is not a string");
  EXPECT_EQ(reason_of(with_member(jwk(Algorithm::EdDSA), "x", "null")), "`x` is not a string");
  EXPECT_EQ(reason_of(R"({"kty":"oct","k":5})", Secrets::Allowed), "`k` is not a string");
  for (const std::string_view value : {R"("verify")", "null", "{}", "1"}) {
    EXPECT_EQ(reason_of(jwk(Algorithm::ES256, R"(,"key_ops":)" + std::string(value))),
              "`key_ops` is not an array");
  }
  EXPECT_EQ(reason_of(jwk(Algorithm::ES256, R"(,"key_ops":["verify",1])")),
            "`key_ops` holds something but strings");
  for (const std::string_view element : {"null", "5", R"("text")", "[]", "true", "[{}]"}) {
    EXPECT_EQ(reason_of(std::string(element)), "it is not an object");
  }
}

TEST(KeySet, MissingMembers) {
  EXPECT_EQ(reason_of("{}"), "`kty` is missing");
  EXPECT_EQ(reason_of(R"({"kty":"RSA"})"), "`n` is missing");
  EXPECT_EQ(reason_of(R"({"kty":"RSA","n":"AQAB"})"), "`e` is missing");
  EXPECT_EQ(reason_of(R"({"kty":"EC","crv":"P-256","y":"AQAB"})"), "`x` is missing");
  EXPECT_EQ(reason_of(R"({"kty":"EC","crv":"P-256","x":"AQAB"})"), "`y` is missing");
  EXPECT_EQ(reason_of(R"({"kty":"OKP","crv":"Ed25519"})"), "`x` is missing");
  EXPECT_EQ(reason_of(R"({"kty":"oct"})", Secrets::Allowed), "`k` is missing");
  for (const std::string_view kty : {"rsa", "Oct", "AKP", ""}) {
    EXPECT_EQ(reason_of(R"({"kty":)" + json_text(kty) + "}"), "`kty` is not known");
  }
}

// The numbers must stand beside a chain (RFC 7517, section 4.7); it is never read.
TEST(KeySet, ACertificateChainAloneIsNoKey) {
  constexpr std::string_view kReason =
      "it is a certificate chain (`x5c`) alone, without the key's own numbers";
  EXPECT_EQ(reason_of(R"({"kty":"RSA","use":"sig","x5c":["MII"]})"), kReason);
  EXPECT_EQ(reason_of(R"({"kty":"EC","crv":"P-256","x5c":["MII"]})"), kReason);
  EXPECT_EQ(reason_of(R"({"kty":"RSA","x5c":["MII"],"n":"AQAB"})"), "`e` is missing");
}

TEST(KeySet, WhichSkippedKeysAreForSomethingElse) {
  const KeySet set = parse({jwk(Algorithm::RS256, R"(,"use":"enc")"),
                            jwk(Algorithm::RS256, R"(,"alg":"RSA-OAEP")"),
                            jwk(Algorithm::RS256, R"(,"key_ops":["encrypt"])"),
                            jwk(Algorithm::RS256, R"(,"alg":"rs256")"), R"({"kty":"RSA"})", "5"});
  std::string kinds;
  for (const KeySet::SkippedKey& key : set.skipped())
    kinds += key.is_for_something_else ? 'e' : '-';
  EXPECT_EQ(kinds, "eee---");
}

TEST(KeySet, A04_MembersAreBase64urlInItsOneSpelling) {
  const std::string good = jwk(Algorithm::RS256);
  for (const std::string_view e :
       {"AQAB=", "AQB", "AQAB\\n", " AQAB", "AQ/B", "AQABA", "AQAR\\u0000"}) {
    EXPECT_EQ(reason_of(with_member(good, "e", json_text(e))),
              "`e` is not base64url in its canonical form")
        << e;
  }
}

// ---- what a key is bound to

TEST(KeySet, A13_A18_AlgMustNameAnAlgorithmOfThatTypeOfKey) {
  const auto reason = [](Algorithm type, std::string_view alg) {
    return reason_of(jwk(type, R"(,"alg":)" + json_text(alg)));
  };
  for (const std::string_view alg : {"none", "", "rs256", "RS256 ", "ES256K", "RSA", "A256GCM"})
    EXPECT_EQ(reason(Algorithm::ES256, alg), "`alg` is no signature algorithm that is known");
  for (const std::string_view alg : {"RS256", "HS256", "ES384", "EdDSA", "Ed448"}) {
    EXPECT_EQ(reason(Algorithm::ES256, alg), "`alg` is no signature algorithm of this type of key");
  }
  EXPECT_EQ(reason(Algorithm::RS256, "HS256"),
            "`alg` is no signature algorithm of this type of key");
  for (const std::string_view alg : {"RSA-OAEP", "RSA-OAEP-256", "RSA1_5", "ECDH-ES+A256KW"})
    EXPECT_EQ(reason(Algorithm::RS256, alg), "its `alg` is one for encryption");
}

TEST(KeySet, A16_A17_AKeyTakesItsOwnAlgorithmOrThoseOfItsType) {
  const KeySet bound = parse({jwk(Algorithm::RS256, R"(,"kid":"a","alg":"RS256")")});
  const KeySet free = parse({jwk(Algorithm::RS256, R"(,"kid":"a")")});
  for (const AlgorithmRow& row : kAlgorithms) {
    EXPECT_EQ(bound.find("a", row.algorithm).has_value(), row.algorithm == Algorithm::RS256);
    EXPECT_EQ(bound.find({}, row.algorithm).has_value(), row.algorithm == Algorithm::RS256);
    EXPECT_EQ(free.find("a", row.algorithm).has_value(), row.key_type == KeyType::Rsa);
    EXPECT_EQ(free.find({}, row.algorithm).has_value(), row.key_type == KeyType::Rsa);
  }
  EXPECT_EQ(lookup_error(bound, "a", Algorithm::PS256), KeyLookupError::AlgorithmMismatch);
  EXPECT_EQ(lookup_error(bound, {}, Algorithm::RS384), KeyLookupError::AlgorithmMismatch);
}

// RFC 9864: the names of the curves beside EdDSA.
TEST(KeySet, EdDsaAndTheNameOfTheCurveAreOneAlgorithm) {
  for (const auto& [curve, other] : {std::pair(Algorithm::Ed25519, Algorithm::Ed448),
                                     std::pair(Algorithm::Ed448, Algorithm::Ed25519)}) {
    for (const std::string_view alg :
         {std::string_view(), std::string_view(R"(,"alg":"EdDSA")"),
          std::string_view(curve == Algorithm::Ed448 ? R"(,"alg":"Ed448")"
                                                     : R"(,"alg":"Ed25519")")}) {
      const KeySet set = parse({of_kid(curve, alg)});
      EXPECT_TRUE(set.find("a", curve)) << alg;
      EXPECT_TRUE(set.find("a", Algorithm::EdDSA)) << alg;
      EXPECT_TRUE(set.find({}, Algorithm::EdDSA)) << alg;
      EXPECT_EQ(lookup_error(set, "a", other), KeyLookupError::AlgorithmMismatch) << alg;
      EXPECT_EQ(lookup_error(set, "a", Algorithm::ES256), KeyLookupError::AlgorithmMismatch);
    }
    const std::string_view name = get_row(other).name;
    EXPECT_EQ(reason_of(jwk(curve, R"(,"alg":)" + json_text(name))),
              "`alg` is no signature algorithm of this type of key");
  }
}

// A token says EdDSA and means the curve of its key: with two curves it does not say which.
TEST(KeySet, A41_EdDsaBetweenTheCurves) {
  const KeySet set = parse({of_kid(Algorithm::Ed25519), of_kid(Algorithm::Ed448)});
  EXPECT_EQ(lookup_error(set, "a", Algorithm::EdDSA), KeyLookupError::SeveralOfKid);
  EXPECT_EQ(lookup_error(set, {}, Algorithm::EdDSA), KeyLookupError::NoKidAndSeveral);
  EXPECT_EQ(set.find("a", Algorithm::Ed25519).value(), &set.keys()[0]);
  EXPECT_EQ(set.find({}, Algorithm::Ed448).value(), &set.keys()[1]);
  const KeySet broken =
      parse({with_member(of_kid(Algorithm::Ed25519, R"(,"alg":"Ed25519")"), "x", R"("AAAA")"),
             with_member(of_kid(Algorithm::Ed448, R"(,"alg":"EdDSA")"), "x", R"("AAAA")"),
             of_kid(Algorithm::Ed25519)});
  EXPECT_EQ(lookup_error(broken, "a", Algorithm::EdDSA), KeyLookupError::BrokenOfKid);
  EXPECT_EQ(lookup_error(broken, "a", Algorithm::Ed25519), KeyLookupError::BrokenOfKid);
}

// ---- which key a token means

TEST(KeySet, A26_AKidIsComparedByItsBytes) {
  const KeySet set = parse({jwk(Algorithm::ES256, R"(,"kid":"key-1")")});
  EXPECT_TRUE(set.find("key-1", Algorithm::ES256));
  for (const std::string& kid :
       {std::string(), std::string("key-"), std::string("key-10"), std::string("KEY-1"),
        std::string("key-1\0", 6), std::string("../../dev/null"), std::string("' OR 1=1 --"),
        std::string("__proto__"), std::string("key-1\n"), std::string(10'000, 'k')}) {
    EXPECT_EQ(lookup_error(set, kid, Algorithm::ES256), KeyLookupError::UnknownKid) << kid;
  }
}

TEST(KeySet, A27_WithoutAKidTheKeyMustBeTheOnlyOneThatFits) {
  const KeySet one = parse({jwk(Algorithm::ES256, R"(,"kid":"a")")});
  EXPECT_TRUE(one.find({}, Algorithm::ES256));
  const KeySet two =
      parse({jwk(Algorithm::ES256, R"(,"kid":"a")"), jwk(Algorithm::ES256, R"(,"kid":"b")", 1)});
  EXPECT_EQ(lookup_error(two, {}, Algorithm::ES256), KeyLookupError::NoKidAndSeveral);
  const KeySet nameless = parse({jwk(Algorithm::ES256), jwk(Algorithm::ES256, "", 1)});
  EXPECT_EQ(lookup_error(nameless, {}, Algorithm::ES256), KeyLookupError::NoKidAndSeveral);
  const KeySet types = parse({jwk(Algorithm::ES256), jwk(Algorithm::RS256)});
  EXPECT_EQ(types.find({}, Algorithm::ES256).value(), &types.keys()[0]);
  EXPECT_EQ(types.find({}, Algorithm::PS512).value(), &types.keys()[1]);
  EXPECT_EQ(lookup_error(types, {}, Algorithm::EdDSA), KeyLookupError::AlgorithmMismatch);
}

TEST(KeySet, AKeyWithoutAKidIsNotTheKeyOfAKid) {
  const KeySet set = parse({jwk(Algorithm::ES256)});
  EXPECT_EQ(lookup_error(set, "a", Algorithm::ES256), KeyLookupError::UnknownKid);
  EXPECT_EQ(lookup_error(set, "", Algorithm::ES256), KeyLookupError::UnknownKid);
  const KeySet empty_kid = parse({jwk(Algorithm::ES256, R"(,"kid":"")")});
  EXPECT_TRUE(empty_kid.find("", Algorithm::ES256));
}

// ---- sets

TEST(KeySet, A44_SetsThatAreRefused) {
  EXPECT_EQ(set_error(R"({"keys":[]})"), "the key set holds no key");
  for (const std::string_view bad :
       {"{}", R"({"keys":{}})", R"({"keys":null})", R"({"Keys":[]})"}) {
    EXPECT_EQ(set_error(bad), "the key set has no array `keys`") << bad;
  }
  EXPECT_EQ(set_error("null"), "the key set is not an object");
  for (const std::string_view bad :
       {"", "<html>", R"({"keys":[{}])", R"({"keys":[{}],"keys":[{}]})", "{\"keys\":[{}]}x",
        R"({"keys":[{"kty":"RSA","kty":"EC"}]})", R"({"keys":[{"kty":"RSA","k\u0074y":"EC"}]})"}) {
    EXPECT_FALSE(KeySet::parse(bad)) << bad;
  }
  EXPECT_FALSE(KeySet::parse(std::string_view("{\"keys\":[{}]}\0", 14)));
}

// What stands behind a URL, or was saved from it, in the place of a key set.
TEST(KeySet, WhatIsNoKeySetIsNamed) {
  for (const std::string& list : {std::string("[]"), "[" + jwk(Algorithm::ES256) + "]"}) {
    EXPECT_EQ(set_error(list),
              R"(the key set is a list: put it into an object, `{"keys": [...]}`)");
  }
  EXPECT_EQ(set_error(jwk(Algorithm::ES256)),
            R"(the key set is a single key: put it into a set, `{"keys": [...]}`)");
  EXPECT_EQ(set_error(R"({"issuer":"https://a","jwks_uri":"https://a/keys"})"),
            "the key set is the issuer's metadata: the keys stand behind its `jwks_uri`");
  EXPECT_EQ(
      set_error(R"({"a":"-----BEGIN CERTIFICATE-----\nMII","b":"-----BEGIN CERTIFICATE-----"})"),
      "the key set is a map of certificates, which is not read: take the issuer's set of JSON "
      "Web Keys (of Firebase: https://www.googleapis.com/service_accounts/v1/jwk/"
      "securetoken@system.gserviceaccount.com)");
  EXPECT_EQ(set_error(R"({"a":"-----BEGIN CERTIFICATE-----","b":5})"),
            "the key set has no array `keys`");
  EXPECT_EQ(set_error("-----BEGIN PUBLIC KEY-----\nMII\n"),
            "the key set is a key in PEM: put it here as a JSON Web Key");
  EXPECT_EQ(set_error("\r\n -----BEGIN CERTIFICATE-----\nMII\n"),
            "the key set is a certificate in PEM: put its public key here as a JSON Web Key");
  EXPECT_EQ(set_error("-----BEGIN RSA PRIVATE KEY-----\nMII\n"),
            "the key set is a private key in PEM, which belongs to nobody but its issuer: put the "
            "public key here as a JSON Web Key");
  for (const std::string_view page : {"<!DOCTYPE html><html></html>", "\n<html>", "<?xml ?>"}) {
    EXPECT_EQ(set_error(page),
              "the key set is a page of HTML or XML, such as one that says that nothing was found: "
              "fetch the set from the issuer's `jwks_uri`");
  }
  EXPECT_EQ(set_error(""), "the key set is empty");
  EXPECT_EQ(set_error("Not found"), "the key set is no JSON");
}

TEST(KeySet, A44_AtMost64Keys) {
  const auto elements = [](std::size_t count) {
    return set_of(std::vector<std::string>(count, "{}"));
  };
  EXPECT_EQ(KeySet::parse(elements(limits::kMaxKeys - 1)).value().skipped().size(), 63U);
  EXPECT_EQ(KeySet::parse(elements(limits::kMaxKeys)).value().skipped().size(), 64U);
  EXPECT_EQ(set_error(elements(limits::kMaxKeys + 1)), "the key set holds more than 64 keys");
  EXPECT_EQ(set_error(elements(10'000)), "the key set holds more than 64 keys");
}

TEST(KeySet, A44_AtMost256KiB) {
  const auto padded = [](std::size_t size) {
    const std::string text = R"({"keys":[{}]})";
    return text + std::string(size - text.size(), ' ');
  };
  EXPECT_EQ(set_error(padded(limits::kMaxKeySetBytes - 1)), "");
  EXPECT_EQ(set_error(padded(limits::kMaxKeySetBytes)), "");
  EXPECT_EQ(set_error(padded(limits::kMaxKeySetBytes + 1)),
            "the key set is longer than 262144 bytes");
  EXPECT_EQ(set_error(std::string(5 << 20, ' ')), "the key set is longer than 262144 bytes");
}

// A walk for each element would be a thousand million steps here.
TEST(KeySet, A44_ManyOperationsTakeNoTime) {
  std::string operations = "\"verify\"";
  while (operations.size() < limits::kMaxKeySetBytes - 1000) operations += ",\"\"";
  EXPECT_EQ(reason_of(jwk(Algorithm::ES256, R"(,"key_ops":[)" + operations + "]")),
            "`key_ops` names an operation twice");
}

TEST(KeySet, A45_OneBadKeyLeavesTheGoodOnesAlone) {
  const std::string good = jwk(Algorithm::ES256, R"(,"kid":"a")");
  const std::string clerk =
      with_member(jwk(Algorithm::RS256, R"(,"kid":"ins_1")"), "e", R"("AQB")");
  const KeySet set = parse({clerk, good, "null", jwk(Algorithm::EdDSA, R"(,"kid":"c")")});
  EXPECT_EQ(set.keys().size(), 2U);
  EXPECT_TRUE(set.find("a", Algorithm::ES256));
  EXPECT_TRUE(set.find("c", Algorithm::EdDSA));
  ASSERT_EQ(set.skipped().size(), 2U);
  EXPECT_EQ(to_text(set.skipped()[0]),
            R"(key 0 (kid "ins_1"): `e` is not base64url in its canonical form)");
  EXPECT_EQ(to_text(set.skipped()[1]), "key 2: it is not an object");
  const KeySet none = parse({clerk});
  EXPECT_EQ(lookup_error(none, {}, Algorithm::RS256), KeyLookupError::UnknownKid);
}

TEST(KeySet, AKidIsShownWithoutHarmAndCut) {
  EXPECT_EQ(quote_kid("abc"), R"("abc")");
  EXPECT_EQ(quote_kid("a\nb\x1b[31m\xe2\x80\xae"), R"("a\nb\u001b[31m\u202e")");
  EXPECT_EQ(quote_kid(std::string(64, 'k')), json_text(std::string(64, 'k')));
  EXPECT_EQ(quote_kid(std::string(65, 'k')), json_text(std::string(64, 'k') + "..."));
  EXPECT_EQ(quote_kid(std::string(63, 'k') + "\xc3\xa4"), json_text(std::string(63, 'k') + "..."));
  EXPECT_EQ(quote_kid(""), R"("")");
  const KeySet set = parse({R"({"kid":"evil\nline","kty":"what"})"});
  EXPECT_EQ(to_text(set.skipped()[0]), R"(key 0 (kid "evil\nline"): `kty` is not known)");
}

TEST(KeySet, CanBeMovedWithItsKeys) {
  KeySet set = parse({jwk(Algorithm::ES256, R"(,"kid":"a")")});
  const KeySet moved = std::move(set);
  EXPECT_TRUE(moved.find("a", Algorithm::ES256));
}

}  // namespace
}  // namespace verdict::testing
