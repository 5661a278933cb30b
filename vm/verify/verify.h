// The checks that a file must pass to become a Program. Untrusted bytes end here.
//
// One family a file, called in this order. Each takes the sections as views whose bounds load() has
// checked, and believes nothing that a later family checks. Every row of a table is checked for
// itself, whether or not another row names it.
#pragma once

#include <cstdint>
#include <vector>

#include "vm/program/program.h"
#include <verdict/error.h>
#include <verdict/expected.h>

namespace verdict {

// V11: strings and their index.
Expected<void, Error> verify_strings(const ProgramView& view);
// V12: constants and words.
Expected<void, Error> verify_constants(const ProgramView& view);
Expected<Patterns, Error> compile_patterns(const ProgramView& view);
// V13: attributes, paths, mappings.
Expected<void, Error> verify_attribute_tables(const ProgramView& view);
// Settings and providers.
Expected<void, Error> verify_provider_tables(const ProgramView& view);
// Resources, routes, permissions, policies, functions.
Expected<void, Error> verify_route_tables(const ProgramView& view);

// Rules and their condition trees, locations.
Expected<void, Error> verify_rules(const ProgramView& view);

// The most that one call of a function can execute.
struct PathCost {
  std::uint64_t instructions = 0;
  std::uint64_t steps = 0;  // see work.h
};

// Instructions. Returns the cost of each function.
Expected<std::vector<PathCost>, Error> verify_code(const ProgramView& view);

// The byte offset of record `index` of a section, for messages.
std::uint64_t offset_of(const ProgramView& view, Section section, std::size_t index);

}  // namespace verdict
