// Making and loading programs: the article from JSON text to bytes, a program of 100,000 rules from
// bytes to verified, and one of 100 regular expressions, which loading compiles.
#include <array>
#include <string>
#include <string_view>

#include <benchmark/benchmark.h>

#include "bench/article.h"
#include "bench/many_rules.h"
#include "bench/workspace.h"

namespace verdict::bench {
namespace {

void compile_article(benchmark::State& state) {
  const ArticleFiles files;
  for (auto _ : state) benchmark::DoNotOptimize(files.compile());
}
BENCHMARK(compile_article)->Unit(benchmark::kMicrosecond);

void load_article(benchmark::State& state) {
  const std::vector<std::byte> bytes = ArticleFiles().compile();
  for (auto _ : state) benchmark::DoNotOptimize(Program::load(bytes));
}
BENCHMARK(load_article)->Unit(benchmark::kMicrosecond);

void load_rules(benchmark::State& state) {
  const std::vector<std::byte> bytes = compile_many_rules(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    const auto program = Program::load(bytes);
    if (!program) state.SkipWithError("the loader refuses the program");
    benchmark::DoNotOptimize(program);
  }
  state.counters["file_bytes"] = static_cast<double>(bytes.size());
}
BENCHMARK(load_rules)->Unit(benchmark::kMillisecond)->Arg(10000)->Arg(100000);

void compile_rules(benchmark::State& state) {
  const auto num_rules = static_cast<std::size_t>(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(compile_many_rules(num_rules));
}
BENCHMARK(compile_rules)->Unit(benchmark::kMillisecond)->Arg(10000)->Arg(100000)->Iterations(1);

// What policies ask texts for: order numbers, addresses, versions, host names, UUIDs.
constexpr auto kExpressions = std::to_array<std::string_view>({
    R"([A-Z]{2}-[0-9]{4}-[0-9]{6})",
    R"([a-z0-9._%+-]+@[a-z0-9-]+(\\.[a-z0-9-]+)*\\.[a-z]{2,10})",
    R"((0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)(-[0-9A-Za-z.-]+)?(\\+[0-9A-Za-z.-]+)?)",
    R"([a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*)",
    R"([0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})",
});

// Of one kind, or of all in turn, each different and in a policy of its own: what a decision may
// cost is bounded.
std::string policies_with_expressions(std::size_t count, std::size_t first, std::size_t kinds) {
  std::string json;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string number = std::to_string(i);
    const std::string expression(kExpressions.at(first + i % kinds));
    json += (i == 0 ? "[" : ",") +
            policy_json("p" + number,
                        R"({"function":"string_matches","attribute":"ext_text","value":"t)" +
                            number + ":" + expression + "\"}");
  }
  return json + "]";
}

void load_expressions(benchmark::State& state, std::size_t first, std::size_t kinds) {
  constexpr std::size_t kCount = 100;
  const std::vector<std::byte> bytes =
      compile_workspace(R"([{"jwtPath":"text","attribute":"text","required":false}])",
                        policies_with_expressions(kCount, first, kinds));
  load_or_give_up(bytes);
  for (auto _ : state) benchmark::DoNotOptimize(Program::load(bytes));
  state.counters["expressions"] = static_cast<double>(kCount);
}
BENCHMARK_CAPTURE(load_expressions, mixed, 0, kExpressions.size())->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(load_expressions, order_number, 0, 1)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(load_expressions, e_mail, 1, 1)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(load_expressions, version, 2, 1)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(load_expressions, host_name, 3, 1)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(load_expressions, uuid, 4, 1)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace verdict::bench
