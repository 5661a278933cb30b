// Compares the two evaluators on one workspace.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tests/differential/random.h"
#include "tests/differential/statistics.h"
#include "tests/differential/vm_side.h"

namespace verdict::differential {

// Generates the workspace of that seed and compares every route and every policy on `num_requests`
// requests, from JSON to decision. Nothing: they agree. Else the first failing case, as text that
// can become a golden file.
std::optional<std::string> run_trial(std::uint64_t seed, std::size_t num_requests,
                                     Statistics& statistics);

// A run of many trials, until `done` says so; stops at the first failure and returns it.
template <class Done>
std::optional<std::string> run_trials(std::uint64_t seed, std::size_t num_requests,
                                      Statistics& statistics, const Done& done) {
  for (Random random(seed); !done();) {
    if (auto failure = run_trial(random.next(), num_requests, statistics)) return failure;
  }
  return std::nullopt;
}

// The two answers side by side, in words.
std::string to_text(const Decision& decision);

}  // namespace verdict::differential
