// What each VERDICT_TEST row of opcodes.def computes: the fast forms of functions that are asked
// most.
//
// holds<Op>() is asked only where the operands are known; truth_of_test<Op>() adds Kleene's
// unknown. Inline: this is the decision path. The reference evaluator shares nothing of this file.
#pragma once

#include "vm/functions/compare.h"
#include "vm/functions/frame.h"
#include "vm/program/opcode.h"

namespace verdict {

// `kTest` is the first opcode of its row. INVARIANT: the verifier has proved the operands' kinds.
template <Op kTest>
bool holds(const TestFrame& frame, std::uint32_t a, std::uint32_t b);

template <>
inline bool holds<Op::BooleanEqualT>(const TestFrame& f, std::uint32_t a, std::uint32_t b) {
  return f.slot(a).boolean == (b != 0);
}
template <>
inline bool holds<Op::BooleanEqualVarT>(const TestFrame& f, std::uint32_t a, std::uint32_t b) {
  return f.slot(a).boolean == f.slot(b).boolean;
}
template <>
inline bool holds<Op::StringEqualT>(const TestFrame& f, std::uint32_t a, std::uint32_t b) {
  return f.slot(a).string.id == b;
}
template <>
inline bool holds<Op::StringEqualVarT>(const TestFrame& f, std::uint32_t a, std::uint32_t b) {
  return equal_text(f.slot(a).string, f.slot(b).string);
}
template <>
inline bool holds<Op::StringInT>(const TestFrame& f, std::uint32_t a, std::uint32_t b) {
  return contains_id(f.words(b), f.slot(a).string.id);
}
template <>
inline bool holds<Op::StringInVarT>(const TestFrame& f, std::uint32_t a, std::uint32_t b) {
  return list_contains_text(f.slot(b).list, f.slot(a).string);
}
template <>
inline bool holds<Op::NumberEqualT>(const TestFrame& f, std::uint32_t a, std::uint32_t b) {
  return f.slot(a).number == number_of(f.view, b);
}
template <>
inline bool holds<Op::NumberEqualVarT>(const TestFrame& f, std::uint32_t a, std::uint32_t b) {
  return f.slot(a).number == f.slot(b).number;
}
template <>
inline bool holds<Op::NumberLessT>(const TestFrame& f, std::uint32_t a, std::uint32_t b) {
  return f.slot(a).number < number_of(f.view, b);
}
template <>
inline bool holds<Op::NumberLessVarT>(const TestFrame& f, std::uint32_t a, std::uint32_t b) {
  return f.slot(a).number < f.slot(b).number;
}
template <>
inline bool holds<Op::NumberLessEqualT>(const TestFrame& f, std::uint32_t a, std::uint32_t b) {
  return f.slot(a).number <= number_of(f.view, b);
}
template <>
inline bool holds<Op::NumberLessEqualVarT>(const TestFrame& f, std::uint32_t a, std::uint32_t b) {
  return f.slot(a).number <= f.slot(b).number;
}
template <>
inline bool holds<Op::NumberBetweenT>(const TestFrame& f, std::uint32_t a, std::uint32_t b) {
  const std::span<const U32> range = f.words(b);
  const Number& number = f.slot(a).number;
  return number_of(f.view, range[0]) <= number && number <= number_of(f.view, range[1]);
}
template <>
inline bool holds<Op::NumberInT>(const TestFrame& f, std::uint32_t a, std::uint32_t b) {
  return contains_number(f.view, f.words(b), f.slot(a).number);
}
template <>
inline bool holds<Op::NumberInVarT>(const TestFrame& f, std::uint32_t a, std::uint32_t b) {
  return list_contains_number(f.slot(b).list, f.slot(a).number);
}
template <>
inline bool holds<Op::ListContainsStringT>(const TestFrame& f, std::uint32_t a, std::uint32_t b) {
  const auto elements = elements_of(f.slot(a).list);
  return std::any_of(elements.begin(), elements.end(),
                     [b](const Slot& element) { return element.string.id == b; });
}
template <>
inline bool holds<Op::ListContainsStringVarT>(const TestFrame& f, std::uint32_t a,
                                              std::uint32_t b) {
  return list_contains_text(f.slot(a).list, f.slot(b).string);
}
template <>
inline bool holds<Op::ListContainsNumberT>(const TestFrame& f, std::uint32_t a, std::uint32_t b) {
  return list_contains_number(f.slot(a).list, number_of(f.view, b));
}
template <>
inline bool holds<Op::ListContainsNumberVarT>(const TestFrame& f, std::uint32_t a,
                                              std::uint32_t b) {
  return list_contains_number(f.slot(a).list, f.slot(b).number);
}

template <Op kTest>
inline Truth truth_of_test(const TestFrame& frame, std::uint32_t a, std::uint32_t b) {
  if constexpr (kTest == Op::IsNullT) {
    return frame.slots.is_invalid(a) ? Truth::Unknown : truth_of(frame.slots.is_unknown(a));
  } else {
    if (frame.slots.is_unknown(a)) return Truth::Unknown;
    if constexpr (get_opcode_row(kTest).b.kind == OperandKind::Attribute) {
      if (frame.slots.is_unknown(b)) return Truth::Unknown;
    }
    return truth_of(holds<kTest>(frame, a, b));
  }
}

}  // namespace verdict
