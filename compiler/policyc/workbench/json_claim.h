// A located JSON document as claims: what bind reads when policyc is given claims in a file.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "compiler/syntax/json.h"
#include "vm/bind/claim.h"

namespace verdict::policyc {

// A handle to one node; the document must outlive it. Without a node it is an empty object.
class JsonClaim {
 public:
  JsonClaim() = default;
  explicit JsonClaim(const compiler::JsonNode& node) : node_(&node) {}

  [[nodiscard]] ClaimKind kind() const {
    if (node_ == nullptr) return ClaimKind::Object;
    switch (node_->kind()) {
      case compiler::JsonKind::Null:
        return ClaimKind::Null;
      case compiler::JsonKind::Boolean:
        return ClaimKind::Boolean;
      case compiler::JsonKind::Number:
        return ClaimKind::Number;
      case compiler::JsonKind::String:
        return ClaimKind::String;
      case compiler::JsonKind::Array:
        return ClaimKind::Array;
      case compiler::JsonKind::Object:
        return ClaimKind::Object;
    }
    return ClaimKind::Null;
  }
  [[nodiscard]] bool boolean() const { return node_->boolean(); }
  [[nodiscard]] std::optional<Number> number() const { return parse_number(text()).value; }
  [[nodiscard]] bool is_integer() const { return is_integer_spelling(text()); }
  [[nodiscard]] std::string_view text() const { return node_->text(); }
  [[nodiscard]] std::optional<JsonClaim> find(std::string_view key) const {
    const compiler::JsonMember* member = node_ == nullptr ? nullptr : node_->find(key);
    if (member == nullptr) return std::nullopt;
    return JsonClaim(*member->value);
  }
  [[nodiscard]] std::size_t size() const { return node_->elements().size(); }
  [[nodiscard]] JsonClaim at(std::size_t index) const {
    return JsonClaim(node_->elements()[index]);
  }
  [[nodiscard]] JsonClaim next() const { return JsonClaim(*(node_ + 1)); }

 private:
  const compiler::JsonNode* node_ = nullptr;
};

static_assert(ClaimNode<JsonClaim>);

}  // namespace verdict::policyc
