// Policies, rules and conditions.
#include <algorithm>
#include <array>

#include "compiler/ast/read.h"
#include "compiler/diag/suggest.h"

namespace verdict::compiler::ast {
namespace {

constexpr auto kPolicyKeys =
    std::to_array<std::string_view>({"name", "description", "specification"});
constexpr auto kSpecificationKeys =
    std::to_array<std::string_view>({"rules", "default", "combining"});
constexpr auto kPlannedSpecificationKeys = std::to_array<std::string_view>({"conditions"});
constexpr auto kDefaultKeys = std::to_array<std::string_view>({"effect"});
constexpr auto kRuleKeys =
    std::to_array<std::string_view>({"rule_id", "effect", "conditions", "description", "message"});
constexpr auto kTestKeys =
    std::to_array<std::string_view>({"function", "attribute", "value", "values", "value_attribute",
                                     "quantifier", "on_null", "time_zone"});
constexpr auto kEffectNames = std::to_array<std::string_view>({"Allow", "Deny"});
constexpr auto kCombiningNames =
    std::to_array<std::string_view>({"deny_overrides", "first_match", "allow_overrides"});

// One of a few words, or a diagnostic with the nearest.
bool check_word(const ReadContext& context, const Text& word, std::string_view what,
                std::span<const std::string_view> known) {
  if (std::find(known.begin(), known.end(), word.value) != known.end()) return true;
  auto diagnostic = context.emitter.emit(Code::UnknownValue, word.span,
                                         {word.value, std::string(what), enumerate(known)});
  suggest(diagnostic, inside_quotes(word.span), word.value, known);
  return false;
}

std::optional<Effect> read_effect(const ReadContext& context, ObjectReader& reader) {
  const std::optional<Text> text = reader.require_text("effect");
  if (!text || !check_word(context, *text, "effect", kEffectNames)) return std::nullopt;
  return text->value == "Allow" ? Effect::Allow : Effect::Deny;
}

class ConditionReader {
 public:
  explicit ConditionReader(const ReadContext& context) : context_(context) {}

  std::vector<Condition> read_all(const JsonNode& array) {
    std::vector<Condition> conditions;
    for (const JsonNode& element : array.elements()) {
      if (auto condition = read(element)) conditions.push_back(std::move(*condition));
    }
    return conditions;
  }

 private:
  std::optional<Condition> read(const JsonNode& node) {
    if (node.is(JsonKind::Object)) {
      for (const JsonMember& member : node.members()) {
        if (member.key == "all") return read_group(node, ConditionKind::All, "all");
        if (member.key == "any") return read_group(node, ConditionKind::Any, "any");
        if (member.key == "not") return read_not(node);
        if (member.key == "ref") return refuse_ref(member);
      }
    }
    return read_test(node);
  }

  std::optional<Condition> refuse_ref(const JsonMember& member) {
    context_.emitter.emit(Code::NotAvailable, member.key_span, {"ref"});
    return std::nullopt;
  }

  std::optional<Condition> read_group(const JsonNode& node, ConditionKind kind,
                                      std::string_view key) {
    const std::array<std::string_view, 1> known = {key};
    ObjectReader reader(context_.emitter, node, "a group", known);
    const JsonMember* member = reader.get(key, JsonKind::Array);
    if (member == nullptr) return std::nullopt;
    if (member->value->elements().empty()) {
      context_.emitter.emit(Code::EmptyGroup, member->value->span(), {std::string(key)});
      return std::nullopt;
    }
    Condition group;
    group.span = node.span();
    group.kind = kind;
    group.children = read_all(*member->value);
    return group;
  }

  std::optional<Condition> read_not(const JsonNode& node) {
    constexpr std::array<std::string_view, 1> kKnown = {"not"};
    ObjectReader reader(context_.emitter, node, "a group", kKnown);
    const JsonMember* member = reader.get("not", JsonKind::Object);
    if (member == nullptr) return std::nullopt;
    Condition group;
    group.span = node.span();
    group.kind = ConditionKind::Not;
    if (auto child = read(*member->value)) group.children.push_back(std::move(*child));
    return group;
  }

  std::optional<Condition> read_test(const JsonNode& node) {
    ObjectReader reader(context_.emitter, node, "a condition", kTestKeys);
    if (!reader.is_object()) return std::nullopt;
    Condition test;
    test.span = node.span();
    const std::optional<Text> function = reader.require_text("function");
    const std::optional<Text> attribute = reader.require_text("attribute");
    test.value = reader.find("value");
    test.values = reader.get("values", JsonKind::Array);
    test.value_attribute = reader.get_text("value_attribute");
    if (test.value_attribute) test.value_attribute_key = reader.find("value_attribute")->key_span;
    const bool has_broken_operand =
        reader.is_misspelt("value") || reader.is_misspelt("values") ||
        reader.is_misspelt("value_attribute") || reader.is_misspelt("quantifier") ||
        reader.is_misspelt("on_null") ||
        (reader.find("values") != nullptr && test.values == nullptr) ||
        (reader.find("value_attribute") != nullptr && !test.value_attribute);
    const bool has_quantifier = read_quantifier(reader, test);
    const bool has_on_null = read_on_null(reader, test);
    const bool has_time_zone = read_time_zone(reader, test);
    if (!function || !attribute || has_broken_operand || !has_quantifier || !has_on_null ||
        !has_time_zone)
      return std::nullopt;
    test.function = *function;
    test.attribute = *attribute;
    return test;
  }

