// V14 to V24 and V26: what the loader proves about the code.
#include <algorithm>
#include <cstddef>

#include "tests/vm/verify/loader_cases.h"
#include "vm/program/constant.h"
#include "vm/program/opcode.h"

namespace verdict::testing {
namespace {

// A program of one policy with an Allow and a Deny rule, whose function is `code`; and a route that
// runs `route`.
std::string program_with(std::string_view code, std::string_view route,
                         std::string_view registers = "2") {
  return ".program registers 2\n"
         ".constants\n  string \"x\"\n  number 1\n  number set 1\n  string set \"x\"\n  "
         "number range 1, 1\n"
         ".attributes\n  text string claim\n  size number claim\n  yes boolean claim\n  texts "
         "string_list claim\n"
         "  sizes number_list claim\n  seen presence claim\n  when timestamp claim\n"
         ".policies\n  p Deny deny_overrides #0 rules #0+2\n  q Deny deny_overrides #1 rules #2+1\n"
         ".resources\n  \"things\" routes #0+1\n.routes\n  \"use\" function #2 permissions "
         "#0+1\n.permissions\n  p 0\n"
         ".rule \"a\" Allow p\n  all {\n  }\n.rule \"d\" Deny p\n  all {\n  }\n.rule \"other\" "
         "Allow q\n  all {\n  }\n"
         ".function policy p\n" +
         std::string(code) +
         "\n.function policy q\n  allow \"other\"\n"
         ".function route #0 registers " +
         std::string(registers) + "\n" + std::string(route) + "\n";
}
constexpr std::string_view kRoute = "call r0, p\ndeny_if r0\nallow_if r0\notherwise Deny, p";
constexpr std::string_view kCode = "otherwise Deny, p";

void expect_code_accepted(std::string_view code) {
  SCOPED_TRACE(code);
  expect_accepted(must_assemble(program_with(code, kRoute)));
}
void expect_code_refused(std::string_view code, LoadError error) {
  SCOPED_TRACE(code);
  expect_refused(must_assemble(program_with(code, kRoute)), error);
}
void expect_route_refused(std::string_view route, LoadError error) {
  SCOPED_TRACE(route);
  expect_refused(must_assemble(program_with(kCode, route)), error);
}
void expect_route_accepted(std::string_view route) {
  SCOPED_TRACE(route);
  expect_accepted(must_assemble(program_with(kCode, route)));
}

TEST(LoaderChecklist, V14_UnknownOpcode) {
  expect_code_accepted(kCode);
  for (std::size_t op = kNumOpcodes; op < 256; ++op) {
    if (is_general(static_cast<std::uint8_t>(op)) && find_asked(static_cast<std::uint8_t>(op)))
      continue;
    expect_code_refused("raw " + std::to_string(op) + " 0 0 0 0\n" + std::string(kCode),
                        LoadError::InstructionForm);
  }
}

// Every field that a row does not use is 0.
TEST(LoaderChecklist, V14_UnusedFields) {
  expect_code_accepted("raw 3 0 0 0 0");
  expect_code_refused("raw 3 0 1 0 0", LoadError::InstructionForm);
  expect_code_refused("raw 3 0 0 0 1", LoadError::InstructionForm);
  expect_code_refused("raw 1 1 0 0 0", LoadError::InstructionForm);
  expect_code_refused("raw 1 0 65535 0 0", LoadError::InstructionForm);
  expect_code_refused("raw 1 0 0 0 4294967295", LoadError::InstructionForm);
  expect_code_refused("raw 0 0 0 1 1\n" + std::string(kCode), LoadError::InstructionForm);
}

TEST(LoaderChecklist, V14_BooleanAndEffectFields) {
  expect_code_accepted("boolean_equal.t yes, #1 -> L\notherwise Deny, p\nL:\nallow \"a\"");
  expect_code_refused("boolean_equal.t yes, #2 -> L\notherwise Deny, p\nL:\nallow \"a\"",
                      LoadError::InstructionForm);
  expect_code_refused("otherwise #2, p", LoadError::InstructionForm);
}

TEST(LoaderChecklist, V15_RegisterRange) {
  expect_route_accepted(kRoute);
  expect_route_refused("call r2, p\notherwise Deny, p", LoadError::RegisterRange);
  expect_route_refused("call r0, p\ndeny_if r255\notherwise Deny, p", LoadError::RegisterRange);
  expect_route_refused("call r0, p\nkeep r0, #65535\notherwise Deny, p", LoadError::RegisterRange);
  expect_code_refused("deny_if r0\notherwise Deny, p", LoadError::RegisterRange);
}

std::string test_and_end(std::string_view test) {
  return std::string(test) + " -> L\notherwise Deny, p\nL:\nallow \"a\"";
}

TEST(LoaderChecklist, V16_ConstantsExistAndFit) {
  expect_code_accepted(test_and_end("number_equal.t size, #1"));
  expect_code_refused(test_and_end("number_equal.t size, #5"), LoadError::ConstantOperand);
  expect_code_refused(test_and_end("number_equal.t size, #4294967295"), LoadError::ConstantOperand);
  expect_code_refused(test_and_end("string_equal.t text, #4096"), LoadError::ConstantOperand);
}

// Every test against every kind of constant: accepted exactly where its row says so.
TEST(LoaderChecklist, V16_EveryTestWithEveryConstant) {
  const auto program = must_load(must_assemble(program_with(kCode, kRoute)));
  std::size_t num_cases = 0;
  for (const OpcodeRow& row : kOpcodeRows) {
    if (row.b.kind != OperandKind::Constant) continue;
    const auto attributes = program->view().Attributes;
    const auto attribute =
        std::find_if(attributes.begin(), attributes.end(), [&row](const AttributeRecord& record) {
          return row.a.attribute_kinds.contains(static_cast<Kind>(record.kind));
        });
    for (std::size_t constant = 0; constant < program->view().Constants.size();
         ++constant, ++num_cases) {
      const std::string text = test_and_end(std::string(row.mnemonic) + ".t #" +
                                            std::to_string(attribute - attributes.begin()) + ", #" +
                                            std::to_string(constant));
      const bool fits = type_of(program->view().Constants[constant]) == row.b.constant;
      if (fits) expect_code_accepted(text);
      if (!fits) expect_code_refused(text, LoadError::ConstantOperand);
    }
  }
  EXPECT_EQ(num_cases, 7U * 5U);
}

// A constant of those programs that fits the row.
std::string right_constant(const OpcodeRow& row, const ProgramView& view) {
  std::size_t i = 0;
  while (type_of(view.Constants[i]) != row.b.constant) ++i;
  return "#" + std::to_string(i);
}

// Every test against every kind of attribute, in a and where b is one.
TEST(LoaderChecklist, V17_EveryTestWithEveryAttribute) {
  const auto program = must_load(must_assemble(program_with(kCode, kRoute)));
  const auto attributes = program->view().Attributes;
  for (const OpcodeRow& row : kOpcodeRows) {
    if (!row.is_test) continue;
    const auto kind_of = [&](std::size_t i) { return static_cast<Kind>(attributes[i].kind); };
    for (std::size_t a = 0; a <= attributes.size(); ++a) {
      const std::size_t last_b = row.b.kind == OperandKind::Attribute ? attributes.size() : 0;
      for (std::size_t b = 0; b <= last_b; ++b) {
        std::string text = std::string(row.mnemonic) + ".fu #" + std::to_string(a);
        if (row.b.kind == OperandKind::Attribute) text += ", #" + std::to_string(b);
        const bool fits_a = a < attributes.size() && row.a.attribute_kinds.contains(kind_of(a));
        const bool fits_b =
            last_b == 0 || (b < attributes.size() && row.b.attribute_kinds.contains(kind_of(b)));
        if (row.b.kind == OperandKind::Boolean) text += ", true";
        if (row.b.kind == OperandKind::String) text += ", \"x\"";
        if (row.b.kind == OperandKind::Constant)
          text += ", " + right_constant(row, program->view());
        if (fits_a && fits_b) expect_code_accepted(test_and_end(text));
        if (!fits_a || !fits_b)
          expect_code_refused(test_and_end(text), LoadError::AttributeOperand);
      }
    }
  }
}

TEST(LoaderChecklist, V18_JumpsLeadForwardWithinTheFunction) {
  expect_code_accepted("goto #1\notherwise Deny, p");
  expect_code_refused("goto #0\notherwise Deny, p", LoadError::Jump);           // itself
  expect_code_refused("goto #1\ngoto #0\notherwise Deny, p", LoadError::Jump);  // back
  expect_code_refused("goto #1\nis_null.t text -> #1\notherwise Deny, p",
                      LoadError::Jump);                                // itself
  expect_code_refused("goto #2\notherwise Deny, p", LoadError::Jump);  // behind the function
  expect_code_refused("goto #4294967295\notherwise Deny, p", LoadError::Jump);
  expect_route_refused("goto #0\ncall r0, p\notherwise Deny, p",
                       LoadError::Jump);  // into another function
}

TEST(LoaderChecklist, V19_NoFunctionRunsPastItsEnd) {
  expect_code_refused("otherwise Deny, p\nL:\nis_null.t text -> #1", LoadError::Unreachable);
  expect_code_refused("is_null.t text -> L\nL:\nis_null.t text -> M\nM:\nis_null.f text -> M",
                      LoadError::Jump);
  expect_route_refused("call r0, p", LoadError::FallThrough);
  expect_route_refused("call r0, p\ndeny_if r0", LoadError::FallThrough);
  expect_route_refused("call r0, p\ncall r1, p\nkeep r0, r1", LoadError::FallThrough);
}

TEST(LoaderChecklist, V20_RegistersAreWrittenBeforeTheyAreRead) {
  expect_route_refused("deny_if r0\notherwise Deny, p", LoadError::RegisterUnset);
  expect_route_refused("call r0, p\nallow_if r1\notherwise Deny, p", LoadError::RegisterUnset);
  expect_route_refused("call r0, p\nkeep r0, r1\notherwise Deny, p", LoadError::RegisterUnset);
  expect_route_refused("call r1, p\nkeep r0, r1\notherwise Deny, p", LoadError::RegisterUnset);
  expect_route_accepted("call r0, p\ncall r1, q\nkeep r0, r1\ndeny_if r0\notherwise Deny, p");
}

// Written on one of two ways that meet is not written.
TEST(LoaderChecklist, V20_RegistersWhereWaysMeet) {
  expect_route_refused("is_null.t text -> L\ncall r0, p\nL:\ndeny_if r0\notherwise Deny, p",
                       LoadError::RegisterUnset);
  expect_route_accepted(
      "is_null.t text -> L\ncall r0, p\ngoto M\nL:\ncall r0, q\nM:\ndeny_if r0\notherwise Deny, p");
  expect_route_refused(
      "is_null.t text -> L\ncall r0, p\ngoto M\nL:\ncall r1, q\nM:\ndeny_if r0\notherwise Deny, p",
      LoadError::RegisterUnset);
}

TEST(LoaderChecklist, V22_UnreachableCode) {
  expect_code_refused("otherwise Deny, p\nallow \"a\"", LoadError::Unreachable);
  expect_code_refused("allow \"a\"\notherwise Deny, p", LoadError::Unreachable);
  expect_code_refused("goto L\nallow \"a\"\nL:\notherwise Deny, p", LoadError::Unreachable);
}

TEST(LoaderChecklist, V23_Rules) {
  expect_code_accepted("allow \"a\"");
  expect_code_accepted("deny \"d\"");
  expect_code_refused("allow \"d\"", LoadError::Reference);
  expect_code_refused("deny \"a\"", LoadError::Reference);
  expect_code_refused("allow #2", LoadError::Reference);  // of another policy
  expect_code_refused("allow #3", LoadError::Reference);
  expect_code_refused("deny #4294967295", LoadError::Reference);
  expect_route_refused("allow #0", LoadError::Reference);  // a route has no rules
}

TEST(LoaderChecklist, V23_OneDefault) {
  expect_code_refused("otherwise Deny, q", LoadError::Reference);
  expect_code_refused("otherwise Deny, #2", LoadError::Reference);
  expect_code_refused("is_null.t text -> L\notherwise Deny, p\nL:\notherwise Deny, p",
                      LoadError::Reference);
  expect_route_accepted("call r0, p\nallow_if r0\notherwise Allow, q");
  expect_route_refused("call r0, p\nallow_if r0\notherwise Allow, #2", LoadError::Reference);
}

// Calls do not nest, so that the evaluator needs no stack.
TEST(LoaderChecklist, V23_Calls) {
  expect_route_refused("call r0, #2\notherwise Deny, p", LoadError::Reference);
  expect_route_refused("call r0, #3\notherwise Deny, p", LoadError::Reference);
  const std::string calls = replaced(program_with("call r0, q\notherwise Deny, p", kRoute),
                                     ".function policy p", ".function policy p registers 1");
  expect_refused(must_assemble(calls), LoadError::Reference);
}

TEST(LoaderChecklist, V24_FeaturesAndLanguage) {
  for (unsigned bit = 0; bit < 32; ++bit) {
    expect_refused(good_with_patch<std::uint32_t>(offsetof(FileHeader, features), 1U << bit),
                   LoadError::Feature);
  }
  expect_refused(good_with_patch<std::uint32_t>(offsetof(FileHeader, language), 0),
                 LoadError::Feature);
  expect_refused(good_with_patch<std::uint32_t>(offsetof(FileHeader, language), 2),
                 LoadError::Feature);
  expect_refused(must_assemble(good_text() + "\n.index\n  1\n"), LoadError::Feature);
}

TEST(LoaderChecklist, V26_LongestPath) {
  const auto path_of = [](std::string_view code) {
    return must_load(must_assemble(program_with(code, kRoute)))->longest_path(FunctionId(0));
  };
  EXPECT_EQ(path_of("otherwise Deny, p"), 1U);
  EXPECT_EQ(path_of("goto L\nL:\notherwise Deny, p"), 2U);
  EXPECT_EQ(path_of("is_null.t text -> L\nis_null.t text -> L\notherwise Deny, p\nL:\nallow \"a\""),
            3U);
  EXPECT_EQ(path_of("is_null.t text -> L\ngoto M\nL:\nis_null.t text -> M\nis_null.t text -> "
                    "M\nM:\notherwise Deny, p"),
            4U);
}

// A call costs itself and what it calls.
TEST(LoaderChecklist, V26_LongestPathOfARoute) {
  const auto program =
      must_load(must_assemble(program_with("goto L\nL:\notherwise Deny, p", kRoute)));
  EXPECT_EQ(program->longest_path(FunctionId(1)), 1U);
  EXPECT_EQ(program->longest_path(FunctionId(2)), 4U + 2U);
  EXPECT_EQ(program->longest_path(), 6U);
}

}  // namespace
}  // namespace verdict::testing
