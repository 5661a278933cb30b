// Each allocation of each public function fails once, alone and with all behind it, on a thread
// that has asked before and on a fresh one: the answer is an error or a Deny, the process lives,
// and the same call on the same thread works afterwards.
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "runtime/json/reader.h"
#include "tests/runtime/engine/engine_programs.h"
#include "tests/support/counting_new.h"

namespace verdict::testing {
namespace {

enum class Answer { Error, Deny, Good };

struct Outcome {
  Answer answer = Answer::Error;
  bool has_failed = false;              // whether an allocation did
  Answer answer_again = Answer::Error;  // without failures
};

using Then = FailingAllocation::Then;
// One call, whose answer it returns, made twice. What it makes is destroyed while allocations still
// fail.
using Call = std::function<Answer()>;

enum class Thread { This, Fresh };

Outcome fail_and_repeat(const Call& call, std::size_t before, Then then) {
  Outcome outcome;
  {
    const FailingAllocation failing(before, then);
    outcome.answer = call();
    outcome.has_failed = FailingAllocation::has_failed();
  }
  outcome.answer_again = call();
  return outcome;
}

Outcome fail_and_repeat(const Call& call, std::size_t before, Then then, Thread thread) {
  if (thread == Thread::This) return fail_and_repeat(call, before, then);
  Outcome outcome;
  std::thread([&] { outcome = fail_and_repeat(call, before, then); }).join();
  return outcome;
}

// `prepare` makes a call anew for each allocation. One of which none fails answers `expected`.
// `check` looks at what is left behind.
void expect_survives(
    const std::function<Call()>& prepare, Answer expected = Answer::Good,
    const std::function<void()>& check = [] {}) {
  constexpr std::size_t kEnough = 10'000;
  for (const Then then : {Then::OneOnly, Then::AllBehind}) {
    for (const Thread thread : {Thread::This, Thread::Fresh}) {
      std::size_t before = 0;
      for (bool has_failed = true; has_failed && before < kEnough; ++before) {
        const Outcome outcome = fail_and_repeat(prepare(), before, then, thread);
        has_failed = outcome.has_failed;
        EXPECT_TRUE(has_failed ? outcome.answer != Answer::Good : outcome.answer == expected)
            << "allocation " << before;
        EXPECT_EQ(outcome.answer_again, expected) << "after allocation " << before;
        check();
      }
      EXPECT_LT(before, kEnough);
    }
  }
}

template <class T, class E>
Answer answer_of(const Expected<T, E>& expected) {
  return expected ? Answer::Good : Answer::Error;
}
Answer answer_of(const Decision& decision) {
  return decision.allowed() ? Answer::Good : Answer::Deny;
}

// Keys of every type that is published, and elements that are skipped; `more` stands before them.
std::string many_keys(const std::string& more) {
  std::vector<std::string> keys = {"{}",
                                   more,
                                   public_jwk(Algorithm::ES256, 1, R"(,"use":"enc")"),
                                   public_jwk(Algorithm::ES384, 1, R"(,"key_ops":["verify"])"),
                                   public_jwk(pair_for(Algorithm::ES512).signing, R"(,"kid":"k")"),
                                   public_jwk(pair_for(Algorithm::ES512).signing, R"(,"kid":"k")")};
  for (const Algorithm algorithm :
       {Algorithm::EdDSA, Algorithm::RS256, Algorithm::ES256, Algorithm::ES384, Algorithm::ES512}) {
    keys.push_back(public_jwk(algorithm));
  }
  return jwks_of(keys);
}

// Everything that a provider can set, and a program that reads the request.
Workspace full() {
  Workspace workspace;
  workspace.jwks = many_keys("5");
  workspace.algorithms = R"(["EdDSA", "RS256", "ES256", "ES384", "ES512", "PS256"])";
  workspace.mappings += R"(, { "jwtPath": "roles", "attribute": "roles", "type": "string_list" },
                             { "jwtPath": "tags", "attribute": "tags", "type": "string_list",
                               "defaultValue": ["none"] })";
  workspace.settings = R"(, "authorizedParties": ["https://app.example/with/a/long/name"],
      "acceptedTypes": ["JWT", "application/at+jwt"], "maxTokenAgeSeconds": 3600,
      "requiredClaims": {"token_use": "access to everything", "n": 1, "b": true})";
  workspace.context = R"({ "path": "orderId", "attribute": "order_id", "type": "string" },
                         { "path": "amounts", "attribute": "amounts", "type": "number_list" })";
  workspace.condition =
      R"({ "function": "string_equal", "attribute": "ext_org_role", "value": "admin" },
         { "function": "string_equal", "attribute": "ctx_order_id", "value": "o1" })";
  return workspace;
}

