// The workspace as its author wrote it: names, places, no meaning yet.
//
// Every part remembers its span. Values that need a type to be understood (`value`, `defaultValue`)
// stay JSON nodes of the documents that the Workspace owns.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "compiler/source/source.h"
#include "compiler/syntax/json.h"
#include "compiler/syntax/jwt_path.h"
#include "vm/program/settings.h"
#include "vm/value/function.h"
#include "vm/value/kind.h"
#include "vm/value/transform.h"

namespace verdict::compiler::ast {

// A string and where it stands, quotes included.
struct Text {
  std::string value;
  Span span;
};

// One element of a mapping's `transform`.
struct TransformStep {
  Span span;
  Transform transform;
  std::string argument;
};

// A claim mapping, or a context mapping: the same keys but for the name of the path.
struct Mapping {
  Span span;
  Text path_text;
  JwtPath path;
  Text attribute;  // without prefix
  bool is_required = false;
  Span required_span;
  std::optional<Text> type;
  std::optional<Kind> kind;  // of `type`, where it names one
  const JsonNode* default_value = nullptr;
  const JsonNode* values = nullptr;  // of an enum: an array of strings
  bool is_ordered = false;
  bool is_sensitive = false;
  std::optional<bool> is_user_writable;  // where the author says so
  std::vector<TransformStep> transforms;
  bool has_broken_transform = false;  // one that has been reported
};

// One setting of a provider, checked for shape.
struct SettingValue {
  Setting setting;
  Span span;
  bool boolean = false;
  std::int64_t integer = 0;
  std::string text;
  std::vector<std::string> texts;
};

// `is_complete` is false where one of them could not be read: an attribute may then be declared
// that is not seen.
struct Mappings {
  std::vector<Mapping> items;
  bool is_complete = true;
};

struct Provider {
  Span span;
  Text name;
  Text type;  // lower case; "oidc" where the file has none
  std::optional<Text> issuer;
  Mappings mappings;
  std::vector<SettingValue> settings;
  bool is_bare = false;  // a bare array of claim mappings: no issuer, no settings

  [[nodiscard]] const SettingValue* find(Setting setting) const;
};

enum class ConditionKind : std::uint8_t { Test, All, Any, Not };

struct Condition {
  Span span;
  ConditionKind kind = ConditionKind::Test;
  std::vector<Condition> children;  // of a group
  Text function;                    // of a Test, and all below
  Text attribute;
  const JsonMember* value = nullptr;
  const JsonMember* values = nullptr;
  std::optional<Text> value_attribute;
  Span value_attribute_key;
  std::optional<Text> time_zone;
  Span time_zone_key;
  Quantifier quantifier = Quantifier::Absent;
  Span quantifier_key;
  OnNull on_null = OnNull::Unknown;
  Span on_null_key;
};

struct Rule {
  Span span;
  Text id;
  Effect effect = Effect::Deny;
  Span effect_span;
  std::vector<Condition> conditions;
  Span conditions_span;
  std::optional<Text> message;
};

struct Policy {
  Span span;
  Text name;
  std::vector<Rule> rules;
  Effect default_effect = Effect::Deny;
};

struct Resource {
  Span span;
  Text name;
  std::vector<Text> actions;
  Mappings context;
};

struct Permission {
  Span span;
  Text resource;
  std::vector<Text> actions;
  Text policy;
  std::int64_t priority = 0;
};

// Owns the documents that its nodes point into. Must not outlive the Sources.
struct Workspace {
  std::vector<JsonDocument> documents;
  std::vector<Provider> providers;
  std::vector<Policy> policies;
  std::vector<Resource> resources;
  std::vector<Permission> permissions;
  // False where something could not be read: what seems to be missing may stand there.
  bool has_all_attributes = true;
  bool has_all_policies = true;
  bool has_all_resources = true;
};

}  // namespace verdict::compiler::ast
