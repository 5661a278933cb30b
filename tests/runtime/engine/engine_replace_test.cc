// Programs replaced under principals: bound anew, refused, or left alone.
#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "tests/runtime/engine/engine_programs.h"

namespace verdict::testing {
namespace {

// The same provider and settings; another rule denies admins, and reads another claim.
Workspace stricter() {
  Workspace workspace;
  workspace.mappings += R"(, { "jwtPath": "role", "attribute": "role" })";
  workspace.condition =
      R"({ "function": "string_equal", "attribute": "ext_role", "value": "boss" })";
  workspace.rule = "boss-allow";
  return workspace;
}

std::vector<ProviderKeys> clerk_keys(int which = 0) {
  return {{"Clerk", jwks_of({public_jwk(Algorithm::EdDSA, which)})}};
}

class EngineReplace : public EngineTest {
 protected:
  // What an administrator of the article is told after the program was replaced.
  [[nodiscard]] Reason reason_after(const Workspace& second, const Workspace& first = {},
                                    std::string_view claims = kAdmin) const {
    Engine engine = engine_of(first);
    const Principal admin = principal_of(engine, claims);
    EXPECT_TRUE(approve(engine, admin).allowed());
    EXPECT_TRUE(engine.replace(program_of(second)));
    const Decision decision = approve(engine, admin);
    EXPECT_EQ(decision.allowed(), decision.reason() == Reason::Rule);
    return decision.reason();
  }
};

TEST_F(EngineReplace, PrincipalsAreBoundAnew) {
  Engine engine = engine_of();
  const Principal both = principal_of(engine, R"(,"org_role":"admin","role":"boss")");
  const Principal admin = principal_of(engine);
  const Route route = engine.route("orders", "approve").value();
  EXPECT_EQ(engine.decide(both, route).rule_id(), "org-admin-allow");
  ASSERT_TRUE(engine.replace(program_of(stricter())));
  EXPECT_EQ(engine.decide(both, route).rule_id(), "boss-allow");
  EXPECT_EQ(approve(engine, both).rule_id(), "boss-allow");
  EXPECT_EQ(approve(engine, admin).reason(), Reason::Default);
  EXPECT_EQ(engine.missing(admin, route), std::vector<std::string_view>{"ext_role"});
  ASSERT_TRUE(engine.replace(program_of({})));
  EXPECT_EQ(engine.decide(both, route).rule_id(), "org-admin-allow");
  EXPECT_TRUE(engine.decide(admin, route).allowed());
}

TEST_F(EngineReplace, TextsOfOldDecisionsLiveAsLongAsThePrincipal) {
  Engine engine = engine_of();
  const Principal admin = principal_of(engine);
  const Decision before = approve(engine, admin);
  const std::string_view provider = admin.provider();
  for (int i = 0; i < 5; ++i) {
    ASSERT_TRUE(engine.replace(program_of(stricter())));
    EXPECT_FALSE(approve(engine, admin).allowed());
  }
  { const Engine gone = std::move(engine); }
  EXPECT_EQ(before.rule_id(), "org-admin-allow");
  EXPECT_EQ(before.policy(), "approve_orders");
  EXPECT_EQ(before.message(), "Rule org-admin-allow.");
  EXPECT_EQ(provider, "Clerk");
}

TEST_F(EngineReplace, A58_AProviderThatIsGone) {
  Workspace second;
  second.provider = "Other";
  EXPECT_EQ(reason_after(second), Reason::TokenInvalid);
  Engine engine = engine_of();
  second.mappings = R"({ "jwtPath": "org_role", "attribute": "org_role" })";
  ASSERT_TRUE(engine.replace(program_of(second)));
  EXPECT_EQ(engine.bind("{}", "Clerk").error().cause, TokenCause::UnknownProvider);
}

// Each row but the first changes one setting, into something that the token still meets.
TEST_F(EngineReplace, AProviderWhoseSettingsChanged) {
  const std::string_view claims =
      R"(,"org_role":"admin","azp":"a","token_use":"access","client_id":"centrali","n":1)";
  const std::vector<std::string> settings = {
      "",
      R"(, "clockSkewSeconds": 6)",
      R"(, "maxTokenAgeSeconds": 60)",
      R"(, "maxTokenAgeSeconds": 61)",
      R"(, "authorizedParties": ["a"])",
      R"(, "authorizedParties": ["a", "b"])",
      R"(, "acceptedTypes": ["JWT", "at+jwt"])",
      R"(, "acceptedTypes": ["JWT", "requiredClaims", "{\"token_use\":\"access\"}"])",
      R"(, "acceptedTypes": ["JWT"], "requiredClaims": {"token_use": "access"})",
      R"(, "authorizedParties": ["a", "acceptedTypes", "JWT"])",
      R"(, "authorizedParties": ["a"], "acceptedTypes": ["JWT", "acceptedTypes"])",
      R"(, "audienceClaim": "client_id")",
      R"(, "requiredClaims": {"n": 1})",
      R"(, "requiredClaims": {"n": 1, "token_use": "access"})"};
  for (const std::string& before : settings) {
    for (const std::string& after : settings) {
      Workspace first;
      Workspace second;
      first.settings = before;
      second.settings = after;
      EXPECT_EQ(reason_after(second, first, claims),
                before == after ? Reason::Rule : Reason::TokenInvalid)
          << before << " -> " << after;
    }
  }
}

TEST_F(EngineReplace, AProviderWhoseAudiencesOrAlgorithmsChanged) {
  for (const char* audiences :
       {R"("allowedAudiences": ["centrali", "other"])", R"("allowAnyAudience": true)"}) {
    Workspace second;
    second.audiences = audiences;
    EXPECT_EQ(reason_after(second), Reason::TokenInvalid) << audiences;
    EXPECT_EQ(reason_after({}, second), Reason::TokenInvalid) << audiences;
    EXPECT_EQ(reason_after(second, second), Reason::Rule) << audiences;
  }
  Workspace second;
  second.algorithms = R"(["EdDSA", "ES256"])";
  EXPECT_EQ(reason_after(second), Reason::TokenInvalid);
  EXPECT_EQ(reason_after({}, second), Reason::TokenInvalid);
}

// It dies with its own key, not with others.
TEST_F(EngineReplace, KeysThatChanged) {
  const auto reason_with = [this](const std::vector<std::string>& keys) {
    Workspace second;
    second.jwks = jwks_of(keys);
    return reason_after(second);
  };
  const std::string own = public_jwk(Algorithm::EdDSA);
  const std::string other = public_jwk(Algorithm::EdDSA, 1);
  const SigningKey& own_pair = pair_for(Algorithm::EdDSA).signing;
  EXPECT_EQ(reason_with({own}), Reason::Rule) << "nothing changed";
  EXPECT_EQ(reason_with({other, own}), Reason::Rule) << "one more, and another order";
  EXPECT_EQ(reason_with({other}), Reason::TokenInvalid);
  EXPECT_EQ(reason_with({public_jwk(own_pair, R"(,"kid":"renamed")"), other}),
            Reason::TokenInvalid);
  EXPECT_EQ(reason_with({public_jwk(own_pair), other}), Reason::TokenInvalid) << "no kid";
  EXPECT_EQ(reason_with({public_jwk(Algorithm::EdDSA, 0, R"(,"alg":"EdDSA")")}),
            Reason::TokenInvalid);
  EXPECT_EQ(reason_with({own, own}), Reason::Rule) << "listed twice, it is one key";
  const std::string same_kid = R"(,"kid":")" + kid_of(Algorithm::EdDSA) + '"';
  EXPECT_EQ(reason_with({own, public_jwk(pair_for(Algorithm::EdDSA, 1).signing, same_kid)}),
            Reason::TokenInvalid)
      << "two of one kid";
  EXPECT_EQ(reason_with({own, R"({"kty":"OKP","crv":"Ed25519","x":"AAAA")" + same_kid + "}"}),
            Reason::TokenInvalid)
      << "a broken one of the kid";
  EXPECT_EQ(reason_with({public_jwk(pair_for(Algorithm::EdDSA, 1).signing, same_kid)}),
            Reason::TokenInvalid);
}

