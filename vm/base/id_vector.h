// IdVector<Id, T>: a vector that only its own id type indexes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "vm/base/check.h"

namespace verdict {

template <class Id, class T>
class IdVector {
 public:
  // Appends and returns the new element's id.
  Id push_back(T value) {
    items_.push_back(std::move(value));
    return Id(static_cast<std::uint32_t>(items_.size() - 1));
  }

  T& operator[](Id id) {
    VERDICT_DCHECK(id.index() < items_.size());
    return items_[id.index()];
  }
  const T& operator[](Id id) const {
    VERDICT_DCHECK(id.index() < items_.size());
    return items_[id.index()];
  }

  [[nodiscard]] std::size_t size() const { return items_.size(); }
  [[nodiscard]] bool empty() const { return items_.empty(); }
  [[nodiscard]] Id next_id() const { return Id(static_cast<std::uint32_t>(items_.size())); }
  auto begin() { return items_.begin(); }
  auto end() { return items_.end(); }
  [[nodiscard]] auto begin() const { return items_.begin(); }
  [[nodiscard]] auto end() const { return items_.end(); }

 private:
  std::vector<T> items_;
};

}  // namespace verdict
