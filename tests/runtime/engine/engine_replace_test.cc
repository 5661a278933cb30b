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

class EngineReplace : public EngineTest {
 protected:
  // What an administrator of the article is told after the program was replaced.
  [[nodiscard]] Reason reason_after(const Workspace& second) const {
    Engine engine = engine_of();
    const Principal admin = principal_of(engine);
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

TEST_F(EngineReplace, AProviderWhoseSettingsChanged) {
  for (const char* setting :
       {R"(, "clockSkewSeconds": 6)", R"(, "authorizedParties": ["https://app.example"])",
        R"(, "requiredClaims": {"token_use": "access"})", R"(, "maxTokenAgeSeconds": 60)",
        R"(, "acceptedTypes": ["at+jwt"])"}) {
    Workspace second;
    second.settings = setting;
    EXPECT_EQ(reason_after(second), Reason::TokenInvalid) << setting;
  }
  Workspace second;
  second.jwks = jwks_of({public_jwk(Algorithm::EdDSA, 1)});
  EXPECT_EQ(reason_after(second), Reason::TokenInvalid) << "other keys";
  EXPECT_EQ(reason_after({}), Reason::Rule) << "nothing changed";
}

TEST_F(EngineReplace, AProgramThatRequiresMore) {
  Workspace second;
  second.mappings += R"(, { "jwtPath": "level", "attribute": "level", "type": "number",
                            "required": true })";
  EXPECT_EQ(reason_after(second), Reason::TokenInvalid);
}

TEST_F(EngineReplace, ABadProgramLeavesTheOldOne) {
  Engine engine = Engine::create(program_of({}),
                                 {{{"Clerk", jwks_of({public_jwk(Algorithm::EdDSA)})}}, &clock_})
                      .value();
  const Principal admin = principal_of(engine);
  const Decision before = approve(engine, admin);
  Workspace second = stricter();
  second.provider = "Other";
  const auto replaced = engine.replace(program_of(second));
  ASSERT_FALSE(replaced);
  EXPECT_EQ(replaced.error().code, "E102") << "the host's keys are for a provider that is gone";
  EXPECT_EQ(approve(engine, admin), before);
  EXPECT_EQ(principal_of(engine).provider(), "Clerk");
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

}  // namespace
}  // namespace verdict::testing
