// Writes instructions: policies and routes as functions.
//
// With negations pushed to the leaves an Allow rule only ever asks "is it definitely true", a Deny
// rule "is it not definitely false", so three-valued logic becomes plain jumps whose opcodes carry
// the direction of the unknown.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "compiler/codegen/rules.h"
#include "compiler/ir/ir.h"
#include "vm/program/builder.h"

namespace verdict::compiler {

class CodeWriter {
 public:
  CodeWriter(const ir::Module& module, const RulesWriter& rules, ProgramBuilder& builder)
      : module_(module), rules_(rules), builder_(builder) {}

  // The function of a policy whose rules begin at `first_rule`.
  FunctionId write_policy(PolicyId policy, std::uint32_t first_rule);
  // The function of a route: groups of policies whose functions are written. Equal groups share one
  // function; a single policy is called directly. `route` is the first that needs it.
  FunctionId write_route(const std::vector<std::vector<PolicyId>>& groups, std::uint32_t route);

 private:
  // What a rule asks of a condition.
  enum class Question : std::uint8_t { DefinitelyTrue, NotDefinitelyFalse };
  enum class Sense : std::uint8_t { JumpIfNo, JumpIfYes };

  // A place that jumps lead to before it is known. Placed once, behind all jumps to it.
  struct Label {
    std::vector<std::size_t> jumps;
  };

  static Question dual(Question question);
  static Sense opposite(Sense sense);

  // Falls through where it does not jump.
  void write_condition(ir::ConditionId id, Question question, Sense sense, Label& target);
  void write_group(const ir::Condition& group, Question question, Sense sense, Label& target);
  void write_test(ir::ConditionId id, Question question, Sense sense, Label& target);
  static JumpMode jump_mode(Question question, Sense sense, bool is_turned);
  [[nodiscard]] std::uint32_t fast_operand(const OpcodeRow& test, std::uint32_t operand) const;
  // Returns whether control can come behind the rules of that effect.
  bool write_rules(const ir::Policy& policy, Effect effect, std::uint32_t first_rule);
  void write_group_of_policies(const std::vector<PolicyId>& group);
  void write_default(const std::vector<std::vector<PolicyId>>& groups);

  void emit(Op op, std::uint8_t r, std::uint16_t a, std::uint32_t b,
            std::uint32_t condition = kNone);
  void place(Label& label);
  FunctionId finish_function(FunctionKind kind, std::uint32_t owner, std::size_t first_pc,
                             std::uint8_t num_registers);

  const ir::Module& module_;
  const RulesWriter& rules_;
  ProgramBuilder& builder_;
  std::map<std::vector<std::vector<PolicyId>>, FunctionId> routes_;
};

}  // namespace verdict::compiler
