// Files that somebody put into a workspace, and that nothing reads.
#pragma once

#include <string>

#include "compiler/diag/emitter.h"

namespace verdict::policyc {

// Reports each file of the folder that looks as if it should count: JSON at its top and below
// `providers` and `policies`, and elsewhere what holds a part of a workspace or keys. Files that
// stand in `sources` have been read. Hidden files are left alone.
void report_unread_files(const std::string& folder, compiler::Sources& sources,
                         compiler::Emitter& emitter);

}  // namespace verdict::policyc