constexpr std::string_view kFull =
    R"(,"org_role":"admin","azp":"https://app.example/with/a/long/name","n":1,"b":true,)"
    R"("token_use":"access to everything","roles":["a role that is not in the program","b"])";

class OutOfMemory : public EngineTest {
 protected:
  [[nodiscard]] Engine make_engine() const {
    return Engine::create(program_, {keys_, &clock_}).value();
  }
  // The options are copied before anything fails.
  [[nodiscard]] Call creating(const std::vector<ProviderKeys>& keys) const {
    return [this, options = std::vector(2, EngineOptions{keys, &clock_})]() mutable {
      EngineOptions one = std::move(options.back());
      options.pop_back();
      return answer_of(Engine::create(program_, std::move(one)));
    };
  }
  static std::string token_of(Algorithm algorithm, std::string_view more = kFull) {
    return sign(algorithm, header_for(algorithm), article_claims(more));
  }
  Decision ask(const Engine& engine, const Principal& principal) const {
    return engine.decide(principal, "orders", "approve", context_);
  }
  void expect_allowed(const Engine& engine) const {
    const auto principal = engine.authenticate(token_);
    ASSERT_TRUE(principal) << principal.error().detail;
    EXPECT_TRUE(ask(engine, *principal).allowed());
  }

  const std::shared_ptr<const Program> program_ = program_of(full());
  const std::vector<ProviderKeys> keys_ = {
      {"Clerk", many_keys(R"({"kty":"oct","kid":"secret","k":"AAAA"})")}};
  const std::string token_ = token_of(Algorithm::EdDSA);
  const std::string orders_ = "orders";
  const Context context_ = {R"({"orderId":"o1","amounts":[1,2.5,12345678901234567890123]})",
                            "10.1.2.3"};
};

TEST_F(OutOfMemory, LoadProgram) {
  const std::vector<std::byte> bytes = bytes_of(full());
  expect_survives([&] { return [&] { return answer_of(load_program(bytes)); }; });
}

TEST_F(OutOfMemory, LoadProgramThatIsRefused) {
  const std::vector<std::byte> good = bytes_of(full());
  std::vector<std::byte> changed = good;
  changed.back() ^= std::byte{1};
  for (const std::size_t size : {std::size_t{0}, good.size() - 1, good.size()}) {
    const auto bytes = std::span<const std::byte>(changed).first(size);
    expect_survives([&] { return [&] { return answer_of(load_program(bytes)); }; }, Answer::Error);
  }
}

TEST_F(OutOfMemory, Create) {
  expect_survives([&] { return creating(keys_); });
  expect_survives([&] { return [&] { return answer_of(Engine::create(program_)); }; });
}

TEST_F(OutOfMemory, CreateThatIsRefused) {
  const std::string text(100, 'x');
  for (const std::vector<ProviderKeys>& keys : {std::vector<ProviderKeys>{{text, keys_[0].jwks}},
                                                {{"Clerk", text}},
                                                {{"Clerk", ""}},
                                                {keys_[0], keys_[0]}}) {
    expect_survives([&] { return creating(keys); }, Answer::Error);
  }
  expect_survives([&] { return [&] { return answer_of(Engine::create(nullptr)); }; },
                  Answer::Error);
}

TEST_F(OutOfMemory, Replace) {
  Workspace second = full();
  second.condition =
      R"({ "function": "string_equal", "attribute": "ext_org_role", "value": "admin" })";
  const auto next = program_of(second);
  std::optional<Engine> engine;
  expect_survives(
      [&] {
        engine = make_engine();
        return [&] { return answer_of(engine->replace(next)); };
      },
      Answer::Good, [&] { expect_allowed(*engine); });
  expect_survives([&] { return [&] { return answer_of(engine->replace(nullptr)); }; },
                  Answer::Error, [&] { expect_allowed(*engine); });
}

