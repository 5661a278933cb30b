#include "compiler/codegen/codegen.h"

#include <algorithm>
#include <string>

#include "compiler/codegen/code.h"
#include "compiler/codegen/rules.h"
#include "vm/base/limits.h"
#include "vm/program/builder.h"
#include "vm/program/constant.h"

namespace verdict::compiler {
namespace {

class Generator {
 public:
  Generator(const ir::Module& module, const Sources& sources)
      : module_(module), rules_(module, sources, builder_), code_(module, rules_, builder_) {}

  ProgramBuilder generate() {
    for (const ir::Attribute& attribute : module_.attributes) write_attribute(attribute);
    for (const ir::Provider& provider : module_.providers) write_provider(provider);
    rules_.write();
    write_policies();
    write_resources();
    return std::move(builder_);
  }

 private:
  void write_attribute(const ir::Attribute& attribute) {
    AttributeRecord record{};
    record.name = builder_.intern(attribute.name).value();
    record.kind = static_cast<U8>(attribute.kind);
    record.source = static_cast<U8>(attribute.source);
    record.flags = static_cast<U8>((attribute.is_sensitive ? AttributeRecord::kSensitive : 0) |
                                   (attribute.is_ordered ? AttributeRecord::kOrdered : 0) |
                                   (attribute.is_nullable ? AttributeRecord::kNullable : 0));
    const std::vector<Scalar> values(attribute.values.begin(), attribute.values.end());
    record.values = attribute.kind == Kind::Enum
                        ? builder_.add(Kind::String, Shape::List, values).value()
                        : kNone;
    builder_.tables.Attributes.push_back(record);
  }

  void write_mappings(const std::vector<ir::Mapping>& mappings, U32& first, U32& count) {
    first = static_cast<std::uint32_t>(builder_.tables.Mappings.size());
    count = static_cast<std::uint32_t>(mappings.size());
    for (const ir::Mapping& mapping : mappings) write_mapping(mapping);
  }

  void write_mapping(const ir::Mapping& mapping) {
    MappingRecord record{};
    record.attribute = mapping.attribute.value();
    record.literal = mapping.path.literal ? builder_.intern(*mapping.path.literal).value() : kNone;
    record.first_step = static_cast<std::uint32_t>(builder_.tables.PathSteps.size());
    record.num_steps = static_cast<std::uint32_t>(mapping.path.steps.size());
    for (const JwtPathStep& step : mapping.path.steps) write_step(step);
    record.default_value =
        mapping.default_value ? add_constant(builder_, *mapping.default_value).value() : kNone;
    record.flags = mapping.is_required ? MappingRecord::kRequired : U8{0};
    record.num_transforms = static_cast<std::uint32_t>(mapping.transforms.size());
    if (!mapping.transforms.empty())
      record.first_transform = static_cast<std::uint32_t>(builder_.tables.Transforms.size());
    for (const ir::TransformStep& step : mapping.transforms) write_transform(step);
    builder_.tables.Mappings.push_back(record);
  }

  void write_step(const JwtPathStep& step) {
    PathStepRecord record{};
    switch (step.kind) {
      case JwtPathStep::Kind::Key:
        record.kind = static_cast<U8>(PathStepKind::Key);
        record.value = builder_.intern(step.key).value();
        break;
      case JwtPathStep::Kind::Index:
        record.kind = static_cast<U8>(PathStepKind::Index);
        record.value = step.index;
        break;
      case JwtPathStep::Kind::Each:
        record.kind = static_cast<U8>(PathStepKind::Each);
        break;
    }
    builder_.tables.PathSteps.push_back(record);
  }

  void write_transform(const ir::TransformStep& step) {
    TransformRecord record{};
    record.transform = static_cast<U8>(step.transform);
    record.argument = step.argument.empty() ? kNone : builder_.intern(step.argument).value();
    builder_.tables.Transforms.push_back(record);
  }

  void write_provider(const ir::Provider& provider) {
    ProviderRecord record{};
    record.name = builder_.intern(provider.name).value();
    record.type = builder_.intern(provider.type).value();
    record.issuer = provider.issuer ? builder_.intern(*provider.issuer).value() : kNone;
    write_mappings(provider.mappings, record.first_mapping, record.num_mappings);
    record.first_setting = static_cast<std::uint32_t>(builder_.tables.Settings.size());
    record.num_settings = static_cast<std::uint32_t>(provider.settings.size());
    for (const ir::SettingValue& setting : provider.settings) {
      builder_.tables.Settings.push_back({static_cast<std::uint32_t>(setting.setting),
                                          add_constant(builder_, setting.value).value()});
    }
    builder_.tables.Providers.push_back(record);
  }

