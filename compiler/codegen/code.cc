#include "compiler/codegen/code.h"

#include <algorithm>

#include "vm/program/opcode.h"

namespace verdict::compiler {

CodeWriter::Question CodeWriter::dual(Question question) {
  return question == Question::DefinitelyTrue ? Question::NotDefinitelyFalse
                                              : Question::DefinitelyTrue;
}

CodeWriter::Sense CodeWriter::opposite(Sense sense) {
  return sense == Sense::JumpIfNo ? Sense::JumpIfYes : Sense::JumpIfNo;
}

void CodeWriter::emit(Op op, std::uint8_t r, std::uint16_t a, std::uint32_t b,
                      std::uint32_t condition) {
  builder_.tables.Code.push_back({static_cast<U8>(op), r, a, b, 0U});
  builder_.tables.CodeMap.push_back(condition);
}

void CodeWriter::place(Label& label) {
  const auto here = static_cast<std::uint32_t>(builder_.tables.Code.size());
  for (const std::size_t jump : label.jumps) builder_.tables.Code[jump].t = here;
}

FunctionId CodeWriter::finish_function(FunctionKind kind, std::uint32_t owner, std::size_t first_pc,
                                       std::uint8_t num_registers) {
  FunctionRecord function{};
  function.first_pc = static_cast<std::uint32_t>(first_pc);
  function.num_instructions = static_cast<std::uint32_t>(builder_.tables.Code.size() - first_pc);
  function.owner = owner;
  function.kind = static_cast<U8>(kind);
  function.num_registers = num_registers;
  builder_.tables.num_registers =
      std::max<std::uint32_t>(builder_.tables.num_registers, num_registers);
  builder_.tables.Functions.push_back(function);
  return FunctionId(static_cast<std::uint32_t>(builder_.tables.Functions.size() - 1));
}

// ---- conditions

void CodeWriter::write_condition(ir::ConditionId id, Question question, Sense sense,
                                 Label& target) {
  const ir::Condition& condition = module_.conditions[id];
  switch (condition.kind) {
    case ir::ConditionKind::Test:
      return write_test(id, question, sense, target);
    // `not e` is definitely true where e is not possibly true, and the other way round.
    case ir::ConditionKind::Not:
      return write_condition(condition.children.front(), dual(question), opposite(sense), target);
    case ir::ConditionKind::All:
    case ir::ConditionKind::Any:
      return write_group(condition, question, sense, target);
  }
}

// One child answers for `all` if it says no, for `any` if it says yes. Where that answer jumps,
// every child jumps to the target; else all but the last leave the group, and the last one decides.
void CodeWriter::write_group(const ir::Condition& group, Question question, Sense sense,
                             Label& target) {
  const Sense deciding = group.kind == ir::ConditionKind::All ? Sense::JumpIfNo : Sense::JumpIfYes;
  Label end;
  for (const ir::ConditionId child : group.children) {
    const bool is_last = child == group.children.back();
    if (sense == deciding || is_last) {
      write_condition(child, question, sense, target);
    } else {
      write_condition(child, question, deciding, end);
    }
  }
  place(end);
}

// The fast opcode where there is one that asks just this, else the general one.
void CodeWriter::write_test(ir::ConditionId id, Question question, Sense sense, Label& target) {
  const ConditionRecord& record = builder_.tables.Conditions[rules_.record_of(id)];
  const auto function = static_cast<Function>(record.function);
  const auto form = static_cast<OperandForm>(record.form);
  const AskedTest asked = asked_by(record);
  const OpcodeRow* fast =
      asked.mode.bits() == plain_mode(function).bits() ? find_fast_test(function, form) : nullptr;
  const bool is_opposite = fast != nullptr && fast->opposite == function;
  const JumpMode jump = jump_mode(question, sense, asked.is_turned != is_opposite);
  target.jumps.push_back(builder_.tables.Code.size());
  const auto attribute = static_cast<std::uint16_t>(record.attribute.get());
  if (fast != nullptr) {
    emit(with_mode(fast->op, jump), 0, attribute, fast_operand(*fast, record.operand),
         rules_.record_of(id));
  } else {
    emit(static_cast<Op>(general_op(function, form)), asked.mode.with(jump).bits(), attribute,
         record.operand, rules_.record_of(id));
  }
}

// When a test jumps that asks the question, or, turned round, its negation.
JumpMode CodeWriter::jump_mode(Question question, Sense sense, bool is_turned) {
  if (is_turned) {
    question = dual(question);
    sense = opposite(sense);
  }
  if (question == Question::DefinitelyTrue)
    return sense == Sense::JumpIfYes ? JumpMode::True : JumpMode::FalseOrUnknown;
  return sense == Sense::JumpIfYes ? JumpMode::TrueOrUnknown : JumpMode::False;
}

// Fast tests have strings and booleans in the instruction itself.
std::uint32_t CodeWriter::fast_operand(const OpcodeRow& test, std::uint32_t operand) const {
  const bool is_immediate =
      test.b.kind == OperandKind::String || test.b.kind == OperandKind::Boolean;
  if (!is_immediate) return operand;
  return static_cast<std::uint32_t>(builder_.tables.Constants[operand].payload);
}

// ---- policies

bool CodeWriter::write_rules(const ir::Policy& policy, Effect effect, std::uint32_t first_rule) {
  const bool is_allow = effect == Effect::Allow;
  for (std::uint32_t i = 0; i < policy.rules.size(); ++i) {
    const ir::Rule& rule = policy.rules[i];
    if (rule.effect != effect) continue;
    Label next_rule;
    write_condition(rule.root, is_allow ? Question::DefinitelyTrue : Question::NotDefinitelyFalse,
                    Sense::JumpIfNo, next_rule);
    emit(is_allow ? Op::Allow : Op::Deny, 0, 0, first_rule + i, rules_.record_of(rule.root));
    if (next_rule.jumps.empty()) return false;  // it always fires
    place(next_rule);
  }
  return true;
}

FunctionId CodeWriter::write_policy(PolicyId id, std::uint32_t first_rule) {
  const ir::Policy& policy = module_.policies[id];
  const std::size_t first_pc = builder_.tables.Code.size();
  if (write_rules(policy, Effect::Deny, first_rule) &&
      write_rules(policy, Effect::Allow, first_rule)) {
    emit(Op::Otherwise, static_cast<std::uint8_t>(policy.default_effect), 0, id.value());
  }
  return finish_function(FunctionKind::Policy, id.value(), first_pc, 0);
}

// ---- routes

constexpr std::uint8_t kKept = 0;  // the first Allow of the group, or none
constexpr std::uint8_t kLast = 1;  // the policy just called

void CodeWriter::write_group_of_policies(const std::vector<PolicyId>& group) {
  std::uint8_t outcome = kKept;
  for (const PolicyId policy : group) {
    emit(Op::Call, outcome, 0, builder_.tables.Policies[policy.index()].function);
    emit(Op::DenyIf, outcome, 0, 0);
    if (outcome == kLast) emit(Op::Keep, kKept, kLast, 0);
    outcome = kLast;
  }
  emit(Op::AllowIf, kKept, 0, 0);
}

// Allow only where every policy defaults to Allow; the first whose default is the answer is
// reported.
void CodeWriter::write_default(const std::vector<std::vector<PolicyId>>& groups) {
  PolicyId reported = groups.front().front();
  for (const auto& group : groups) {
    for (const PolicyId policy : group) {
      const bool denies_first = module_.policies[policy].default_effect == Effect::Deny &&
                                module_.policies[reported].default_effect == Effect::Allow;
      if (denies_first) reported = policy;
    }
  }
  emit(Op::Otherwise, static_cast<std::uint8_t>(module_.policies[reported].default_effect), 0,
       reported.value());
}

FunctionId CodeWriter::write_route(const std::vector<std::vector<PolicyId>>& groups,
                                   std::uint32_t route) {
  if (groups.size() == 1 && groups.front().size() == 1) {
    return FunctionId(builder_.tables.Policies[groups.front().front().index()].function);
  }
  const auto [found, is_new] = routes_.try_emplace(groups);
  if (!is_new) return found->second;
  const std::size_t first_pc = builder_.tables.Code.size();
  bool has_pair = false;
  for (const auto& group : groups) {
    write_group_of_policies(group);
    has_pair = has_pair || group.size() > 1;
  }
  write_default(groups);
  found->second = finish_function(FunctionKind::Route, route, first_pc, has_pair ? 2 : 1);
  return found->second;
}

}  // namespace verdict::compiler