TEST_F(EngineReplace, KeysOfAPrincipalThatNoTokenBroughtMayChange) {
  Engine engine = engine_of();
  const Principal bound = engine.bind(article_claims(kAdmin), "Clerk").value();
  Workspace second;
  second.jwks = jwks_of({public_jwk(Algorithm::EdDSA, 1)});
  ASSERT_TRUE(engine.replace(program_of(second)));
  EXPECT_TRUE(approve(engine, bound).allowed());
  second.settings = R"(, "clockSkewSeconds": 6)";
  ASSERT_TRUE(engine.replace(program_of(second)));
  EXPECT_EQ(approve(engine, bound).reason(), Reason::TokenInvalid);
}

TEST_F(EngineReplace, WhatAMappingCallsSensitiveMayChange) {
  Workspace second;
  second.mappings += R"(, { "jwtPath": "sub", "attribute": "sub", "type": "string",
                            "sensitive": true })";
  EXPECT_EQ(reason_after(second), Reason::Rule);
  EXPECT_EQ(reason_after({}, second), Reason::Rule);
}

TEST_F(EngineReplace, AProviderThatComesBackAsItWas) {
  Engine engine = engine_of();
  const Principal admin = principal_of(engine);
  Workspace second;
  second.settings = R"(, "clockSkewSeconds": 6)";
  ASSERT_TRUE(engine.replace(program_of(second)));
  EXPECT_EQ(approve(engine, admin).reason(), Reason::TokenInvalid);
  ASSERT_TRUE(engine.replace(program_of({})));
  EXPECT_TRUE(approve(engine, admin).allowed());
}

