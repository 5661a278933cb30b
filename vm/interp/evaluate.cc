// The dispatch loop and nothing else. Compiled without exceptions and RTTI.
#include "vm/interp/evaluate.h"

#include <array>

#include "vm/base/check.h"
#include "vm/base/limits.h"
#include "vm/functions/ask.h"
#include "vm/functions/fast_tests.h"

// tests/vm/interp/counted.cc builds the loop once more, to count what it executes.
#ifndef VERDICT_EXECUTES
#define VERDICT_EXECUTES(instruction)
#endif

namespace verdict {
namespace {

// A policy's outcome as a register holds it: 0 for none, else rule and effect.
using Register = std::uint32_t;
constexpr Register kNoOutcome = 0;

constexpr Register register_of(std::uint32_t rule, Effect effect) {
  return (rule << 1U) + static_cast<Register>(effect) + 1U;
}
constexpr bool has_effect(Register value, Effect effect) {
  return value != kNoOutcome && ((value - 1U) & 1U) == static_cast<Register>(effect);
}
constexpr std::uint32_t rule_of(Register value) { return (value - 1U) >> 1U; }

// What the verifier has proved of an operand, once more: only debug builds ask.
inline bool is_in_range(const ProgramView& view, const Operand& operand, std::uint32_t value) {
  switch (operand.kind) {
    case OperandKind::None:
      return value == 0;
    case OperandKind::Boolean:
    case OperandKind::Effect:
      return value <= 1;
    case OperandKind::Register:
      return value < view.header.num_registers;
    case OperandKind::Attribute:
      return value < view.Attributes.size();
    case OperandKind::String:
      return value < view.num_strings();
    case OperandKind::Constant:
      return value < view.Constants.size();
    case OperandKind::AllowRule:
    case OperandKind::DenyRule:
      return value < view.Rules.size();
    case OperandKind::Policy:
      return value < view.Policies.size();
    case OperandKind::Function:
      return value < view.Functions.size();
    case OperandKind::Target:
      return value < view.Code.size();
  }
  return false;
}

inline bool is_sound(const ProgramView& view, const Instruction& instruction) {
  if (is_general(instruction.op))
    return TestMode(instruction.r).is_sound() && find_asked(instruction.op) != nullptr;
  if (instruction.op >= kNumOpcodes) return false;
  const OpcodeRow& row = get_opcode_row(static_cast<Op>(instruction.op));
  return is_in_range(view, row.r, instruction.r) && is_in_range(view, row.a, instruction.a) &&
         is_in_range(view, row.b, instruction.b) && is_in_range(view, row.t, instruction.t);
}

template <Op kTest, JumpMode kMode>
const Instruction* step(const TestFrame& frame, const Instruction* code, const Instruction* pc) {
  const Truth truth = truth_of_test<kTest>(frame, pc->a, pc->b);
  return jumps(kMode, truth) ? code + pc->t.get() : pc + 1;
}

const Instruction* step_general(const TestFrame& frame, const Instruction* code,
                                const Instruction* pc) {
  const Truth truth = ask(frame, *pc);
  return jumps(TestMode(pc->r).jump(), truth) ? code + pc->t.get() : pc + 1;
}

}  // namespace

Outcome evaluate(const Program& program, FunctionId function, const SlotView& slots) noexcept {
  const ProgramView& view = program.view();
  const TestFrame frame{view, slots};
  const Instruction* const code = view.Code.data();
  const Instruction* pc = code + view.Functions[function.index()].first_pc.get();
  const Instruction* caller = nullptr;  // the Call that runs, if one does: calls do not nest
  std::array<Register, limits::kMaxRegisters>
      registers;  // not initialised: each is written before it is read

  // Leaves a function with an outcome by rule: to the caller, or out.
#define VERDICT_LEAVE(rule, effect)                   \
  if (caller == nullptr) return {effect, true, rule}; \
  registers[caller->r] = register_of(rule, effect);   \
  pc = caller + 1;                                    \
  caller = nullptr;                                   \
  break

  while (true) {
    VERDICT_DCHECK(pc >= code && pc < code + view.Code.size());
    VERDICT_DCHECK(is_sound(view, *pc));
    VERDICT_EXECUTES(*pc);
    switch (static_cast<Op>(pc->op)) {
      case Op::Goto:
        pc = code + pc->t.get();
        break;
      case Op::Allow:
        VERDICT_LEAVE(pc->b, Effect::Allow);
      case Op::Deny:
        VERDICT_LEAVE(pc->b, Effect::Deny);
      case Op::Otherwise:
        if (caller == nullptr) return {static_cast<Effect>(pc->r), false, pc->b};
        registers[caller->r] = kNoOutcome;
        pc = caller + 1;
        caller = nullptr;
        break;
      case Op::Call:
        caller = pc;
        pc = code + view.Functions[pc->b].first_pc.get();
        break;
      case Op::DenyIf:
        if (has_effect(registers[pc->r], Effect::Deny))
          return {Effect::Deny, true, rule_of(registers[pc->r])};
        ++pc;
        break;
      case Op::AllowIf:
        if (has_effect(registers[pc->r], Effect::Allow))
          return {Effect::Allow, true, rule_of(registers[pc->r])};
        ++pc;
        break;
      case Op::Keep:
        if (!has_effect(registers[pc->r], Effect::Allow)) registers[pc->r] = registers[pc->a];
        ++pc;
        break;
#define VERDICT_OPCODE(name, mnemonic, r, a, b, t, flow, access, effect)
#define VERDICT_TEST(name, mnemonic, a, b, function, opposite, effect) \
  case Op::name##T:                                                    \
    pc = step<Op::name##T, JumpMode::True>(frame, code, pc);           \
    break;                                                             \
  case Op::name##TU:                                                   \
    pc = step<Op::name##T, JumpMode::TrueOrUnknown>(frame, code, pc);  \
    break;                                                             \
  case Op::name##F:                                                    \
    pc = step<Op::name##T, JumpMode::False>(frame, code, pc);          \
    break;                                                             \
  case Op::name##FU:                                                   \
    pc = step<Op::name##T, JumpMode::FalseOrUnknown>(frame, code, pc); \
    break;
#include "vm/program/opcodes.def"
      default:
        pc = step_general(frame, code, pc);
    }
  }
#undef VERDICT_LEAVE
}

}  // namespace verdict
