#include "vm/functions/lowering.h"

#include "vm/program/constant.h"

namespace verdict {
namespace {

// The test with a constant, the one with an attribute.
struct TestPair {
  Op constant;
  Op variable;
  bool is_negated = false;
};

TestPair find_tests(Function function, Kind attribute) {
  const bool is_number = element_of(attribute) == Kind::Number;
  switch (function) {
    case Function::IsNull:
      return {Op::IsNullT, Op::IsNullT};
    case Function::BooleanEqual:
      return {Op::BooleanEqualT, Op::BooleanEqualVarT};
    case Function::StringEqual:
      return {Op::StringEqualT, Op::StringEqualVarT};
    case Function::StringIn:
      return {Op::StringInT, Op::StringInVarT};
    case Function::NumberEqual:
      return {Op::NumberEqualT, Op::NumberEqualVarT};
    case Function::NumberIn:
      return {Op::NumberInT, Op::NumberInVarT};
    case Function::NumberLess:
      return {Op::NumberLessT, Op::NumberLessVarT};
    case Function::NumberLessEqual:
      return {Op::NumberLessEqualT, Op::NumberLessEqualVarT};
    case Function::NumberGreater:
      return {Op::NumberLessEqualT, Op::NumberLessEqualVarT, true};
    case Function::NumberGreaterEqual:
      return {Op::NumberLessT, Op::NumberLessVarT, true};
    case Function::NumberBetween:
      return {Op::NumberBetweenT, Op::NumberBetweenT};
    case Function::ListContains:
      if (is_number) return {Op::ListContainsNumberT, Op::ListContainsNumberVarT};
      return {Op::ListContainsStringT, Op::ListContainsStringVarT};
  }
  return {Op::IsNullT, Op::IsNullT};
}

}  // namespace

LoweredTest lower(Function function, Kind attribute, OperandForm form) {
  const TestPair tests = find_tests(function, attribute);
  return {form == OperandForm::Attribute ? tests.variable : tests.constant, tests.is_negated};
}

std::uint32_t lower_operand(std::span<const ConstantRecord> constants, OperandForm form,
                            std::uint32_t operand) {
  if (form != OperandForm::Constant) return operand;
  const ConstantRecord& constant = constants[operand];
  const ConstantType type = type_of(constant);
  const bool is_immediate =
      type.shape == Shape::One && (is_text(type.kind) || type.kind == Kind::Boolean);
  return is_immediate ? static_cast<std::uint32_t>(constant.payload) : operand;
}

}  // namespace verdict
