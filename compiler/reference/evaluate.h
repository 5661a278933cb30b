// The slow second evaluator: walks the typed IR in the most obvious way.
//
// It exists to disagree. It shares no code with the VM: not vm/functions, not vm/interp, not
// vm/explain, not the optimiser; its comparisons, its Kleene logic, its groups and its list of
// missing attributes are written from design.md alone. Kept as simple as can be; speed is of no
// concern.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/ir/ir.h"

namespace verdict::compiler::reference {

struct Null {
  friend bool operator==(const Null&, const Null&) = default;
};
struct Invalid {
  friend bool operator==(const Invalid&, const Invalid&) = default;
};

// What one attribute holds during a decision. `true` of a Presence attribute stands for "there".
using Value = std::variant<Null, Invalid, ir::Literal>;
// By attribute name; what is not listed is null.
using Values = std::map<std::string, Value>;

// As design 3 has it. `policy`, `rule_id` empty where there is none.
struct Decision {
  Effect effect = Effect::Deny;
  std::string
      reason;  // rule, undecidable, default, no_policy, resource_not_found, action_not_found
  std::optional<std::string> policy;
  std::optional<std::string> rule_id;
  std::vector<std::string> missing;

  friend bool operator==(const Decision&, const Decision&) = default;
};

Decision decide(const ir::Module& module, const std::string& resource, const std::string& action,
                const Values& values);

// One policy asked for by its name. Nothing: there is no such policy.
std::optional<Decision> decide_policy(const ir::Module& module, const std::string& policy,
                                      const Values& values);

}  // namespace verdict::compiler::reference
