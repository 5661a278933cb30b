// One test of each condition function, as a decision of a policy that asks nothing else, beside the
// same test by hand. Names: <what>/<function>/<hit or miss>; `asks_nothing` is what a decision and
// a call cost without any test. The rows of functions.def say what is measured.
#include <deque>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "bench/function_examples.h"
#include "bench/workspace.h"
#include "runtime/engine/decide.h"

namespace verdict::bench {
namespace {

// A question, once for the program and once by hand.
struct Question {
  std::string name;
  Target target;
  SlotView slots;
  HandTest by_hand;
  HandClaims claims;
  bool is_hit;
};

std::string policies_of(const std::vector<FunctionExample>& examples) {
  std::string json =
      R"([{"name":"asks_nothing","specification":{"rules":[],"default":{"effect":"Deny"}}})";
  for (const FunctionExample& example : examples)
    json += "," + policy_json(name_of(example), condition_of(example));
  return json + "]";
}

class Questions {
 public:
  Questions() {
    for (const FunctionExample& example : examples_) {
      add(name_of(example), claims_of(example, true), example.by_hand, true);
      add(name_of(example), claims_of(example, false), example.by_hand, false);
    }
    add(
        "asks_nothing", "{}", [](const HandClaims&) { return false; }, false);
  }

  [[nodiscard]] const Program& program() const { return *program_; }
  [[nodiscard]] const std::deque<Question>& all() const { return questions_; }

 private:
  void add(const std::string& policy, const std::string& claims, HandTest by_hand, bool is_hit) {
    const auto target = Target::resolve_policy(*program_, policy);
    if (!target) give_up("no policy " + policy);
    const SlotView slots = bound_.emplace_back(*program_, claims, kNowOfExamples).view();
    questions_.push_back({policy + (is_hit ? "/hit" : "/miss"), *target, slots, by_hand,
                          hand_claims(*program_, slots), is_hit});
  }

  std::vector<FunctionExample> examples_ = function_examples();
  std::shared_ptr<const Program> program_ =
      load_or_give_up(compile_workspace(provider_of_examples(), policies_of(examples_)));
  std::deque<BoundClaims> bound_;  // the slots point into what they read
  std::deque<Question> questions_;
};

const Questions& questions() {
  static const Questions instance;
  return instance;
}

// What is fast and wrong is not measured.
void check_answers() {
  for (const Question& asked : questions().all()) {
    const Decision decision = decide(questions().program(), asked.target, asked.slots);
    if (decision.allowed() != asked.is_hit) give_up("wrong decision for " + asked.name);
    if (asked.by_hand(asked.claims) != asked.is_hit) give_up("wrong by hand for " + asked.name);
  }
}

void by_hand(benchmark::State& state, const Question* asked) {
  const volatile HandTest hidden = asked->by_hand;
  const HandTest test = hidden;
  const HandClaims* claims = &asked->claims;
  for (auto _ : state) {
    benchmark::DoNotOptimize(claims);
    benchmark::DoNotOptimize(test(*claims));
  }
}

void decide_policy(benchmark::State& state, const Question* asked) {
  const Program& program = questions().program();
  SlotView slots = asked->slots;
  for (auto _ : state) {
    benchmark::DoNotOptimize(slots);
    Decision decision = decide(program, asked->target, slots);
    benchmark::DoNotOptimize(decision);
  }
}

[[maybe_unused]] const bool is_registered = [] {
  check_answers();
  for (const Question& asked : questions().all()) {
    benchmark::RegisterBenchmark(("by_hand/" + asked.name).c_str(), by_hand, &asked);
    benchmark::RegisterBenchmark(("decide/" + asked.name).c_str(), decide_policy, &asked);
  }
  return true;
}();

}  // namespace
}  // namespace verdict::bench
