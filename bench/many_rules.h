// A workspace of one policy with as many rules as asked for, each with a constant of its own, as
// JSON and compiled.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace verdict::bench {

std::string many_rules_json(std::size_t num_rules);

// From JSON text to a program's bytes. Ends the process with a message where that fails.
std::vector<std::byte> compile_many_rules(std::size_t num_rules);

}  // namespace verdict::bench
