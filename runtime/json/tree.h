// A JSON text that has been read: a flat array of nodes, and handles to them. Knows no JSON
// library.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "vm/bind/claim.h"
#include "vm/value/number.h"

namespace verdict {

// Keys of different buckets, 0 to 63, differ. With these factors hardly two of the claims that the
// known providers put into one token share a bucket.
inline std::uint8_t bucket_of(std::string_view key) {
  if (key.empty()) return 0;
  const auto byte = [key](std::size_t i) { return static_cast<unsigned char>(key[i]); };
  return (key.size() * 5U + byte(0) * 17U + byte(key.size() - 1)) % 64U;
}

// An object of more members is wide: they are found by a binary search.
inline constexpr std::size_t kWideObject = 32;

// Children follow their parent; `end` is the index behind the subtree.
struct JsonTreeNode {
  ClaimKind kind = ClaimKind::Null;
  bool boolean = false;
  bool is_integer = false;  // of a Number: spelled without fraction and exponent
  bool has_number = false;  // of a Number; it has none where it lies outside of what is a number
  std::uint32_t end = 0;
  std::uint32_t count = 0;  // elements or members; of a Number: how many numbers stand before it
  std::uint8_t bucket = 0;  // of the key: bucket_of()
  std::string_view key;     // of a member
  std::string_view text;    // of a String
  Number number;  // of a Number; of a wide Object, where its members begin in JsonTree::by_key
};

// Texts belong to whatever read the tree (runtime/json/reader.h) and live until it reads again.
struct JsonTree {
  std::vector<JsonTreeNode> nodes;  // the root first
  // The members of the wide objects, as indices of nodes: those of one stand together, by rising
  // keys.
  std::vector<std::uint32_t> by_key;
  std::string_view source;
};

// A handle to one node: what bind reads. Cheap to copy; valid as long as the tree.
class JsonRef {
 public:
  JsonRef() = default;
  explicit JsonRef(const JsonTree& tree, std::size_t index = 0)
      : JsonRef(tree, &tree.nodes[index]) {}

  [[nodiscard]] ClaimKind kind() const { return node_->kind; }
  [[nodiscard]] bool is(ClaimKind kind) const { return node_->kind == kind; }
  [[nodiscard]] bool boolean() const { return node_->boolean; }
  [[nodiscard]] std::optional<Number> number() const {
    return node_->has_number ? std::optional(node_->number) : std::nullopt;
  }
  [[nodiscard]] bool is_integer() const { return node_->is_integer; }
  // Of a String; of a Number, its spelling in the source: looked for, so slow.
  [[nodiscard]] std::string_view text() const {
    return node_->kind == ClaimKind::Number ? spelling() : node_->text;
  }
  [[nodiscard]] std::string_view key() const { return node_->key; }
  [[nodiscard]] std::size_t size() const { return node_->count; }
  // Element or member `index`; walks over those before it.
  [[nodiscard]] JsonRef at(std::size_t index) const;
  // The element or member behind this one. There must be one.
  [[nodiscard]] JsonRef next() const { return {*tree_, tree_->nodes.data() + node_->end}; }
  // Walks over the members of an object that is not wide.
  [[nodiscard]] std::optional<JsonRef> find(std::string_view key) const;

 private:
  JsonRef(const JsonTree& tree, const JsonTreeNode* node) : tree_(&tree), node_(node) {}

  [[nodiscard]] std::optional<JsonRef> find_in_wide(std::string_view key) const;
  [[nodiscard]] std::string_view spelling() const;

  const JsonTree* tree_ = nullptr;
  const JsonTreeNode* node_ = nullptr;
};

static_assert(ClaimNode<JsonRef>);

}  // namespace verdict
