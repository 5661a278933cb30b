#include "vm/program/program.h"

#include <algorithm>

#include "vm/base/hash.h"

namespace verdict {
namespace {

// Index of the record whose string reference is `id`, in records sorted by it.
template <class Record, class Field>
std::optional<std::uint32_t> find_sorted(std::span<const Record> records, Field field,
                                         StringId id) {
  const auto found = std::lower_bound(
      records.begin(), records.end(), id.value(),
      [field](const Record& record, std::uint32_t key) { return record.*field < key; });
  if (found == records.end() || (*found).*field != id.value()) return std::nullopt;
  return static_cast<std::uint32_t>(found - records.begin());
}

template <class Record>
std::optional<std::uint32_t> find_named(std::span<const Record> records, StringId id) {
  const auto found = std::find_if(records.begin(), records.end(),
                                  [id](const Record& record) { return record.name == id.value(); });
  if (!id.has_value() || found == records.end()) return std::nullopt;
  return static_cast<std::uint32_t>(found - records.begin());
}

template <class Id>
std::optional<Id> as_id(std::optional<std::uint32_t> index) {
  if (!index) return std::nullopt;
  return Id(*index);
}

}  // namespace

StringId ProgramView::find_string(std::string_view text) const noexcept {
  const std::size_t mask = StringIndex.size() - 1;
  std::size_t at = hash_text(text) & mask;
  while (true) {
    const std::uint32_t id = StringIndex[at];
    if (id == kNone || string(id) == text) return StringId(id);
    at = (at + 1) & mask;
  }
}

std::uint64_t Program::longest_path() const {
  const auto longest = std::max_element(longest_paths_.begin(), longest_paths_.end());
  return longest == longest_paths_.end() ? 0 : *longest;
}

std::optional<ResourceId> Program::find_resource(std::string_view name) const noexcept {
  const StringId id = view_.find_string(name);
  if (!id.has_value()) return std::nullopt;
  return as_id<ResourceId>(find_sorted(view_.Resources, &ResourceRecord::name, id));
}

std::optional<RouteId> Program::find_route(ResourceId resource,
                                           std::string_view action) const noexcept {
  const StringId id = view_.find_string(action);
  if (!id.has_value()) return std::nullopt;
  const ResourceRecord& record = view_.Resources[resource.index()];
  const auto found = find_sorted(view_.Routes.subspan(record.first_route, record.num_routes),
                                 &RouteRecord::action, id);
  if (!found) return std::nullopt;
  return RouteId(record.first_route + *found);
}

std::optional<PolicyId> Program::find_policy(std::string_view name) const noexcept {
  return as_id<PolicyId>(find_named(view_.Policies, view_.find_string(name)));
}

std::optional<AttributeId> Program::find_attribute(std::string_view name) const noexcept {
  return as_id<AttributeId>(find_named(view_.Attributes, view_.find_string(name)));
}

std::optional<ProviderId> Program::find_provider(std::string_view name) const noexcept {
  return as_id<ProviderId>(find_named(view_.Providers, view_.find_string(name)));
}

}  // namespace verdict
