// What an attribute holds after binding, and where that came from, for a person.
#pragma once

#include <string>
#include <string_view>

#include "vm/bind/slots.h"
#include "vm/program/program.h"

namespace verdict::policyc {

// Between backquotes, and harmless to print: names of a program are somebody else's text.
std::string quoted(std::string_view text);

// "`ext_scopes` is ["read"]; from `scp` through `split_space`". `mapping` is the one that was
// bound. The value of a sensitive attribute is not shown.
std::string describe_attribute(const ProgramView& view, const MappingRecord& mapping,
                               const Slots& slots);

}  // namespace verdict::policyc
