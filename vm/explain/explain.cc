#include "vm/explain/explain.h"

#include <algorithm>

#include "vm/functions/ask.h"
#include "vm/program/opcode.h"

namespace verdict {
namespace {

Truth truth_of_leaf(const ProgramView& view, const SlotView& slots, const ConditionRecord& leaf) {
  const AskedTest asked = asked_by(leaf);
  const std::uint8_t op =
      general_op(static_cast<Function>(leaf.function), static_cast<OperandForm>(leaf.form));
  const Instruction test{op, asked.mode.bits(), static_cast<std::uint16_t>(leaf.attribute.get()),
                         leaf.operand, 0U};
  const Truth truth = ask(TestFrame{view, slots}, test);
  return asked.is_turned ? negate(truth) : truth;
}

// The children of a group, one after the other.
template <class Visit>
void for_each_child(const ProgramView& view, std::uint32_t group, Visit visit) {
  for (std::uint32_t child = group + 1; child < view.Conditions[group].end;
       child = view.Conditions[child].end) {
    visit(child);
  }
}

// `all` is decided by a false child, `any` by a true one; else an unknown child makes it unknown.
Truth truth_of_group(const ProgramView& view, const SlotView& slots, std::uint32_t group,
                     Truth deciding) {
  Truth result = negate(deciding);
  for_each_child(view, group, [&](std::uint32_t child) {
    const Truth truth = truth_of_condition(view, slots, child);
    if (truth == deciding || (truth == Truth::Unknown && result != deciding)) result = truth;
  });
  return result;
}

class MissingCollector {
 public:
  MissingCollector(const ProgramView& view, const SlotView& slots)
      : view_(view), slots_(slots), is_listed_(view.Attributes.size()) {}

  void visit(std::uint32_t condition) {
    if (truth_of_condition(view_, slots_, condition) != Truth::Unknown) return;
    const ConditionRecord& node = view_.Conditions[condition];
    if (node.kind != static_cast<U8>(ConditionKind::Test)) {
      for_each_child(view_, condition, [this](std::uint32_t child) { visit(child); });
      return;
    }
    add(node.attribute);
    if (node.form == static_cast<U8>(OperandForm::Attribute)) add(node.operand);
  }

  std::vector<AttributeId> take() { return std::move(missing_); }

 private:
  void add(std::uint32_t attribute) {
    if (!slots_.is_unknown(attribute) || is_listed_[attribute]) return;
    is_listed_[attribute] = true;
    missing_.push_back(AttributeId(attribute));
  }

  const ProgramView& view_;
  const SlotView& slots_;
  std::vector<bool> is_listed_;
  std::vector<AttributeId> missing_;
};

}  // namespace

Truth truth_of_condition(const ProgramView& view, const SlotView& slots, std::uint32_t condition) {
  const ConditionRecord& node = view.Conditions[condition];
  switch (static_cast<ConditionKind>(node.kind)) {
    case ConditionKind::Test:
      return truth_of_leaf(view, slots, node);
    case ConditionKind::All:
      return truth_of_group(view, slots, condition, Truth::False);
    case ConditionKind::Any:
      return truth_of_group(view, slots, condition, Truth::True);
    case ConditionKind::Not:
      return negate(truth_of_condition(view, slots, condition + 1));
  }
  return Truth::Unknown;
}

Truth truth_of_rule(const ProgramView& view, const SlotView& slots, RuleId rule) {
  return truth_of_condition(view, slots, view.Rules[rule.index()].first_condition);
}

std::vector<AttributeId> missing_of_rule(const ProgramView& view, const SlotView& slots,
                                         RuleId rule) {
  MissingCollector collector(view, slots);
  collector.visit(view.Rules[rule.index()].first_condition);
  return collector.take();
}

std::vector<AttributeId> missing_of_allow_rules(const ProgramView& view, const SlotView& slots,
                                                std::span<const PolicyId> policies) {
  MissingCollector collector(view, slots);
  for (const PolicyId policy : policies) {
    const PolicyRecord& record = view.Policies[policy.index()];
    for (const RuleRecord& rule : view.Rules.subspan(record.first_rule, record.num_rules)) {
      if (rule.effect == static_cast<U8>(Effect::Allow)) collector.visit(rule.first_condition);
    }
  }
  return collector.take();
}

}  // namespace verdict
