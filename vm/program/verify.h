// The checks that a file must pass to become a Program. Untrusted bytes end here.
//
// Split by family: what the tables hold (verify_tables.cc), the conditions of the rules
// (verify_rules.cc), the code (verify_code.cc). Each takes the sections as views whose bounds
// load() has checked, and believes nothing else that a later family checks.
#pragma once

#include <cstdint>
#include <vector>

#include "vm/program/program.h"
#include <verdict/error.h>
#include <verdict/expected.h>

namespace verdict {

// Strings, constants, attributes, mappings, providers, resources, routes, permissions, policies,
// functions.
Expected<void, Error> verify_tables(const ProgramView& view);

// Rules and their condition trees, locations.
Expected<void, Error> verify_rules(const ProgramView& view);

// Instructions. Returns the longest path of each function. Call after the two above.
Expected<std::vector<std::uint64_t>, Error> verify_code(const ProgramView& view);

// The byte offset of record `index` of a section, for messages.
std::uint64_t offset_of(const ProgramView& view, Section section, std::size_t index);

}  // namespace verdict
