#include "compiler/check/check.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "compiler/ast/object_reader.h"
#include "compiler/ast/read.h"
#include "compiler/check/attributes.h"
#include "compiler/check/conditions.h"
#include "compiler/check/context.h"
#include "compiler/check/literals.h"
#include "compiler/check/names.h"
#include "compiler/diag/suggest.h"
#include "compiler/providers/providers.h"

namespace verdict::compiler {
namespace {

template <class Item>
std::vector<const ast::Text*> names_of(const std::vector<Item>& items) {
  std::vector<const ast::Text*> names;
  for (const Item& item : items) {
    if (!item.name.value.empty()) names.push_back(&item.name);
  }
  return names;
}

class Checker {
 public:
  Checker(const ast::Workspace& workspace, ZoneFolder& zones, Emitter& emitter)
      : workspace_(workspace),
        zones_(zones),
        emitter_(emitter),
        attributes_(workspace, emitter),
        tests_(workspace, attributes_, emitter),
        context_(workspace, attributes_, emitter) {}

  ir::Module check() {
    check_names();
    tests_.infer();
    attributes_.resolve();
    module_.attributes = attributes_.finish(new_ids_);
    build_providers();
    build_policies();
    build_resources();
    attach_permissions();
    return std::move(module_);
  }

  // Of what the mappings declare, and of what the policies read of requests.
  [[nodiscard]] std::vector<LearntType> learnt_types() const {
    std::vector<LearntType> types;
    for (std::uint32_t i = 0; i < attributes_.size(); ++i) {
      const AttributeId id(i);
      const auto readers = readers_.find(id);
      if (attributes_.get(id).source == AttributeSource::Request && readers == readers_.end())
        continue;
      types.push_back(attributes_.learnt(id));
      if (readers == readers_.end()) continue;
      for (const auto& [policy, rule] : readers->second)
        types.back().readers.push_back({policy->name.value, rule->id.value});
    }
    return types;
  }

 private:
  void check_names() {
    ast::report_duplicates(emitter_, "provider", names_of(workspace_.providers));
    ast::report_duplicates(emitter_, "policy", names_of(workspace_.policies));
    ast::report_duplicates(emitter_, "resource", names_of(workspace_.resources));
    check_issuers();
  }

  void check_issuers() {
    std::map<std::string, const ast::Provider*> by_issuer;
    for (const ast::Provider& provider : workspace_.providers) {
      if (!provider.issuer) continue;
      const auto [found, is_new] = by_issuer.try_emplace(provider.issuer->value, &provider);
      if (is_new) continue;
      emitter_
          .emit(Code::SameIssuer, provider.issuer->span,
                {found->second->name.value, provider.name.value})
          .label(found->second->issuer->span, "the same issuer here");
    }
  }

  ir::Mapping build_mapping(const ast::Mapping& mapping, std::string_view prefix) {
    const AttributeId id = attributes_.find(std::string(prefix) + mapping.attribute.value);
    ir::Mapping built{new_ids_[id.index()], mapping.path, std::nullopt, mapping.is_required, {}};
    for (const ast::TransformStep& step : mapping.transforms)
      built.transforms.push_back({step.transform, step.argument});
    if (mapping.default_value != nullptr && !attributes_.entry(id).has_conflict) {
      LiteralReader reader(emitter_, attributes_.get(id), attributes_.values_of(id),
                           "`defaultValue`");
      built.default_value = reader.read(*mapping.default_value, attributes_.get(id).kind);
    }
    return built;
  }

  void build_providers() {
    for (const ast::Provider& provider : workspace_.providers) {
      ir::Provider built{provider.name.value, provider.type.value, std::nullopt, {}, {}};
      if (provider.issuer) built.issuer = provider.issuer->value;
      for (const ast::Mapping& mapping : provider.mappings.items) {
        built.mappings.push_back(build_mapping(mapping, "ext_"));
        note_writable(provider, mapping, built.mappings.back().attribute);
      }
      for (const ast::SettingValue& setting : provider.settings)
        built.settings.push_back(build_setting(setting));
      module_.providers.push_back(std::move(built));
    }
  }

