// What an engine would hold against a program that has just been compiled.
#pragma once

#include <cstddef>
#include <span>

#include "compiler/diag/emitter.h"

namespace verdict::policyc {

// Makes of the program what an engine makes of it when it starts. Reports what it would refuse, and
// pinned key sets of which no key can be used.
void report_refusal_by_engines(std::span<const std::byte> program, compiler::Emitter& emitter);

}  // namespace verdict::policyc