TEST_F(OutOfMemory, ReplaceKeys) {
  const std::string others = jwks_of({public_jwk(Algorithm::EdDSA, 1)});
  std::optional<Engine> engine;
  for (const std::string& jwks : {others, std::string("no key set, and not a short one")}) {
    const bool is_good = jwks == others;
    expect_survives(
        [&] {
          engine = Engine::create(program_, {{}, &clock_}).value();
          const std::vector<ProviderKeys> keys = {{"A provider that comes later", jwks}, keys_[0]};
          return [&, twice = std::vector(2, keys)]() mutable {
            std::vector<ProviderKeys> one = std::move(twice.back());
            twice.pop_back();
            return answer_of(engine->replace_keys(std::move(one)));
          };
        },
        is_good ? Answer::Good : Answer::Error, [&] { expect_allowed(*engine); });
  }
}

TEST_F(OutOfMemory, Authenticate) {
  for (const Algorithm algorithm :
       {Algorithm::EdDSA, Algorithm::RS256, Algorithm::PS256, Algorithm::ES256, Algorithm::ES512}) {
    const std::string token = token_of(algorithm);
    std::optional<Engine> engine;
    expect_survives(
        [&] {
          engine = make_engine();
          return [&] { return answer_of(engine->authenticate(token)); };
        },
        Answer::Good, [&] { expect_allowed(*engine); });
  }
}

TEST_F(OutOfMemory, AuthenticateThatIsRefused) {
  const Engine engine = make_engine();
  const std::string_view issuer = R"({"iss":"https://issuer.example/","exp":1700000060})";
  const std::string claims = article_claims(kFull);
  for (const std::string& token :
       {std::string("a.b.c"), std::string(), token_ + "x", token_.substr(0, token_.size() - 4),
        sign(Algorithm::EdDSA, header_for(Algorithm::EdDSA), issuer),
        sign(Algorithm::EdDSA, R"({"alg":"HS256"})", claims),
        sign(Algorithm::EdDSA, R"({"alg":"EdDSA","kid":"unknown"})", claims),
        sign(Algorithm::EdDSA, header_for(Algorithm::EdDSA, R"(,"typ":"secevent+jwt")"), claims),
        sign(Algorithm::EdDSA, header_for(Algorithm::EdDSA, R"(,"crit":["exp"])"), claims),
        sign_with(pair_for(Algorithm::EdDSA, 1).signing, Algorithm::EdDSA,
                  header_for(Algorithm::EdDSA), claims),
        sign(Algorithm::EdDSA, header_for(Algorithm::EdDSA), claims_with(R"(,"aud":["a","b"])")),
        sign(Algorithm::EdDSA, header_for(Algorithm::EdDSA), claims_with(R"(,"nbf":1800000000)")),
        token_of(Algorithm::EdDSA, R"(,"azp":"another")"), token_of(Algorithm::EdDSA, ""),
        token_of(Algorithm::EdDSA, std::string(kFull) + R"(,"sub":5)")}) {
    expect_survives([&] { return [&] { return answer_of(engine.authenticate(token)); }; },
                    Answer::Error);
  }
  expect_allowed(engine);
}

TEST_F(OutOfMemory, Bind) {
  const Engine engine = make_engine();
  const std::string claims = article_claims(kFull);
  for (const CheckedBy checked : {CheckedBy::Engine, CheckedBy::Host}) {
    expect_survives(
        [&] { return [&] { return answer_of(engine.bind(claims, "Clerk", checked)); }; },
        Answer::Good, [&] { expect_allowed(engine); });
  }
  for (const auto& [text, provider] :
       {std::pair<std::string, std::string>{claims, "a provider that is not there"},
        std::pair<std::string, std::string>{"[]", "Clerk"},
        std::pair<std::string, std::string>{"{", "Clerk"},
        std::pair<std::string, std::string>{R"({"exp":1})", "Clerk"}}) {
    expect_survives([&] { return [&] { return answer_of(engine.bind(text, provider)); }; },
                    Answer::Error);
  }
}

