// IP addresses, compared by value: an IPv4 address is the IPv6 address that maps it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "vm/program/slot.h"

namespace verdict {

// Any text of RFC 4291, section 2.2, or dotted IPv4. No zone, no port.
std::optional<IpValue> parse_ip(std::string_view text);

// Canonical text (RFC 5952); dotted for mapped IPv4.
std::string format_ip(const IpValue& ip);

}  // namespace verdict
