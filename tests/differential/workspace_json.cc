// Writes a generated workspace down as its author would.
#include "tests/differential/workspace.h"

namespace verdict::differential {
namespace {

// Names are plain ASCII: nothing to escape.
std::string quote(const std::string& text) { return "\"" + text + "\""; }

std::string member(const std::string& key, const std::string& json) {
  return quote(key) + ": " + json;
}

std::string join(const std::vector<std::string>& parts, const std::string& open,
                 const std::string& close) {
  std::string text = open;
  for (const std::string& part : parts) text += (text.size() > open.size() ? ", " : "") + part;
  return text + close;
}
std::string object(const std::vector<std::string>& members) { return join(members, "{ ", " }"); }

template <class T, class Write>
std::string array(const std::vector<T>& items, const Write& write) {
  std::vector<std::string> parts;
  for (const T& item : items) parts.push_back(write(item));
  return join(parts, "[", "]");
}
std::string array_of_texts(const std::vector<std::string>& texts) { return array(texts, quote); }

// The path in JSON, quotes and escapes included.
std::string path_json(PathForm form, const std::string& key) {
  switch (form) {
    case PathForm::Name:
      return quote(key);
    case PathForm::Dotted:
      return quote(key + ".v");
    case PathForm::Literal:
      return "\"[\\\"" + key + ".v\\\"]\"";
    case PathForm::QuotedStep:
      return "\"" + key + "[\\\"v w\\\"]\"";
    case PathForm::Index:
      return quote(key + "[1].m");
    case PathForm::Url:
      return quote("https://example.com/" + key);
    case PathForm::Each:
      return quote(key + "[*]");
    case PathForm::EachMember:
      return quote(key + "[*].m");
  }
  return {};
}

std::string effect_json(Effect effect) { return quote(std::string(spelling_of(effect))); }

class Writer {
 public:
  explicit Writer(const Workspace& workspace) : workspace_(workspace) {}

  [[nodiscard]] WorkspaceText write() const {
    WorkspaceText text;
    for (const Provider& provider : workspace_.providers) {
      text.providers.push_back(
          {"providers/" + provider.name + ".json", provider_json(provider) + "\n"});
    }
    for (const Policy& policy : workspace_.policies) {
      text.policies.push_back({"policies/" + policy.name + ".json", policy_json(policy) + "\n"});
    }
    const auto lines = [this](const auto& items, auto to_line) {
      std::vector<std::string> parts;
      for (const auto& item : items) parts.push_back("\n  " + (this->*to_line)(item));
      return join(parts, "[", "\n]\n");
    };
    text.resources.push_back(
        {"resources.json", lines(workspace_.resources, &Writer::resource_json)});
    text.permissions.push_back(
        {"permissions.json", lines(workspace_.permissions, &Writer::permission_json)});
    return text;
  }

 private:
  [[nodiscard]] std::string mapping_json(const Mapping& mapping,
                                         const std::string& path_key) const {
    const Attribute& attribute = workspace_.attributes[mapping.attribute];
    std::vector<std::string> members = {
        member(path_key, path_json(mapping.form, claim_key(attribute))),
        member("attribute", quote(attribute.name))};
    if (attribute.says_type)
      members.push_back(member("type", quote(std::string(spelling_of(attribute.kind)))));
    if (!attribute.values.empty()) {
      members.push_back(member("values", array_of_texts(attribute.values)));
      members.push_back(member("ordered", "true"));
    }
    if (mapping.default_value)
      members.push_back(member("defaultValue", mapping.default_value->json));
    if (mapping.is_required) members.push_back(member("required", "true"));
    return object(members);
  }

  [[nodiscard]] std::string mappings_json(const std::vector<Mapping>& mappings,
                                          const std::string& path_key) const {
    return array(mappings, [&](const Mapping& mapping) {
      return "\n    " + mapping_json(mapping, path_key);
    });
  }

