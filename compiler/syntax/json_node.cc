// Reading a tree that the reader (json.cc) has built.
#include <algorithm>
#include <array>
#include <cstring>

#include "compiler/syntax/json.h"
#include "compiler/syntax/json_strings.h"

namespace verdict::compiler {

std::string_view describe(JsonKind kind) {
  constexpr std::array<std::string_view, 6> kNames = {"null",     "a boolean", "a number",
                                                      "a string", "an array",  "an object"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::string_view JsonNode::text() const {
  const bool has_text = kind_ == JsonKind::String || kind_ == JsonKind::Number;
  return has_text ? std::string_view(text_, size_) : std::string_view();
}

std::span<const JsonNode> JsonNode::elements() const {
  return kind_ == JsonKind::Array ? std::span(elements_, size_) : std::span<const JsonNode>();
}

std::span<const JsonMember> JsonNode::members() const {
  return kind_ == JsonKind::Object ? std::span(members_, size_) : std::span<const JsonMember>();
}

const JsonMember* JsonNode::find(std::string_view key) const {
  const std::span<const JsonMember> all = members();
  const auto found = std::find_if(all.begin(), all.end(),
                                  [key](const JsonMember& member) { return member.key == key; });
  return found == all.end() ? nullptr : &*found;
}

Span JsonNode::span_of_text(std::size_t begin, std::size_t end) const {
  if (kind_ != JsonKind::String) return span_;
  const char* raw = text_;
  if (has_escapes_) std::memcpy(&raw, text_ - sizeof(raw), sizeof(raw));
  const std::string_view inside(raw, span_.end - span_.begin - 2);
  const auto place = [&](std::size_t offset) {
    return span_.begin + 1 + static_cast<std::uint32_t>(find_raw_offset(inside, offset));
  };
  return {span_.file, place(begin), std::max(place(begin), place(end))};
}

}  // namespace verdict::compiler
