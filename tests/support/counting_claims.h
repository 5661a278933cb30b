// Claims that count what bind looks at, in the steps of vm/verify/work.h. Header only.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <optional>
#include <string_view>

#include "runtime/json/tree.h"
#include "vm/bind/claim.h"
#include "vm/verify/work.h"

namespace verdict::testing {

struct ClaimCounts {
  std::uint64_t num_look_ups = 0;  // members looked at to find one by its key
  std::uint64_t num_elements = 0;  // walked over
  std::uint64_t num_bytes = 0;     // of texts that were read

  [[nodiscard]] Steps steps() const {
    return num_look_ups + num_elements / kElementsPerStep + num_bytes / kBytesPerStep;
  }
};

// A node of claims, as bind sees it. Borrows the counts.
class CountingClaim {
 public:
  CountingClaim(const JsonRef& node, ClaimCounts& counts) : node_(node), counts_(&counts) {}

  [[nodiscard]] ClaimKind kind() const { return node_.kind(); }
  [[nodiscard]] bool boolean() const { return node_.boolean(); }
  [[nodiscard]] std::optional<Number> number() const { return node_.number(); }
  [[nodiscard]] bool is_integer() const { return node_.is_integer(); }
  [[nodiscard]] std::string_view text() const {
    const std::string_view text = node_.text();
    counts_->num_bytes += text.size();
    return text;
  }
  // A binary search in a wide object, else at most all members.
  [[nodiscard]] std::optional<CountingClaim> find(std::string_view key) const {
    const std::size_t size = node_.is(ClaimKind::Object) ? node_.size() : 0;
    counts_->num_look_ups +=
        std::min<std::size_t>(16, static_cast<std::size_t>(std::bit_width(size)));
    const std::optional<JsonRef> found = node_.find(key);
    return found ? std::optional(CountingClaim(*found, *counts_)) : std::nullopt;
  }
  [[nodiscard]] std::string_view key() const {
    counts_->num_bytes += node_.key().size();
    return node_.key();
  }
  [[nodiscard]] std::size_t size() const { return node_.size(); }
  [[nodiscard]] CountingClaim at(std::size_t index) const {
    counts_->num_elements += index;
    return {node_.at(index), *counts_};
  }
  [[nodiscard]] CountingClaim next() const {
    ++counts_->num_elements;
    return {node_.next(), *counts_};
  }

 private:
  JsonRef node_;
  ClaimCounts* counts_;
};

static_assert(ClaimNode<CountingClaim>);

}  // namespace verdict::testing
