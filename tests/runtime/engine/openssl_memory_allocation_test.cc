// OpenSSL's own allocations, which are none of operator new: each fails once, alone and with all
// behind it. OpenSSL gets by without some, so a good token may pass all the same; the process
// lives, a forged one never passes, and the same call on the same thread works afterwards.
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <limits>
#include <optional>
#include <string>

#include <gtest/gtest.h>
#include <openssl/crypto.h>

#include "tests/runtime/engine/engine_programs.h"

namespace verdict::testing {
namespace {

constexpr std::size_t kNever = std::numeric_limits<std::size_t>::max();

enum class Then : std::uint8_t { OneOnly, AllBehind };
thread_local std::size_t num_before_failure = kNever;
thread_local Then then_of_failure = Then::OneOnly;

// Counts down to the failure, and stays there where all behind it fail.
bool must_fail() {
  if (num_before_failure == kNever) return false;
  if (num_before_failure > 0) {
    --num_before_failure;
    return false;
  }
  if (then_of_failure == Then::OneOnly) num_before_failure = kNever;
  return true;
}

void* allocate(std::size_t size, const char* /*file*/, int /*line*/) {
  return must_fail() ? nullptr : std::malloc(size);
}
void* reallocate(void* memory, std::size_t size, const char* /*file*/, int /*line*/) {
  return must_fail() ? nullptr : std::realloc(memory, size);
}
void release(void* memory, const char* /*file*/, int /*line*/) { std::free(memory); }

// Before main(), since OpenSSL refuses it once it has allocated anything.
const bool is_installed = CRYPTO_set_mem_functions(allocate, reallocate, release) == 1;

class OpensslMemory : public EngineTest {
 protected:
  void SetUp() override {
    if (!is_installed) GTEST_SKIP() << "OpenSSL had allocated already";
  }

  // Whether `call` came to the failure.
  static bool fail(std::size_t before, Then then, const std::function<void()>& call) {
    num_before_failure = before;
    then_of_failure = then;
    call();
    const bool has_failed =
        then == Then::OneOnly ? num_before_failure == kNever : num_before_failure == 0;
    num_before_failure = kNever;
    return has_failed;
  }

  // `prepare` makes a call anew for each allocation.
  static void for_each_allocation(const std::function<std::function<void()>()>& prepare) {
    constexpr std::size_t kEnough = 10'000;
    for (const Then then : {Then::OneOnly, Then::AllBehind}) {
      std::size_t before = 0;
      while (before < kEnough && fail(before, then, prepare())) ++before;
      EXPECT_GT(before, 0U);
      EXPECT_LT(before, kEnough);
    }
  }

  static Workspace all_algorithms() {
    Workspace workspace;
    workspace.algorithms = R"(["EdDSA", "RS256", "PS256", "ES256", "ES384", "ES512"])";
    std::vector<std::string> keys;
    for (const Algorithm algorithm : {Algorithm::EdDSA, Algorithm::Ed448, Algorithm::RS256,
                                      Algorithm::ES256, Algorithm::ES384, Algorithm::ES512}) {
      keys.push_back(public_jwk(algorithm));
    }
    workspace.jwks = jwks_of(keys);
    return workspace;
  }

  const std::shared_ptr<const Program> program_ = program_of(all_algorithms());
};

TEST_F(OpensslMemory, Create) {
  const std::string token = article_token(kAdmin);
  for_each_allocation([&] { return [&] { (void)Engine::create(program_, {{}, &clock_}); }; });
  const Engine engine = Engine::create(program_, {{}, &clock_}).value();
  EXPECT_TRUE(engine.check_authorization({token, "orders", "approve", {}}).decision.allowed());
}

TEST_F(OpensslMemory, CheckAuthorization) {
  for (const Algorithm algorithm :
       {Algorithm::EdDSA, Algorithm::Ed448, Algorithm::RS256, Algorithm::PS256, Algorithm::ES256,
        Algorithm::ES384, Algorithm::ES512}) {
    const std::string header = header_for(algorithm);
    const std::string good = sign(algorithm, header, article_claims(kAdmin));
    const std::string forged =
        sign_with(pair_for(algorithm, 1).signing, algorithm, header, article_claims(kAdmin));
    std::optional<Engine> engine;
    const auto is_allowed = [&](const std::string& token) {
      return engine->check_authorization({token, "orders", "approve", {}}).decision.allowed();
    };
    for (const bool is_forged : {true, false}) {
      for_each_allocation([&] {
        if (engine) {
          EXPECT_TRUE(is_allowed(good)) << header << " after a failure";
        }
        engine = Engine::create(program_, {{}, &clock_}).value();
        return [&] {
          if (is_allowed(is_forged ? forged : good)) {
            EXPECT_FALSE(is_forged) << header;
          }
        };
      });
    }
  }
}

// Which points are of small order is a question of numbers, and numbers take memory.
TEST_F(OpensslMemory, KeysOfSmallOrderAreNeverTaken) {
  for (const KeyType type : {KeyType::Ed25519, KeyType::Ed448}) {
    for (const char y : {'\0', '\x01'}) {
      std::string x(get_row(type).coordinate_size, '\0');
      x[0] = y;
      for_each_allocation(
          [&] { return [&] { EXPECT_FALSE(VerificationKey::make_edwards(type, x)); }; });
    }
  }
}

// A rotation in which keys cannot be compared loses principals, never keeps one that it should not.
TEST_F(OpensslMemory, DecideThatBindsAnew) {
  const std::string token =
      sign(Algorithm::ES256, header_for(Algorithm::ES256), article_claims(kAdmin));
  Workspace others = all_algorithms();
  others.jwks = jwks_of({public_jwk(pair_for(Algorithm::ES256, 1).signing,
                                    R"(,"kid":")" + kid_of(Algorithm::ES256) + '"')});
  const auto replaced = program_of(others);
  std::optional<Engine> engine;
  std::optional<Principal> principal;
  for_each_allocation([&] {
    engine = Engine::create(program_, {{}, &clock_}).value();
    principal = engine->authenticate(token).value();
    EXPECT_TRUE(engine->replace(replaced));
    return [&] { EXPECT_FALSE(approve(*engine, *principal).allowed()); };
  });
}

}  // namespace
}  // namespace verdict::testing
