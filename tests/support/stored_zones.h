// The time zones that tests compile with: those of tests/zones, the same on every machine.
#pragma once

#include "compiler/zones/zone_folder.h"
#include "tests/support/source_folder.h"

namespace verdict::testing {

inline std::string stored_zones_path() { return (source_folder() / "tests" / "zones").string(); }
inline compiler::ZoneFolder stored_zones() { return compiler::ZoneFolder(stored_zones_path()); }

}  // namespace verdict::testing