  // Whether users write the claim themselves: as the author says, else as is known of the type.
  void note_writable(const ast::Provider& provider, const ast::Mapping& mapping, AttributeId id) {
    const ProviderRow* row = find_provider(provider.type.value);
    const bool is_known = row != nullptr && is_user_writable(*row, path_of(mapping.path));
    if (id.has_value() && mapping.is_user_writable.value_or(is_known))
      module_.attributes[id].writable_claim = mapping.path_text.value;
  }

  // The names of its members, joined by dots.
  static std::string path_of(const JwtPath& path) {
    if (path.steps.empty()) return path.literal.value_or("");
    std::string text;
    for (const JwtPathStep& step : path.steps) {
      if (step.kind == JwtPathStep::Kind::Key) text += (text.empty() ? "" : ".") + step.key;
    }
    return text;
  }

  static ir::SettingValue build_setting(const ast::SettingValue& setting) {
    const auto [kind, shape] = find_setting(static_cast<std::uint32_t>(setting.setting))->constant;
    if (shape == Shape::List)
      return {setting.setting, {kind, shape, {setting.texts.begin(), setting.texts.end()}}};
    if (kind == Kind::Boolean) return {setting.setting, ir::literal(setting.boolean)};
    if (kind == Kind::Number)
      return {setting.setting, ir::literal(Number::from_integer(setting.integer))};
    return {setting.setting, ir::literal(setting.text)};
  }

  void build_policies() {
    ConditionBuilder conditions(tests_, attributes_, new_ids_, zones_, emitter_, module_);
    for (const ast::Policy& policy : workspace_.policies) {
      ir::Policy built{policy.name.value, {}, policy.default_effect, policy.name.span};
      for (const ast::Rule& rule : policy.rules) {
        const std::optional<std::string> message =
            rule.message ? std::optional(rule.message->value) : std::nullopt;
        built.rules.push_back(
            {rule.id.value, rule.effect, message, conditions.build_rule(rule), rule.span});
        note_reads(conditions.take_read(), {&policy, &rule});
      }
      module_.policies.push_back(std::move(built));
      context_.add_policy(std::exchange(reads_, {}));
    }
  }

  // A rule of the workspace.
  struct Reader {
    const ast::Policy* policy;
    const ast::Rule* rule;
  };

  // A rule reads each attribute once, however often its conditions do.
  void note_reads(const std::vector<AttributeId>& read, const Reader& reader) {
    std::set<AttributeId> seen;
    for (const AttributeId id : read) {
      if (!seen.insert(id).second) continue;
      readers_[id].push_back(reader);
      reads_.push_back(id);
    }
  }

  void build_resources() {
    for (const ast::Resource& resource : workspace_.resources) {
      ir::Resource built{resource.name.value, {}, {}, resource.name.span};
      for (const ast::Text& action : resource.actions)
        built.actions.push_back({action.value, {}, action.span});
      for (const ast::Mapping& mapping : resource.context.items)
        built.mappings.push_back(build_mapping(mapping, "ctx_"));
      module_.resources.push_back(std::move(built));
    }
  }

  // ---- permissions

  struct Attachment {
    std::int64_t priority;
    PolicyId policy;
    const ast::Permission* permission;
  };

  template <class Items>
  static NameList list_names(const Items& items) {
    std::vector<std::string_view> names;
    for (const auto& item : items) names.emplace_back(item.name);
    return NameList(std::move(names));
  }

  void list_all_names() {
    policies_ = list_names(module_.policies);
    resources_ = list_names(module_.resources);
    for (const ir::Resource& resource : module_.resources)
      actions_.push_back(list_names(resource.actions));
  }

