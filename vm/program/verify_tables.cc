// Checks V11 to V13 and the tables that a decision walks: every reference in range, every range
// within its table.
#include <algorithm>
#include <bit>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "vm/base/hash.h"
#include "vm/base/limits.h"
#include "vm/base/text.h"
#include "vm/program/load_error.h"
#include "vm/program/settings.h"
#include "vm/program/slot.h"
#include "vm/program/verify.h"

namespace verdict {
namespace {

using Result = Expected<void, Error>;

// Refuses with the place of one record.
Unexpected<Error> refuse_at(const ProgramView& view, LoadError error, Section section,
                            std::size_t index, std::string_view why) {
  return refuse(error,
                std::string(kSections[static_cast<std::size_t>(section)].spelling) + "[" +
                    std::to_string(index) + "]: " + std::string(why),
                offset_of(view, section, index));
}

// [first, first + count) lies within `size`, without overflow.
bool is_range(std::uint64_t first, std::uint64_t count, std::size_t size) {
  return first <= size && count <= size - first;
}

template <std::size_t N>
bool all_zero(const std::array<U8, N>& bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](U8 byte) { return byte == 0; });
}

bool is_string(const ProgramView& view, std::uint32_t id) { return id < view.num_strings(); }
bool is_string_or_none(const ProgramView& view, std::uint32_t id) {
  return id == kNone || is_string(view, id);
}

bool is_constant(const ProgramView& view, std::uint32_t id, ConstantKind kind) {
  return id < view.Constants.size() && view.Constants[id].kind == static_cast<U8>(kind);
}

// ---- strings

Result verify_string_offsets(const ProgramView& view) {
  if (view.StringOffsets.empty()) return refuse(LoadError::Strings, "there is no string table");
  if (view.StringOffsets.front() != 0)
    return refuse_at(view, LoadError::Strings, Section::StringOffsets, 0, "not 0");
  for (std::size_t i = 1; i < view.StringOffsets.size(); ++i) {
    if (view.StringOffsets[i] < view.StringOffsets[i - 1]) {
      return refuse_at(view, LoadError::Strings, Section::StringOffsets, i, "the offset falls");
    }
  }
  if (view.StringOffsets.back() != view.StringBytes.size()) {
    return refuse(LoadError::Strings, "the last string does not end where the bytes end");
  }
  return {};
}

Result verify_string_texts(const ProgramView& view) {
  for (std::size_t i = 0; i < view.num_strings(); ++i) {
    if (find_invalid_utf8(view.string(static_cast<std::uint32_t>(i)))) {
      return refuse_at(view, LoadError::Strings, Section::StringOffsets, i,
                       "the string is not valid UTF-8");
    }
  }
  return {};
}

// The most entries that stand side by side in the index, which is a ring: what one look-up may have
// to compare.
std::size_t longest_run(std::span<const U32> index) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (std::size_t i = 0; i < 2 * index.size(); ++i) {
    run = index[i % index.size()] == kNone ? 0 : run + 1;
    longest = std::max(longest, run);
  }
  return longest;
}

// How many entries find_string() looks at until it comes to string `id`; nothing where it never
// does, or where an equal string stands before it.
std::optional<std::uint64_t> count_probes(const ProgramView& view, std::uint32_t id) {
  const std::string_view text = view.string(id);
  const std::size_t mask = view.StringIndex.size() - 1;
  std::uint64_t probes = 1;
  for (std::size_t at = hash_text(text) & mask; view.StringIndex[at] != id;
       at = (at + 1) & mask, ++probes) {
    if (view.StringIndex[at] == kNone || view.string(view.StringIndex[at]) == text)
      return std::nullopt;
  }
  return probes;
}

// Every string is found by its text, and soon: an index made to be slow would cost the square of
// its size here, and every request afterwards.
Result verify_string_probes(const ProgramView& view) {
  constexpr std::uint64_t kProbesPerString = 16;  // one and a half are usual
  std::uint64_t budget = view.num_strings() * kProbesPerString;
  for (std::uint32_t id = 0; id < view.num_strings(); ++id) {
    const std::optional<std::uint64_t> probes = count_probes(view, id);
    if (!probes) {
      return refuse_at(view, LoadError::Strings, Section::StringOffsets, id,
                       "the string index does not find the string");
    }
    if (*probes > budget) return refuse(LoadError::Strings, "the string index is too slow");
    budget -= *probes;
  }
  return {};
}