  // False where the key is there and its word is wrong.
  bool read_quantifier(ObjectReader& reader, Condition& test) {
    const auto words = std::span(kQuantifierSpellings).subspan(1);
    const auto word = read_word(reader, "quantifier", words, test.quantifier_key);
    if (word) test.quantifier = static_cast<Quantifier>(*word + 1);
    return word.has_value() || reader.find("quantifier") == nullptr;
  }

  bool read_on_null(ObjectReader& reader, Condition& test) {
    const auto word = read_word(reader, "on_null", kOnNullSpellings, test.on_null_key);
    if (word) test.on_null = static_cast<OnNull>(*word);
    return word.has_value() || reader.find("on_null") == nullptr;
  }

  static bool read_time_zone(ObjectReader& reader, Condition& test) {
    const JsonMember* member = reader.find("time_zone");
    if (member == nullptr) return !reader.is_misspelt("time_zone");
    test.time_zone = reader.get_text("time_zone");
    test.time_zone_key = member->key_span;
    return test.time_zone.has_value();
  }

  // The place among `words` of what stands behind a key.
  std::optional<std::size_t> read_word(ObjectReader& reader, std::string_view key,
                                       std::span<const std::string_view> words, Span& key_span) {
    const std::optional<Text> text = reader.get_text(key);
    if (!text || !check_word(context_, *text, "value of " + quoted(key), words))
      return std::nullopt;
    key_span = reader.find(key)->key_span;
    return static_cast<std::size_t>(std::find(words.begin(), words.end(), text->value) -
                                    words.begin());
  }

  const ReadContext& context_;
};

std::optional<Rule> read_rule(const ReadContext& context, const JsonNode& node) {
  ObjectReader reader(context.emitter, node, "a rule", kRuleKeys);
  if (!reader.is_object()) return std::nullopt;
  Rule rule;
  rule.span = node.span();
  const std::optional<Text> id = reader.require_name("rule_id");
  const std::optional<Effect> effect = read_effect(context, reader);
  const JsonMember* conditions = reader.require("conditions", JsonKind::Array);
  rule.message = reader.get_text("message");
  reader.get_text("description");
  if (conditions != nullptr) {
    rule.conditions = ConditionReader(context).read_all(*conditions->value);
    rule.conditions_span = conditions->value->span();
  }
  rule.id = id.value_or(Text{"", node.span()});
  if (effect) {
    rule.effect = *effect;
    rule.effect_span = reader.find("effect")->value->span();
  }
  return rule;
}

void read_combining(const ReadContext& context, ObjectReader& reader) {
  const std::optional<Text> combining = reader.get_text("combining");
  if (!combining || !check_word(context, *combining, "way of combining", kCombiningNames)) return;
  if (combining->value != kCombiningNames.front()) {
    context.emitter.emit(Code::NotAvailable, combining->span, {combining->value});
  }
}

void read_specification(const ReadContext& context, const JsonNode& node, Policy& policy) {
  ObjectReader reader(context.emitter, node, "`specification`", kSpecificationKeys,
                      kPlannedSpecificationKeys);
  if (const JsonMember* rules = reader.require("rules", JsonKind::Array)) {
    for (const JsonNode& element : rules->value->elements()) {
      if (auto rule = read_rule(context, element)) policy.rules.push_back(std::move(*rule));
    }
  }
  read_combining(context, reader);
  if (const JsonMember* member = reader.get("default", JsonKind::Object)) {
    ObjectReader fallback(context.emitter, *member->value, "`default`", kDefaultKeys);
    policy.default_effect = read_effect(context, fallback).value_or(Effect::Deny);
  }
  std::vector<const Text*> ids;
  for (const Rule& rule : policy.rules) {
    if (!rule.id.value.empty()) ids.push_back(&rule.id);
  }
  report_duplicates(context.emitter, "rule", ids);
}

std::optional<Policy> read_policy(const ReadContext& context, const JsonNode& node) {
  ObjectReader reader(context.emitter, node, "a policy", kPolicyKeys);
  if (!reader.is_object()) return std::nullopt;
  Policy policy;
  policy.span = node.span();
  policy.name = reader.require_name("name").value_or(Text{"", node.span()});
  reader.get_text("description");
  if (const JsonMember* specification = reader.require("specification", JsonKind::Object)) {
    read_specification(context, *specification->value, policy);
  }
  return policy;
}

}  // namespace

std::vector<Policy> read_policies(const ReadContext& context, const JsonNode& node) {
  std::vector<Policy> policies;
  for (const JsonNode* element : one_or_many(node)) {
    if (auto policy = read_policy(context, *element)) policies.push_back(std::move(*policy));
  }
  return policies;
}

}  // namespace verdict::compiler::ast
