// Whether the transforms of a mapping fit each other, and what comes out (design 2.2).
#pragma once

#include <optional>

#include "compiler/ast/ast.h"
#include "compiler/diag/emitter.h"
#include "vm/value/transform.h"

namespace verdict::compiler {

[[nodiscard]] bool goes_through_each(const JwtPath& path);

// What the last transform may give. Nothing after reporting one that could never be applied: to
// what the claim is by a standard or its path, or to what the transform before gives.
std::optional<FormSet> follow_transforms(const ast::Mapping& mapping, Emitter& emitter);

}  // namespace verdict::compiler