Result verify_string_index(const ProgramView& view) {
  const std::size_t size = view.StringIndex.size();
  if (!std::has_single_bit(size) || size / 2 < view.num_strings()) {
    return refuse(LoadError::Strings,
                  "the string index is no power of two of at least twice the number of strings");
  }
  if (longest_run(view.StringIndex) > limits::kMaxStringProbes) {
    return refuse(LoadError::Strings, "too many strings stand side by side in the string index");
  }
  std::size_t num_used = 0;
  for (std::size_t i = 0; i < size; ++i) {
    if (!is_string_or_none(view, view.StringIndex[i])) {
      return refuse_at(view, LoadError::Strings, Section::StringIndex, i, "no such string");
    }
    num_used += view.StringIndex[i] == kNone ? 0U : 1U;
  }
  if (num_used != view.num_strings())
    return refuse(LoadError::Strings, "the string index has too few or too many entries");
  return verify_string_probes(view);
}

// ---- constants

bool is_timestamp(std::uint64_t payload) {
  const auto value = std::bit_cast<std::int64_t>(payload);
  return value >= kMinTimestamp && value <= kMaxTimestamp;
}

// A double in the form that Number has it: finite, and no whole number that int64 holds.
bool is_canonical_double(std::uint64_t payload) {
  const std::optional<Number> number = Number::from_double(std::bit_cast<double>(payload));
  return number.has_value() && !number->is_integer();
}

std::optional<Number> find_number(const ProgramView& view, std::uint32_t id) {
  if (is_constant(view, id, ConstantKind::Integer)) {
    return Number::from_integer(std::bit_cast<std::int64_t>(view.Constants[id].payload.get()));
  }
  if (is_constant(view, id, ConstantKind::Double)) {
    return Number::from_double(std::bit_cast<double>(view.Constants[id].payload.get()));
  }
  return std::nullopt;
}

bool are_strings(const ProgramView& view, std::span<const U32> words) {
  return std::all_of(words.begin(), words.end(),
                     [&view](std::uint32_t id) { return is_string(view, id); });
}

bool are_rising_strings(const ProgramView& view, std::span<const U32> words) {
  return !words.empty() && are_strings(view, words) &&
         std::adjacent_find(words.begin(), words.end(), std::greater_equal<std::uint32_t>()) ==
             words.end();
}

bool are_numbers(const ProgramView& view, std::span<const U32> words) {
  return std::all_of(words.begin(), words.end(),
                     [&view](std::uint32_t id) { return find_number(view, id).has_value(); });
}

bool are_rising_numbers(const ProgramView& view, std::span<const U32> words) {
  return !words.empty() && are_numbers(view, words) &&
         std::adjacent_find(words.begin(), words.end(), [&view](std::uint32_t a, std::uint32_t b) {
           return *find_number(view, a) >= *find_number(view, b);
         }) == words.end();
}

bool is_number_range(const ProgramView& view, std::span<const U32> words) {
  return words.size() == 2 && are_numbers(view, words) &&
         *find_number(view, words[0]) <= *find_number(view, words[1]);
}

bool is_scalar_valid(const ProgramView& view, ConstantKind kind, std::uint64_t payload) {
  switch (kind) {
    case ConstantKind::Boolean:
      return payload <= 1;
    case ConstantKind::Integer:
      return true;
    case ConstantKind::Double:
      return is_canonical_double(payload);
    case ConstantKind::String:
      return payload < view.num_strings();
    case ConstantKind::Timestamp:
      return is_timestamp(payload);
    case ConstantKind::None:
    case ConstantKind::Ip:
    case ConstantKind::StringList:
    case ConstantKind::StringSet:
    case ConstantKind::NumberList:
    case ConstantKind::NumberSet:
    case ConstantKind::NumberRange:
      return false;
  }
  return false;
}

bool are_words_valid(const ProgramView& view, ConstantKind kind, std::span<const U32> words) {
  switch (kind) {
    case ConstantKind::Ip:
      return words.size() == 4;
    case ConstantKind::StringList:
      return are_strings(view, words);
    case ConstantKind::StringSet:
      return are_rising_strings(view, words);
    case ConstantKind::NumberList:
      return are_numbers(view, words);
    case ConstantKind::NumberSet:
      return are_rising_numbers(view, words);
    case ConstantKind::NumberRange:
      return is_number_range(view, words);
    case ConstantKind::None:
    case ConstantKind::Boolean:
    case ConstantKind::Integer:
    case ConstantKind::Double:
    case ConstantKind::String:
    case ConstantKind::Timestamp:
      return false;
  }
  return false;
}