TEST_F(EngineReplace, AProgramThatRequiresMore) {
  Workspace second;
  second.mappings += R"(, { "jwtPath": "level", "attribute": "level", "type": "number",
                            "required": true })";
  EXPECT_EQ(reason_after(second), Reason::TokenInvalid);
}

TEST_F(EngineReplace, ABadKeySetLeavesTheOldProgram) {
  Engine engine = engine_of();
  const Principal admin = principal_of(engine);
  const Decision before = approve(engine, admin);
  Workspace second = stricter();
  second.jwks = R"({"keys":[]})";
  const auto replaced = engine.replace(program_of(second));
  ASSERT_FALSE(replaced);
  EXPECT_EQ(replaced.error().code, "E101");
  EXPECT_EQ(approve(engine, admin), before);
  EXPECT_EQ(approve(engine, principal_of(engine)), before);
}

TEST_F(EngineReplace, NoProgramIsAnErrorAndLeavesTheOldOne) {
  const auto made = Engine::create(nullptr);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, "E106");
  Engine engine = engine_of();
  const Decision before = approve(engine, principal_of(engine));
  EXPECT_EQ(engine.replace(nullptr).error().code, "E106");
  EXPECT_EQ(approve(engine, principal_of(engine)), before);
}

TEST_F(EngineReplace, KeysOfTheHostStandInPlaceOfPinnedOnes) {
  const std::string other = jwks_of({public_jwk(Algorithm::EdDSA, 1)});
  const Engine engine = Engine::create(program_of({}), {{{"Clerk", other}}, &clock_}).value();
  EXPECT_EQ(engine.authenticate(article_token(kAdmin)).error().cause, TokenCause::UnknownKey);
  for (const std::string& bad :
       {std::string(), std::string("{"), std::string(R"({"keys":[]})"), std::string("[]")}) {
    const auto refused = Engine::create(program_of({}), {{{"Clerk", bad}}, &clock_});
    ASSERT_FALSE(refused) << bad;
    EXPECT_EQ(refused.error().code, "E101") << bad;
  }
}

TEST_F(EngineReplace, KeysOfTheHostCanBeRotated) {
  const std::string first_key = public_jwk(Algorithm::EdDSA, 0);
  const std::string second_key = public_jwk(Algorithm::EdDSA, 1);
  const auto keys = [](const std::vector<std::string>& set) {
    return std::vector<ProviderKeys>{{"Clerk", jwks_of(set)}};
  };
  const std::string second_token = sign_with(
      pair_for(Algorithm::EdDSA, 1).signing, Algorithm::EdDSA,
      R"({"alg":"EdDSA","kid":")" + kid_of(Algorithm::EdDSA, 1) + R"("})", article_claims(kAdmin));
  Engine engine = Engine::create(program_of({}), {keys({first_key}), &clock_}).value();
  const Principal old = principal_of(engine);
  const Principal bound = engine.bind(article_claims(kAdmin), "Clerk").value();
  EXPECT_EQ(engine.authenticate(second_token).error().cause, TokenCause::UnknownKey);
  ASSERT_TRUE(engine.replace_keys(keys({first_key, second_key})));
  EXPECT_TRUE(approve(engine, old).allowed());
  EXPECT_TRUE(approve(engine, principal_of(engine)).allowed());
  const Principal fresh = engine.authenticate(second_token).value();
  ASSERT_TRUE(engine.replace_keys(keys({second_key})));
  EXPECT_EQ(approve(engine, old).reason(), Reason::TokenInvalid) << "its key is gone";
  EXPECT_EQ(engine.authenticate(article_token(kAdmin)).error().cause, TokenCause::UnknownKey);
  EXPECT_TRUE(approve(engine, fresh).allowed());
  EXPECT_TRUE(approve(engine, bound).allowed()) << "no key verified it";
  ASSERT_TRUE(engine.replace_keys({}));
  EXPECT_TRUE(approve(engine, old).allowed()) << "the program pins its key";
  EXPECT_EQ(approve(engine, fresh).reason(), Reason::TokenInvalid);
}

