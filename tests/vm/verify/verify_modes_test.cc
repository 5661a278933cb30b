// Every general opcode with every mode byte, on every kind of attribute: what the loader accepts is
// what the rows say.
#include <array>
#include <cstring>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/budget.h"
#include "tests/vm/program/every_test.h"
#include "tests/vm/verify/loader_cases.h"
#include "vm/program/builder.h"
#include "vm/program/constant.h"
#include "vm/program/opcode.h"
#include "vm/verify/verify.h"

namespace verdict::testing {
namespace {

// One attribute of each kind.
std::string program_text() {
  std::string text = ".strings\n  \"x\"\n  \"y\"\n  \"/x\"\n  \"/y\"\n.constants\n" +
                     AllConstants().text() + ".attributes\n";
  for (const KindRow& row : kKinds) {
    if (!row.is_of_attributes) continue;
    text += "  a_" + std::string(row.spelling) + " " + std::string(row.spelling) + " claim" +
            (row.kind == Kind::Enum
                 ? " values #" + std::to_string(AllConstants().find({Kind::String, Shape::List}))
                 : "") +
            "\n";
  }
  return text +
         ".policies\n  p Deny deny_overrides #0 rules #0+1\n.rule \"r\" Allow p\n all {\n }\n"
         ".function policy p\n  is_null.t a_string -> L\n  otherwise Deny, p\nL:\n  allow \"r\"\n";
}

// That program with another first instruction.
class Changed {
 public:
  Changed() : bytes_(must_assemble(program_text())) {
    const auto program = must_load(bytes_);
    num_constants_ = program->view().Constants.size();
    for (const ConstantRecord& constant : program->view().Constants)
      types_.push_back(type_of(constant));
    offset_ = static_cast<std::size_t>(offset_of(program->view(), Section::Code, 0));
  }

  [[nodiscard]] std::size_t num_constants() const { return num_constants_; }
  [[nodiscard]] ConstantType type(std::size_t constant) const { return types_[constant]; }

  bool is_accepted(const Instruction& instruction) {
    std::memcpy(bytes_.data() + offset_, &instruction, sizeof(instruction));
    seal(bytes_);
    return Program::load(bytes_).has_value();
  }

 private:
  FileBytes bytes_;
  std::size_t offset_ = 0;
  std::size_t num_constants_ = 0;
  std::vector<ConstantType> types_;
};

// What the tables say, put otherwise than the loader has it.
bool is_right_mode(const FunctionRow& row, OperandForm form, unsigned mode, Kind attribute) {
  const unsigned on_null = (mode >> 3U) & 3U;
  const unsigned quantifier = (mode >> 5U) & 3U;
  const bool negates = (mode & 0x80U) != 0;
  if ((mode & 4U) != 0 || on_null == 3 || quantifier == 3) return false;
  if (row.function == Function::IsNull) return on_null == 1 && quantifier == 0 && !negates;
  if (form == OperandForm::Attribute && on_null != 0) return false;
  if (quantifier == 0) return !negates && row.reads.contains(attribute);
  const bool is_list_of_it = (attribute == Kind::StringList && row.reads.contains(Kind::String)) ||
                             (attribute == Kind::NumberList && row.reads.contains(Kind::Number));
  return is_list_of_it;
}

// An operand that fits; nothing where the function does not have that form.
std::optional<std::uint32_t> right_operand(const Changed& program, const FunctionRow& row,
                                           OperandForm form) {
  if (form == OperandForm::Attribute) {
    for (std::uint32_t i = 0; i < kNumKinds; ++i) {
      if (variable_operand(row).contains(static_cast<Kind>(i))) return i;
    }
    return std::nullopt;
  }
  if (row.operand == OperandShape::None) return 0;
  for (std::uint32_t i = 0; i < program.num_constants(); ++i) {
    if (program.type(i) == constant_operand(row)) return i;
  }
  return std::nullopt;
}

constexpr std::uint32_t kNumAttributes = KindSet::all().size();

TEST(LoaderModes, EveryModeOfEveryFunctionOnEveryKind) {
  Changed program;
  std::size_t num_accepted = 0;
  for (const FunctionRow& row : kFunctions) {
    for (const OperandForm form : {OperandForm::Constant, OperandForm::Attribute}) {
      const auto operand = right_operand(program, row, form);
      ASSERT_TRUE(operand || form == OperandForm::Attribute) << row.spelling;
      for (std::uint32_t attribute = 0; attribute < kNumAttributes; ++attribute) {
        for (unsigned mode = 0; mode < 256; mode += kIsSanitized ? 5 : 1) {
          const bool is_accepted =
              program.is_accepted({general_op(row.function, form), static_cast<U8>(mode),
                                   static_cast<std::uint16_t>(attribute), operand.value_or(0), 2U});
          const bool is_right =
              operand && is_right_mode(row, form, mode, static_cast<Kind>(attribute));
          ASSERT_EQ(is_accepted, is_right)
              << row.spelling << " mode " << mode << " attribute " << attribute;
          num_accepted += is_accepted ? 1U : 0U;
        }
      }
    }
  }
  EXPECT_GT(num_accepted, kIsSanitized ? 100U : 500U);
}

// With the mode that a function without quantifier has.
TEST(LoaderModes, EveryOperandOfEveryFunction) {
  Changed program;
  for (const FunctionRow& row : kFunctions) {
    std::uint16_t attribute = 0;
    while (!row.reads.contains(static_cast<Kind>(attribute))) ++attribute;
    const U8 mode = plain_mode(row.function).bits();
    for (std::uint32_t i = 0; i <= program.num_constants(); ++i) {
      const bool fits =
          row.operand == OperandShape::None
              ? i == 0
              : i < program.num_constants() && program.type(i) == constant_operand(row);
      EXPECT_EQ(program.is_accepted(
                    {general_op(row.function, OperandForm::Constant), mode, attribute, i, 2U}),
                fits)
          << row.spelling << " constant " << i;
    }
    for (std::uint32_t i = 0; i <= kNumAttributes; ++i) {
      const bool fits = i < kNumAttributes && variable_operand(row).contains(static_cast<Kind>(i));
      EXPECT_EQ(program.is_accepted(
                    {general_op(row.function, OperandForm::Attribute), mode, attribute, i, 2U}),
                fits)
          << row.spelling << " attribute " << i;
    }
  }
}

}  // namespace
}  // namespace verdict::testing