Result verify_constant(const ProgramView& view, std::size_t index) {
  const ConstantRecord& constant = view.Constants[index];
  const auto kind = static_cast<ConstantKind>(constant.kind);
  if (!all_zero(constant.reserved))
    return refuse_at(view, LoadError::Reserved, Section::Constants, index, "reserved bits");
  if (constant.kind == 0 || constant.kind > kConstantKinds.size()) {
    return refuse_at(view, LoadError::Constants, Section::Constants, index,
                     "unknown kind of constant");
  }
  const bool has_words = kind >= ConstantKind::Ip;
  if (has_words && !is_range(constant.payload, constant.count, view.Words.size())) {
    return refuse_at(view, LoadError::Constants, Section::Constants, index,
                     "its words lie outside of the table");
  }
  const bool is_valid = has_words
                            ? are_words_valid(view, kind, view.words_of(constant))
                            : constant.count == 0 && is_scalar_valid(view, kind, constant.payload);
  if (!is_valid)
    return refuse_at(view, LoadError::Constants, Section::Constants, index,
                     "the value is not of its kind");
  return {};
}

// The words of lists may overlap (two constants may share them), but their sum bounds the time to
// check them.
Result verify_constants(const ProgramView& view) {
  std::uint64_t num_words = 0;
  for (std::size_t i = 0; i < view.Constants.size(); ++i) {
    num_words += view.Constants[i].count;
    if (num_words > view.Words.size()) {
      return refuse_at(view, LoadError::Constants, Section::Constants, i,
                       "more words are used than there are");
    }
    VERDICT_TRY(verify_constant(view, i));
  }
  return {};
}

// ---- attributes and mappings

struct RequestAttribute {
  std::string_view name;
  Kind kind;
};
constexpr auto kRequestAttributes = std::to_array<RequestAttribute>({
#define VERDICT_REQUEST_ATTRIBUTE(member, name, kind) {name, Kind::kind},
#include "vm/program/request_attributes.def"
});

// The built-in attributes are bound by name: the name, the kind and the source belong together.
bool is_request_attribute_sound(const ProgramView& view, const AttributeRecord& attribute) {
  const bool is_request = attribute.source == static_cast<U8>(AttributeSource::Request);
  const auto row = std::find_if(
      kRequestAttributes.begin(), kRequestAttributes.end(),
      [&](const RequestAttribute& builtin) { return builtin.name == view.string(attribute.name); });
  if (row == kRequestAttributes.end()) return !is_request;
  return is_request && attribute.kind == static_cast<U8>(row->kind);
}

Result verify_attribute(const ProgramView& view, std::size_t index) {
  const AttributeRecord& attribute = view.Attributes[index];
  const auto wrong = [&](std::string_view why) {
    return refuse_at(view, LoadError::Attributes, Section::Attributes, index, why);
  };
  constexpr unsigned kFlags =
      AttributeRecord::kSensitive | AttributeRecord::kOrdered | AttributeRecord::kNullable;
  if (attribute.reserved != 0 || (attribute.flags & ~kFlags) != 0) {
    return refuse_at(view, LoadError::Reserved, Section::Attributes, index, "reserved bits");
  }
  if (!is_string(view, attribute.name)) return wrong("no such name");
  if (attribute.kind >= kNumKinds) return wrong("unknown kind");
  if (attribute.source > static_cast<U8>(AttributeSource::Request)) return wrong("unknown source");
  if (!is_request_attribute_sound(view, attribute))
    return wrong("a built-in name with another kind or source");
  const bool is_enum = attribute.kind == static_cast<U8>(Kind::Enum);
  if (is_enum != is_constant(view, attribute.values, ConstantKind::StringList))
    return wrong("wrong list of enum values");
  if (!is_enum && attribute.values != kNone) return wrong("enum values on another kind");
  return {};
}

Result verify_attributes(const ProgramView& view) {
  if (view.Attributes.size() > limits::kMaxAttributes)
    return refuse(LoadError::Limit, "too many attributes");
  std::vector<bool> is_name(view.num_strings());
  for (std::size_t i = 0; i < view.Attributes.size(); ++i) {
    VERDICT_TRY(verify_attribute(view, i));
    if (is_name[view.Attributes[i].name]) {
      return refuse_at(view, LoadError::Attributes, Section::Attributes, i,
                       "a second attribute of that name");
    }
    is_name[view.Attributes[i].name] = true;
  }
  return {};
}

