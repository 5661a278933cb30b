#include "vm/verify/verify_tests.h"

#include "vm/verify/verify_records.h"

namespace verdict {
namespace {

Kind kind_of(const ProgramView& view, std::uint32_t attribute) {
  return static_cast<Kind>(view.Attributes[attribute].kind);
}

std::optional<TestFault> find_attribute_fault(const ProgramView& view, const TestParts& test) {
  if (test.attribute >= view.Attributes.size())
    return TestFault{LoadError::AttributeOperand, "no such attribute"};
  if (takes(test.row, kind_of(view, test.attribute), test.quantifier)) return std::nullopt;
  return TestFault{LoadError::AttributeOperand,
                   test.quantifier == Quantifier::Absent
                       ? "the function does not take that attribute"
                       : "a quantifier where there are no elements to ask"};
}

std::optional<TestFault> find_operand_fault(const ProgramView& view, const TestParts& test) {
  const TestFault wrong = {test.form == OperandForm::Attribute ? LoadError::AttributeOperand
                                                               : LoadError::ConstantOperand,
                           "the operand does not fit the function"};
  const bool takes_none = test.row.operand == OperandShape::None;
  bool is_good = false;
  switch (test.form) {
    case OperandForm::None:
      is_good = takes_none && test.operand == 0;
      break;
    case OperandForm::Constant:
      is_good = !takes_none && is_constant(view, test.operand, constant_operand(test.row));
      break;
    case OperandForm::Attribute:
      is_good = test.operand < view.Attributes.size() &&
                variable_operand(test.row).contains(kind_of(view, test.operand));
      break;
  }
  return is_good ? std::nullopt : std::optional(wrong);
}

}  // namespace

std::optional<TestFault> find_fault(const ProgramView& view, const TestParts& test) {
  if (const auto fault = find_attribute_fault(view, test)) return fault;
  if (const auto fault = find_operand_fault(view, test)) return fault;
  if (test.on_null > OnNull::NoMatch)
    return TestFault{LoadError::InstructionForm, "no such truth of null"};
  const bool is_fixed =
      test.form == OperandForm::Attribute || test.row.function == Function::IsNull;
  if (test.on_null != OnNull::Unknown && is_fixed)
    return TestFault{LoadError::InstructionForm, "the truth of null cannot be chosen here"};
  return std::nullopt;
}

}  // namespace verdict
