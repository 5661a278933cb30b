// IR to the bytes of a program.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "compiler/diag/emitter.h"
#include "compiler/ir/ir.h"
#include "compiler/source/source.h"

namespace verdict::compiler {

// Reports a table that would overflow (V501), and returns nothing then. Same module, same bytes.
std::optional<std::vector<std::byte>> generate(const ir::Module& module, const Sources& sources,
                                               Emitter& emitter);

}  // namespace verdict::compiler
