#include "compiler/policyc/workbench/not_found.h"

#include <algorithm>
#include <vector>

#include "compiler/diag/suggest.h"
#include "compiler/policyc/workbench/attributes.h"
#include "compiler/source/secrets.h"

namespace verdict::policyc {
namespace {

using Names = std::vector<std::string_view>;

// A name that somebody asked for, which may be a token in the wrong place.
std::string asked(std::string_view name) {
  return compiler::find_token_in_argument(name) ? "`...`" : quoted(name);
}

// "there are `a`, `b` and 7 more".
std::string list(const Names& names) {
  constexpr std::size_t kShown = 8;
  if (names.empty()) return "there is none";
  const std::size_t shown = names.size() > kShown + 1 ? kShown : names.size();
  std::string text = names.size() == 1 ? "there is " : "there are ";
  for (std::size_t i = 0; i < shown; ++i) {
    const bool is_last = i + 1 == names.size();
    text += (i == 0 ? "" : is_last ? " and " : ", ") + quoted(names[i]);
  }
  return shown < names.size() ? text + " and " + std::to_string(names.size() - shown) + " more"
                              : text;
}

// What there is in the place of a name.
std::string alternatives(std::string_view name, const Names& names) {
  const auto nearest = compiler::find_nearest(name, names);
  return (nearest ? ", did you mean " + quoted(*nearest) + "? " : "; ") + list(names);
}

template <class Records, class NameOf>
Names names_of(const Records& records, NameOf name_of) {
  Names names;
  for (const auto& record : records) names.push_back(name_of(record));
  std::sort(names.begin(), names.end());
  return names;
}

template <class Records>
Names names_of(const ProgramView& view, const Records& records) {
  return names_of(records, [&view](const auto& record) { return view.string(record.name); });
}

std::span<const RouteRecord> routes_of(const ProgramView& view, std::string_view resource) {
  for (const ResourceRecord& record : view.Resources) {
    if (view.string(record.name) == resource)
      return view.Routes.subspan(record.first_route, record.num_routes);
  }
  return {};
}

}  // namespace

std::string describe_unanswered(const ProgramView& view, const Question& question, Reason reason) {
  const std::string& resource = *question.resource;
  if (reason == Reason::ResourceNotFound)
    return "there is no resource " + asked(resource) +
           alternatives(resource, names_of(view, view.Resources));
  const auto action_of = [&view](const RouteRecord& route) { return view.string(route.action); };
  const std::span<const RouteRecord> routes = routes_of(view, resource);
  if (reason == Reason::ActionNotFound)
    return "resource " + asked(resource) + " has no action " + asked(*question.action) +
           alternatives(*question.action, names_of(routes, action_of));
  std::vector<RouteRecord> answered;
  std::copy_if(routes.begin(), routes.end(), std::back_inserter(answered),
               [](const RouteRecord& route) { return route.num_permissions > 0; });
  return "no permission attaches a policy to " + asked(*question.action) + " of " +
         asked(resource) + "; of its actions that have one " + list(names_of(answered, action_of));
}

std::string describe_missing_policy(const ProgramView& view, std::string_view name) {
  return "there is no policy " + asked(name) + alternatives(name, names_of(view, view.Policies));
}

std::string describe_missing_provider(const ProgramView& view, std::string_view name) {
  return "there is no provider " + asked(name) + alternatives(name, names_of(view, view.Providers));
}

}  // namespace verdict::policyc
