#include "vm/functions/ask.h"

#include <array>

#include "vm/functions/leaves.h"

namespace verdict {
namespace {

// Rows as objects that templates can name.
template <Function kFunction>
inline constexpr FunctionRow kRowOf = get_function_row(kFunction);

constexpr Truth to_truth(bool holds) { return truth_of(holds); }
constexpr Truth to_truth(Truth truth) { return truth; }

constexpr Truth truth_on_null(OnNull on_null) {
  if (on_null == OnNull::Unknown) return Truth::Unknown;
  return truth_of(on_null == OnNull::Match);
}

// `any`: one true element decides; `all`: one false one. Of no elements both are false.
template <class AskOne>
Truth ask_elements(const ListValue& list, TestMode mode, const AskOne& ask_one) {
  if (list.count == 0) return Truth::False;
  const Truth deciding = truth_of(mode.quantifier() == Quantifier::Any);
  Truth result = negate(deciding);
  for (const Slot& element : elements_of(list)) {
    const Truth truth = mode.negates_elements() ? negate(ask_one(element)) : ask_one(element);
    if (truth == deciding) return truth;
    if (truth == Truth::Unknown) result = truth;
  }
  return result;
}

// Apart, so that a test without quantifier needs no more registers than it has use for.
template <Function kFunction, OperandForm kForm>
[[gnu::noinline]] Truth ask_quantified(const TestFrame& frame, const Instruction& test) {
  constexpr const FunctionRow& kRow = kRowOf<kFunction>;
  const TestMode mode(test.r);
  const std::uint32_t a = test.a;
  const ListValue& list = frame.slot(a).list;
  const auto ask_all = [&](const auto& operand) {
    return ask_elements(list, mode, [&](const Slot& element) {
      return to_truth(holds(Leaf<kFunction>(), AskedOf{frame, a}, element, operand));
    });
  };
  const auto loaded = load_operand<kRow, kForm>(frame, test.b);
  const auto& operand = prepare(Leaf<kFunction>(), loaded);
  if constexpr (kRow.operand == OperandShape::Many && !is_local(kRow.operand_kind)) {
    return operand.searched(equality_of(Leaf<kFunction>()), list.count, ask_all);
  } else {
    return ask_all(operand);
  }
}

template <Function kFunction, OperandForm kForm>
Truth ask_one(const TestFrame& frame, const Instruction& test) {
  constexpr const FunctionRow& kRow = kRowOf<kFunction>;
  constexpr bool kReadsLists = !(kRow.reads & (Kind::StringList | Kind::NumberList)).empty();
  const TestMode mode(test.r);
  const std::uint32_t a = test.a;
  if (frame.slots.is_unknown(a))
    return frame.slots.is_invalid(a) ? Truth::Unknown : truth_on_null(mode.on_null());
  if constexpr (kForm == OperandForm::Attribute) {
    if (frame.slots.is_unknown(test.b)) return Truth::Unknown;
  }
  if constexpr (!kReadsLists) {
    if (mode.quantifier() != Quantifier::Absent)
      return ask_quantified<kFunction, kForm>(frame, test);
  }
  return to_truth(holds(Leaf<kFunction>(), AskedOf{frame, a}, frame.slot(a),
                        prepare(Leaf<kFunction>(), load_operand<kRow, kForm>(frame, test.b))));
}

// What stands where no function has that form: the verifier lets nothing come here.
Truth ask_nothing(const TestFrame&, const Instruction&) { return Truth::Unknown; }

template <Function kFunction>
constexpr Asker find_asker(OperandForm form) {
  constexpr const FunctionRow& kRow = kRowOf<kFunction>;
  if (form != OperandForm::Attribute) return ask_one<kFunction, OperandForm::Constant>;
  if constexpr (!variable_operand(kRow).empty()) return ask_one<kFunction, OperandForm::Attribute>;
  return ask_nothing;
}

constexpr std::array<Asker, 256U - kFirstGeneralOp> make_askers() {
  std::array<Asker, 256U - kFirstGeneralOp> askers{};
  askers.fill(ask_nothing);
  for (const OperandForm form : {OperandForm::Constant, OperandForm::Attribute}) {
#define VERDICT_FUNCTION(number, name, spelling, twin, reads, shape, kind, cost, meaning) \
  askers[general_op(Function::name, form) - kFirstGeneralOp] = find_asker<Function::name>(form);
#include "vm/value/functions.def"
  }
  return askers;
}

}  // namespace

constinit const std::array<Asker, 256U - kFirstGeneralOp> kAskers = make_askers();

}  // namespace verdict
