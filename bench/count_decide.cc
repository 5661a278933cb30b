// Decisions for .ci/count_instructions. Without arguments it prints its cases; `count_decide CASE
// N` makes N decisions. The cases `fast_...` and `ask_...` are one test each, by a fast opcode and
// by the general one: what the general form costs is their difference. `decide_...` is a decision
// on the example that bench_functions has for the function, where the test holds.
#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bench/article.h"
#include "bench/function_examples.h"
#include "bench/workspace.h"
#include "vm/assembly/assemble.h"
#include "vm/bind/convert.h"
#include "vm/bind/slots.h"
#include "vm/interp/evaluate.h"

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

// ---- one test, in its fast and in its general form

struct TestCase {
  std::string_view name;
  std::string_view fast;
  std::string_view general;
};
constexpr auto kTests = std::to_array<TestCase>({
    {"string_equal", "string_equal.t role, \"admin\"", "string_equal role \"admin\""},
    {"string_in", "string_in.t role, #2", "string_in role #2"},
    {"string_equal_slot", "string_equal_var.t role, role", "string_equal role slot role"},
    {"number_less", "number_less.t seats, 10", "number_less_than seats 10"},
    {"number_between", "number_between.t seats, #5", "number_between seats #5"},
    {"list_contains", "list_contains_string.t groups, \"admin\"", "list_contains groups \"admin\""},
});

std::shared_ptr<const Program> program_of(const std::string& instruction) {
  const auto bytes = assemble(
      ".constants\n  string \"admin\"\n  number 10\n  string set \"admin\", \"owner\"\n"
      "  number 1\n  number 5\n  number range 1, 10\n"
      ".attributes\n  role string claim\n  seats number claim\n  groups string_list claim\n"
      ".policies\n  p Deny deny_overrides #0 rules #0+1\n.rule \"r\" Allow p\n  all {\n  }\n"
      ".function policy p\n  " +
      instruction + " -> L\n  otherwise Deny, p\nL:\n  allow \"r\"\n");
  return Program::load(bytes.value()).value();
}

// How many of the tests held.
std::uint64_t count_tests(const std::string& instruction, std::uint64_t times) {
  const auto program = program_of(instruction);
  Slots slots(*program);
  Slot role = text_slot(program->view(), "admin");
  Slot seats;
  seats.number = Number::from_integer(5);
  Slot groups;
  groups.list = {&role, 1};
  slots.set(*program->find_attribute("role"), role, Origin::Value);
  slots.set(*program->find_attribute("seats"), seats, Origin::Value);
  slots.set(*program->find_attribute("groups"), groups, Origin::Value);
  const SlotView view = slots.view();
  std::uint64_t held = 0;
  for (std::uint64_t i = 0; i < times; ++i)
    held += evaluate(*program, FunctionId(0), view).by_rule ? 1U : 0U;
  return held;
}

std::uint64_t count_test(std::string_view name, std::uint64_t times) {
  for (const TestCase& test : kTests) {
    if (name == "fast_" + std::string(test.name)) return count_tests(std::string(test.fast), times);
    if (name == "ask_" + std::string(test.name))
      return count_tests("ask.t " + std::string(test.general), times);
  }
  return ~std::uint64_t{0};
}

// ---- examples of functions that have only the general form

constexpr auto kExamples =
    std::to_array<Function>({Function::StringLike, Function::IpIn, Function::TimestampWithinLast,
                             Function::TimeOfDayBetween});

std::string case_of(Function function) {
  return "decide_" + std::string(get_function_row(function).spelling);
}

// How many of the tests held.
std::uint64_t count_example(Function function, std::uint64_t times) {
  const std::vector<FunctionExample> examples = function_examples();
  const auto example = std::ranges::find(examples, function, &FunctionExample::function);
  const auto program = load_or_give_up(
      compile_workspace(provider_of_examples(), policy_json("p", condition_of(*example))));
  const Target target = Target::resolve_policy(*program, "p").value();
  const BoundClaims bound(*program, claims_of(*example, true), kNowOfExamples);
  const SlotView slots = bound.view();
  std::uint64_t held = 0;
  for (std::uint64_t i = 0; i < times; ++i)
    held += decide(*program, target, slots).allowed() ? 1U : 0U;
  return held;
}

std::uint64_t count_case(std::string_view name, std::uint64_t times) {
  for (const Function function : kExamples) {
    if (name == case_of(function)) return count_example(function, times);
  }
  return count_test(name, times);
}

int run(std::string_view name, std::string_view text) {
  std::uint64_t times = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), times);
  for (const Case& counted : kCases) {
    if (counted.name != name || error != std::errc() || end != text.data() + text.size()) continue;
    return count_right(counted, times) == times ? 0 : 1;
  }
  const bool is_number = error == std::errc() && end == text.data() + text.size();
  const std::uint64_t held = is_number ? count_case(name, times) : ~std::uint64_t{0};
  if (held != ~std::uint64_t{0}) return held == times ? 0 : 1;
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
  for (const auto& test : verdict::bench::kTests) {
    for (const char* form : {"fast", "ask"})
      std::printf("%s_%.*s\n", form, static_cast<int>(test.name.size()), test.name.data());
  }
  for (const auto function : verdict::bench::kExamples)
    std::printf("%s\n", verdict::bench::case_of(function).c_str());
  return 0;
}