Result verify_path_steps(const ProgramView& view) {
  for (std::size_t i = 0; i < view.PathSteps.size(); ++i) {
    const PathStepRecord& step = view.PathSteps[i];
    if (!all_zero(step.reserved))
      return refuse_at(view, LoadError::Reserved, Section::PathSteps, i, "reserved bits");
    const auto kind = static_cast<PathStepKind>(step.kind);
    const bool is_valid = kind == PathStepKind::Key    ? is_string(view, step.value)
                          : kind == PathStepKind::Each ? step.value == 0
                                                       : kind == PathStepKind::Index;
    if (!is_valid) return refuse_at(view, LoadError::Tables, Section::PathSteps, i, "wrong step");
  }
  return {};
}

// Whether a constant can be the default of an attribute. That an enum's is among its values,
// verify_enum_defaults() sees.
bool is_default_of(const ProgramView& view, const AttributeRecord& attribute, std::uint32_t id) {
  switch (static_cast<Kind>(attribute.kind)) {
    case Kind::Presence:
      return id < view.Constants.size();
    case Kind::String:
    case Kind::Enum:
      return is_constant(view, id, ConstantKind::String);
    case Kind::Number:
      return find_number(view, id).has_value();
    case Kind::Boolean:
      return is_constant(view, id, ConstantKind::Boolean);
    case Kind::Timestamp:
      return is_constant(view, id, ConstantKind::Timestamp);
    case Kind::Ip:
      return is_constant(view, id, ConstantKind::Ip);
    case Kind::StringList:
      return is_constant(view, id, ConstantKind::StringList);
    case Kind::NumberList:
      return is_constant(view, id, ConstantKind::NumberList);
  }
  return false;
}

Result verify_mapping(const ProgramView& view, std::size_t index) {
  const MappingRecord& mapping = view.Mappings[index];
  const auto wrong = [&](std::string_view why) {
    return refuse_at(view, LoadError::Tables, Section::Mappings, index, why);
  };
  if (!all_zero(mapping.reserved) || (mapping.flags & ~unsigned{MappingRecord::kRequired}) != 0 ||
      mapping.first_transform != 0 || mapping.num_transforms != 0) {
    return refuse_at(view, LoadError::Reserved, Section::Mappings, index, "reserved bits");
  }
  if (mapping.attribute >= view.Attributes.size()) return wrong("no such attribute");
  if (!is_string_or_none(view, mapping.literal)) return wrong("no such key");
  if (!is_range(mapping.first_step, mapping.num_steps, view.PathSteps.size()))
    return wrong("its path lies outside");
  if (mapping.literal == kNone && mapping.num_steps == 0) return wrong("it has no path");
  const AttributeRecord& attribute = view.Attributes[mapping.attribute];
  if (mapping.default_value != kNone && !is_default_of(view, attribute, mapping.default_value)) {
    return wrong("its default is not of the attribute's kind");
  }
  return {};
}

// Mappings of enum attributes with a default, as (list of values, mapping): those of one list stand
// together.
std::vector<std::pair<std::uint32_t, std::uint32_t>> find_enum_defaults(const ProgramView& view) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> found;
  for (std::uint32_t i = 0; i < view.Mappings.size(); ++i) {
    const AttributeRecord& attribute = view.Attributes[view.Mappings[i].attribute];
    const bool is_enum = attribute.kind == static_cast<U8>(Kind::Enum);
    if (is_enum && view.Mappings[i].default_value != kNone) found.emplace_back(attribute.values, i);
  }
  std::sort(found.begin(), found.end());
  return found;
}

// The default of an enum is one of its values. Walks each list once, however many attributes share
// it.
Result verify_enum_defaults(const ProgramView& view) {
  std::vector<std::uint32_t> list_of_string(view.num_strings(), kNone);
  std::uint32_t current = kNone;
  for (const auto& [values, mapping] : find_enum_defaults(view)) {
    if (values != std::exchange(current, values)) {
      for (const std::uint32_t value : view.words_of(view.Constants[values]))
        list_of_string[value] = values;
    }
    const ConstantRecord& constant = view.Constants[view.Mappings[mapping].default_value];
    if (list_of_string[static_cast<std::size_t>(constant.payload)] != values) {
      return refuse_at(view, LoadError::Tables, Section::Mappings, mapping,
                       "its default is no value of the enum");
    }
  }
  return {};
}

