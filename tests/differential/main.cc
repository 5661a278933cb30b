// differential_run: compares the evaluators for as long as one likes.
//   differential_run [--pairs N] [--seed N]
#include <charconv>
#include <cstdio>
#include <cstring>
#include <string_view>

#include "tests/differential/trial.h"

namespace {

struct Options {
  std::uint64_t pairs = 1000000;
  std::uint64_t seed = 1;
};

bool parse(std::string_view text, std::uint64_t& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

bool parse(int argc, char** argv, Options& options) {
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string_view name = argv[i];
    if (name != "--pairs" && name != "--seed") return false;
    if (!parse(argv[i + 1], name == "--pairs" ? options.pairs : options.seed)) return false;
  }
  return argc % 2 == 1;
}

}  // namespace

int main(int argc, char** argv) {
  using namespace verdict::differential;
  Options options;
  if (!parse(argc, argv, options)) {
    std::fputs("usage: differential_run [--pairs N] [--seed N]\n", stderr);
    return 2;
  }
  Statistics statistics;
  const auto failure =
      run_trials(options.seed, 20, statistics, [&] { return statistics.pairs() >= options.pairs; });
  std::fputs(failure.value_or("").c_str(), stdout);
  std::fputs(statistics.to_text().c_str(), stdout);
  std::puts(failure ? "the evaluators DISAGREE" : "the evaluators agree");
  return failure ? 1 : 0;
}
