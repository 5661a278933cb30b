// Programs, tokens and a clock for tests of the engine: the article's workspace, its provider's
// keys pinned, and variations of it.
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "tests/runtime/jwt/token_maker.h"
#include "tests/support/compiling.h"
#include <verdict/engine.h>
#include <verdict/program.h>

namespace verdict::testing {

class FakeClock final : public Clock {
 public:
  [[nodiscard]] std::int64_t now() const noexcept override { return now_.load(); }
  void set(std::int64_t now) { now_ = now; }

 private:
  std::atomic<std::int64_t> now_ = kNow;
};

// What tests vary of the article's workspace.
struct Workspace {
  std::string provider = "Clerk";
  std::string issuer{kIssuer};
  std::string mappings = R"(
    { "jwtPath": "aud", "attribute": "aud", "required": true },
    { "jwtPath": "email", "attribute": "email", "type": "string", "sensitive": true },
    { "jwtPath": "plan", "attribute": "plan", "defaultValue": "free" },
    { "jwtPath": "org_id", "attribute": "org_id", "type": "string" },
    { "jwtPath": "org_role", "attribute": "org_role" })";
  std::string audiences = R"("allowedAudiences": ["centrali"])";
  std::string algorithms = R"(["EdDSA"])";
  std::string settings = "";  // of the provider, further ones: `, "key": value`
  std::string condition =
      R"({ "function": "string_equal", "attribute": "ext_org_role", "value": "admin" })";
  std::string rule = "org-admin-allow";
  std::string effect = "Allow";
  std::string context = "";  // contextMappings
  std::string jwks = jwks_of({public_jwk(Algorithm::EdDSA)});
};

inline std::string provider_of(const Workspace& workspace) {
  return R"({ "name": ")" + workspace.provider + R"(", "type": "clerk", "issuer": ")" +
         workspace.issuer + R"(", )" + workspace.audiences + R"(, "algorithms": )" +
         workspace.algorithms + (workspace.jwks.empty() ? "" : R"(, "jwks": )" + workspace.jwks) +
         workspace.settings + R"(, "claimMappings": [)" + workspace.mappings + "] }";
}

inline std::string policy_of(const Workspace& workspace) {
  return R"({ "name": "approve_orders", "specification": { "rules": [ { "rule_id": ")" +
         workspace.rule + R"(", "effect": ")" + workspace.effect + R"(", "message": "Rule )" +
         workspace.rule + R"(.", "conditions": [)" + workspace.condition +
         R"(] } ], "default": { "effect": "Deny" } } })";
}

inline std::vector<std::byte> bytes_of(const Workspace& workspace) {
  const CompiledTexts compiled(
      {{provider_of(workspace)},
       {policy_of(workspace)},
       {R"([ { "name": "orders", "actions": ["retrieve", "approve"], "contextMappings": [)" +
        workspace.context + "] } ]"},
       {R"([ { "resource": "orders", "actions": ["approve"], "policy": "approve_orders" } ])"}});
  if (!compiled.result().bytes) {
    ADD_FAILURE() << compiled.rendered();
    return {};
  }
  return *compiled.result().bytes;
}

inline std::shared_ptr<const Program> program_of(const Workspace& workspace) {
  const auto program = load_program(bytes_of(workspace));
  return program ? *program : nullptr;
}

// The article's claims with these further ones.
inline std::string article_claims(std::string_view more = {}) {
  return claims_with(R"(,"aud":"centrali","sub":"user_1","nbf":1699999990,"iat":1699999990)" +
                     std::string(more));
}

inline std::string article_token(std::string_view more = {}) {
  return sign(Algorithm::EdDSA, header_for(Algorithm::EdDSA), article_claims(more));
}

inline constexpr std::string_view kAdmin = R"(,"org_role":"admin")";
inline constexpr std::string_view kMember = R"(,"org_role":"member")";

class EngineTest : public ::testing::Test {
 protected:
  [[nodiscard]] Engine engine_of(const Workspace& workspace = {}) const {
    return Engine::create(program_of(workspace), {{}, &clock_}).value();
  }
  static Principal principal_of(const Engine& engine, std::string_view more = kAdmin) {
    return engine.authenticate(article_token(more)).value();
  }
  static Decision approve(const Engine& engine, const Principal& principal,
                          const Context& context = {}) {
    return engine.decide(principal, "orders", "approve", context);
  }

  FakeClock clock_;
};

}  // namespace verdict::testing