Result verify_mappings(const ProgramView& view) {
  for (std::size_t i = 0; i < view.Mappings.size(); ++i) VERDICT_TRY(verify_mapping(view, i));
  return verify_enum_defaults(view);
}

// The mappings of one owner give attributes of one source. `num_mappings` counts those of all
// owners: owners that share mappings would take more time to check than the file is long.
bool are_mappings_of(const ProgramView& view, std::uint32_t first, std::uint32_t count,
                     AttributeSource source, std::uint64_t& num_mappings) {
  num_mappings += count;
  if (!is_range(first, count, view.Mappings.size()) || num_mappings > view.Mappings.size())
    return false;
  const auto mappings = view.Mappings.subspan(first, count);
  return std::all_of(mappings.begin(), mappings.end(), [&](const MappingRecord& mapping) {
    return view.Attributes[mapping.attribute].source == static_cast<U8>(source);
  });
}

// ---- providers, resources, routes, policies, functions

Result verify_settings(const ProgramView& view) {
  for (std::size_t i = 0; i < view.Settings.size(); ++i) {
    const SettingRow* row = find_setting(view.Settings[i].number);
    if (row == nullptr)
      return refuse_at(view, LoadError::Feature, Section::Settings, i, "unknown setting");
    if (!is_constant(view, view.Settings[i].constant, row->constant)) {
      return refuse_at(view, LoadError::Tables, Section::Settings, i,
                       "the value is of the wrong kind");
    }
  }
  return {};
}

Result verify_providers(const ProgramView& view) {
  std::uint64_t num_mappings = 0;
  for (std::size_t i = 0; i < view.Providers.size(); ++i) {
    const ProviderRecord& provider = view.Providers[i];
    if (!is_string(view, provider.name) || !is_string(view, provider.type) ||
        !is_string_or_none(view, provider.issuer) ||
        !is_range(provider.first_setting, provider.num_settings, view.Settings.size()) ||
        !are_mappings_of(view, provider.first_mapping, provider.num_mappings,
                         AttributeSource::Claim, num_mappings)) {
      return refuse_at(view, LoadError::Tables, Section::Providers, i,
                       "a reference of the provider is wrong");
    }
  }
  return {};
}

// Resources own the routes one after the other.
Result verify_resources(const ProgramView& view) {
  std::uint64_t num_mappings = 0;
  std::uint32_t next_route = 0;
  for (std::size_t i = 0; i < view.Resources.size(); ++i) {
    const ResourceRecord& resource = view.Resources[i];
    if (!is_string(view, resource.name) || (i > 0 && view.Resources[i - 1].name >= resource.name) ||
        resource.first_route != next_route ||
        !is_range(resource.first_route, resource.num_routes, view.Routes.size()) ||
        !are_mappings_of(view, resource.first_mapping, resource.num_mappings,
                         AttributeSource::Context, num_mappings)) {
      return refuse_at(view, LoadError::Tables, Section::Resources, i,
                       "a reference or the order of resources is wrong");
    }
    for (std::uint32_t route = 1; route < resource.num_routes; ++route) {
      if (view.Routes[next_route + route - 1].action >= view.Routes[next_route + route].action) {
        return refuse_at(view, LoadError::Tables, Section::Routes, next_route + route,
                         "actions are not in order");
      }
    }
    next_route += resource.num_routes;
  }
  if (next_route != view.Routes.size())
    return refuse(LoadError::Tables, "a route belongs to no resource");
  return {};
}

Result verify_permissions(const ProgramView& view, std::size_t route_index) {
  const RouteRecord& route = view.Routes[route_index];
  std::uint32_t group = 0;
  for (std::uint32_t i = 0; i < route.num_permissions; ++i) {
    const PermissionRecord& permission = view.Permissions[route.first_permission + i];
    const bool is_in_order = permission.group == group || (i > 0 && permission.group == group + 1);
    if (permission.policy >= view.Policies.size() || !is_in_order) {
      return refuse_at(view, LoadError::Tables, Section::Permissions, route.first_permission + i,
                       "wrong policy or group");
    }
    group = permission.group;
  }
  return {};
}

