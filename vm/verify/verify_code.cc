// Checks V14 to V24 and V26 over the code. Nothing here switches over opcodes: the rows of
// opcodes.def say what each field holds, where control goes and what becomes of a register.
//
// Jumps only lead forward, so one pass in order of the program counter sees every way into an
// instruction before the instruction itself: reachability, defined registers and the longest path
// are joined on the way.
#include <algorithm>
#include <bitset>
#include <string>
#include <vector>

#include "vm/base/limits.h"
#include "vm/verify/verify_records.h"
#include "vm/verify/verify_tests.h"
#include "vm/verify/work.h"

namespace verdict {
namespace {

using Result = Expected<void, Error>;
using RegisterSet = std::bitset<limits::kMaxRegisters>;

PathCost sum(const PathCost& a, const PathCost& b) {
  return {a.instructions + b.instructions, add_steps(a.steps, b.steps)};
}

// The longest and the dearest way may be two ways.
PathCost dearer(const PathCost& a, const PathCost& b) {
  return {std::max(a.instructions, b.instructions), std::max(a.steps, b.steps)};
}

class FunctionVerifier {
 public:
  FunctionVerifier(const ProgramView& view, const FunctionRecord& function,
                   std::span<const PathCost> callees)
      : view_(view),
        function_(function),
        callees_(callees),
        end_(function.first_pc + function.num_instructions),
        path_to_(function.num_instructions),
        defined_(function.num_registers > 0 ? function.num_instructions.get() : 0U,
                 RegisterSet().set()) {}

  // Returns the dearest path.
  Expected<PathCost, Error> verify() {
    path_to_[0] = {1, 1};
    if (!defined_.empty()) defined_[0].reset();
    for (pc_ = function_.first_pc; pc_ < end_; ++pc_) VERDICT_TRY(verify_instruction());
    return dearest_;
  }

 private:
  // Where an instruction's field is at fault.
  Unexpected<Error> wrong(LoadError error, std::string_view why) const {
    return refuse(error, "code[" + std::to_string(pc_) + "]: " + std::string(why),
                  offset_of(view_, Section::Code, pc_));
  }

  Result verify_instruction() {
    const Instruction& instruction = view_.Code[pc_];
    const bool is_known = is_general(instruction.op) ? find_asked(instruction.op) != nullptr
                                                     : instruction.op < kNumOpcodes;
    if (!is_known) return wrong(LoadError::InstructionForm, "unknown opcode");
    if (path_to_[local(pc_)].instructions == 0)
      return wrong(LoadError::Unreachable, "no way leads here");
    if (is_general(instruction.op)) return verify_general(instruction);
    const OpcodeRow& row = get_opcode_row(static_cast<Op>(instruction.op));
    VERDICT_TRY(verify_operand(row.r, instruction.r));
    VERDICT_TRY(verify_operand(row.a, instruction.a));
    VERDICT_TRY(verify_operand(row.b, instruction.b));
    VERDICT_TRY(verify_operand(row.t, instruction.t));
    VERDICT_TRY(verify_registers(row, instruction));
    return follow(row, instruction);
  }

  Result verify_general(const Instruction& instruction) {
    const TestMode mode(instruction.r);
    const TestParts test = asked_by(instruction);
    if (!mode.is_sound()) return wrong(LoadError::InstructionForm, "no such mode");
    const bool asks_for_null = test.row.function == Function::IsNull;
    if (asks_for_null && mode.on_null() != OnNull::Match)
      return wrong(LoadError::InstructionForm, "`is_null` holds where the attribute is null");
    if (const auto fault = find_fault(view_, test)) return wrong(fault->error, fault->why);
    VERDICT_TRY(verify_operand(operands::target(), instruction.t));
    const PathCost path =
        sum(path_to_[local(pc_)], {0, steps_of_test(view_, test.row, instruction.a, test.form,
                                                    instruction.b, test.quantifier)});
    return follow_test(instruction, path);
  }

  // A general instruction's test. INVARIANT: the opcode is known.
  static TestParts asked_by(const Instruction& instruction) {
    const FunctionRow& row = *find_asked(instruction.op);
    const TestMode mode(instruction.r);
    const bool asks_for_null = row.function == Function::IsNull;
    return {row,           instruction.a,     form_of_general(instruction.op),
            instruction.b, mode.quantifier(), asks_for_null ? OnNull::Unknown : mode.on_null()};
  }

  // Goes on, or jumps.
  Result follow_test(const Instruction& instruction, const PathCost& path) {
    dearest_ = dearer(dearest_, path);
    join(instruction.t, sum(path, {1, 1}));
    if (pc_ + 1 == end_) return wrong(LoadError::FallThrough, "the function does not end here");
    join(pc_ + 1, sum(path, {1, 1}));
    return {};
  }

