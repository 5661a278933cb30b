// The names of one list: where a name stands, and which one somebody meant.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/diag/suggest.h"

namespace verdict::compiler {

// Borrows the texts.
class NameList {
 public:
  NameList() = default;
  explicit NameList(std::vector<std::string_view> names) : names_(std::move(names)) {
    for (std::size_t i = 0; i < names_.size(); ++i) places_.try_emplace(names_[i], i);
  }

  [[nodiscard]] const std::vector<std::string_view>& names() const { return names_; }

  // The place of the first of that name.
  [[nodiscard]] std::optional<std::size_t> find(std::string_view name) const {
    const auto found = places_.find(name);
    return found == places_.end() ? std::nullopt : std::optional(found->second);
  }

  // For those that are misspelt; made when the first one is.
  [[nodiscard]] Spellings& spellings() {
    return spellings_ ? *spellings_ : spellings_.emplace(names_);
  }

 private:
  std::vector<std::string_view> names_;
  std::map<std::string_view, std::size_t> places_;  // a tree: hostile names cannot degrade it
  std::optional<Spellings> spellings_;
};

}  // namespace verdict::compiler
