// The typed, three-valued form of a workspace, before any optimisation: every name resolved, every
// kind known.
//
// Code generation, the rules section of a program and the reference evaluator all start here. Nodes
// refer to each other by id. What stands here has been checked: operands fit their functions, ids
// are in range.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/source/source.h"
#include "compiler/syntax/jwt_path.h"
#include "compiler/zones/zone_folder.h"
#include "vm/base/id_vector.h"
#include "vm/program/layout.h"
#include "vm/program/settings.h"
#include "vm/value/function.h"
#include "vm/value/kind.h"
#include "vm/value/scalar.h"
#include "vm/value/transform.h"

namespace verdict::compiler::ir {

struct ConditionTag;
using ConditionId = StrongId<ConditionTag>;

// A constant: values of one kind, and their shape. A text of an enum has kind Enum only where the
// function's row says so.
struct Literal {
  Kind kind = Kind::Presence;
  Shape shape = Shape::One;
  std::vector<Scalar> scalars;           // of One exactly one
  std::shared_ptr<const TimeZone> zone;  // of local values

  Literal() = default;
  Literal(Kind kind_of_values, Shape shape_of_values, std::vector<Scalar> values)
      : kind(kind_of_values), shape(shape_of_values), scalars(std::move(values)) {}

  // Whether it holds one value of that alternative.
  template <class T>
  [[nodiscard]] bool is() const {
    return shape == Shape::One && std::holds_alternative<T>(scalars.front());
  }
  // That value.
  template <class T>
  [[nodiscard]] const T& get() const {
    return std::get<T>(scalars.at(0));
  }
  // All values, of that alternative each.
  template <class T>
  [[nodiscard]] std::vector<T> get_all() const {
    std::vector<T> values;
    for (const Scalar& scalar : scalars) values.push_back(std::get<T>(scalar));
    return values;
  }

  friend bool operator==(const Literal&, const Literal&) = default;
};

// A literal of one value, or a list, of the usual kind of its type.
template <class T>
Literal literal(const T& value) {
  constexpr auto kKinds = std::to_array<Kind>(
      {Kind::Boolean, Kind::Number, Kind::String, Kind::Timestamp, Kind::Ip, Kind::Network});
  const Scalar scalar(value);
  return {kKinds.at(scalar.index()), Shape::One, {scalar}};
}
inline Literal list_literal(Kind kind, std::vector<Scalar> values) {
  return {kind, Shape::List, std::move(values)};
}

struct Attribute {
  std::string name;  // with its prefix
  AttributeSource source = AttributeSource::Claim;
  Kind kind = Kind::Presence;
  bool is_nullable = true;
  bool is_sensitive = false;
  bool is_ordered = false;
  std::vector<std::string> values;  // of an enum
  std::string writable_claim;       // the claim behind it that users write themselves; or empty
  Span span;  // the first mapping's name; none for the request's own attributes
};

// One step of a mapping's `transform`; the argument is empty where it takes none.
struct TransformStep {
  Transform transform;
  std::string argument;
};

struct Mapping {
  AttributeId attribute;
  JwtPath path;
  std::optional<Literal> default_value;
  bool is_required = false;
  std::vector<TransformStep> transforms;  // each takes what the one before it gives
};

// A setting's value is of the kind and shape that settings.def gives it; a number is an integer.
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
// Literal (One: a value; Many: a set; Range: a range; Window: a window), or an attribute. A group
// has children: Not exactly one, the others at least one, but for the root of a rule.
struct Condition {
  ConditionKind kind = ConditionKind::Test;
  std::vector<ConditionId> children;
  Function function = Function::IsNull;
  bool is_negated =
      false;  // the twin: Kleene NOT of the function, of each element under a quantifier
  AttributeId attribute;
  std::variant<std::monostate, Literal, AttributeId> operand;
  Quantifier quantifier = Quantifier::Absent;
  OnNull on_null = OnNull::Unknown;
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
  Span span;
};

struct Resource {
  std::string name;
  std::vector<Action> actions;
  std::vector<Mapping> mappings;  // of the request's context
  Span span;                      // of its name
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
