// Making and loading programs: the article from JSON text to bytes, and a program of 100,000 rules
// from bytes to verified.
#include <benchmark/benchmark.h>

#include "bench/article.h"
#include "bench/many_rules.h"

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

}  // namespace
}  // namespace verdict::bench
