#include <algorithm>

#include "tests/differential/generate.h"

namespace verdict::differential {
namespace {

constexpr auto kClaimKinds = std::to_array<Kind>(
    {Kind::String, Kind::String, Kind::Enum, Kind::Number, Kind::Number, Kind::Boolean,
     Kind::StringList, Kind::NumberList, Kind::Timestamp, Kind::Ip, Kind::Presence});

Choice text_choice(const std::string& text) { return {"\"" + text + "\"", ir::literal(text), {}}; }

class WorkspaceGenerator {
 public:
  explicit WorkspaceGenerator(Random& random)
      : random_(random),
        strings_(pick_domain(random, Kind::String)),
        numbers_(pick_domain(random, Kind::Number)) {}

  Workspace generate() {
    make_attributes();
    make_providers();
    make_policies();
    make_resources();
    make_permissions();
    decide_types();
    return std::move(workspace_);
  }

 private:
  // Attributes.

  void make_attributes() {
    for (std::size_t count = random_.between(2, 6); count > 0; --count)
      add_attribute(AttributeSource::Claim);
    for (std::size_t count = random_.below(3); count > 0; --count)
      add_attribute(AttributeSource::Context);
    const std::size_t num_providers = random_.chance(30) ? 2 : 1;
    for (std::size_t i = 0; i < num_providers; ++i)
      workspace_.providers.push_back({"p" + std::to_string(i), false, {}});
    if (num_providers == 1 && random_.chance(30)) workspace_.providers[0] = {"mappings", true, {}};
    if (random_.chance(40)) add_request_attributes();
  }

  void add_attribute(AttributeSource source) {
    Attribute attribute;
    attribute.name = "a" + std::to_string(workspace_.attributes.size());
    attribute.source = source;
    attribute.kind = kClaimKinds[random_.below(kClaimKinds.size())];
    if (attribute.kind == Kind::Enum) attribute.values = pick_enum_values();
    attribute.domain = domain_of(attribute);
    workspace_.attributes.push_back(std::move(attribute));
  }

  // Those of another enum, so that the two compare by order; or others, of which some are texts
  // that string attributes have as well.
  std::vector<std::string> pick_enum_values() {
    for (const Attribute& attribute : workspace_.attributes) {
      if (!attribute.values.empty() && random_.chance(50)) return attribute.values;
    }
    std::vector<std::string> values = {"a", "b", "ab", "A", "x", "free", "pro"};
    random_.shuffle(values);
    values.resize(random_.between(1, 4));
    return values;
  }

  std::vector<Choice> domain_of(const Attribute& attribute) {
    if (!attribute.values.empty()) return texts(attribute.values);
    const Kind element = element_of(attribute.kind);
    if (element == Kind::String) return strings_;
    if (element == Kind::Number) return numbers_;
    return pick_domain(random_, element);
  }

  static std::vector<Choice> texts(const std::vector<std::string>& values) {
    std::vector<Choice> choices;
    for (const std::string& value : values) choices.push_back(text_choice(value));
    return choices;
  }

  void add_request_attributes() {
    const auto add = [this](const std::string& name, Kind kind, std::vector<Choice> domain) {
      workspace_.attributes.push_back(
          {name, AttributeSource::Request, kind, false, {}, std::move(domain)});
    };
    std::vector<std::string> providers;
    for (const Provider& provider : workspace_.providers) providers.push_back(provider.name);
    add("req_provider", Kind::Enum, texts(providers));
    add("req_resource", Kind::String, texts({"r0", "r1"}));
    add("req_action", Kind::String, texts({"read", "write"}));
    add("req_time", Kind::Timestamp, pick_domain(random_, Kind::Timestamp));
    add("req_ip", Kind::Ip, pick_domain(random_, Kind::Ip));
  }

  // Mappings.

  void make_providers() {
    for (Provider& provider : workspace_.providers) {
      const bool is_only = workspace_.providers.size() == 1;
      provider.mappings = make_mappings(AttributeSource::Claim, is_only ? 100 : 85);
    }
    // An attribute that no provider maps would not exist.
    for (std::size_t i = 0; i < workspace_.attributes.size(); ++i) {
      if (workspace_.attributes[i].source == AttributeSource::Claim && !is_mapped(i)) {
        workspace_.providers[0].mappings.push_back(make_mapping(i));
      }
    }
  }

