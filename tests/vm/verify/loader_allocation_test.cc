// V27 and V29: loading takes a fixed number of allocations for a table, and none for a row;
// evaluating takes none.
#include <gtest/gtest.h>

#include "tests/support/counting_new.h"
#include "tests/support/program_slots.h"
#include "tests/vm/program/every_test.h"
#include "tests/vm/verify/loader_cases.h"
#include "vm/explain/explain.h"
#include "vm/interp/evaluate.h"

namespace verdict::testing {
namespace {

// `count` strings, constants, attributes and instructions in one function.
FileBytes program_of_size(std::uint32_t count) {
  std::string text =
      ".attributes\n  a string claim\n.policies\n  p Deny first_match #0\n.function policy p\n";
  for (std::uint32_t i = 0; i < count; ++i)
    text += "string_equal.t a, \"text " + std::to_string(i) + "\" -> end\n";
  return must_assemble(text + "goto end\nend:\notherwise Deny, p\n");
}

std::size_t allocations_of_load(const FileBytes& bytes) {
  const AllocationCount count;
  const auto program = Program::load(bytes);
  const std::size_t now = count.now();
  EXPECT_TRUE(program.has_value());
  return now;
}

TEST(LoaderChecklist, V29_AllocationsDoNotGrowWithTheFile) {
  EXPECT_EQ(allocations_of_load(program_of_size(10)), allocations_of_load(program_of_size(10000)));
  EXPECT_LT(allocations_of_load(program_of_size(10000)), 2 * kNumSections);
}

// Declared sizes reach no allocation before they are checked.
TEST(LoaderChecklist, V27_RefusedSizesAllocateOneCopyAndTheError) {
  const auto refused = good_with_patch<std::uint64_t>(
      section_entry_offset(Section::Code) + offsetof(SectionEntry, size), std::uint64_t{1} << 60U);
  const AllocationCount count;
  EXPECT_NE(load_result(refused), "");
  EXPECT_LT(count.now(), 2 * kNumSections);
}

TEST(LoaderChecklist, V27_EvaluatingAllocatesNothing) {
  const auto program = must_load(good_bytes());
  for (const Filling filling : kFillings) {
    const ProgramSlots slots(*program, filling);
    const AllocationCount count;
    for (std::uint32_t i = 0; i < program->view().Functions.size(); ++i)
      (void)evaluate(*program, FunctionId(i), slots.view());
    EXPECT_EQ(count.now(), 0U);
  }
}

// Each function in each of its forms, but for RE2's own memory.
TEST(LoaderChecklist, V27_EveryFunctionAllocatesNothing) {
  const auto program = must_load(must_assemble(EveryTest().text()));
  const ProgramView& view = program->view();
  for (const Filling filling : kFillings) {
    const ProgramSlots slots(*program, filling);
    for (std::uint32_t i = 0; i < view.Conditions.size(); ++i) {
      const ConditionRecord& node = view.Conditions[i];
      const bool is_test = node.kind == static_cast<U8>(ConditionKind::Test);
      if (!is_test || node.function == static_cast<U8>(Function::StringMatches)) continue;
      const AllocationCount count;
      (void)truth_of_condition(view, slots.view(), i);
      EXPECT_EQ(count.now(), 0U) << find_function(node.function)->spelling;
    }
  }
}

}  // namespace
}  // namespace verdict::testing
