// Warnings about a workspace that is sound: what it says is rarely what its author means.
#pragma once

#include "compiler/diag/emitter.h"
#include "compiler/ir/ir.h"

namespace verdict::compiler {

// Rules without conditions that allow everybody.
void warn_about_open_rules(const ir::Module& module, Emitter& emitter);
// Absent attributes that fire a Deny rule, and tests for null that let absence grant.
void warn_about_absence(const ir::Module& module, Emitter& emitter);
// Allow rules that read claims which users write themselves.
void warn_about_writable_claims(const ir::Module& module, Emitter& emitter);
// Permissions whose groups or defaults hide each other.
void warn_about_permissions(const ir::Module& module, Emitter& emitter);
// Policies that are attached nowhere, actions without permission.
void warn_about_omissions(const ir::Module& module, Emitter& emitter);

inline void lint(const ir::Module& module, Emitter& emitter) {
  warn_about_open_rules(module, emitter);
  warn_about_absence(module, emitter);
  warn_about_writable_claims(module, emitter);
  warn_about_permissions(module, emitter);
  warn_about_omissions(module, emitter);
}

}  // namespace verdict::compiler
