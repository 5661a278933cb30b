// Decisions for .ci/count_instructions. Without arguments it prints its cases; `count_decide CASE
// N` makes N decisions.
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <string_view>

#include "bench/article.h"

namespace verdict::bench {
namespace {

enum class Asks : std::uint8_t { Route, Names };

struct Case {
  std::string_view name;
  Asks asks;
  std::size_t user;
};
constexpr auto kCases = std::to_array<Case>({
    {"route_hit", Asks::Route, 0},
    {"route_miss", Asks::Route, 1},
    {"route_null", Asks::Route, 2},
    {"names_hit", Asks::Names, 0},
});

// How many of the decisions were as expected.
std::uint64_t count_right(const Case& counted, std::uint64_t times) {
  const Article article;
  const Program& program = article.program();
  const SlotView slots = article.slots(counted.user);
  const Target route = Target::resolve(program, kResource, kAction);
  std::uint64_t right = 0;
  for (std::uint64_t i = 0; i < times; ++i) {
    const Decision decision = decide(
        program, counted.asks == Asks::Route ? route : Target::resolve(program, kResource, kAction),
        slots);
    right += decision.allowed() == kUsers[counted.user].is_allowed ? 1U : 0U;
  }
  return right;
}

int run(std::string_view name, std::string_view text) {
  std::uint64_t times = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), times);
  for (const Case& counted : kCases) {
    if (counted.name != name || error != std::errc() || end != text.data() + text.size()) continue;
    return count_right(counted, times) == times ? 0 : 1;
  }
  std::fputs("usage: count_decide [CASE N]\n", stderr);
  return 2;
}

}  // namespace
}  // namespace verdict::bench

int main(int argc, char** argv) {
  if (argc == 3) return verdict::bench::run(argv[1], argv[2]);
  for (const auto& counted : verdict::bench::kCases) {
    std::printf("%.*s\n", static_cast<int>(counted.name.size()), counted.name.data());
  }
  return 0;
}
