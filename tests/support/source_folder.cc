#include "tests/support/source_folder.h"

namespace verdict::testing {

std::filesystem::path source_folder() { return VERDICT_SOURCE_DIR; }

}  // namespace verdict::testing