TEST_F(EngineReplace, KeysOfTheHostSurviveAProgramAndAProgramTheKeys) {
  Engine engine = engine_of();
  ASSERT_TRUE(engine.replace_keys(clerk_keys(1)));
  ASSERT_TRUE(engine.replace(program_of(stricter())));
  EXPECT_EQ(engine.authenticate(article_token()).error().cause, TokenCause::UnknownKey);
  ASSERT_TRUE(engine.replace_keys(clerk_keys()));
  EXPECT_EQ(approve(engine, principal_of(engine, R"(,"role":"boss")")).rule_id(), "boss-allow");
}

TEST_F(EngineReplace, BadKeysLeaveTheOldOnes) {
  Engine engine = Engine::create(program_of({}), {clerk_keys(), &clock_}).value();
  const Principal admin = principal_of(engine);
  const Decision before = approve(engine, admin);
  const std::string good = clerk_keys(1)[0].jwks;
  for (const auto& [keys, code] : std::vector<std::pair<std::vector<ProviderKeys>, const char*>>{
           {{{"Clerk", "{"}}, "E101"},
           {{{"Clerk", good}, {"Other", R"({"keys":[]})"}}, "E101"},
           {{{"Clerk", good}, {"Clerk", good}}, "E107"},
           {{{"Other", good}, {"Clerk", good}, {"Other", good}}, "E107"}}) {
    const auto replaced = engine.replace_keys(keys);
    ASSERT_FALSE(replaced);
    EXPECT_EQ(replaced.error().code, code);
    EXPECT_EQ(approve(engine, admin), before);
    EXPECT_EQ(approve(engine, principal_of(engine)), before);
  }
}

// They come before the program that needs them.
TEST_F(EngineReplace, KeysMayWaitForTheirProvider) {
  Engine engine = engine_of();
  const Principal admin = principal_of(engine);
  ASSERT_TRUE(engine.replace_keys({{"Other", clerk_keys(1)[0].jwks}}));
  EXPECT_TRUE(approve(engine, admin).allowed());
  Workspace second;
  second.provider = "Other";
  ASSERT_TRUE(engine.replace(program_of(second)));
  EXPECT_EQ(engine.authenticate(article_token(kAdmin)).error().cause, TokenCause::UnknownKey);
  EXPECT_EQ(approve(engine, admin).reason(), Reason::TokenInvalid);
}

// A reload that revokes an issuer takes effect, whatever keys the host has given.
TEST_F(EngineReplace, AProviderWithKeysOfTheHostCanBeRemoved) {
  Engine engine = Engine::create(program_of({}), {clerk_keys(), &clock_}).value();
  const Principal admin = principal_of(engine);
  Workspace second;
  second.provider = "Other";
  second.issuer = "https://other.example";
  ASSERT_TRUE(engine.replace(program_of(second)));
  EXPECT_EQ(approve(engine, admin).reason(), Reason::TokenInvalid);
  EXPECT_EQ(engine.authenticate(article_token(kAdmin)).error().cause, TokenCause::UnknownIssuer);
  Workspace back;
  back.jwks = jwks_of({public_jwk(Algorithm::EdDSA, 1)});
  ASSERT_TRUE(engine.replace(program_of(back)));
  EXPECT_TRUE(approve(engine, admin).allowed()) << "the host's keys waited";
  EXPECT_TRUE(approve(engine, principal_of(engine)).allowed());
}

