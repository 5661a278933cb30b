// docs/transforms.md, printed from transforms.def.
#pragma once

#include <string>

namespace verdict {

[[nodiscard]] std::string describe_transforms_markdown();

}  // namespace verdict
