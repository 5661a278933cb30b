// docs/functions.md, printed from functions.def.
#pragma once

#include <string>

namespace verdict {

[[nodiscard]] std::string describe_functions_markdown();

}  // namespace verdict