TEST_F(EngineReplace, KeysForAProviderThatTheFirstProgramLacksAreAnError) {
  const auto made = Engine::create(program_of({}), {{{"clerk", clerk_keys()[0].jwks}}, &clock_});
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, "E102");
  EXPECT_EQ(made.error().message, "`clerk`");
}

TEST_F(EngineReplace, TwoKeySetsForOneProviderAreAnError) {
  for (const std::string& second : {clerk_keys()[0].jwks, std::string(R"({"keys":[{}]})")}) {
    std::vector<ProviderKeys> keys = clerk_keys();
    keys.push_back({"Clerk", second});
    const auto made = Engine::create(program_of({}), {keys, &clock_});
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, "E107");
    EXPECT_EQ(made.error().message, "`Clerk`");
  }
}

// Each answer is that of one program from start to end. The preset tsan runs this.
TEST_F(EngineReplace, ThreadsDecideWhileProgramsAreReplaced) {
  constexpr int kReplacements = 200;
  Workspace denying;
  denying.effect = "Deny";
  denying.rule = "org-admin-deny";
  const auto allow = program_of({});
  const auto deny = program_of(denying);
  Engine engine = Engine::create(allow, {{}, &clock_}).value();
  const Principal shared = principal_of(engine);
  const Route route = engine.route("orders", "approve").value();
  const std::string token = article_token(kAdmin);
  std::atomic<bool> is_over = false;
  std::atomic<int> num_torn = 0;
  const auto check = [&](const Decision& decision) {
    const std::string_view expected = decision.allowed() ? "org-admin-allow" : "org-admin-deny";
    if (decision.reason() != Reason::Rule || decision.rule_id() != expected) ++num_torn;
  };
  const auto ask = [&] {
    while (!is_over) {
      check(engine.decide(shared, route));
      check(approve(engine, shared));
      check(engine.check_authorization({token, "orders", "approve", {}}).decision);
    }
  };
  std::thread first(ask);
  std::thread second(ask);
  for (int i = 0; i < kReplacements; ++i) {
    if (!engine.replace(i % 2 == 0 ? deny : allow)) ++num_torn;
  }
  is_over = true;
  first.join();
  second.join();
  EXPECT_EQ(num_torn, 0);
  EXPECT_TRUE(engine.decide(shared, route).allowed()) << "the last one allows";
}

// Programs and keys are replaced by two threads: neither loses what the other has put in, and who
// holds a key that is always there is always allowed. The preset tsan runs this.
TEST_F(EngineReplace, ThreadsReplaceProgramsAndKeysAtOnce) {
  constexpr int kReplacements = 200;
  const std::string own = public_jwk(Algorithm::EdDSA);
  const std::vector<ProviderKeys> alone = {{"Clerk", jwks_of({own})}};
  const std::vector<ProviderKeys> both = {
      {"Clerk", jwks_of({public_jwk(Algorithm::EdDSA, 1), own})}};
  Workspace pinning_another;
  pinning_another.jwks = jwks_of({public_jwk(Algorithm::EdDSA, 1)});
  pinning_another.rule = "another";
  const auto first = program_of({});
  const auto second = program_of(pinning_another);
  Engine engine = Engine::create(first, {alone, &clock_}).value();
  const Principal shared = principal_of(engine);
  const std::string token = article_token(kAdmin);
  std::atomic<int> num_wrong = 0;
  std::atomic<bool> is_over = false;
  std::thread keys([&] {
    for (int i = 0; i < kReplacements; ++i) {
      if (!engine.replace_keys(i % 2 == 0 ? both : alone)) ++num_wrong;
    }
    is_over = true;
  });
  std::thread programs([&] {
    for (int i = 0; i < kReplacements; ++i) {
      if (!engine.replace(i % 2 == 0 ? second : first)) ++num_wrong;
    }
  });
  while (!is_over) {
    if (!approve(engine, shared).allowed()) ++num_wrong;
    if (!engine.check_authorization({token, "orders", "approve", {}}).decision.allowed())
      ++num_wrong;
  }
  keys.join();
  programs.join();
  EXPECT_EQ(num_wrong, 0);
  EXPECT_EQ(approve(engine, shared).rule_id(), "org-admin-allow") << "the last program";
  ASSERT_TRUE(engine.replace(second));
  EXPECT_EQ(approve(engine, shared).rule_id(), "another") << "the host's keys, not the pinned one";
}

}  // namespace
}  // namespace verdict::testing
