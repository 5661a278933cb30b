// Where the repository stands. A function in a source file of its own, so that no other command
// line holds the path: what one checkout has compiled then serves another (ccache).
#pragma once

#include <filesystem>

namespace verdict::testing {

std::filesystem::path source_folder();

}  // namespace verdict::testing
