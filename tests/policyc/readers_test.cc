// The tool and the engine read claims and contexts with one reader and hold them to one set of
// checks: what one refuses, so does the other.
#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "compiler/policyc/workbench/question.h"
#include "tests/support/compiling.h"
#include "vm/base/limits.h"
#include <verdict/engine.h>

namespace verdict::testing {
namespace {

constexpr std::int64_t kNow = 1'700'000'000'000'000;

class FixedClock final : public Clock {
 public:
  [[nodiscard]] std::int64_t now() const noexcept override { return kNow; }
};

constexpr const char* kProvider =
    R"({"name": "P", "type": "oidc", "issuer": "https://i", "allowedAudiences": ["a"],
        "claimMappings": [{"jwtPath": "c", "attribute": "c", "type": "string"}]})";
constexpr const char* kPermissions = R"([{"resource": "r", "actions": ["x"], "policy": "p"}])";

std::shared_ptr<const Program> compile_with(const std::string& context_mappings) {
  const std::string policy =
      policy_text(R"({"function": "string_equal", "attribute": "ext_c", "value": "x"})");
  const CompiledTexts texts(
      {{kProvider},
       {policy},
       {R"([{"name": "r", "actions": ["x"], "contextMappings": [)" + context_mappings + "]}]"},
       {kPermissions}});
  EXPECT_TRUE(texts.result().bytes.has_value()) << texts.rendered();
  return *Program::load(*texts.result().bytes);
}

// A program that reads the context, and one that does not.
std::vector<std::shared_ptr<const Program>> programs() {
  return {compile_with(""), compile_with(R"({"path": "k", "attribute": "k", "type": "string"})")};
}

struct Verdicts {
  bool allowed;
  Reason reason;
  friend bool operator==(const Verdicts&, const Verdicts&) = default;
};
std::ostream& operator<<(std::ostream& out, const Verdicts& verdicts) {
  return out << (verdicts.allowed ? "Allow " : "Deny ") << spelling_of(verdicts.reason);
}

Verdicts of(const Decision& decision) { return {decision.allowed(), decision.reason()}; }

Verdicts of_engine(const std::shared_ptr<const Program>& program, const std::string& claims,
                   const std::string& context, CheckedBy checked) {
  const FixedClock clock;
  const auto engine = Engine::create(program, {{}, &clock});
  const auto principal = engine->bind(claims, "P", checked);
  if (!principal) return {false, Reason::TokenInvalid};
  return of(engine->decide(*principal, "r", "x", {context}));
}

Verdicts of_tool(const std::shared_ptr<const Program>& program, const std::string& claims,
                 const std::string& context, CheckedBy checked) {
  policyc::Question question;
  question.claims = claims;
  if (!context.empty()) question.context = context;
  question.vouching =
      checked == CheckedBy::Host ? policyc::Vouching::Asker : policyc::Vouching::Nobody;
  question.resource = "r";
  question.action = "x";
  question.now = kNow;
  return of(policyc::answer(**make_program_state(program, {}), question)->decision);
}

struct Case {
  std::string text;
  bool is_good;
};

std::string filled(std::size_t bytes) {
  const std::string frame = R"({"c":"x","z":""})";
  return R"({"c":"x","z":")" + std::string(bytes - frame.size(), 'a') + R"("})";
}
std::string nested(std::size_t depth) {
  return R"({"c":"x","z":)" + std::string(depth - 1, '[') + std::string(depth - 1, ']') + "}";
}

// What either reads as claims and as a context.
std::vector<Case> texts() {
  return {{R"({"c":"x"})", true},
          {filled(limits::kMaxClaimsBytes), true},
          {filled(limits::kMaxClaimsBytes + 1), false},
          {filled(400000), false},
          {nested(limits::kMaxClaimDepth), true},
          {nested(limits::kMaxClaimDepth + 1), false},
          {nested(40), false},
          {"not json", false},
          {"[1]", false},
          {"\"c\"", false},
          {R"({"c":"x","c":"x"})", false},
          {R"({"c":"x","z":{"k":1,"k":1}})", false},
          {R"({"c":"x"} x)", false},
          {"{\"c\":\"x\",\"z\":\"\xff\"}", false},
          {"\xef\xbb\xbf{\"c\":\"x\"}", false}};
}

TEST(Readers, ToolAndEngineReadTheSameClaims) {
  for (const auto& program : programs()) {
    for (const Case& item : texts()) {
      SCOPED_TRACE(item.text.substr(0, 40) + " of " + std::to_string(item.text.size()));
      for (const CheckedBy checked : {CheckedBy::Engine, CheckedBy::Host}) {
        const Verdicts engine = of_engine(program, item.text, "", checked);
        EXPECT_EQ(of_tool(program, item.text, "", checked), engine);
        EXPECT_EQ(engine.allowed, item.is_good);
        EXPECT_EQ(engine.reason, item.is_good ? Reason::Rule : Reason::TokenInvalid);
      }
    }
  }
}

// Whether or not the program reads it: a context that cannot be read denies.
TEST(Readers, ToolAndEngineReadTheSameContexts) {
  for (const auto& program : programs()) {
    for (const Case& item : texts()) {
      SCOPED_TRACE(item.text.substr(0, 40) + " of " + std::to_string(item.text.size()));
      const Verdicts engine = of_engine(program, R"({"c":"x"})", item.text, CheckedBy::Engine);
      EXPECT_EQ(of_tool(program, R"({"c":"x"})", item.text, CheckedBy::Engine), engine);
      EXPECT_EQ(engine.allowed, item.is_good);
      EXPECT_EQ(engine.reason, item.is_good ? Reason::Rule : Reason::ContextInvalid);
    }
  }
}

TEST(Readers, ToolAndEngineHoldClaimsToTheSame) {
  const auto program = compile_with("");
  const std::vector<Case> members = {{R"("iss":"https://i")", true},
                                     {R"("iss":"https://i/")", false},
                                     {R"("iss":"https://j")", false},
                                     {R"("iss":null)", true},
                                     {R"("iss":5)", false},
                                     {R"("aud":"a")", true},
                                     {R"("aud":["b","a"])", true},
                                     {R"("aud":"b")", false},
                                     {R"("aud":[])", false},
                                     {R"("exp":1700000060)", true},
                                     {R"("exp":1699999994)", false},
                                     {R"("exp":1699999996)", true},
                                     {R"("exp":"1700000060")", false},
                                     {R"("exp":1700000060000)", false},
                                     {R"("nbf":1700000004)", true},
                                     {R"("nbf":1700000006)", false},
                                     {R"("iat":1700000006)", false},
                                     {R"("sub":"")", false},
                                     {R"("sub":"u")", true}};
  for (const Case& member : members) {
    SCOPED_TRACE(member.text);
    const std::string claims = R"({"c":"x",)" + member.text + "}";
    const Verdicts engine = of_engine(program, claims, "", CheckedBy::Engine);
    EXPECT_EQ(of_tool(program, claims, "", CheckedBy::Engine), engine);
    EXPECT_EQ(engine.allowed, member.is_good);
    const Verdicts unchecked = of_engine(program, claims, "", CheckedBy::Host);
    EXPECT_EQ(of_tool(program, claims, "", CheckedBy::Host), unchecked);
  }
}

}  // namespace
}  // namespace verdict::testing