  [[nodiscard]] bool is_mapped(std::size_t attribute) const {
    return std::any_of(
        workspace_.providers.begin(), workspace_.providers.end(), [&](const Provider& provider) {
          return std::any_of(
              provider.mappings.begin(), provider.mappings.end(),
              [&](const Mapping& mapping) { return mapping.attribute == attribute; });
        });
  }

  std::vector<Mapping> make_mappings(AttributeSource source, unsigned percent) {
    std::vector<Mapping> mappings;
    for (std::size_t i = 0; i < workspace_.attributes.size(); ++i) {
      if (workspace_.attributes[i].source == source && random_.chance(percent))
        mappings.push_back(make_mapping(i));
    }
    return mappings;
  }

  Mapping make_mapping(std::size_t index) {
    const Attribute& attribute = workspace_.attributes[index];
    Mapping mapping;
    mapping.attribute = index;
    mapping.form = pick_form(attribute.kind);
    const std::size_t dice = random_.below(100);
    if (dice < 3) mapping.is_required = true;
    if (dice >= 80 && attribute.kind != Kind::Presence)
      mapping.default_value = make_default(attribute);
    return mapping;
  }

  PathForm pick_form(Kind kind) {
    if (random_.chance(40)) return PathForm::Name;
    std::vector<PathForm> forms = {PathForm::Dotted,     PathForm::Dotted, PathForm::Literal,
                                   PathForm::QuotedStep, PathForm::Index,  PathForm::Url};
    if (is_list(kind))
      forms.insert(forms.end(), {PathForm::Each, PathForm::EachMember, PathForm::EachMember});
    return random_.pick(forms);
  }

  Choice make_default(const Attribute& attribute) {
    if (!is_list(attribute.kind)) return random_.pick(attribute.domain);
    if (attribute.kind == Kind::StringList && random_.chance(20)) {
      const Choice& bare = random_.pick(attribute.domain);
      return {bare.json, ir::list_literal(Kind::String, bare.value.scalars), {}};
    }
    return make_list(random_, attribute.kind, attribute.domain);
  }

  // Policies.

  void make_policies() {
    for (std::size_t count = random_.between(1, 6); count > 0; --count) {
      Policy policy;
      policy.name = "policy" + std::to_string(workspace_.policies.size());
      const std::size_t dice = random_.below(4);
      if (dice != 0) policy.default_effect = dice == 1 ? Effect::Allow : Effect::Deny;
      make_rules(policy);
      workspace_.policies.push_back(std::move(policy));
    }
  }

  void make_rules(Policy& policy) {
    ConditionGenerator generator(random_, workspace_.attributes);
    for (std::size_t count = random_.below(7); count > 0; --count) {
      const Effect effect = random_.chance(65) ? Effect::Allow : Effect::Deny;
      policy.rules.push_back(
          generator.make_rule("rule" + std::to_string(policy.rules.size()), effect));
    }
    if (!random_.chance(10)) return;
    const std::vector<Rule> family = generator.make_family(
        random_.between(4, 16), random_.chance(80) ? Effect::Allow : Effect::Deny);
    policy.rules.insert(
        policy.rules.begin() + static_cast<std::ptrdiff_t>(random_.below(policy.rules.size() + 1)),
        family.begin(), family.end());
  }

  [[nodiscard]] bool reads_context(const Policy& policy) const {
    const auto is_context = [this](std::size_t i) {
      return workspace_.attributes[i].source == AttributeSource::Context;
    };
    bool result = false;
    for (const Rule& rule : policy.rules) {
      for_each_test(rule.conditions, [&](const Condition& test) {
        result =
            result || is_context(test.attribute) || (test.variable && is_context(*test.variable));
      });
    }
    return result;
  }

  // Resources. The first declares all context, so that every context attribute exists.

  void make_resources() {
    for (std::size_t count = random_.between(1, 2); count > 0; --count) {
      const std::size_t index = workspace_.resources.size();
      const unsigned percent = index == 0 || random_.chance(70) ? 100 : 0;
      workspace_.resources.push_back({"r" + std::to_string(index),
                                      {"read", "write"},
                                      make_mappings(AttributeSource::Context, percent)});
    }
  }

