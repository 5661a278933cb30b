// The module as text.
#include "compiler/ir/ir.h"
#include "vm/base/text.h"
#include "vm/value/scalar.h"

namespace verdict::compiler::ir {
namespace {

std::string quote(const std::string& text) { return "\"" + text + "\""; }

std::string text_of(const Literal& literal) {
  std::string text;
  for (const Scalar& scalar : literal.scalars) {
    const std::string value = format(literal.kind, slot_of(scalar));
    const bool is_quoted = is_text(literal.kind);
    text += (text.empty() ? "" : ", ") + (is_quoted ? quote(value) : value);
  }
  const std::string zone = literal.zone ? " " + literal.zone->name : "";
  return literal.shape == Shape::One ? text : "[" + text + "]" + zone;
}

std::string text_of(const std::vector<std::string>& texts) {
  return text_of(Literal(Kind::String, Shape::List, {texts.begin(), texts.end()}));
}

class Dumper {
 public:
  explicit Dumper(const Module& module) : module_(module) {}

  std::string dump() {
    for (const Attribute& attribute : module_.attributes) dump_attribute(attribute);
    for (const Provider& provider : module_.providers) {
      line(0, "provider " + quote(provider.name) + " " + provider.type + " " +
                  quote(provider.issuer.value_or("")));
      for (const Mapping& mapping : provider.mappings) dump_mapping(mapping);
      for (const SettingValue& setting : provider.settings) {
        line(1, std::string(find_setting(static_cast<std::uint32_t>(setting.setting))->key) +
                    " = " + text_of(setting.value));
      }
    }
    for (const Resource& resource : module_.resources) dump_resource(resource);
    for (const Policy& policy : module_.policies) dump_policy(policy);
    return std::move(text_);
  }

 private:
  void line(std::size_t depth, const std::string& content) {
    text_ += std::string(depth * 2, ' ') + escape_for_display(content) + "\n";
  }

  void dump_attribute(const Attribute& attribute) {
    line(0, "attribute " + attribute.name + ": " + std::string(spelling_of(attribute.kind)) +
                (attribute.is_nullable ? "?" : "") +
                (attribute.values.empty() ? "" : " " + text_of(attribute.values)));
  }

  static std::string transforms_of(const Mapping& mapping) {
    std::string text;
    for (const TransformStep& step : mapping.transforms) {
      text += (text.empty() ? " | " : ", ") + std::string(spelling_of(step.transform)) +
              (step.argument.empty() ? "" : " " + quote(step.argument));
    }
    return text;
  }

  void dump_mapping(const Mapping& mapping) {
    std::string path = mapping.path.literal ? quote(*mapping.path.literal) : "";
    for (const JwtPathStep& step : mapping.path.steps) {
      path += step.kind == JwtPathStep::Kind::Key     ? "." + step.key
              : step.kind == JwtPathStep::Kind::Index ? "[" + std::to_string(step.index) + "]"
                                                      : "[*]";
    }
    line(1, name_of(mapping.attribute) + " = " + path + transforms_of(mapping) +
                (mapping.is_required ? " required" : "") +
                (mapping.default_value ? " default " + text_of(*mapping.default_value) : ""));
  }

  void dump_resource(const Resource& resource) {
    line(0, "resource " + quote(resource.name));
    for (const Mapping& mapping : resource.mappings) dump_mapping(mapping);
    for (const Action& action : resource.actions) {
      std::string groups;
      for (const auto& group : action.groups) {
        groups += " {";
        for (const PolicyId policy : group) groups += " " + module_.policies[policy].name;
        groups += " }";
      }
      line(1, "action " + quote(action.name) + groups);
    }
  }

  void dump_policy(const Policy& policy) {
    line(0, "policy " + quote(policy.name) + " default " +
                std::string(spelling_of(policy.default_effect)));
    for (const Rule& rule : policy.rules) {
      line(1, "rule " + quote(rule.id) + " " + std::string(spelling_of(rule.effect)));
      dump_condition(2, rule.root);
    }
  }

  void dump_condition(std::size_t depth, ConditionId id) {
    const Condition& condition = module_.conditions[id];
    if (condition.kind == ConditionKind::Test) return line(depth, text_of_test(condition));
    line(depth, condition.kind == ConditionKind::All   ? "all"
                : condition.kind == ConditionKind::Any ? "any"
                                                       : "not");
    for (const ConditionId child : condition.children) dump_condition(depth + 1, child);
  }

  std::string text_of_test(const Condition& test) const {
    const FunctionRow& row = get_function_row(test.function);
    std::string text =
        std::string(test.is_negated ? row.twin : row.spelling) + " " + name_of(test.attribute);
    if (const auto* literal = std::get_if<Literal>(&test.operand)) text += " " + text_of(*literal);
    if (const auto* attribute = std::get_if<AttributeId>(&test.operand))
      text += " " + name_of(*attribute);
    if (test.quantifier != Quantifier::Absent)
      text += " quantifier " +
              std::string(kQuantifierSpellings[static_cast<std::size_t>(test.quantifier)]);
    if (test.on_null != OnNull::Unknown)
      text += " on_null " + std::string(kOnNullSpellings[static_cast<std::size_t>(test.on_null)]);
    return text;
  }

  [[nodiscard]] const std::string& name_of(AttributeId id) const {
    return module_.attributes[id].name;
  }

  const Module& module_;
  std::string text_;
};

}  // namespace

std::string dump(const Module& module) { return Dumper(module).dump(); }

}  // namespace verdict::compiler::ir
