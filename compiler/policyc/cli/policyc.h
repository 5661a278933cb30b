// policyc as a function, so that tests run it in their own process.
#pragma once

#include <string>
#include <vector>

#include "compiler/policyc/workbench/exit_codes.h"
#include "compiler/policyc/workbench/files.h"
#include "compiler/policyc/workbench/report.h"

namespace verdict::policyc {

// Runs `policyc` with these arguments (without the program's name). `color` is for the error
// stream.
Exit run_policyc(const std::vector<std::string>& arguments, Streams streams, Color color);

}  // namespace verdict::policyc
