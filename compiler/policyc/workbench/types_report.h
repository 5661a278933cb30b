// What the check has learnt of the attributes' types: `policyc check --types`.
#pragma once

#include <span>
#include <string>

#include "compiler/check/learnt_types.h"
#include "compiler/policyc/workbench/report.h"

namespace verdict::policyc {

// Json: an object with an array `attributes`. Else a table: attribute, type, whether it may be
// null, where that was learnt, and which rules read it.
std::string render_types(std::span<const compiler::LearntType> types,
                         const compiler::Sources& sources, Format format);

}  // namespace verdict::policyc
