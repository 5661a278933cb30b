// JSON that was read, to be written again.
#pragma once

#include "compiler/syntax/json.h"
#include "runtime/json/write.h"

namespace verdict::policyc {

// Numbers that 64 bits cannot hold become texts.
JsonValue copy(const compiler::JsonNode& node);

}  // namespace verdict::policyc
