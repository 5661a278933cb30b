#include "compiler/policyc/workbench/json_copy.h"

#include "vm/value/number.h"

namespace verdict::policyc {

using compiler::JsonKind;
using compiler::JsonMember;
using compiler::JsonNode;

JsonValue copy(const JsonNode& node) {
  switch (node.kind()) {
    case JsonKind::Null:
      return {};
    case JsonKind::Boolean:
      return node.boolean();
    case JsonKind::String:
      return node.text();
    case JsonKind::Number: {
      const ParsedNumber parsed = parse_number(node.text());
      if (!parsed.value) return node.text();
      return parsed.value->is_integer() ? JsonValue(parsed.value->integer())
                                        : JsonValue(parsed.value->real());
    }
    case JsonKind::Array: {
      JsonValue array = JsonValue::array();
      for (const JsonNode& element : node.elements()) array.push(copy(element));
      return array;
    }
    case JsonKind::Object: {
      JsonValue object = JsonValue::object();
      for (const JsonMember& member : node.members()) object.set(member.key, copy(*member.value));
      return object;
    }
  }
  return {};
}

}  // namespace verdict::policyc
