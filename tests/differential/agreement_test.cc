// The reference evaluator and the VM agree on generated workspaces and requests.
#include <algorithm>
#include <cstdlib>

#include <gtest/gtest.h>

#include "tests/differential/generate.h"
#include "tests/differential/request.h"
#include "tests/differential/trial.h"
#include "tests/support/budget.h"

namespace verdict::differential {
namespace {

// VERDICT_DIFFERENTIAL_POLICIES asks for more, or fewer.
std::uint64_t num_policies() {
  const char* asked = std::getenv("VERDICT_DIFFERENTIAL_POLICIES");
  if (asked != nullptr) return std::strtoull(asked, nullptr, 10);
  return testing::scaled(10000);
}

std::uint64_t count_tests(const Statistics& statistics, std::string_view spelling,
                          std::optional<Quantifier> quantifier, std::optional<OperandState> state) {
  std::uint64_t count = 0;
  for (std::size_t q = 0; q < kQuantifierSpellings.size(); ++q) {
    for (std::size_t s = 0; s < kOperandStateNames.size(); ++s) {
      const bool is_wanted = (!quantifier || static_cast<std::size_t>(*quantifier) == q) &&
                             (!state || static_cast<std::size_t>(*state) == s);
      if (is_wanted)
        count +=
            statistics.tests(spelling, static_cast<Quantifier>(q), static_cast<OperandState>(s));
    }
  }
  return count;
}

// Each function and its twin met every sort of operand that it can meet, and every quantifier.
void expect_asked(const Statistics& statistics, const FunctionRow& row) {
  for (const std::string_view spelling : {row.spelling, row.twin}) {
    for (std::size_t i = 0; i < kOperandStateNames.size(); ++i) {
      const auto state = static_cast<OperandState>(i);
      // No attribute equals an operand of that kind, or `is_null` answers for null itself.
      const bool can_be_equal = get_kind_row(row.operand_kind).variable != Kind::Presence;
      if (!can_be_equal && state == OperandState::Equal) continue;
      if (row.function == Function::IsNull && state == OperandState::Answered) continue;
      EXPECT_GT(count_tests(statistics, spelling, std::nullopt, state), 0U)
          << spelling << " " << kOperandStateNames.at(i);
    }
  }
}
void expect_asked(const Statistics& statistics, const Way& way) {
  for (const std::string_view spelling : {way.row->spelling, way.row->twin}) {
    EXPECT_GT(count_tests(statistics, spelling, way.quantifier, std::nullopt), 0U)
        << spelling << " " << kQuantifierSpellings.at(static_cast<std::size_t>(way.quantifier));
  }
}

TEST(Agreement, OnGeneratedWorkspaces) {
  Statistics statistics;
  const auto failure =
      run_trials(20240607, 20, statistics, [&] { return statistics.policies() >= num_policies(); });
  ASSERT_FALSE(failure) << *failure;

  EXPECT_GE(statistics.share_allowed(), 20) << statistics.to_text();
  EXPECT_GE(statistics.share_undecidable(), 10) << statistics.to_text();
  if (testing::kIsSanitized) return;  // too few to have met everything
  for (const FunctionRow& row : kFunctions) expect_asked(statistics, row);
  for (const KindRow& kind : kKinds) {
    if (!kind.is_of_attributes) continue;
    for (const Way& way : ways_to_ask(kind.kind)) expect_asked(statistics, way);
  }
}

// How many decisions differ when the reference evaluator is given a module that `spoil` has
// changed.
template <class Spoil>
std::size_t count_differences(const Spoil& spoil) {
  Random random(3);
  std::size_t count = 0;
  for (int trial = 0; trial < 30; ++trial) {
    const Workspace workspace = generate_workspace(random);
    Compiled compiled = compile(to_json(workspace));
    spoil(compiled.module);
    for (int i = 0; i < 10; ++i) {
      const Values values = generate_request(random, workspace).values(workspace, 0);
      const Slots slots = fill(*compiled.program, values);
      for (const Policy& policy : workspace.policies) {
        const auto found = decide_policy_with_vm(*compiled.program, policy.name, slots.view());
        count += decide_policy(compiled.module, policy.name, values) == found ? 0U : 1U;
      }
    }
  }
  return count;
}

// What compares must be able to fail: each of these changes of meaning shows.
TEST(Agreement, EndsWhereTheMeaningsDiffer) {
  EXPECT_EQ(count_differences([](ir::Module&) {}), 0U);
  EXPECT_GT(count_differences([](ir::Module& module) {
              for (ir::Condition& condition : module.conditions)
                condition.is_negated = !condition.is_negated;
            }),
            0U);
  EXPECT_GT(count_differences([](ir::Module& module) {
              for (ir::Policy& policy : module.policies) policy.default_effect = Effect::Allow;
            }),
            0U);
  EXPECT_GT(count_differences([](ir::Module& module) {
              for (ir::Policy& policy : module.policies)
                std::reverse(policy.rules.begin(), policy.rules.end());
            }),
            0U);
  EXPECT_GT(count_differences([](ir::Module& module) {
              for (ir::Attribute& attribute : module.attributes) attribute.name += "?";
            }),
            0U);
}

// The same seed is the same workspace, so that a failure can be seen again.
TEST(Agreement, SeedsRepeat) {
  Statistics first;
  Statistics second;
  ASSERT_FALSE(run_trial(7, 5, first));
  ASSERT_FALSE(run_trial(7, 5, second));
  EXPECT_EQ(first.to_text(), second.to_text());
}

}  // namespace
}  // namespace verdict::differential
