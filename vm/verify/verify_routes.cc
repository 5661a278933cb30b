// From a request to its code: resources, routes, permissions, policies, functions.

#include "vm/verify/verify_records.h"

namespace verdict {
namespace {

using Result = Expected<void, Error>;

// Resources own the routes one after the other.
Result verify_resources(const ProgramView& view) {
  OwnedMappings mappings(view, AttributeSource::Context);
  std::uint32_t next_route = 0;
  for (std::size_t i = 0; i < view.Resources.size(); ++i) {
    const ResourceRecord& resource = view.Resources[i];
    if (!is_attribute_text(view, resource.name) ||
        (i > 0 && view.Resources[i - 1].name >= resource.name) ||
        resource.first_route != next_route ||
        !is_range(resource.first_route, resource.num_routes, view.Routes.size())) {
      return refuse_at(view, LoadError::Tables, Section::Resources, i,
                       "a reference or the order of resources is wrong");
    }
    const std::string_view fault =
        mappings.find_fault(resource.first_mapping, resource.num_mappings);
    if (!fault.empty()) return refuse_at(view, LoadError::Tables, Section::Resources, i, fault);
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

// Each for itself: a row that no route owns is read too, by listings.
Result verify_permissions(const ProgramView& view) {
  for (std::size_t i = 0; i < view.Permissions.size(); ++i) {
    if (view.Permissions[i].policy >= view.Policies.size())
      return refuse_at(view, LoadError::Tables, Section::Permissions, i, "no such policy");
  }
  return {};
}

Result verify_permissions_of(const ProgramView& view, std::uint32_t route_index, SeenBy& policies) {
  const RouteRecord& route = view.Routes[route_index];
  std::uint32_t group = 0;
  for (std::uint32_t i = 0; i < route.num_permissions; ++i) {
    const PermissionRecord& permission = view.Permissions[route.first_permission + i];
    const bool is_in_order = permission.group == group || (i > 0 && permission.group == group + 1);
    if (!is_in_order || policies.see(permission.policy, route_index)) {
      return refuse_at(view, LoadError::Tables, Section::Permissions, route.first_permission + i,
                       "wrong group, or the policy a second time");
    }
    group = permission.group;
  }
  return {};
}

Result verify_routes(const ProgramView& view) {
  SeenBy policies(view.Policies.size());
  std::uint64_t num_permissions = 0;
  for (std::uint32_t i = 0; i < view.Routes.size(); ++i) {
    const RouteRecord& route = view.Routes[i];
    num_permissions += route.num_permissions;
    const bool has_function = route.function != kNone;
    if (!is_attribute_text(view, route.action) ||
        (has_function && route.function >= view.Functions.size()) ||
        !is_range(route.first_permission, route.num_permissions, view.Permissions.size()) ||
        num_permissions > view.Permissions.size() || has_function != (route.num_permissions > 0)) {
      return refuse_at(view, LoadError::Tables, Section::Routes, i,
                       "a reference of the route is wrong");
    }
    VERDICT_TRY(verify_permissions_of(view, i, policies));
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
  SeenBy names(view.num_strings());
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
    if (names.see(policy.name, 0))
      return refuse_at(view, LoadError::Tables, Section::Policies, i,
                       "a second policy of that name");
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

Expected<void, Error> verify_route_tables(const ProgramView& view) {
  VERDICT_TRY(verify_resources(view));
  VERDICT_TRY(verify_permissions(view));
  VERDICT_TRY(verify_routes(view));
  VERDICT_TRY(verify_policies(view));
  return verify_functions(view);
}

}  // namespace verdict
