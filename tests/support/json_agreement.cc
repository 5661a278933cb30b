#include "tests/support/json_agreement.h"

#include <algorithm>
#include <cstddef>

#include "compiler/syntax/json.h"
#include "runtime/json/reader.h"
#include "vm/base/limits.h"

namespace verdict::testing {
namespace {

using compiler::JsonKind;
using compiler::JsonMember;
using compiler::JsonNode;

ClaimKind kind_of(const JsonNode& node) {
  switch (node.kind()) {
    case JsonKind::Null:
      return ClaimKind::Null;
    case JsonKind::Boolean:
      return ClaimKind::Boolean;
    case JsonKind::Number:
      return ClaimKind::Number;
    case JsonKind::String:
      return ClaimKind::String;
    case JsonKind::Array:
      return ClaimKind::Array;
    case JsonKind::Object:
      return ClaimKind::Object;
  }
  return ClaimKind::Null;
}

std::string difference(const JsonNode& ours, const JsonRef& theirs);

std::string difference_of_scalars(const JsonNode& ours, const JsonRef& theirs) {
  if (ours.is(JsonKind::Boolean) && ours.boolean() != theirs.boolean()) return "a boolean";
  if (ours.is(JsonKind::String) && ours.text() != theirs.text()) return "a text";
  if (!ours.is(JsonKind::Number)) return {};
  if (ours.text() != theirs.text()) return "the spelling of " + std::string(ours.text());
  if (parse_number(ours.text()).value != theirs.number())
    return "number " + std::string(ours.text());
  if (is_integer_spelling(ours.text()) != theirs.is_integer())
    return "whether an integer: " + std::string(ours.text());
  return {};
}

std::string difference_of_arrays(const JsonNode& ours, const JsonRef& theirs) {
  if (ours.elements().size() != theirs.size()) return "the number of elements";
  JsonRef element = theirs;
  for (std::size_t i = 0; i < theirs.size(); ++i) {
    element = i == 0 ? theirs.at(0) : element.next();
    if (std::string found = difference(ours.elements()[i], element); !found.empty()) return found;
  }
  return {};
}

std::string difference_of_objects(const JsonNode& ours, const JsonRef& theirs) {
  if (ours.members().size() != theirs.size()) return "the number of members";
  JsonRef member = theirs;
  for (std::size_t i = 0; i < theirs.size(); ++i) {
    member = i == 0 ? theirs.at(0) : member.next();
    const JsonMember& wanted = ours.members()[i];
    if (wanted.key != member.key()) return "a key";
    if (std::string found = difference(*wanted.value, member); !found.empty()) return found;
  }
  return {};
}

std::string difference(const JsonNode& ours, const JsonRef& theirs) {
  if (kind_of(ours) != theirs.kind()) return "a kind";
  if (ours.is(JsonKind::Array)) return difference_of_arrays(ours, theirs);
  if (ours.is(JsonKind::Object)) return difference_of_objects(ours, theirs);
  return difference_of_scalars(ours, theirs);
}

std::size_t depth_of(const JsonNode& node) {
  std::size_t below = 0;
  for (const JsonNode& element : node.elements()) below = std::max(below, depth_of(element));
  for (const JsonMember& member : node.members()) below = std::max(below, depth_of(*member.value));
  return node.is(JsonKind::Array) || node.is(JsonKind::Object) ? below + 1 : 0;
}

}  // namespace

std::string disagreement(std::string_view text) {
  compiler::Sources sources;
  compiler::CollectingConsumer consumer;
  compiler::Emitter emitter(consumer);
  const auto ours = read_json(sources, sources.add("text", std::string(text)), emitter);
  thread_local JsonReader reader;  // what one text leaves behind must not touch the next
  const auto theirs = reader.read(text);
  const bool is_within_limits = text.size() <= limits::kMaxClaimsBytes &&
                                (!ours || depth_of(ours->root()) <= limits::kMaxClaimDepth);
  if (theirs && !is_within_limits) return "the tokens' reader accepts what is beyond its limits";
  if (theirs && !ours) return "only the tokens' reader accepts it";
  if (ours && !theirs && is_within_limits)
    return "the tokens' reader: " + std::string(theirs.error().message);
  return ours && theirs ? difference(ours->root(), JsonRef(*theirs.value())) : std::string();
}

}  // namespace verdict::testing