TEST_F(OutOfMemory, Route) {
  const Engine engine = make_engine();
  const std::string action(100, 'x');
  expect_survives([&] { return [&] { return answer_of(engine.route(orders_, "approve")); }; });
  expect_survives([&] { return [&] { return answer_of(engine.route(action, action)); }; });
}

TEST_F(OutOfMemory, Decide) {
  const Engine engine = make_engine();
  const Principal principal = engine.authenticate(token_).value();
  const Route route = engine.route("orders", "approve").value();
  expect_survives([&] { return [&] { return answer_of(ask(engine, principal)); }; });
  expect_survives(
      [&] { return [&] { return answer_of(engine.decide(principal, route, context_)); }; });
}

TEST_F(OutOfMemory, DecideThatBindsAnew) {
  const auto next = program_of(full());
  std::optional<Engine> engine;
  std::optional<Principal> principal;
  expect_survives(
      [&] {
        engine = make_engine();
        principal = engine->authenticate(token_).value();
        EXPECT_TRUE(engine->replace(next));
        return [&] { return answer_of(ask(*engine, *principal)); };
      },
      Answer::Good, [&] { EXPECT_TRUE(ask(*engine, *principal).allowed()); });
}

TEST_F(OutOfMemory, DecideThatRefusesTheContext) {
  const Engine engine = make_engine();
  const Principal principal = engine.authenticate(token_).value();
  expect_survives(
      [&] {
        return [&] { return answer_of(engine.decide(principal, "orders", "approve", {"[", {}})); };
      },
      Answer::Deny);
}

TEST_F(OutOfMemory, Missing) {
  const Engine engine = make_engine();
  const Principal principal = engine.authenticate(token_).value();
  const Route route = engine.route("orders", "approve").value();
  const auto names = [&] { return engine.missing(principal, route); };
  ASSERT_EQ(names(), std::vector<std::string_view>{"ctx_order_id"});
  expect_survives([&] { return [&] { return names().empty() ? Answer::Error : Answer::Good; }; });
}

TEST_F(OutOfMemory, CheckAuthorization) {
  const auto answer = [&](const Engine& engine, std::string_view token) {
    const Authorization result = engine.check_authorization({token, "orders", "approve", context_});
    EXPECT_TRUE(result.principal || result.error);
    return answer_of(result.decision);
  };
  std::optional<Engine> engine;
  expect_survives(
      [&] {
        engine = make_engine();
        return [&] { return answer(*engine, token_); };
      },
      Answer::Good, [&] { expect_allowed(*engine); });
  expect_survives([&] { return [&] { return answer(*engine, "a.b.c"); }; }, Answer::Deny);
}

// What says that memory ran out must say it.
TEST_F(OutOfMemory, IsSaidByItsCode) {
  const Engine engine = make_engine();
  const std::string claims = article_claims(kFull);
  const FailingAllocation failing(0, Then::AllBehind);
  const auto made = Engine::create(program_);
  const auto routed = engine.route(std::string_view("a resource of some length"), "approve");
  const auto bound = engine.bind(claims, "Clerk");
  const Authorization checked = engine.check_authorization({token_, "orders", "approve", {}});
  const bool is_said = !made && made.error().code == "E105" && !routed &&
                       routed.error().code == "E105" && !bound &&
                       bound.error().cause == TokenCause::Internal && checked.error &&
                       checked.error->cause == TokenCause::Internal;
  EXPECT_TRUE(is_said);
}

// Each test is a process of its own where ctest runs it, so this is the first text that it reads:
// simdjson chooses its implementation on first use, where nothing may throw.
TEST(FirstRead, MemoryMayRunOut) {
  expect_survives([] {
    return [] {
      try {
        JsonReader reader;
        const auto tree = reader.read(R"({"a":[1,"two",3.5]})");
        return tree ? Answer::Good : Answer::Error;
      } catch (const std::bad_alloc&) {
        return Answer::Error;
      }
    };
  });
}

}  // namespace
}  // namespace verdict::testing
