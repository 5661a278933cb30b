// From a signed token to a decision, beside the signature check alone.
//
//   bare/<alg>      OpenSSL's EVP_DigestVerify
//   key/<alg>       our key's verify() over the token's text
//   token/<alg>     Engine::check_authorization: the whole way
//   token/HS256     the same way for a signature that takes next to no time, by hand, since no
//   engine
//                   accepts it: less key/HS256 it is the token path without the signature check
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>

#include <benchmark/benchmark.h>

#include "bench/article.h"
#include "bench/bare_verify.h"
#include "compiler/policyc/workbench/signing.h"
#include "runtime/crypto/base64url.h"
#include "runtime/engine/principal_state.h"
#include "runtime/engine/question.h"
#include "runtime/jwt/verifier.h"
#include <verdict/engine.h>

namespace verdict::bench {
namespace {

constexpr std::int64_t kNow = 1'767'225'630'000'000;  // 2026-01-01T00:00:30Z

class FixedClock final : public Clock {
 public:
  [[nodiscard]] std::int64_t now() const noexcept override { return kNow; }
};

[[noreturn]] void give_up(const std::string& what) {
  std::fprintf(stderr, "bench_token: %s\n", what.c_str());
  std::exit(1);
}

// 372 bytes, as a Clerk template gives them.
constexpr std::string_view kClaims =
    R"({"azp":"https://app.example.com","iss":"https://example.clerk.accounts.dev",)"
    R"("sub":"user_2NNEqL2nrIRdJ194ndJqAHwEfxC","iat":1767225600,"nbf":1767225590,)"
    R"("exp":1767225660,"jti":"0f6a2c1d9e8b7a65c4d3","aud":"centrali","name":"Ada Adler",)"
    R"("email":"ada.adler@example.com","role":null,"plan":"pro",)"
    R"("org_id":"org_2NNEqL2nrIRdJ194ndJqAHwEfxC","org_role":"admin"})";

// A token of one algorithm and who verifies it.
class Token {
 public:
  explicit Token(Algorithm algorithm) : algorithm_(algorithm) {
    auto keys = policyc::generate_keys(algorithm, "key");
    if (!keys) give_up(keys.error().message);
    auto token = policyc::sign_token({keys->private_jwk, kClaims, {}, kNow, "JWT"});
    if (!token) give_up(token.error().message);
    token_ = std::move(token).value();
    set_ = is_symmetric(algorithm) ? R"({"keys":[)" + keys->private_jwk + "]}" : keys->public_set;
    keys_.emplace(parse_keys());
    if (!is_symmetric(algorithm)) make_engine();
    const std::size_t dot = token_.rfind('.');
    signed_text_ = std::string_view(token_).substr(0, dot);
    signature_ = decode_base64url(std::string_view(token_).substr(dot + 1)).value();
  }

  Token(const Token&) = delete;
  Token& operator=(const Token&) = delete;
  Token(Token&&) = delete;
  Token& operator=(Token&&) = delete;
  ~Token() = default;

  [[nodiscard]] std::size_t signed_size() const { return signed_text_.size(); }
  [[nodiscard]] bool verify() const {
    return keys_->keys().front().key.verify(algorithm_, signed_text_, signature_);
  }
  [[nodiscard]] bool authorize() const {
    return engine_->check_authorization({token_, kResource, kAction, {}}).decision.allowed();
  }
  [[nodiscard]] std::string_view text() const { return token_; }
  [[nodiscard]] KeySet parse_keys() const {
    auto parsed = KeySet::parse(set_, KeySet::Secrets::Allowed);
    if (!parsed) give_up(parsed.error().message);
    return std::move(parsed).value();
  }

 private:
  void make_engine() {
    static const FixedClock clock;
    const std::string algorithms =
        R"("algorithms": [")" + std::string(get_row(algorithm_).name) + "\"],";
    auto program = Program::load(ArticleFiles().compile(algorithms));
    auto engine = Engine::create(*program, {{{"Clerk", set_}}, &clock});
    if (!engine) give_up(engine.error().message);
    engine_.emplace(std::move(engine).value());
  }

  Algorithm algorithm_;
  std::string set_;
  std::string token_;
  std::optional<KeySet> keys_;
  std::optional<Engine> engine_;
  std::string_view signed_text_;
  std::string signature_;
};

const Token& token_of(Algorithm algorithm) {
  static std::map<Algorithm, Token> tokens;
  return tokens.try_emplace(algorithm, algorithm).first->second;
}

// What Engine::check_authorization does, with settings that accept an HMAC.
class HmacPath {
 public:
  HmacPath() {
    auto program = Program::load(ArticleFiles().compile());
    auto state = std::make_shared<ProgramState>();
    state->program = *program;
    TokenSettings& settings = state->providers.emplace_back();
    settings.name = "Clerk";
    settings.issuer = "https://example.clerk.accounts.dev";
    settings.audiences = {"centrali"};
    settings.algorithms.add(Algorithm::HS256);
    settings.keys = token_of(Algorithm::HS256).parse_keys();
    state_ = std::move(state);
  }

  [[nodiscard]] bool authorize() {
    auto state = state_;
    const auto verified =
        verify_token(token_of(Algorithm::HS256).text(), state->providers, kNow, scratch_);
    if (!verified) give_up(verified.error().detail);
    const ProgramState& program = *state;
    const auto bound = bind_claims(std::move(state), verified->provider(), verified->claims());
    const std::string claims(verified->claims_text());
    benchmark::DoNotOptimize(claims.data());
    const Target target = Target::resolve(*program.program, kResource, kAction);
    const Context context;
    return decide({program, verified->provider(), (*bound)->slots, target, kResource, kAction,
                   context, kNow},
                  question_)
        .allowed();
  }

 private:
  std::shared_ptr<const ProgramState> state_;
  TokenScratch scratch_;
  QuestionScratch question_;
};

// What is fast and wrong is not measured.
template <class Work>
void measure(benchmark::State& state, Work work) {
  if (!work()) give_up("wrong answer");
  for (auto _ : state) benchmark::DoNotOptimize(work());
}

void add_cases(Algorithm algorithm) {
  const std::string name(get_row(algorithm).name);
  benchmark::RegisterBenchmark(("key/" + name).c_str(), [algorithm](benchmark::State& state) {
    measure(state, [&token = token_of(algorithm)] { return token.verify(); });
  });
  if (is_symmetric(algorithm)) {
    benchmark::RegisterBenchmark(("token/" + name).c_str(), [](benchmark::State& state) {
      measure(state, [path = std::make_shared<HmacPath>()] { return path->authorize(); });
    });
    return;
  }
  benchmark::RegisterBenchmark(("token/" + name).c_str(), [algorithm](benchmark::State& state) {
    measure(state, [&token = token_of(algorithm)] { return token.authorize(); });
  });
  benchmark::RegisterBenchmark(("bare/" + name).c_str(), [algorithm](benchmark::State& state) {
    const BareVerify bare(algorithm, token_of(algorithm).signed_size());
    measure(state, [&bare] { return bare.verify(); });
  });
}

[[maybe_unused]] const bool kIsRegistered = [] {
  for (const Algorithm algorithm :
       {Algorithm::RS256, Algorithm::ES256, Algorithm::EdDSA, Algorithm::HS256})
    add_cases(algorithm);
  return true;
}();

}  // namespace
}  // namespace verdict::bench