Result verify_routes(const ProgramView& view) {
  std::uint64_t num_permissions = 0;
  for (std::size_t i = 0; i < view.Routes.size(); ++i) {
    const RouteRecord& route = view.Routes[i];
    num_permissions += route.num_permissions;
    const bool has_function = route.function != kNone;
    if (!is_string(view, route.action) ||
        (has_function && route.function >= view.Functions.size()) ||
        !is_range(route.first_permission, route.num_permissions, view.Permissions.size()) ||
        num_permissions > view.Permissions.size() || has_function != (route.num_permissions > 0)) {
      return refuse_at(view, LoadError::Tables, Section::Routes, i,
                       "a reference of the route is wrong");
    }
    VERDICT_TRY(verify_permissions(view, i));
  }
  return {};
}

bool is_function_of(const ProgramView& view, std::uint32_t function, FunctionKind kind,
                    std::size_t owner) {
  return function < view.Functions.size() &&
         view.Functions[function].kind == static_cast<U8>(kind) &&
         view.Functions[function].owner == owner;
}

// Policies own the rules one after the other.
Result verify_policies(const ProgramView& view) {
  std::uint32_t next_rule = 0;
  for (std::size_t i = 0; i < view.Policies.size(); ++i) {
    const PolicyRecord& policy = view.Policies[i];
    if (!all_zero(policy.reserved))
      return refuse_at(view, LoadError::Reserved, Section::Policies, i, "reserved bits");
    if (!is_string(view, policy.name) || policy.first_rule != next_rule ||
        !is_range(policy.first_rule, policy.num_rules, view.Rules.size()) ||
        policy.default_effect > 1 ||
        policy.combining > static_cast<U8>(Combining::AllowOverrides) ||
        !is_function_of(view, policy.function, FunctionKind::Policy, i)) {
      return refuse_at(view, LoadError::Tables, Section::Policies, i,
                       "a reference of the policy is wrong");
    }
    next_rule += policy.num_rules;
  }
  if (next_rule != view.Rules.size())
    return refuse(LoadError::Tables, "a rule belongs to no policy");
  return {};
}

// Whether the owner that a function names has this function.
bool is_owner(const ProgramView& view, const FunctionRecord& function, std::size_t index) {
  const std::uint32_t owner = function.owner;
  if (function.kind == static_cast<U8>(FunctionKind::Policy)) {
    return owner < view.Policies.size() && view.Policies[owner].function == index;
  }
  return owner < view.Routes.size() && view.Routes[owner].function == index;
}

// Functions own the code one after the other.
Result verify_functions(const ProgramView& view) {
  std::uint64_t next_pc = 0;
  for (std::size_t i = 0; i < view.Functions.size(); ++i) {
    const FunctionRecord& function = view.Functions[i];
    if (!all_zero(function.reserved))
      return refuse_at(view, LoadError::Reserved, Section::Functions, i, "reserved bits");
    if (function.kind > static_cast<U8>(FunctionKind::Route) || !is_owner(view, function, i) ||
        function.first_pc != next_pc || function.num_instructions == 0 ||
        !is_range(function.first_pc, function.num_instructions, view.Code.size()) ||
        function.num_registers > view.header.num_registers) {
      return refuse_at(view, LoadError::Tables, Section::Functions, i,
                       "a reference of the function is wrong");
    }
    next_pc += function.num_instructions;
  }
  if (next_pc != view.Code.size())
    return refuse(LoadError::Tables, "an instruction belongs to no function");
  return {};
}

}  // namespace

Expected<void, Error> verify_tables(const ProgramView& view) {
  VERDICT_TRY(verify_string_offsets(view));
  VERDICT_TRY(verify_string_texts(view));
  VERDICT_TRY(verify_string_index(view));
  VERDICT_TRY(verify_constants(view));
  VERDICT_TRY(verify_attributes(view));
  VERDICT_TRY(verify_path_steps(view));
  VERDICT_TRY(verify_mappings(view));
  VERDICT_TRY(verify_settings(view));
  VERDICT_TRY(verify_providers(view));
  VERDICT_TRY(verify_resources(view));
  VERDICT_TRY(verify_routes(view));
  VERDICT_TRY(verify_policies(view));
  VERDICT_TRY(verify_functions(view));
  if (!view.Index.empty())
    return refuse(LoadError::Feature, "the index section is reserved and must be empty");
  return {};
}

}  // namespace verdict