  void attach_permissions() {
    list_all_names();
    std::map<std::pair<std::size_t, std::size_t>, std::vector<Attachment>> by_action;
    for (const ast::Permission& permission : workspace_.permissions) {
      const PolicyId policy = find_policy(permission.policy);
      const std::optional<std::size_t> resource = find_resource(permission.resource);
      if (!resource) continue;
      if (policy.has_value()) context_.check(policy, permission, *resource);
      for (const ast::Text& name : permission.actions) {
        const std::optional<std::size_t> action = find_action(*resource, name);
        if (!action || !policy.has_value()) continue;
        by_action[{*resource, *action}].push_back({permission.priority, policy, &permission});
      }
    }
    for (auto& [key, attachments] : by_action)
      build_groups(module_.resources[key.first].actions[key.second], attachments);
  }

  void build_groups(ir::Action& action, std::vector<Attachment>& attachments) {
    report_repeated_policies(action, attachments);
    std::stable_sort(
        attachments.begin(), attachments.end(),
        [](const Attachment& a, const Attachment& b) { return a.priority < b.priority; });
    for (std::size_t i = 0; i < attachments.size(); ++i) {
      if (i == 0 || attachments[i].priority != attachments[i - 1].priority)
        action.groups.emplace_back();
      action.groups.back().push_back(attachments[i].policy);
    }
  }

  void report_repeated_policies(const ir::Action& action,
                                const std::vector<Attachment>& attachments) {
    std::map<PolicyId, const ast::Permission*> first;
    for (const Attachment& attachment : attachments) {
      const auto [found, is_new] = first.try_emplace(attachment.policy, attachment.permission);
      if (is_new || found->second == attachment.permission)
        continue;  // an action named twice is reported where it stands
      emitter_
          .emit(Code::DuplicateName, attachment.permission->policy.span,
                {"permission on action `" + action.name + "` for policy",
                 attachment.permission->policy.value})
          .label(found->second->policy.span, "first attached here");
    }
  }

  void report_unknown(std::string_view what, const ast::Text& name, NameList& candidates) {
    auto diagnostic = emitter_.emit(Code::UnknownReference, name.span, {what, name.value});
    suggest(diagnostic, ast::inside_quotes(name.span), name.value, candidates.spellings());
  }

  PolicyId find_policy(const ast::Text& name) {
    if (const auto place = policies_.find(name.value))
      return PolicyId(static_cast<std::uint32_t>(*place));
    if (workspace_.has_all_policies) report_unknown("policy", name, policies_);
    return PolicyId::none();
  }

  std::optional<std::size_t> find_resource(const ast::Text& name) {
    const auto place = resources_.find(name.value);
    if (!place && workspace_.has_all_resources) report_unknown("resource", name, resources_);
    return place;
  }

  std::optional<std::size_t> find_action(std::size_t resource, const ast::Text& name) {
    const auto place = actions_[resource].find(name.value);
    if (!place) report_unknown("action", name, actions_[resource]);
    return place;
  }

  const ast::Workspace& workspace_;
  ZoneFolder& zones_;
  Emitter& emitter_;
  AttributeTable attributes_;
  TestTable tests_;
  ContextCheck context_;
  ir::Module module_;
  std::vector<AttributeId> new_ids_;  // of the attributes that the module keeps
  std::vector<AttributeId> reads_;    // of the policy that is being built
  std::map<AttributeId, std::vector<Reader>> readers_;
  NameList policies_;
  NameList resources_;
  std::vector<NameList> actions_;  // of each resource
};

}  // namespace

std::optional<ir::Module> check(const ast::Workspace& workspace, ZoneFolder& zones,
                                Emitter& emitter, std::vector<LearntType>* types) {
  Checker checker(workspace, zones, emitter);
  ir::Module module = checker.check();
  if (types != nullptr) *types = checker.learnt_types();
  if (emitter.has_errors()) return std::nullopt;
  return module;
}

}  // namespace verdict::compiler
