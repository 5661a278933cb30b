// A generated workspace, before it is written down as JSON. Things refer to each other by index.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tests/differential/values.h"

namespace verdict::differential {

// One attribute of any source; `name` is without prefix, but for the request's own.
struct Attribute {
  std::string name;
  AttributeSource source = AttributeSource::Claim;
  Kind kind = Kind::String;
  bool says_type = true;
  std::vector<std::string> values;  // of an enum
  std::vector<Choice> domain;       // what conditions and requests prefer; of a list: its elements

  [[nodiscard]] std::string full_name() const;
};

// The forms that a jwtPath can have.
enum class PathForm : std::uint8_t {
  Name,
  Dotted,
  Literal,
  QuotedStep,
  Index,
  Url,
  Each,
  EachMember
};

struct Mapping {
  std::size_t attribute = 0;
  PathForm form = PathForm::Name;
  std::optional<Choice> default_value;
  bool is_required = false;
};

struct Provider {
  std::string name;
  bool is_bare = false;
  std::vector<Mapping> mappings;
};

struct Condition {
  ir::ConditionKind kind = ir::ConditionKind::Test;
  std::vector<Condition> children;
  const FunctionRow* row = nullptr;  // of a Test, and all below
  bool is_negated = false;
  std::size_t attribute = 0;
  std::vector<Choice> constants;
  std::optional<std::size_t> variable;
  std::string time_zone;  // empty where none is given
  Quantifier quantifier = Quantifier::Absent;
  OnNull on_null = OnNull::Unknown;

  // Whether it says itself what null is: then null stays null where more is learnt.
  [[nodiscard]] bool answers_for_null() const {
    return row->function == Function::IsNull || on_null != OnNull::Unknown;
  }
};

struct Rule {
  std::string id;
  Effect effect = Effect::Deny;
  std::vector<Condition> conditions;
};

struct Policy {
  std::string name;
  std::vector<Rule> rules;
  std::optional<Effect> default_effect;
};

struct Resource {
  std::string name;
  std::vector<std::string> actions;
  std::vector<Mapping> mappings;
};

struct Permission {
  std::size_t resource = 0;
  std::vector<std::string> actions;
  std::size_t policy = 0;
  std::optional<int> priority;
};

struct Workspace {
  std::vector<Attribute> attributes;
  std::vector<Provider> providers;
  std::vector<Policy> policies;
  std::vector<Resource> resources;
  std::vector<Permission> permissions;
};

// The key under which an attribute's value stands at the top of the claims or the context.
inline std::string claim_key(const Attribute& attribute) { return "c_" + attribute.name; }

// Calls `visit` with every test below `conditions`, in source order.
template <class Visit>
void for_each_test(const std::vector<Condition>& conditions, const Visit& visit) {
  for (const Condition& condition : conditions) {
    if (condition.kind == ir::ConditionKind::Test) visit(condition);
    for_each_test(condition.children, visit);
  }
}
template <class Visit>
void for_each_test(const Workspace& workspace, const Visit& visit) {
  for (const Policy& policy : workspace.policies) {
    for (const Rule& rule : policy.rules) for_each_test(rule.conditions, visit);
  }
}

// The workspace as files, in the order of `WorkspaceFiles`.
struct File {
  std::string name;
  std::string text;
};
struct WorkspaceText {
  std::vector<File> providers;
  std::vector<File> policies;
  std::vector<File> resources;
  std::vector<File> permissions;
};
WorkspaceText to_json(const Workspace& workspace);

}  // namespace verdict::differential
