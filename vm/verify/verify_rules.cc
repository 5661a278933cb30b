// The rules section: condition trees that can be walked without looking, and the places in the
// sources.
#include <algorithm>
#include <string>
#include <vector>

#include "vm/base/limits.h"
#include "vm/program/load_error.h"
#include "vm/verify/verify.h"
#include "vm/verify/verify_tests.h"

namespace verdict {
namespace {

using Result = Expected<void, Error>;

Unexpected<Error> refuse_condition(const ProgramView& view, std::uint32_t index,
                                   std::string_view why) {
  return refuse(LoadError::ConditionTree,
                "conditions[" + std::to_string(index) + "]: " + std::string(why),
                offset_of(view, Section::Conditions, index));
}

Result verify_test(const ProgramView& view, std::uint32_t index) {
  const ConditionRecord& condition = view.Conditions[index];
  const FunctionRow* row = find_function(condition.function);
  if (row == nullptr) {
    return refuse(LoadError::Feature, "conditions[" + std::to_string(index) + "]: unknown function",
                  offset_of(view, Section::Conditions, index));
  }
  constexpr U8 kFlags = ConditionRecord::make_flags(true, static_cast<OnNull>(3), Quantifier::None);
  if ((condition.flags & ~unsigned{kFlags}) != 0)
    return refuse_condition(view, index, "unknown flags");
  if (condition.form > static_cast<U8>(OperandForm::Attribute))
    return refuse_condition(view, index, "unknown form of operand");
  const auto fault =
      find_fault(view, {*row, condition.attribute, static_cast<OperandForm>(condition.form),
                        condition.operand, condition.quantifier(), condition.on_null()});
  if (fault) return refuse_condition(view, index, fault->why);
  if (condition.end != index + 1) return refuse_condition(view, index, "a test has no children");
  return {};
}

// Walks a rule's nodes in order with the ends of the open groups on a stack.
class TreeVerifier {
 public:
  TreeVerifier(const ProgramView& view, const RuleRecord& rule)
      : view_(view),
        begin_(rule.first_condition),
        end_(rule.first_condition + rule.num_conditions) {}

  Result verify() {
    if (view_.Conditions[begin_].kind != static_cast<U8>(ConditionKind::All) ||
        view_.Conditions[begin_].end != end_) {
      return refuse_condition(view_, begin_, "a rule's root is an `all` that spans the rule");
    }
    for (std::uint32_t i = begin_; i < end_; ++i) {
      while (!open_.empty() && open_.back() == i) open_.pop_back();
      VERDICT_TRY(verify_node(i));
    }
    return {};
  }

 private:
  Result verify_node(std::uint32_t index) {
    const ConditionRecord& node = view_.Conditions[index];
    if (node.kind > static_cast<U8>(ConditionKind::Not))
      return refuse_condition(view_, index, "unknown kind of node");
    if (node.kind == static_cast<U8>(ConditionKind::Test)) return verify_test(view_, index);
    return open_group(node, index);
  }

  Result open_group(const ConditionRecord& node, std::uint32_t index) {
    if (node.function != 0 || node.flags != 0 || node.form != 0 || node.attribute != 0 ||
        node.operand != 0) {
      return refuse_condition(view_, index, "a group has no operands");
    }
    const std::uint32_t limit = open_.empty() ? end_ : open_.back();
    if (node.end > limit || node.end <= index)
      return refuse_condition(view_, index, "its end lies outside of its parent");
    if (index != begin_ && node.end == index + 1)
      return refuse_condition(view_, index, "the group is empty");
    if (node.kind == static_cast<U8>(ConditionKind::Not) &&
        view_.Conditions[index + 1].end != node.end) {
      return refuse_condition(view_, index, "`not` has exactly one child");
    }
    if (open_.size() > limits::kMaxConditionDepth)
      return refuse_condition(view_, index, "nested too deeply");
    if (node.end > index + 1) open_.push_back(node.end);
    return {};
  }

  const ProgramView& view_;
  std::uint32_t begin_;
  std::uint32_t end_;
  std::vector<std::uint32_t> open_;
};

bool is_reference(std::uint32_t value, std::size_t size) { return value < size; }

Result verify_rule(const ProgramView& view, std::size_t index, std::uint32_t next_condition) {
  const RuleRecord& rule = view.Rules[index];
  const auto wrong = [&](LoadError error, std::string_view why) {
    return refuse(error, "rules[" + std::to_string(index) + "]: " + std::string(why),
                  offset_of(view, Section::Rules, index));
  };
  if (std::any_of(rule.reserved.begin(), rule.reserved.end(), [](U8 byte) { return byte != 0; })) {
    return wrong(LoadError::Reserved, "reserved bits");
  }
  if (!is_reference(rule.id, view.num_strings()) || rule.effect > 1 ||
      (rule.message != kNone && !is_reference(rule.message, view.num_strings()))) {
    return wrong(LoadError::Tables, "a reference of the rule is wrong");
  }
  const bool is_own =
      is_reference(rule.policy, view.Policies.size()) &&
      index >= view.Policies[rule.policy].first_rule &&
      index - view.Policies[rule.policy].first_rule < view.Policies[rule.policy].num_rules;
  if (!is_own) return wrong(LoadError::Tables, "the rule is not among those of its policy");
  if (rule.first_condition != next_condition || rule.num_conditions == 0 ||
      rule.num_conditions > view.Conditions.size() - next_condition) {
    return wrong(LoadError::ConditionTree, "its conditions lie outside of the table");
  }
  return TreeVerifier(view, rule).verify();
}

Result verify_locations(const ProgramView& view) {
  if (view.Locations.empty()) return {};
  if (view.Locations.size() != view.Rules.size() + view.Conditions.size()) {
    return refuse(LoadError::DebugInfo, "not one location for each rule and condition");
  }
  for (std::size_t i = 0; i < view.Locations.size(); ++i) {
    const LocationRecord& location = view.Locations[i];
    if (!is_reference(location.file, view.num_strings()) || location.line == 0 ||
        location.column == 0) {
      return refuse(LoadError::DebugInfo, "locations[" + std::to_string(i) + "] is wrong",
                    offset_of(view, Section::Locations, i));
    }
  }
  return {};
}

Result verify_code_map(const ProgramView& view) {
  if (view.CodeMap.empty()) return {};
  if (view.CodeMap.size() != view.Code.size())
    return refuse(LoadError::DebugInfo, "not one entry for each instruction");
  for (std::size_t i = 0; i < view.CodeMap.size(); ++i) {
    if (view.CodeMap[i] != kNone && !is_reference(view.CodeMap[i], view.Conditions.size())) {
      return refuse(LoadError::DebugInfo, "code_map[" + std::to_string(i) + "] is wrong",
                    offset_of(view, Section::CodeMap, i));
    }
  }
  return {};
}

}  // namespace

Expected<void, Error> verify_rules(const ProgramView& view) {
  std::uint32_t next_condition = 0;
  for (std::size_t i = 0; i < view.Rules.size(); ++i) {
    VERDICT_TRY(verify_rule(view, i, next_condition));
    next_condition += view.Rules[i].num_conditions;
  }
  if (next_condition != view.Conditions.size())
    return refuse(LoadError::ConditionTree, "a condition belongs to no rule");
  VERDICT_TRY(verify_locations(view));
  return verify_code_map(view);
}

}  // namespace verdict
