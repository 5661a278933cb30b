// docs/diagnostics.md, printed from diagnostics.def.
#pragma once

#include <string>

namespace verdict::compiler {

[[nodiscard]] std::string describe_diagnostics_markdown();

}  // namespace verdict::compiler
