// The small interface through which bind reads claims, whatever library holds them.
//
// A JSON reader offers a cheap, copyable handle to one value that satisfies ClaimNode. Texts that
// it hands out live as long as the claims.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string_view>

#include "vm/value/number.h"

namespace verdict {

enum class ClaimKind : std::uint8_t { Null, Boolean, Number, String, Array, Object };

template <class Node>
concept ClaimNode = std::copyable<Node> &&
    requires(const Node node, std::string_view key, std::size_t index) {
  { node.kind() } -> std::same_as<ClaimKind>;
  { node.boolean() } -> std::same_as<bool>;  // of a Boolean
  // Of a Number; nothing where it lies outside of what is a number.
  { node.number() } -> std::same_as<std::optional<Number>>;
  // Of a Number: spelled without fraction and exponent. Others may have been rounded.
  { node.is_integer() } -> std::same_as<bool>;
  // Of a String; of a Number, its spelling, which may have to be looked for: not for the hot path.
  { node.text() } -> std::convertible_to<std::string_view>;
  { node.find(key) } -> std::same_as<std::optional<Node>>;  // member of an Object
  { node.key() } -> std::convertible_to<std::string_view>;  // of a member of an Object
  { node.size() } -> std::same_as<std::size_t>;             // of an Array or an Object
  // Element of an Array, member of an Object; may walk over those before it.
  { node.at(index) } -> std::same_as<Node>;
  // The element or member behind this one, which must be there. Takes constant time.
  { node.next() } -> std::same_as<Node>;
};

}  // namespace verdict
