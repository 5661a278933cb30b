#include "compiler/ast/key_set.h"

#include <string_view>

#include "compiler/source/secrets.h"

namespace verdict::compiler::ast {
namespace {

constexpr std::string_view kPemMark = "PRIVATE KEY-----";  // RFC 7468, sections 10 and 11

void append_secret_members(const JsonNode& node, std::vector<const JsonMember*>& found) {
  for (const JsonNode& element : node.elements()) append_secret_members(element, found);
  for (const JsonMember& member : node.members()) {
    const bool is_pem = member.value->text().find(kPemMark) != std::string_view::npos;
    if (is_secret_member(member.key) || is_pem) {
      found.push_back(&member);
    } else {
      append_secret_members(*member.value, found);
    }
  }
}

}  // namespace

std::vector<const JsonMember*> find_secret_members(const JsonNode& node) {
  std::vector<const JsonMember*> found;
  append_secret_members(node, found);
  return found;
}

}  // namespace verdict::compiler::ast
