// What the check has learnt of the attributes' types: `policyc check --types`.
#pragma once

#include <span>
#include <string>

#include "compiler/check/learnt_types.h"
#include "compiler/policyc/workbench/report.h"

namespace verdict::policyc {

// A table: attribute, type, whether it may be null, where that was learnt, and which rules read it.
std::string render_types(std::span<const compiler::LearntType> types,
                         const compiler::Sources& sources);
// The same as an array.
JsonValue types_json(std::span<const compiler::LearntType> types, const compiler::Sources& sources);

}  // namespace verdict::policyc
