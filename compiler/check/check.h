// AST to IR: names are resolved, types inferred, operands checked.
#pragma once

#include <optional>
#include <vector>

#include "compiler/ast/ast.h"
#include "compiler/check/learnt_types.h"
#include "compiler/diag/emitter.h"
#include "compiler/ir/ir.h"
#include "compiler/zones/zone_folder.h"

namespace verdict::compiler {

// Reports everything that it finds; returns nothing if there was an error. `emitter` may have
// errors already: then a missing name may be theirs, and is not reported a second time as unknown.
// Where `types` is given, it gets every attribute that there is, errors or not.
std::optional<ir::Module> check(const ast::Workspace& workspace, ZoneFolder& zones,
                                Emitter& emitter, std::vector<LearntType>* types = nullptr);

}  // namespace verdict::compiler
