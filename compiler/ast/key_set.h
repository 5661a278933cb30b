// What of a JSON Web Key (RFC 7517) is secret, and must stand in no program and no message.
#pragma once

#include <string_view>
#include <vector>

#include "compiler/syntax/json.h"

namespace verdict::compiler::ast {

// Whether a member of a key holds what only its owner may know (RFC 7518, section 6; RFC 8037,
// section 2).
bool is_secret_member(std::string_view key);

// The secret members of a key or of a key set, and texts that hold a private key in another form,
// wherever they stand in it.
std::vector<const JsonMember*> find_secret_members(const JsonNode& node);

}  // namespace verdict::compiler::ast
