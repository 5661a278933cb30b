// An outside program: each way from a token to a decision, on a clock that stands still.
//   consumer app.vbc TOKEN JWKS-FILE SECONDS
// Prints what was decided, or the error; first the language version it was compiled for.
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include <verdict/engine.h>

namespace {

class FixedClock final : public verdict::Clock {
 public:
  explicit FixedClock(std::int64_t seconds) : now_(seconds * 1'000'000) {}
  [[nodiscard]] std::int64_t now() const noexcept override { return now_; }

 private:
  std::int64_t now_;
};

std::string read_file(const char* path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

int fail(std::string_view what, std::string_view why) {
  std::cout << what << ": " << why << '\n';
  return 1;
}

void print(std::string_view way, const verdict::Decision& decision) {
  std::cout << way << ": " << (decision.allowed() ? "Allow" : "Deny") << ", "
            << spelling_of(decision.reason()) << ", " << decision.policy().value_or("-") << ", "
            << decision.rule_id().value_or("-") << '\n';
}

// The principal of `made`, asked by route and by name.
int ask(const verdict::Engine& engine, std::string_view way,
        const verdict::Expected<verdict::Principal, verdict::TokenError>& made) {
  if (!made) return fail(way, spelling_of(made.error().cause));
  const auto route = engine.route("orders", "approve");
  if (!route) return fail("route", route.error().message);
  print(way, engine.decide(*made, *route));
  print(way, engine.decide(*made, "orders", "retrieve"));
  std::cout << way << ": " << engine.missing(*made, *route).size() << " missing\n";
  return 0;
}

int run(std::shared_ptr<const verdict::Program> program, const char* token, const char* jwks,
        const verdict::Clock& clock) {
  verdict::EngineOptions options;
  options.keys.push_back({"Clerk", read_file(jwks)});
  options.clock = &clock;
  auto engine = verdict::Engine::create(program, options);
  if (!engine) return fail("create", engine.error().message);
  if (const auto replaced = engine->replace(program); !replaced)
    return fail("replace", replaced.error().message);

  const auto answer = engine->check_authorization({token, "orders", "approve", {}});
  if (answer.error) return fail("check_authorization", spelling_of(answer.error->cause));
  print("check_authorization", answer.decision);
  return ask(*engine, "authenticate", engine->authenticate(token)) +
         ask(*engine, "bind", engine->bind(R"({"aud": "centrali"})", "Clerk"));
}

}  // namespace

int main(int argc, char** argv) {
  std::cout << "language: " << __cplusplus << '\n';
  if (argc != 5) return 2;
  const std::string file = read_file(argv[1]);
  auto program = verdict::load_program(std::as_bytes(std::span(file)));
  if (!program) return fail("load_program", program.error().message);
  return run(*program, argv[2], argv[3], FixedClock(std::atoll(argv[4])));
}
