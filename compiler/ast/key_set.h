// What of a JSON Web Key (RFC 7517) is secret, and must stand in no program and no message.
#pragma once

#include <vector>

#include "compiler/syntax/json.h"

namespace verdict::compiler::ast {

// The secret members of a key or of a key set, and texts that hold a private key in another form,
// wherever they stand in it.
std::vector<const JsonMember*> find_secret_members(const JsonNode& node);

}  // namespace verdict::compiler::ast
