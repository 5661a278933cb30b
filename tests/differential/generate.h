// Random workspaces. Same seed, same workspace, on every platform.
#pragma once

#include "tests/differential/random.h"
#include "tests/differential/workspace.h"

namespace verdict::differential {

Workspace generate_workspace(Random& random);

// Conditions over the attributes of a workspace that exists; also used to add a rule to it.
class ConditionGenerator {
 public:
  ConditionGenerator(Random& random, const std::vector<Attribute>& attributes)
      : random_(random), attributes_(attributes) {}

  // Nested at most `depth` groups deep.
  Condition make_condition(std::size_t depth);
  Rule make_rule(std::string id, Effect effect);
  std::vector<Rule> make_family(std::size_t count, Effect effect);

 private:
  Condition make_group(std::size_t depth);
  Condition make_test();
  void choose_operand(Condition& test);
  std::vector<std::size_t> variables_for(const Condition& test) const;
  Choice pick_constant(const FunctionRow& row, const Attribute& attribute, unsigned percent);
  std::vector<Choice> make_constants(const FunctionRow& row, const Attribute& attribute);

  Random& random_;
  const std::vector<Attribute>& attributes_;
};

}  // namespace verdict::differential
