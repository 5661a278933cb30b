// The small interface through which bind reads claims, whatever library holds them.
//
// A JSON reader offers a cheap, copyable handle to one value that satisfies ClaimNode. Texts that
// it hands out live as long as the claims.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string_view>

namespace verdict {

enum class ClaimKind : std::uint8_t { Null, Boolean, Number, String, Array, Object };

template <class Node>
concept ClaimNode = std::copyable<Node> &&
    requires(const Node node, std::string_view key, std::size_t index) {
  { node.kind() } -> std::same_as<ClaimKind>;
  { node.boolean() } -> std::same_as<bool>;  // of a Boolean
  {
    node.text()
    } -> std::convertible_to<std::string_view>;  // of a String; of a Number, its spelling
  { node.find(key) } -> std::same_as<std::optional<Node>>;  // member of an Object
  { node.size() } -> std::same_as<std::size_t>;             // of an Array
  { node.at(index) } -> std::same_as<Node>;                 // element of an Array
};

}  // namespace verdict
