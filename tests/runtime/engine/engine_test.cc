// The engine: tokens to principals to decisions, on the article's program; validity, context.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "compiler/policyc/workbench/tokens.h"
#include "tests/runtime/engine/engine_programs.h"

namespace verdict::testing {
namespace {

using Names = std::vector<std::string_view>;

TEST_F(EngineTest, TheArticle) {
  const Engine engine = engine_of();
  const Principal admin = principal_of(engine);
  EXPECT_EQ(admin.provider(), "Clerk");
  EXPECT_EQ(admin.subject(), "user_1");
  EXPECT_EQ(admin.valid_from(), (kNowSeconds - 15) * kSecond);
  EXPECT_EQ(admin.valid_until(), (kNowSeconds + 65) * kSecond);
  const Decision decision = approve(engine, admin);
  EXPECT_TRUE(decision.allowed());
  EXPECT_EQ(decision.reason(), Reason::Rule);
  EXPECT_EQ(decision.policy(), "approve_orders");
  EXPECT_EQ(decision.rule_id(), "org-admin-allow");
  EXPECT_EQ(decision.message(), "Rule org-admin-allow.");
  EXPECT_EQ(approve(engine, principal_of(engine, kMember)).reason(), Reason::Default);
  EXPECT_FALSE(approve(engine, principal_of(engine, kMember)).allowed());
  EXPECT_FALSE(approve(engine, principal_of(engine, "")).allowed());
}

TEST_F(EngineTest, ARouteAnswersAsItsNamesDo) {
  const Engine engine = engine_of();
  for (const std::string_view more : {kAdmin, kMember}) {
    const Principal principal = principal_of(engine, more);
    for (const std::string_view resource : {"orders", "invoices", ""}) {
      for (const std::string_view action : {"approve", "retrieve", "explode", ""}) {
        const Route route = engine.route(resource, action).value();
        EXPECT_EQ(engine.decide(principal, route), engine.decide(principal, resource, action));
      }
    }
  }
  const Principal admin = principal_of(engine);
  EXPECT_EQ(engine.decide(admin, "orders", "retrieve").reason(), Reason::NoPolicy);
  EXPECT_EQ(engine.decide(admin, "orders", "explode").reason(), Reason::ActionNotFound);
  EXPECT_EQ(engine.decide(admin, "invoices", "approve").reason(), Reason::ResourceNotFound);
}

TEST_F(EngineTest, MissingNamesWhatWasNull) {
  const Engine engine = engine_of();
  const Route route = engine.route("orders", "approve").value();
  EXPECT_EQ(engine.missing(principal_of(engine, ""), route), Names{"ext_org_role"});
  EXPECT_EQ(engine.missing(principal_of(engine, kMember), route), Names{});
}

TEST_F(EngineTest, CheckAuthorizationDoesBoth) {
  const Engine engine = engine_of();
  const std::string admin = article_token(kAdmin);
  const Authorization yes = engine.check_authorization({admin, "orders", "approve", {}});
  EXPECT_TRUE(yes.decision.allowed());
  EXPECT_EQ(yes.decision.rule_id(), "org-admin-allow");
  ASSERT_TRUE(yes.principal);
  EXPECT_EQ(yes.principal->subject(), "user_1");
  EXPECT_FALSE(yes.error);
  EXPECT_EQ(yes.public_message(), "");
  const std::string member = article_token(kMember);
  const Authorization no = engine.check_authorization({member, "orders", "approve", {}});
  EXPECT_FALSE(no.decision.allowed());
  EXPECT_TRUE(no.principal);
  EXPECT_FALSE(no.error);
  EXPECT_EQ(no.public_message(), "Access denied");
}

TEST_F(EngineTest, CheckAuthorizationRefusesTokensWithTheirCause) {
  const Engine engine = engine_of();
  for (const auto& [token, cause] :
       {std::pair<std::string, TokenCause>{"", TokenCause::Malformed},
        std::pair<std::string, TokenCause>{
            sign_with(pair_for(Algorithm::EdDSA, 1).signing, Algorithm::EdDSA,
                      header_for(Algorithm::EdDSA), article_claims(kAdmin)),
            TokenCause::BadSignature},
        std::pair<std::string, TokenCause>{
            sign(Algorithm::EdDSA, header_for(Algorithm::EdDSA), claims_with(kAdmin)),
            TokenCause::AudienceMismatch}}) {
    const Authorization answer = engine.check_authorization({token, "orders", "approve", {}});
    EXPECT_FALSE(answer.decision.allowed());
    EXPECT_EQ(answer.decision.reason(), Reason::TokenInvalid);
    EXPECT_FALSE(answer.principal);
    ASSERT_TRUE(answer.error);
    EXPECT_EQ(answer.error->cause, cause);
  }
}

// The outside caller learns one of these, and of a Deny that it is one.
TEST_F(EngineTest, PublicMessagesAreTheArticles) {
  const Engine engine = engine_of();
  const auto outside = [&](const std::string& token) {
    return engine.authenticate(token).error().public_message();
  };
  EXPECT_EQ(outside(sign(Algorithm::EdDSA, header_for(Algorithm::EdDSA),
                         R"({"iss":"https://other.example","exp":1700000060})")),
            "Unknown issuer");
  EXPECT_EQ(engine.bind("{}", "Nobody").error().public_message(), "Unknown issuer");
  EXPECT_EQ(outside(article_token(R"(,"email":5,"sub":6)")), "Token validation failed");
  EXPECT_EQ(outside(""), "Token validation failed");
  const auto denied = engine.check_authorization({article_token(kMember), "orders", "approve", {}});
  EXPECT_FALSE(denied.error) << "a Deny is no error of the token";
}

TEST_F(EngineTest, BindTakesNoOtherProviderAndNothingButAnObject) {
  const Engine engine = engine_of();
  for (const CheckedBy checked : {CheckedBy::Engine, CheckedBy::Host}) {
    const auto cause = [&](std::string_view claims, std::string_view provider = "Clerk") {
      return engine.bind(claims, provider, checked).error().cause;
    };
    EXPECT_EQ(cause(article_claims(), "clerk"), TokenCause::UnknownProvider);
    EXPECT_EQ(cause(article_claims(), ""), TokenCause::UnknownProvider);
    for (const std::string_view claims : {"", "[]", "{", "null", R"({"exp":1,"exp":1})"})
      EXPECT_EQ(cause(claims), TokenCause::Malformed) << claims;
    EXPECT_EQ(cause(R"({"aud":"centrali","exp":"1"})"), TokenCause::InvalidClaim);
  }
}

// Claims that bind() gets are held to what the same claims in a token are held to.
TEST_F(EngineTest, BindChecksClaimsAsAuthenticateDoes) {
  Workspace workspace;
  workspace.settings = R"(, "authorizedParties": ["https://app.example"], "maxTokenAgeSeconds": 100,
                            "requiredClaims": {"token_use": "access"})";
  const Engine engine = engine_of(workspace);
  const std::string good =
      R"("iss":"https://issuer.example","exp":1700000060,"iat":1700000000,"aud":"centrali",)"
      R"("azp":"https://app.example","token_use":"access","sub":"user_2","org_role":"admin")";
  const auto without = [&](std::string_view member, std::string_view instead) {
    std::string claims = good;
    claims.replace(claims.find(member), member.size(), instead);
    return "{" + claims + "}";
  };
  const auto token_of = [](const std::string& claims) {
    return sign(Algorithm::EdDSA, header_for(Algorithm::EdDSA), claims);
  };
  const Principal principal = engine.bind("{" + good + "}", "Clerk").value();
  const Principal from_token = engine.authenticate(token_of("{" + good + "}")).value();
  EXPECT_TRUE(approve(engine, principal).allowed());
  EXPECT_EQ(principal.subject(), from_token.subject());
  EXPECT_EQ(principal.valid_from(), from_token.valid_from());
  EXPECT_EQ(principal.valid_until(), from_token.valid_until());
  const std::string exp = R"("exp":1700000060)";
  const std::string aud = R"("aud":"centrali")";
  for (const auto& [claims, cause] : {
           std::pair{without(exp, R"("exp":null)"), TokenCause::InvalidClaim},
           std::pair{without(exp, R"("exp":"1700000060")"), TokenCause::InvalidClaim},
           std::pair{without(exp, R"("exp":1699999995)"), TokenCause::Expired},
           std::pair{without(exp, exp + R"(,"nbf":1700000006)"), TokenCause::NotYetValid},
           std::pair{without("1700000000", "1700000006"), TokenCause::IssuedInFuture},
           std::pair{without("1700000000", "1699999895"), TokenCause::TooOld},
           std::pair{without(aud, R"("aud":"other")"), TokenCause::AudienceMismatch},
           std::pair{without(aud, R"("aud":["other",""])"), TokenCause::AudienceMismatch},
           std::pair{without(aud, R"("aud":5)"), TokenCause::InvalidClaim},
           std::pair{without("app.example", "web.example"), TokenCause::AuthorizedPartyMismatch},
           std::pair{without(R"("access")", R"("id")"), TokenCause::ClaimMismatch},
           std::pair{without(R"("token_use")", R"("x")"), TokenCause::RequiredClaimMissing},
           std::pair{without(R"("user_2")", R"("")"), TokenCause::InvalidClaim},
           std::pair{without("issuer.example", "other.example"), TokenCause::UnknownIssuer},
           std::pair{without("issuer.example", "issuer.example/"), TokenCause::UnknownIssuer},
           std::pair{without(R"("https://issuer.example")", "5"), TokenCause::UnknownIssuer},
       }) {
    const auto bound = engine.bind(claims, "Clerk");
    const auto authenticated = engine.authenticate(token_of(claims));
    ASSERT_FALSE(bound) << claims;
    ASSERT_FALSE(authenticated) << claims;
    EXPECT_EQ(bound.error().cause, cause) << claims;
    EXPECT_EQ(authenticated.error().cause, cause) << claims;
    if (cause != TokenCause::UnknownIssuer) {
      EXPECT_EQ(bound.error().detail, authenticated.error().detail);
    }
  }
  EXPECT_EQ(engine.bind(without("issuer.example", "issuer.example/"), "Clerk").error().detail,
            "`iss` is `https://issuer.example/`, the issuer of provider `Clerk` is "
            "`https://issuer.example`: it has a trailing slash too many");
  // A token must have what a gateway may have kept back.
  for (const auto& [claims, cause] : {
           std::pair{without(exp, R"("x":1)"), TokenCause::RequiredClaimMissing},
           std::pair{without(R"("iat":1700000000,)", ""), TokenCause::RequiredClaimMissing},
           std::pair{without(R"("azp")", R"("x")"), TokenCause::AuthorizedPartyMismatch},
           std::pair{without(R"("https://issuer.example")", "null"), TokenCause::UnknownIssuer},
           std::pair{without(R"("iss")", R"("ISS")"), TokenCause::UnknownIssuer},
       }) {
    EXPECT_TRUE(engine.bind(claims, "Clerk")) << claims;
    EXPECT_EQ(engine.authenticate(token_of(claims)).error().cause, cause) << claims;
  }
}

// What the host says that it has checked is left to it; an end that lies ahead remains one.
TEST_F(EngineTest, BindTakesClaimsThatTheHostHasChecked) {
  const Engine engine = engine_of();
  const auto bind = [&](std::string_view more) {
    const std::string claims = R"({"aud":"other","org_role":"admin")" + std::string(more) + "}";
    return engine.bind(claims, "Clerk", CheckedBy::Host).value();
  };
  const Principal principal = bind(R"(,"iss":"x","sub":"user_2")");
  EXPECT_EQ(principal.subject(), "user_2");
  EXPECT_TRUE(approve(engine, principal).allowed());
  clock_.set(kNow + 1'000'000 * kSecond);
  EXPECT_TRUE(approve(engine, principal).allowed()) << "without exp there is no end";
  clock_.set(kNow);
  EXPECT_TRUE(approve(engine, bind(R"(,"exp":1700000001,"nbf":1700000000)")).allowed());
  for (const char* more : {R"(,"exp":1)", R"(,"nbf":1800000000)", R"(,"iat":1800000000)"})
    EXPECT_TRUE(approve(engine, bind(more)).allowed()) << more << ": the host has looked";
  for (const char* more :
       {R"(,"exp":1700000060,"nbf":1700000030)", R"(,"exp":1700000060,"iat":1800000000)"})
    EXPECT_EQ(bind(more).valid_until(), kNow + 65 * kSecond) << more << ": each bound for itself";
  const Principal ends = bind(R"(,"exp":1700000060)");
  clock_.set(kNow + 65 * kSecond);
  EXPECT_EQ(approve(engine, ends).reason(), Reason::PrincipalExpired) << "an end that lay ahead";
  clock_.set(kNow);
  EXPECT_EQ(engine.bind(R"({"org_role":"admin"})", "Clerk", CheckedBy::Host).error().cause,
            TokenCause::RequiredClaimMissing)
      << "a mapping requires `aud`";
}

TEST_F(EngineTest, BindKeepsEachEndThatLiesAhead) {
  Workspace workspace;
  workspace.settings = R"(, "maxTokenAgeSeconds": 100)";
  const Engine engine = engine_of(workspace);
  const auto until = [&](std::string_view claims) {
    return engine.bind(claims, "Clerk", CheckedBy::Host).value().valid_until();
  };
  EXPECT_EQ(until(R"({"aud":"a","iat":1600000000,"exp":1700000010})"),
            (kNowSeconds + 15) * kSecond);
  EXPECT_EQ(until(R"({"aud":"a","iat":1700000000,"exp":1600000000})"),
            (kNowSeconds + 105) * kSecond);
}

TEST_F(EngineTest, BindCountsTheGreatestAgeThatTheHostHasChecked) {
  Workspace workspace;
  workspace.settings = R"(, "maxTokenAgeSeconds": 100)";
  const Engine engine = engine_of(workspace);
  const auto until = [&](std::string_view claims) {
    return engine.bind(claims, "Clerk", CheckedBy::Host).value().valid_until();
  };
  EXPECT_EQ(until(R"({"aud":"a","iat":1700000000})"), (kNowSeconds + 105) * kSecond);
  EXPECT_EQ(until(R"({"aud":"a","iat":1700000000,"exp":1700000010})"),
            (kNowSeconds + 15) * kSecond);
  EXPECT_EQ(until(R"({"aud":"a","exp":1700000010})"), (kNowSeconds + 15) * kSecond);
}

TEST_F(EngineTest, DecisionsAreMadeWithinTheValidityOnly) {
  const Engine engine = engine_of();
  const Principal admin = principal_of(engine);
  const auto reason_at = [&](std::int64_t now) {
    clock_.set(now);
    const Decision decision = approve(engine, admin);
    EXPECT_EQ(decision.allowed(), decision.reason() == Reason::Rule);
    return decision.reason();
  };
  EXPECT_EQ(reason_at(admin.valid_from() - 1), Reason::PrincipalExpired);
  EXPECT_EQ(reason_at(admin.valid_from()), Reason::Rule);
  EXPECT_EQ(reason_at(admin.valid_until() - 1), Reason::Rule);
  EXPECT_EQ(reason_at(admin.valid_until()), Reason::PrincipalExpired);
  EXPECT_EQ(reason_at(kNow), Reason::Rule);
}

TEST_F(EngineTest, ContextThatIsRequired) {
  Workspace workspace;
  workspace.context =
      R"({ "path": "orderId", "attribute": "order_id", "type": "string", "required": true })";
  const Engine engine = engine_of(workspace);
  const Principal admin = principal_of(engine);
  EXPECT_TRUE(approve(engine, admin, {R"({"orderId":"o1"})", {}}).allowed());
  for (const std::string_view json :
       {"", "{}", R"({"orderId":null})", R"({"orderId":5})", R"({"orderid":"o1"})", "null", "[]",
        R"("orderId")", "{", R"({"orderId":"o1"}x)", R"({"orderId":"o1","orderId":"o1"})",
        "{\"orderId\":\"\xff\"}", " "}) {
    const Decision decision = approve(engine, admin, {json, {}});
    EXPECT_FALSE(decision.allowed()) << json;
    EXPECT_EQ(decision.reason(), Reason::ContextInvalid) << json;
  }
}

TEST_F(EngineTest, TheCallersAddress) {
  Workspace workspace;
  workspace.condition = R"({ "function": "is_not_null", "attribute": "req_ip" })";
  const Engine engine = engine_of(workspace);
  const Principal principal = principal_of(engine, "");
  const Route route = engine.route("orders", "approve").value();
  const auto ask = [&](std::string_view ip) { return engine.decide(principal, route, {{}, ip}); };
  EXPECT_TRUE(ask("10.1.2.3").allowed());
  EXPECT_TRUE(ask("2001:db8::1").allowed());
  EXPECT_FALSE(ask("").allowed());
  EXPECT_EQ(engine.missing(principal, route, {{}, ""}), Names{}) << "null is an answer here";
  for (const std::string_view ip : {"10.1.2.3.4", "10.1.2", "localhost", "10.1.2.3:80", " "}) {
    EXPECT_FALSE(ask(ip).allowed()) << ip;
    EXPECT_EQ(ask(ip).reason(), Reason::Default) << ip;
    EXPECT_EQ(engine.missing(principal, route, {{}, ip}), Names{"req_ip"}) << ip << " is invalid";
  }
  EXPECT_TRUE(ask("10.1.2.3").allowed()) << "nothing stays of the question before";
}

TEST_F(EngineTest, RequiredClaimsOfMappings) {
  Workspace workspace;
  workspace.mappings += R"(, { "jwtPath": "level", "attribute": "level", "type": "number",
                               "required": true, "sensitive": true })";
  const Engine engine = engine_of(workspace);
  EXPECT_TRUE(engine.authenticate(article_token(R"(,"level":1)")));
  for (const char* more : {"", R"(,"level":null)", R"(,"level":"one")", R"(,"level":[1])"}) {
    const auto refused = engine.authenticate(article_token(more));
    ASSERT_FALSE(refused) << more;
    EXPECT_EQ(refused.error().cause, TokenCause::RequiredClaimMissing) << more;
    EXPECT_NE(refused.error().detail.find("ext_level"), std::string::npos);
    EXPECT_EQ(refused.error().detail.find("one"), std::string::npos);
  }
}

// ---- the checklist's items that need a program

TEST_F(EngineTest, A53_NamesOfClaimsDoNotCollideWithNamesOfAttributes) {
  Workspace workspace;
  workspace.mappings = R"({ "jwtPath": "role", "attribute": "org_role" })";
  const Engine engine = engine_of(workspace);
  EXPECT_TRUE(approve(engine, principal_of(engine, R"(,"role":"admin")")).allowed());
  for (const char* more : {R"(,"ext_org_role":"admin")", R"(,"org_role":"admin")",
                           R"(,"ext_role":"admin")", R"(,"__proto__":{"role":"admin"})",
                           R"(,"constructor":{"role":"admin"})", R"(,"role.x":"admin")",
                           R"(,"Role":"admin")", R"(,"role ":"admin")", R"(,"role\u0000":"admin")",
                           R"(,"role":{"role":"admin"})", R"(,"ext":{"org_role":"admin"})"}) {
    EXPECT_FALSE(approve(engine, principal_of(engine, more)).allowed()) << more;
  }
}

TEST_F(EngineTest, A53_OddNamesAreOrdinaryClaims) {
  for (const char* name : {"__proto__", "constructor", "ext_role", "toString", "hasOwnProperty"}) {
    Workspace workspace;
    workspace.mappings =
        R"({ "jwtPath": ")" + std::string(name) + R"(", "attribute": "org_role" })";
    const Engine engine = engine_of(workspace);
    const std::string more = ",\"" + std::string(name) + "\":\"admin\"";
    EXPECT_TRUE(approve(engine, principal_of(engine, more)).allowed()) << name;
    EXPECT_FALSE(approve(engine, principal_of(engine, "")).allowed()) << name;
  }
}

TEST_F(EngineTest, A53_DotsArePathOrNameButNotBoth) {
  Workspace workspace;
  workspace.mappings = R"({ "jwtPath": "org.role", "attribute": "org_role" })";
  const Engine engine = engine_of(workspace);
  const auto is_allowed = [&](std::string_view more) {
    return approve(engine, principal_of(engine, more)).allowed();
  };
  EXPECT_TRUE(is_allowed(R"(,"org.role":"admin")"));
  EXPECT_TRUE(is_allowed(R"(,"org":{"role":"admin"})"));
  EXPECT_FALSE(is_allowed(R"(,"org.role":"admin","org":{"role":"admin"})"));
  EXPECT_FALSE(is_allowed(R"(,"org.role":"member","org":{"role":"admin"})"));
}

TEST_F(EngineTest, A54_TemplateTextIsALiteral) {
  Workspace workspace;
  const Engine engine = engine_of(workspace);
  const std::string_view unfilled = R"(,"org_role":"{{org.role}}","role":"admin")";
  EXPECT_FALSE(approve(engine, principal_of(engine, unfilled)).allowed());
  workspace.condition =
      R"({ "function": "string_equal", "attribute": "ext_org_role", "value": "{{org.role}}" })";
  const Engine literal = engine_of(workspace);
  EXPECT_TRUE(approve(literal, principal_of(literal, unfilled)).allowed());
  EXPECT_FALSE(approve(literal, principal_of(literal, kAdmin)).allowed());
  const auto decoded = policyc::decode_token(article_token(unfilled), kNow).value();
  bool is_told = false;
  for (const std::string& remark : decoded.remarks)
    is_told = is_told || remark.find("{{org.role}}") != std::string::npos;
  EXPECT_TRUE(is_told);
}

TEST_F(EngineTest, A55_NullAndMissingAreOneForRequired) {
  Workspace workspace;
  workspace.mappings = R"({ "jwtPath": "org_id", "attribute": "org_id", "type": "string",
                            "required": true },
                          { "jwtPath": "org_role", "attribute": "org_role" })";
  const Engine engine = engine_of(workspace);
  EXPECT_TRUE(engine.authenticate(article_token(R"(,"org_id":"org_1")")));
  for (const char* more : {"", R"(,"org_id":null)"}) {
    const auto refused = engine.authenticate(article_token(more));
    ASSERT_FALSE(refused) << more;
    EXPECT_EQ(refused.error().cause, TokenCause::RequiredClaimMissing) << more;
    const auto bound = engine.bind(article_claims(more), "Clerk");
    ASSERT_FALSE(bound) << more;
    EXPECT_EQ(bound.error().cause, TokenCause::RequiredClaimMissing) << more;
  }
}

TEST_F(EngineTest, A55_NullAndMissingAreOneForADefault) {
  Workspace workspace;
  workspace.condition =
      R"({ "function": "string_equal", "attribute": "ext_plan", "value": "free" })";
  const Engine engine = engine_of(workspace);
  const auto is_allowed = [&](std::string_view more) {
    return approve(engine, principal_of(engine, more)).allowed();
  };
  EXPECT_TRUE(is_allowed(""));
  EXPECT_TRUE(is_allowed(R"(,"plan":null)"));
  EXPECT_FALSE(is_allowed(R"(,"plan":"pro")"));
  EXPECT_FALSE(is_allowed(R"(,"plan":5)")) << "a default stands for null, not for invalid";
}

}  // namespace
}  // namespace verdict::testing