  [[nodiscard]] bool can_attach(std::size_t resource, std::size_t policy) const {
    return !workspace_.resources[resource].mappings.empty() ||
           !reads_context(workspace_.policies[policy]);
  }

  // Up to four policies on each action, none twice; some actions stay without.
  void make_permissions() {
    for (std::size_t resource = 0; resource < workspace_.resources.size(); ++resource) {
      std::vector<std::size_t> policies;
      for (std::size_t i = 0; i < workspace_.policies.size(); ++i) {
        if (can_attach(resource, i)) policies.push_back(i);
      }
      random_.shuffle(policies);
      if (policies.size() > 4) policies.resize(4);
      for (const std::size_t policy : policies) add_permission(resource, policy);
    }
    random_.shuffle(workspace_.permissions);
  }

  void add_permission(std::size_t resource, std::size_t policy) {
    const std::size_t dice = random_.below(10);
    if (dice == 0) return;
    Permission permission{resource, workspace_.resources[resource].actions, policy, std::nullopt};
    if (dice < 5) permission.actions = {random_.pick(permission.actions)};
    if (random_.chance(60)) permission.priority = static_cast<int>(random_.below(3)) - 1;
    workspace_.permissions.push_back(std::move(permission));
  }

  // Types. A mapping may leave its type out where a condition or a default says it (design 2.3).

  void decide_types() {
    for (std::size_t i = 0; i < workspace_.attributes.size(); ++i) {
      Attribute& attribute = workspace_.attributes[i];
      const bool is_untyped =
          attribute.kind == Kind::Presence || attribute.source == AttributeSource::Request;
      attribute.says_type = !is_untyped && !(is_said_elsewhere(i) && random_.chance(60));
    }
  }

  [[nodiscard]] bool is_said_elsewhere(std::size_t index) const {
    const Attribute& attribute = workspace_.attributes[index];
    if (attribute.kind == Kind::Timestamp || attribute.kind == Kind::Ip) return false;
    if (attribute.kind == Kind::Enum) return true;  // by its `values`
    const std::vector<Choice> defaults = defaults_of(index);
    const auto is_bare = [](const Choice& choice) { return choice.json.front() != '['; };
    if (is_list(attribute.kind) && std::any_of(defaults.begin(), defaults.end(), is_bare))
      return false;  // only `type` makes a list of it
    const auto has_type = [&](const Choice& choice) {
      return !is_list(attribute.kind) || !choice.elements.empty();
    };
    return is_said_by_use(index) || std::any_of(defaults.begin(), defaults.end(), has_type);
  }

  [[nodiscard]] bool is_said_by_use(std::size_t index) const {
    bool result = false;
    for_each_test(workspace_, [&](const Condition& test) {
      result = result || (test.attribute == index && says_kind(test));
    });
    return result;
  }

  // Whether a test leaves only one kind: of the rows of its spelling a constant operand picks one.
  static bool says_kind(const Condition& test) {
    const auto is_constant_of_attributes = [](const FunctionRow& row) {
      return get_kind_row(row.operand_kind).variable != Kind::Presence;
    };
    const bool is_picked = !test.constants.empty() && is_constant_of_attributes(*test.row);
    KindSet reads;
    for (const FunctionRow& row : kFunctions) {
      if (row.spelling == test.row->spelling && (!is_picked || &row == test.row))
        reads = reads | row.reads;
    }
    return (reads & ~KindSet(Kind::Enum)).size() == 1;
  }

  [[nodiscard]] std::vector<Choice> defaults_of(std::size_t index) const {
    std::vector<Choice> defaults;
    const auto look = [&](const std::vector<Mapping>& mappings) {
      for (const Mapping& mapping : mappings) {
        if (mapping.attribute == index && mapping.default_value)
          defaults.push_back(*mapping.default_value);
      }
    };
    for (const Provider& provider : workspace_.providers) look(provider.mappings);
    for (const Resource& resource : workspace_.resources) look(resource.mappings);
    return defaults;
  }

  Random& random_;
  std::vector<Choice> strings_;
  std::vector<Choice> numbers_;
  Workspace workspace_;
};

}  // namespace

Workspace generate_workspace(Random& random) { return WorkspaceGenerator(random).generate(); }

}  // namespace verdict::differential