  [[nodiscard]] std::string provider_json(const Provider& provider) const {
    const std::string mappings = mappings_json(provider.mappings, "jwtPath");
    if (provider.is_bare) return mappings;
    return object({member("name", quote(provider.name)),
                   member("issuer", quote("https://" + provider.name + ".example.com")),
                   member("allowAnyAudience", "true"), "\n  " + member("claimMappings", mappings)});
  }

  [[nodiscard]] std::string condition_json(const Condition& condition) const {
    switch (condition.kind) {
      case ir::ConditionKind::Test:
        return test_json(condition);
      case ir::ConditionKind::All:
        return object({member("all", conditions_json(condition.children))});
      case ir::ConditionKind::Any:
        return object({member("any", conditions_json(condition.children))});
      case ir::ConditionKind::Not:
        return object({member("not", condition_json(condition.children.at(0)))});
    }
    return {};
  }
  [[nodiscard]] std::string conditions_json(const std::vector<Condition>& conditions) const {
    return array(conditions,
                 [this](const Condition& condition) { return condition_json(condition); });
  }

  [[nodiscard]] std::string test_json(const Condition& test) const {
    const std::string_view function = test.is_negated ? test.row->twin : test.row->spelling;
    std::vector<std::string> members = {
        member("function", quote(std::string(function))),
        member("attribute", quote(workspace_.attributes[test.attribute].full_name()))};
    if (test.variable) {
      members.push_back(
          member("value_attribute", quote(workspace_.attributes[*test.variable].full_name())));
    } else if (test.row->operand == OperandShape::One) {
      members.push_back(member("value", test.constants.at(0).json));
    } else if (test.row->operand != OperandShape::None) {
      members.push_back(member(
          "values", array(test.constants, [](const Choice& choice) { return choice.json; })));
    }
    const auto word = [&members](const std::string& key, std::string_view text) {
      members.push_back(member(key, quote(std::string(text))));
    };
    if (test.quantifier != Quantifier::Absent)
      word("quantifier", kQuantifierSpellings.at(static_cast<std::size_t>(test.quantifier)));
    if (!test.time_zone.empty()) word("time_zone", test.time_zone);
    if (test.on_null != OnNull::Unknown)
      word("on_null", kOnNullSpellings.at(static_cast<std::size_t>(test.on_null)));
    return object(members);
  }

  [[nodiscard]] std::string rule_json(const Rule& rule) const {
    return "\n    " +
           object({member("rule_id", quote(rule.id)), member("effect", effect_json(rule.effect)),
                   "\n      " + member("conditions", conditions_json(rule.conditions))});
  }

  [[nodiscard]] std::string policy_json(const Policy& policy) const {
    std::vector<std::string> members = {
        member("rules", array(policy.rules, [this](const Rule& rule) { return rule_json(rule); }))};
    if (policy.default_effect) {
      members.push_back(
          member("default", object({member("effect", effect_json(*policy.default_effect))})));
    }
    return object({member("name", quote(policy.name)), member("specification", object(members))});
  }

  [[nodiscard]] std::string resource_json(const Resource& resource) const {
    return object({member("name", quote(resource.name)),
                   member("actions", array_of_texts(resource.actions)),
                   member("contextMappings", mappings_json(resource.mappings, "path"))});
  }

  [[nodiscard]] std::string permission_json(const Permission& permission) const {
    std::vector<std::string> members = {
        member("resource", quote(workspace_.resources[permission.resource].name)),
        member("actions", array_of_texts(permission.actions)),
        member("policy", quote(workspace_.policies[permission.policy].name))};
    if (permission.priority)
      members.push_back(member("priority", std::to_string(*permission.priority)));
    return object(members);
  }

  const Workspace& workspace_;
};

}  // namespace

std::string Attribute::full_name() const {
  switch (source) {
    case AttributeSource::Claim:
      return "ext_" + name;
    case AttributeSource::Context:
      return "ctx_" + name;
    case AttributeSource::Request:
      break;
  }
  return name;
}

WorkspaceText to_json(const Workspace& workspace) { return Writer(workspace).write(); }

}  // namespace verdict::differential
