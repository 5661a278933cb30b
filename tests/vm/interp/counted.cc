// The source of the loop under another name, with a counter in it: nothing of that is in the loop
// that is shipped.
#include "tests/vm/interp/counted.h"

#include <bit>
#include <optional>

#include "vm/functions/fast_tests.h"
#include "vm/value/kind.h"
#include "vm/verify/work.h"

namespace {

using namespace verdict;

thread_local verdict::testing::CountedOutcome counted;

Kind kind_of(const TestFrame& frame, std::uint32_t attribute) {
  return static_cast<Kind>(frame.view.Attributes[attribute].kind);
}

// Two texts without ids are compared byte for byte, if they are of one length.
void count_bytes(const StringValue& a, const StringValue& b) {
  if (a.id == kNone && b.id == kNone && a.length == b.length) counted.num_bytes += a.length;
}

void count_list(const TestFrame& frame, std::uint32_t list, const StringValue* text) {
  const auto elements = elements_of(frame.slot(list).list);
  counted.num_elements += elements.size();
  if (text == nullptr || kind_of(frame, list) != Kind::StringList) return;
  for (const Slot& element : elements) count_bytes(element.string, *text);
}

// What a test of two attributes looks at.
void count_variable(const TestFrame& frame, std::uint32_t a, std::uint32_t b) {
  if (frame.slots.is_unknown(b)) return;
  const bool is_text = element_of(kind_of(frame, a)) == Kind::String ||
                       kind_of(frame, a) == Kind::String || kind_of(frame, a) == Kind::Enum;
  if (is_list(kind_of(frame, a))) {
    count_list(frame, a, is_text ? &frame.slot(b).string : nullptr);
  } else if (is_list(kind_of(frame, b))) {
    count_list(frame, b, is_text ? &frame.slot(a).string : nullptr);
  } else if (is_text) {
    count_bytes(frame.slot(a).string, frame.slot(b).string);
  }
}

// Attribute, form of operand and operand of an instruction that tests; nothing of others.
struct Tested {
  std::uint32_t attribute;
  OperandForm form;
  std::uint32_t operand;
};
std::optional<Tested> tested_by(const Instruction& instruction) {
  if (is_general(instruction.op))
    return Tested{instruction.a, form_of_general(instruction.op), instruction.b};
  const OpcodeRow& row = get_opcode_row(static_cast<Op>(instruction.op));
  if (!row.is_test) return std::nullopt;
  const bool is_immediate = row.b.kind == OperandKind::String || row.b.kind == OperandKind::Boolean;
  return Tested{instruction.a, is_immediate ? OperandForm::None : form_of(row), instruction.b};
}

void count(const TestFrame& frame, const Instruction& instruction) {
  ++counted.num_instructions;
  const std::optional<Tested> test = tested_by(instruction);
  if (!test || frame.slots.is_unknown(test->attribute)) return;
  if (test->form == OperandForm::Attribute)
    return count_variable(frame, test->attribute, test->operand);
  if (is_list(kind_of(frame, test->attribute))) return count_list(frame, test->attribute, nullptr);
  if (test->form == OperandForm::Constant) {
    counted.num_halvings +=
        static_cast<std::uint64_t>(std::bit_width(frame.view.Constants[test->operand].count.get()));
  }
}

}  // namespace

#define VERDICT_EXECUTES(instruction) count(frame, instruction)
#define evaluate evaluate_and_count
#include "vm/interp/evaluate.cc"
#undef evaluate

namespace verdict::testing {

std::uint64_t CountedOutcome::steps() const {
  return num_instructions + num_halvings + num_elements / kElementsPerStep +
         num_bytes / kBytesPerStep;
}

CountedOutcome evaluate_counting(const Program& program, FunctionId function,
                                 const SlotView& slots) {
  counted = {};
  counted.outcome = evaluate_and_count(program, function, slots);
  return counted;
}

}  // namespace verdict::testing
