// May the bearer of a token approve an order?   embed app.vbc TOKEN [JWKS-FILE]
#include <fstream>
#include <iostream>
#include <iterator>
#include <span>
#include <string>

#include <verdict/engine.h>

std::string read_file(const char* path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

int fail(const verdict::Error& error) {
  std::cerr << error.code << ' ' << error.summary << ": " << error.message << '\n';
  return 1;
}

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const std::string file = read_file(argv[1]);
  auto program = verdict::load_program(std::as_bytes(std::span(file)));
  if (!program) return fail(program.error());

  verdict::EngineOptions options;
  if (argc > 3) options.keys.push_back({.provider = "Clerk", .jwks = read_file(argv[3])});
  auto engine = verdict::Engine::create(*program, options);
  if (!engine) return fail(engine.error());

  const auto answer =
      engine->check_authorization({.token = argv[2], .resource = "orders", .action = "approve"});
  if (answer.error) {  // the cause is for the log, the message for the caller
    std::cerr << spelling_of(answer.error->cause) << ": " << answer.error->detail << '\n';
    std::cout << "Deny: " << answer.error->public_message() << '\n';
    return 0;
  }
  const verdict::Decision& decision = answer.decision;
  std::cout << (decision.allowed() ? "Allow: " : "Deny: ") << spelling_of(decision.reason())
            << ", policy " << decision.policy().value_or("-") << ", rule "
            << decision.rule_id().value_or("-") << '\n';
}
