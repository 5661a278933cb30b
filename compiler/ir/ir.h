// The typed, three-valued form of a workspace, before any optimisation: every name resolved, every
// kind known.
//
// Code generation, the rules section of a program and the reference evaluator all start here. Nodes
// refer to each other by id. What stands here has been checked: operands fit their functions, ids
// are in range.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/source/source.h"
#include "compiler/syntax/jwt_path.h"
#include "vm/base/id_vector.h"
#include "vm/program/function.h"
#include "vm/program/layout.h"
#include "vm/program/settings.h"
#include "vm/program/slot.h"
#include "vm/value/kind.h"
#include "vm/value/number.h"

namespace verdict::compiler::ir {

struct ConditionTag;
using ConditionId = StrongId<ConditionTag>;

struct Timestamp {
  std::int64_t microseconds = 0;
  friend bool operator==(const Timestamp&, const Timestamp&) = default;
};

// A constant. Strings stand for enum values too.
using Literal = std::variant<bool, Number, std::string, Timestamp, IpValue,
                             std::vector<std::string>, std::vector<Number>>;

struct Attribute {
  std::string name;  // with its prefix
  AttributeSource source = AttributeSource::Claim;
  Kind kind = Kind::Presence;
  bool is_nullable = true;
  bool is_sensitive = false;
  bool is_ordered = false;
  std::vector<std::string> values;  // of an enum
  Span span;  // the first mapping's name; none for the request's own attributes
};

struct Mapping {
  AttributeId attribute;
  JwtPath path;
  std::optional<Literal> default_value;
  bool is_required = false;
};

// A setting's value has the alternative that settings.def gives it: bool, Number (an integer),
// string or strings.
struct SettingValue {
  Setting setting;
  Literal value;
};

struct Provider {
  std::string name;
  std::string type;
  std::optional<std::string> issuer;
  std::vector<Mapping> mappings;
  std::vector<SettingValue> settings;
};

enum class ConditionKind : std::uint8_t { Test, All, Any, Not };

// A test has one function, one attribute and the operand that the function's row asks for: none, a
// Literal (One: a scalar; Many: a list; Range: a list of two), or an attribute. A group has
// children: Not exactly one, the others at least one, but for the root of a rule.
struct Condition {
  ConditionKind kind = ConditionKind::Test;
  std::vector<ConditionId> children;
  Function function = Function::IsNull;
  bool is_negated = false;  // the twin: Kleene NOT of the function
  AttributeId attribute;
  std::variant<std::monostate, Literal, AttributeId> operand;
  Span span;
};

struct Rule {
  std::string id;
  Effect effect = Effect::Deny;
  std::optional<std::string> message;
  ConditionId root;  // an All
  Span span;
};

// Combined by deny_overrides. Rules in source order.
struct Policy {
  std::string name;
  std::vector<Rule> rules;
  Effect default_effect = Effect::Deny;
  Span span;  // of its name
};

// The policies of one resource and action: groups by rising priority, source order within. No
// group: no permission.
struct Action {
  std::string name;
  std::vector<std::vector<PolicyId>> groups;
};

struct Resource {
  std::string name;
  std::vector<Action> actions;
  std::vector<Mapping> mappings;  // of the request's context
};

struct Module {
  IdVector<AttributeId, Attribute> attributes;
  IdVector<ConditionId, Condition> conditions;
  std::vector<Provider> providers;
  IdVector<PolicyId, Policy> policies;
  std::vector<Resource> resources;
};

// The module as text, for people and golden files.
std::string dump(const Module& module);

}  // namespace verdict::compiler::ir
