// Decisions on the article's policy with claims bound (design 9, work item (a)), beside the same
// policy by hand. Names: <what>/<case>; bench/ratios.py divides each by by_hand/<case>.
#include <cstdio>
#include <cstdlib>
#include <string>

#include <benchmark/benchmark.h>

#include "bench/article.h"

namespace verdict::bench {
namespace {

const Article& article() {
  static const Article instance;
  return instance;
}

// What is fast and wrong is not measured.
void check_answers() {
  const Target route = Target::resolve(article().program(), kResource, kAction);
  for (std::size_t i = 0; i < kUsers.size(); ++i) {
    const User& user = kUsers[i];
    const Decision decision = decide(article().program(), route, article().slots(i));
    const bool by_hand = article().hand_policy()(article().hand_request(i));
    if (decision.allowed() != user.is_allowed || decision.reason() != user.reason ||
        by_hand != user.is_allowed) {
      std::fprintf(stderr, "bench_decide: wrong answer for %s\n", std::string(user.name).c_str());
      std::exit(1);
    }
  }
}

void by_hand(benchmark::State& state, std::size_t user) {
  const HandPolicy policy = article().hand_policy();
  HandRequest request = article().hand_request(user);
  for (auto _ : state) {
    benchmark::DoNotOptimize(request);
    benchmark::DoNotOptimize(policy(request));
  }
}

void decide_route(benchmark::State& state, std::size_t user) {
  const Program& program = article().program();
  const Target route = Target::resolve(program, kResource, kAction);
  SlotView slots = article().slots(user);
  for (auto _ : state) {
    benchmark::DoNotOptimize(slots);
    Decision decision = decide(program, route, slots);
    benchmark::DoNotOptimize(decision);
  }
}

void decide_by_names(benchmark::State& state, std::size_t user) {
  const Program& program = article().program();
  std::string resource(kResource);
  std::string action(kAction);
  SlotView slots = article().slots(user);
  for (auto _ : state) {
    benchmark::DoNotOptimize(resource);
    benchmark::DoNotOptimize(action);
    benchmark::DoNotOptimize(slots);
    Decision decision = decide(program, Target::resolve(program, resource, action), slots);
    benchmark::DoNotOptimize(decision);
  }
}

void decide_policy(benchmark::State& state, std::size_t user) {
  const Program& program = article().program();
  const Target policy = Target::resolve_policy(program, "approve_orders").value();
  SlotView slots = article().slots(user);
  for (auto _ : state) {
    benchmark::DoNotOptimize(slots);
    Decision decision = decide(program, policy, slots);
    benchmark::DoNotOptimize(decision);
  }
}

// What `eval` does on top of decide.
void decide_with_details(benchmark::State& state, std::size_t user) {
  const Program& program = article().program();
  const Target route = Target::resolve(program, kResource, kAction);
  const SlotView slots = article().slots(user);
  for (auto _ : state) {
    const Decision decision = decide(program, route, slots);
    benchmark::DoNotOptimize(missing_attributes(program, route, slots, decision));
  }
}

void register_all(const char* what, void (*run)(benchmark::State&, std::size_t)) {
  for (std::size_t i = 0; i < kUsers.size(); ++i) {
    benchmark::RegisterBenchmark((std::string(what) + "/" + std::string(kUsers[i].name)).c_str(),
                                 run, i);
  }
}

[[maybe_unused]] const bool is_registered = [] {
  check_answers();
  register_all("by_hand", by_hand);
  register_all("decide_route", decide_route);
  register_all("decide_policy", decide_policy);
  register_all("decide_by_names", decide_by_names);
  register_all("decide_with_details", decide_with_details);
  return true;
}();

}  // namespace
}  // namespace verdict::bench