  Result verify_operand(const Operand& operand, std::uint32_t value) const {
    switch (operand.kind) {
      case OperandKind::None:
        return require(value == 0, LoadError::InstructionForm, "an unused field is not 0");
      case OperandKind::Boolean:
      case OperandKind::Effect:
        return require(value <= 1, LoadError::InstructionForm, "neither 0 nor 1");
      case OperandKind::Register:
        return require(value < function_.num_registers, LoadError::RegisterRange,
                       "no such register");
      case OperandKind::Attribute:
        return require(is_attribute(operand, value), LoadError::AttributeOperand,
                       "no attribute of a kind that the instruction takes");
      case OperandKind::String:
        return require(value < view_.num_strings(), LoadError::ConstantOperand, "no such string");
      case OperandKind::Constant:
        return require(is_constant(view_, value, operand.constant), LoadError::ConstantOperand,
                       "no constant of a kind that the instruction takes");
      case OperandKind::AllowRule:
        return require(is_rule(value, Effect::Allow), LoadError::Reference,
                       "no Allow rule of this policy");
      case OperandKind::DenyRule:
        return require(is_rule(value, Effect::Deny), LoadError::Reference,
                       "no Deny rule of this policy");
      case OperandKind::Policy:
        return require(is_policy(value), LoadError::Reference, "not a policy of this function");
      case OperandKind::Function:
        return require(is_callee(value), LoadError::Reference,
                       "only a route calls, and only policies");
      case OperandKind::Target:
        return require(value > pc_ && value < end_, LoadError::Jump,
                       "the target is not further on in the function");
    }
    return {};
  }

  Result require(bool holds, LoadError error, std::string_view why) const {
    if (holds) return {};
    return wrong(error, why);
  }

  bool is_attribute(const Operand& operand, std::uint32_t value) const {
    return value < view_.Attributes.size() &&
           operand.attribute_kinds.contains(static_cast<Kind>(view_.Attributes[value].kind));
  }
  bool is_policy_function() const {
    return function_.kind == static_cast<U8>(FunctionKind::Policy);
  }
  bool is_rule(std::uint32_t value, Effect effect) const {
    return value < view_.Rules.size() && is_policy_function() &&
           view_.Rules[value].policy == function_.owner &&
           view_.Rules[value].effect == static_cast<U8>(effect);
  }
  bool is_policy(std::uint32_t value) const {
    return value < view_.Policies.size() && (!is_policy_function() || value == function_.owner);
  }
  bool is_callee(std::uint32_t value) const {
    return !is_policy_function() && value < view_.Functions.size() &&
           view_.Functions[value].kind == static_cast<U8>(FunctionKind::Policy);
  }

  Result verify_registers(const OpcodeRow& row, const Instruction& instruction) {
    if (row.access == RegisterAccess::Unused) return {};
    RegisterSet& defined = defined_[local(pc_)];
    const bool reads_r = row.access != RegisterAccess::Writes;
    const bool reads_a = row.a.kind == OperandKind::Register;
    if ((reads_r && !defined[instruction.r]) || (reads_a && !defined[instruction.a])) {
      return wrong(LoadError::RegisterUnset, "the register is not written on every way to here");
    }
    defined.set(instruction.r);
    return {};
  }

  Result follow(const OpcodeRow& row, const Instruction& instruction) {
    const PathCost path = sum(path_to_[local(pc_)], cost_of(row, instruction));
    if (row.is_test) return follow_test(instruction, path);
    dearest_ = dearer(dearest_, path);
    if (row.op == Op::Otherwise && ++num_defaults_ > 1)
      return wrong(LoadError::Reference, "a second default");
    if (row.t.kind == OperandKind::Target) join(instruction.t, sum(path, {1, 1}));
    if (row.flow == Flow::End || row.flow == Flow::Jump) return {};
    if (pc_ + 1 == end_) return wrong(LoadError::FallThrough, "the function does not end here");
    join(pc_ + 1, sum(path, {1, 1}));
    return {};
  }

  // What an instruction costs beside itself.
  PathCost cost_of(const OpcodeRow& row, const Instruction& instruction) const {
    if (row.b.kind == OperandKind::Function) return callees_[instruction.b];
    if (!row.is_test) return {};
    const bool is_immediate =
        row.b.kind == OperandKind::String || row.b.kind == OperandKind::Boolean;
    return {0, steps_of_test(view_, get_function_row(row.function), instruction.a,
                             is_immediate ? OperandForm::None : form_of(row), instruction.b,
                             Quantifier::Absent)};
  }

  void join(std::uint32_t target, const PathCost& path) {
    path_to_[local(target)] = dearer(path_to_[local(target)], path);
    if (!defined_.empty()) defined_[local(target)] &= defined_[local(pc_)];
  }

  std::size_t local(std::uint32_t pc) const { return pc - function_.first_pc; }

  const ProgramView& view_;
  const FunctionRecord& function_;
  std::span<const PathCost> callees_;
  std::uint32_t end_;
  std::uint32_t pc_ = 0;
  PathCost dearest_;
  std::uint32_t num_defaults_ = 0;
  std::vector<PathCost> path_to_;     // dearest way to an instruction, itself included; 0: none
  std::vector<RegisterSet> defined_;  // on every way to an instruction
};

Result verify_functions_of(const ProgramView& view, FunctionKind kind,
                           std::vector<PathCost>& paths) {
  for (std::size_t i = 0; i < view.Functions.size(); ++i) {
    const FunctionRecord& function = view.Functions[i];
    if (function.kind != static_cast<U8>(kind)) continue;
    auto path = FunctionVerifier(view, function, paths).verify();
    if (!path) return Unexpected(std::move(path).error());
    paths[i] = *path;
  }
  return {};
}

}  // namespace

Expected<std::vector<PathCost>, Error> verify_code(const ProgramView& view) {
  std::vector<PathCost> paths(view.Functions.size());
  VERDICT_TRY(verify_functions_of(view, FunctionKind::Policy, paths));
  VERDICT_TRY(verify_functions_of(view, FunctionKind::Route, paths));
  return paths;
}

}  // namespace verdict
