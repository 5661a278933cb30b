#include "vm/program/default_lists.h"

#include <algorithm>

#include "vm/program/constant.h"
#include "vm/value/kind.h"

namespace verdict {
namespace {

// The list constants that mappings have as defaults, rising, each once.
std::vector<std::uint32_t> find_constants(const ProgramView& view) {
  std::vector<std::uint32_t> constants;
  for (const MappingRecord& mapping : view.Mappings) {
    const auto kind = static_cast<Kind>(view.Attributes[mapping.attribute].kind);
    if (mapping.default_value != kNone && is_list(kind)) constants.push_back(mapping.default_value);
  }
  std::sort(constants.begin(), constants.end());
  constants.erase(std::unique(constants.begin(), constants.end()), constants.end());
  return constants;
}

}  // namespace

DefaultLists::DefaultLists(const ProgramView& view) {
  for (const std::uint32_t id : find_constants(view)) {
    const ConstantRecord& constant = view.Constants[id];
    entries_.push_back({id, static_cast<std::uint32_t>(elements_.size()), constant.count});
    for (const U32& word : view.words_of(constant))
      elements_.push_back(element_of_constant(view, held_as(type_of(constant).kind), word));
  }
}

ListValue DefaultLists::get(std::uint32_t constant) const noexcept {
  const auto entry =
      std::lower_bound(entries_.begin(), entries_.end(), constant,
                       [](const Entry& before, std::uint32_t id) { return before.constant < id; });
  return {elements_.data() + entry->first, entry->count};
}

}  // namespace verdict
