// Checking large workspaces that are wrong or odd in one way (issue 16). Each is measured at two
// sizes where that shows more: times should grow as the sizes do.
#include <benchmark/benchmark.h>

#include "bench/mistakes.h"

namespace verdict::bench {
namespace {

void check_odd(benchmark::State& state, const OddWorkspace& odd, std::size_t size) {
  const WorkspaceTexts texts = odd.write(size);
  for (auto _ : state) benchmark::DoNotOptimize(check(texts));
}

[[maybe_unused]] const bool is_registered = [] {
  for (const OddWorkspace& odd : odd_workspaces()) {
    for (const std::size_t size : odd.sizes) {
      benchmark::RegisterBenchmark(
          ("check/" + odd.name + "/" + std::to_string(size)).c_str(),
          [&odd, size](benchmark::State& state) { check_odd(state, odd, size); })
          ->Unit(benchmark::kSecond);
    }
  }
  return true;
}();

}  // namespace
}  // namespace verdict::bench
