// Transforms of mappings, once more: from design 2.2 and docs/transforms.md alone, on JSON as it is
// written. Shares nothing with vm/bind but the names of the transforms.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/ir/ir.h"

namespace verdict::compiler::reference {

struct Json {
  enum class Kind { Null, Boolean, Number, String, Array, Object };

  Kind kind = Kind::Null;
  std::string text;            // of a String its value, of a Number its spelling, `true` or `false`
  std::vector<Json> elements;  // of an Array; the values of an Object's members
  std::vector<std::string> names;  // of an Object's members

  [[nodiscard]] const Json* find(const std::string& name) const;
};

Json json_string(std::string text);
Json json_list(const std::vector<std::string>& texts);

// The JSON that would have to stand in the claim so that the mapping means the same without its
// transforms. Nothing: the attribute is invalid. `around` is the object of which `value` is a
// member, where there is one. `value` is not null.
//
// What no JSON of the attribute's kind can be, such as a number beyond int64, is left to whoever
// converts the result.
std::optional<Json> transform(const std::vector<ir::TransformStep>& steps, const Json& value,
                              const Json* around);

}  // namespace verdict::compiler::reference
