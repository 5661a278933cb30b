// Time zone files as zic writes them: TZif (RFC 9636), versions 1 to 4.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "vm/value/time_zone.h"
#include <verdict/expected.h>

namespace verdict::compiler {

// The zone as the file says it, nothing left out; `closes_at` is its last transition. The error
// says in words why the file cannot be used: it is damaged, it counts leap seconds, or it does not
// say how its zone goes on after its last transition.
Expected<ZoneRules, std::string> read_zone_file(std::string_view bytes);

// The closing line of a file, a POSIX `TZ` with the extensions of RFC 9636 (section 3.3.1):
// `CET-1CEST,M3.5.0,M10.5.0/3`. Nothing for other text, and for daylight saving time without rules.
std::optional<ClosingRule> parse_closing_rule(std::string_view text);

// The one form of all files that say the same: no transition that changes nothing, none that the
// closing rule has too, none outside of the years that timestamps have.
ZoneRules normal_form(ZoneRules zone);

}  // namespace verdict::compiler
