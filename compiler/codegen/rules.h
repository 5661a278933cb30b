// Writes the tables that hold constants and condition trees: what does not depend on the code.
#pragma once

#include <cstdint>
#include <vector>

#include "compiler/ir/ir.h"
#include "compiler/source/source.h"
#include "vm/program/builder.h"

namespace verdict::compiler {

ConstantId add_constant(ProgramBuilder& builder, const ir::Literal& literal);

// Writes rules, conditions and their locations, policy by policy.
class RulesWriter {
 public:
  RulesWriter(const ir::Module& module, const Sources& sources, ProgramBuilder& builder)
      : module_(module),
        sources_(sources),
        builder_(builder),
        records_(module.conditions.size(), kNone) {}

  void write();
  // The record of a condition.
  [[nodiscard]] std::uint32_t record_of(ir::ConditionId id) const { return records_[id.index()]; }

 private:
  void write_rule(const ir::Rule& rule, PolicyId policy);
  void write_condition(ir::ConditionId id);
  ConditionRecord record_for(const ir::Condition& condition);
  LocationRecord location_of(Span span);

  const ir::Module& module_;
  const Sources& sources_;
  ProgramBuilder& builder_;
  std::vector<std::uint32_t> records_;
  std::vector<LocationRecord> rule_locations_;
  std::vector<LocationRecord> condition_locations_;
};

}  // namespace verdict::compiler
