// Claims for the tests of bind: a JSON-like tree built in C++, and the handle that bind reads.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "vm/bind/claim.h"

namespace verdict::testing {

// One value; owns everything below it.
struct Claim {
  ClaimKind kind = ClaimKind::Null;
  bool boolean = false;
  std::string text;
  std::vector<Claim> elements;
  std::vector<std::string> keys;  // of an object: the names of its elements
  std::string key = {};           // of a member
};

inline Claim null() { return {}; }
inline Claim boolean(bool value) { return {ClaimKind::Boolean, value, {}, {}, {}}; }
inline Claim number(std::string spelling) {
  return {ClaimKind::Number, false, std::move(spelling), {}, {}};
}
inline Claim text(std::string value) {
  return {ClaimKind::String, false, std::move(value), {}, {}};
}
inline Claim array(std::vector<Claim> elements) {
  return {ClaimKind::Array, false, {}, std::move(elements), {}};
}
inline Claim object(const std::vector<std::pair<std::string, Claim>>& members) {
  Claim claim{ClaimKind::Object, false, {}, {}, {}};
  for (const auto& [name, value] : members) {
    claim.keys.push_back(name);
    claim.elements.push_back(value);
    claim.elements.back().key = name;
  }
  return claim;
}

// Borrows the claim.
class ClaimHandle {
 public:
  explicit ClaimHandle(const Claim& claim) : claim_(&claim) {}

  [[nodiscard]] ClaimKind kind() const { return claim_->kind; }
  [[nodiscard]] bool boolean() const { return claim_->boolean; }
  [[nodiscard]] std::optional<Number> number() const { return parse_number(text()).value; }
  [[nodiscard]] bool is_integer() const { return is_integer_spelling(text()); }
  [[nodiscard]] std::string_view text() const { return claim_->text; }
  [[nodiscard]] std::optional<ClaimHandle> find(std::string_view key) const {
    const auto found = std::find(claim_->keys.begin(), claim_->keys.end(), key);
    if (found == claim_->keys.end()) return std::nullopt;
    return ClaimHandle(claim_->elements[static_cast<std::size_t>(found - claim_->keys.begin())]);
  }
  [[nodiscard]] std::string_view key() const { return claim_->key; }
  [[nodiscard]] std::size_t size() const { return claim_->elements.size(); }
  [[nodiscard]] ClaimHandle at(std::size_t index) const {
    return ClaimHandle(claim_->elements[index]);
  }
  [[nodiscard]] ClaimHandle next() const { return ClaimHandle(*(claim_ + 1)); }

 private:
  const Claim* claim_;
};

static_assert(ClaimNode<ClaimHandle>);

}  // namespace verdict::testing
