// docs/opcodes.md and docs/load_errors.md, printed from the tables.
#pragma once

#include <string>

namespace verdict {

[[nodiscard]] std::string describe_opcodes_markdown();
[[nodiscard]] std::string describe_load_errors_markdown();

}  // namespace verdict
