// V08 and V29: programs that are large, and files that were made to be slow. Time and memory grow
// with the file.
#include <array>

#include <gtest/gtest.h>

#include "tests/support/budget.h"
#include "tests/support/growth.h"
#include "tests/support/scalars.h"
#include "tests/vm/verify/loader_cases.h"
#include "vm/assembly/disassemble.h"
#include "vm/base/hash.h"
#include "vm/program/opcode.h"

namespace verdict::testing {
namespace {

Instruction instruction(Op op, std::uint8_t r, std::uint16_t a, std::uint32_t b, std::uint32_t t) {
  return {static_cast<U8>(op), r, a, b, t};
}

AttributeRecord attribute(ProgramBuilder& builder, const std::string& name, Kind kind,
                          std::uint32_t values = kNone) {
  return {builder.intern(name).value(),
          static_cast<U8>(kind),
          static_cast<U8>(AttributeSource::Claim),
          0,
          0,
          values};
}

// One policy: for each of `count` rules, Allow where the role equals a text of its own.
FileBytes program_of_rules(std::uint32_t count) {
  ProgramBuilder builder;
  ProgramTables& tables = builder.tables;
  tables.Attributes.push_back(attribute(builder, "ext_role", Kind::String));
  const std::uint32_t file = builder.intern("policies/large.json").value();
  const std::uint32_t policy = builder.intern("large").value();
  tables.Policies.push_back({policy, 0U, 0U, count, 0, 0, {}});
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::string text = "role number " + std::to_string(i);
    const ConstantId constant = builder.add(Kind::String, text);
    tables.Code.push_back(
        instruction(Op::StringEqualT, 0, 0, builder.intern(text).value(), count + 1 + i));
    tables.CodeMap.push_back(2 * i + 1);
    tables.Rules.push_back(
        {builder.intern("rule " + std::to_string(i)).value(), 0U, kNone, 2 * i, 2U, 1, {}});
    tables.Conditions.push_back({static_cast<U8>(ConditionKind::All), 0, 0, 0, 0U, 0U, 2 * i + 2});
    tables.Conditions.push_back({static_cast<U8>(ConditionKind::Test), 3, 0,
                                 static_cast<U8>(OperandForm::Constant), 0U, constant.value(),
                                 2 * i + 2});
  }
  tables.Code.push_back(instruction(Op::Otherwise, 0, 0, 0, 0));
  for (std::uint32_t i = 0; i < count; ++i)
    tables.Code.push_back(instruction(Op::Allow, 0, 0, i, 0));
  tables.CodeMap.resize(tables.Code.size(), U32(kNone));
  tables.Functions.push_back({0U, static_cast<std::uint32_t>(tables.Code.size()), 0U, 0, 0, {}});
  for (std::uint32_t i = 0; i < 3 * count; ++i) tables.Locations.push_back({file, i + 1, 7U});
  return std::move(builder).finish();
}

TEST(LargePrograms, AHundredThousandRules) {
  constexpr auto kRules = static_cast<std::uint32_t>(scaled(100'000));
  const FileBytes bytes = program_of_rules(kRules);
  const auto program = must_load(bytes);
  EXPECT_EQ(program->view().Rules.size(), kRules);
  EXPECT_EQ(program->longest_path(), kRules + 1);
  const std::string listing = disassemble(*program);
  EXPECT_GT(listing.size(), bytes.size() / 4);
  EXPECT_EQ(must_assemble(listing), bytes);
}

// ---- files that are as bad as they can be, of a size that can be chosen

// Providers that all claim all mappings.
FileBytes shared_mappings(std::uint32_t size) {
  ProgramBuilder builder;
  builder.tables.Attributes.push_back(attribute(builder, "a", Kind::String));
  const std::uint32_t name = builder.intern("p").value();
  for (std::uint32_t i = 0; i < size; ++i) {
    builder.tables.Mappings.push_back({0U, name, 0U, 0U, kNone, 0U, 0U, 0, {}});
    builder.tables.Providers.push_back({name, name, kNone, 0U, size, 0U, 0U});
  }
  return std::move(builder).finish();
}

// Enums that share one long list of values, each with a default.
FileBytes shared_enum_values(std::uint32_t size) {
  ProgramBuilder builder;
  std::vector<std::string> values;
  for (std::uint32_t i = 0; i < size; ++i) values.push_back("v" + std::to_string(i));
  const std::uint32_t list = builder.add(Kind::String, Shape::List, scalars(values)).value();
  const std::uint32_t last = builder.add(Kind::String, values.back()).value();
  for (std::uint32_t i = 0; i < size; ++i) {
    builder.tables.Attributes.push_back(
        attribute(builder, "a" + std::to_string(i), Kind::Enum, list));
    builder.tables.Mappings.push_back({i, 0U, 0U, 0U, last, 0U, 0U, 0, {}});
  }
  return std::move(builder).finish();
}

// Strings whose hashes share their low bits, so that each probe of the index meets all of them.
FileBytes colliding_strings(std::uint32_t size) {
  ProgramBuilder builder;
  for (std::uint64_t i = 0, found = 0; found < size; ++i) {
    const std::string text = std::to_string(i);
    if ((hash_text(text) & 31U) != 0) continue;  // about 16 begin on one slot: near the bound
    builder.intern(text);
    ++found;
  }
  return std::move(builder).finish();
}

// A chain of jumps into one place, in a function with all registers.
FileBytes long_jumps(std::uint32_t size) {
  ProgramBuilder builder;
  ProgramTables& tables = builder.tables;
  tables.num_registers = 255;
  tables.Attributes.push_back(attribute(builder, "a", Kind::String));
  tables.Policies.push_back({builder.intern("p").value(), 0U, 0U, 0U, 0, 0, {}});
  for (std::uint32_t i = 0; i < size; ++i)
    tables.Code.push_back(instruction(Op::IsNullT, 0, 0, 0, size));
  tables.Code.push_back(instruction(Op::Otherwise, 0, 0, 0, 0));
  tables.Functions.push_back({0U, size + 1, 0U, 0, 255, {}});
  return std::move(builder).finish();
}

// As many functions as there can be.
FileBytes tiny_functions(std::uint32_t size) {
  ProgramBuilder builder;
  ProgramTables& tables = builder.tables;
  tables.num_registers = 255;
  for (std::uint32_t i = 0; i < size; ++i) {
    tables.Policies.push_back({builder.intern(std::to_string(i)).value(), i, 0U, 0U, 0, 0, {}});
    tables.Code.push_back(instruction(Op::Otherwise, 0, 0, i, 0));
    tables.Functions.push_back({i, 1U, i, 0, 255, {}});
  }
  return std::move(builder).finish();
}

// Routes that share all permissions.
FileBytes shared_permissions(std::uint32_t size) {
  ProgramBuilder builder;
  ProgramTables& tables = builder.tables;
  tables.Policies.push_back({builder.intern("p").value(), 0U, 0U, 0U, 0, 0, {}});
  tables.Code.push_back(instruction(Op::Otherwise, 0, 0, 0, 0));
  tables.Functions.push_back({0U, 1U, 0U, 0, 0, {}});
  for (std::uint32_t i = 0; i < size; ++i) {
    tables.Routes.push_back({builder.intern(std::to_string(i)).value(), 0U, 0U, size});
    tables.Permissions.push_back({0U, 0U});
  }
  tables.Resources.push_back({0U, 0U, 0U, 0U, size});
  return std::move(builder).finish();
}

// Lists of numbers that all use the same words.
FileBytes shared_words(std::uint32_t size) {
  ProgramBuilder builder;
  builder.add(Kind::Number, Shape::List, scalars(size, Number::from_integer(1)));
  for (std::uint32_t i = 0; i < size; ++i) {
    builder.tables.Constants.push_back(
        {static_cast<U8>(Kind::Number), static_cast<U8>(Shape::List), 0, 0, size, 0U});
  }
  return std::move(builder).finish();
}

// One rule that is a flat list, and groups as deep as they may be.
FileBytes wide_rule(std::uint32_t size) {
  ProgramBuilder builder;
  ProgramTables& tables = builder.tables;
  tables.Attributes.push_back(attribute(builder, "a", Kind::String));
  tables.Policies.push_back({builder.intern("p").value(), 0U, 0U, 1U, 0, 0, {}});
  tables.Rules.push_back({0U, 0U, kNone, 0U, size + 1, 1, {}});
  tables.Conditions.push_back({static_cast<U8>(ConditionKind::All), 0, 0, 0, 0U, 0U, size + 1});
  for (std::uint32_t i = 0; i < size; ++i) {
    tables.Conditions.push_back({static_cast<U8>(ConditionKind::Test), 1, 0, 0, 0U, 0U, i + 2});
  }
  tables.Code.push_back(instruction(Op::Otherwise, 0, 0, 0, 0));
  tables.Functions.push_back({0U, 1U, 0U, 0, 0, {}});
  return std::move(builder).finish();
}

struct WorstFile {
  std::string_view name;
  FileBytes (*make)(std::uint32_t size);
  bool is_accepted;
};
constexpr std::array kWorstFiles = {
    WorstFile{"shared mappings", shared_mappings, false},
    WorstFile{"shared enum values", shared_enum_values, true},
    WorstFile{"colliding strings", colliding_strings, true},
    WorstFile{"long jumps", long_jumps, true},
    WorstFile{"tiny functions", tiny_functions, true},
    WorstFile{"shared permissions", shared_permissions, false},
    WorstFile{"shared words", shared_words, false},
    WorstFile{"wide rule", wide_rule, true},
    WorstFile{"many rules", program_of_rules, true},
};

TEST(LoaderChecklist, V29_TimeIsLinearInTheFile) {
  constexpr std::uint32_t kSmall = 2000;
  constexpr std::uint32_t kFactor = 16;
  for (const WorstFile& file : kWorstFiles) {
    SCOPED_TRACE(file.name);
    const FileBytes small = file.make(kSmall);
    const FileBytes large = file.make(kSmall * kFactor);
    EXPECT_EQ(load_result(large).empty(), file.is_accepted) << load_result(large);
    expect_linear_growth(
        static_cast<double>(large.size()) / static_cast<double>(small.size()),
        [&small] { (void)Program::load(small); }, [&large] { (void)Program::load(large); });
  }
}

}  // namespace
}  // namespace verdict::testing