  void write_policies() {
    std::uint32_t first_rule = 0;
    for (std::uint32_t i = 0; i < module_.policies.size(); ++i) {
      const ir::Policy& policy = module_.policies[PolicyId(i)];
      PolicyRecord record{};
      record.name = builder_.intern(policy.name).value();
      record.first_rule = first_rule;
      record.num_rules = static_cast<std::uint32_t>(policy.rules.size());
      record.default_effect = static_cast<U8>(policy.default_effect);
      record.combining = static_cast<U8>(Combining::DenyOverrides);
      record.function = code_.write_policy(PolicyId(i), first_rule).value();
      builder_.tables.Policies.push_back(record);
      first_rule += static_cast<std::uint32_t>(policy.rules.size());
    }
  }

  // By rising ids of their names, so that a request finds them by binary search.
  template <class Named>
  std::vector<const Named*> sorted_by_id(const std::vector<Named>& items) {
    std::vector<const Named*> sorted;
    for (const Named& item : items) {
      builder_.intern(item.name);
      sorted.push_back(&item);
    }
    std::sort(sorted.begin(), sorted.end(), [this](const Named* a, const Named* b) {
      return builder_.intern(a->name) < builder_.intern(b->name);
    });
    return sorted;
  }

  void write_resources() {
    for (const ir::Resource* resource : sorted_by_id(module_.resources)) {
      ResourceRecord record{};
      record.name = builder_.intern(resource->name).value();
      write_mappings(resource->mappings, record.first_mapping, record.num_mappings);
      record.first_route = static_cast<std::uint32_t>(builder_.tables.Routes.size());
      record.num_routes = static_cast<std::uint32_t>(resource->actions.size());
      for (const ir::Action* action : sorted_by_id(resource->actions)) write_action(*action);
      builder_.tables.Resources.push_back(record);
    }
  }

  void write_action(const ir::Action& action) {
    const auto index = static_cast<std::uint32_t>(builder_.tables.Routes.size());
    RouteRecord record{};
    record.action = builder_.intern(action.name).value();
    record.function =
        action.groups.empty() ? kNone : code_.write_route(action.groups, index).value();
    record.first_permission = static_cast<std::uint32_t>(builder_.tables.Permissions.size());
    for (std::uint32_t group = 0; group < action.groups.size(); ++group) {
      for (const PolicyId policy : action.groups[group])
        builder_.tables.Permissions.push_back({policy.value(), group});
    }
    record.num_permissions =
        static_cast<std::uint32_t>(builder_.tables.Permissions.size()) - record.first_permission;
    builder_.tables.Routes.push_back(record);
  }

  const ir::Module& module_;
  ProgramBuilder builder_;
  RulesWriter rules_;
  CodeWriter code_;
};

// Reports a table with more records than the format can number.
bool check_size(Emitter& emitter, std::string_view what, std::size_t size, std::size_t limit) {
  if (size <= limit) return true;
  emitter.emit(Code::LimitExceeded, Span{}, {what, std::to_string(size), std::to_string(limit)});
  return false;
}

bool is_expression(const ConstantRecord& constant) {
  return type_of(constant) == ConstantType{Kind::Regex, Shape::One};
}

bool check_sizes(const ProgramTables& tables, Emitter& emitter) {
  bool is_good =
      check_size(emitter, "attributes", tables.Attributes.size(), limits::kMaxAttributes);
  const auto num_expressions =
      std::count_if(tables.Constants.begin(), tables.Constants.end(), is_expression);
  is_good = check_size(emitter, "regular expressions", static_cast<std::size_t>(num_expressions),
                       limits::kMaxPatterns) &&
            is_good;
#define VERDICT_SECTION(number, name, record, spelling) \
  is_good = check_size(emitter, spelling, tables.name.size(), limits::kMaxTableRecords) && is_good;
#include "vm/program/sections.def"
  return is_good;
}

// Texts that become attributes are as long as those of claims may be.
bool check_names(const ir::Module& module, Emitter& emitter) {
  bool is_good = true;
  const auto check = [&](std::string_view what, const std::string& name) {
    is_good = check_size(emitter, "bytes of the name of " + std::string(what), name.size(),
                         limits::kMaxClaimTextBytes) &&
              is_good;
  };
  for (const ir::Provider& provider : module.providers) check("a provider", provider.name);
  for (const ir::Resource& resource : module.resources) {
    check("a resource", resource.name);
    for (const ir::Action& action : resource.actions) check("an action", action.name);
  }
  return is_good;
}

}  // namespace

std::optional<std::vector<std::byte>> generate(const ir::Module& module, const Sources& sources,
                                               Emitter& emitter) {
  if (!check_names(module, emitter)) return std::nullopt;
  ProgramBuilder builder = Generator(module, sources).generate();
  if (!check_sizes(builder.tables, emitter)) return std::nullopt;
  return std::move(builder).finish();
}

}  // namespace verdict::compiler
