// IP addresses, compared by value: an IPv4 address is the IPv6 address that maps it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace verdict {

using IpValue = std::array<std::uint8_t, 16>;  // IPv6, IPv4 mapped

// Any text of RFC 4291, section 2.2, or dotted IPv4. No zone, no port.
std::optional<IpValue> parse_ip(std::string_view text);

// Canonical text (RFC 5952); dotted for mapped IPv4.
std::string format_ip(const IpValue& ip);

// The addresses that begin with the first `prefix_length` bits of `address`; an IPv4 network is one
// of mapped addresses. INVARIANT: no bit of `address` behind the prefix is set.
struct Network {
  IpValue address;
  std::uint8_t prefix_length;  // bits, at most 128

  friend bool operator==(const Network&, const Network&) = default;
};

// The same where a slot holds it: the bytes of the address, then the length. They belong to the
// scalar or to the program.
struct NetworkValue {
  const std::uint8_t* bytes;
};
Network network_of(const NetworkValue& value);
NetworkValue value_of(const Network& network);

// What is true of a Network.
bool is_sound(const Network& network);

// Whether all addresses of `a` come before those of `b`: first IPv6 ones, then IPv4 ones. Neither
// does where one holds the other.
bool is_before(const Network& a, const Network& b);
// Whether the network comes before that address.
bool is_before(const Network& network, const IpValue& ip);
// In that order, without those that another one holds.
std::vector<Network> without_nested(std::vector<Network> networks);

enum class NetworkError : std::uint8_t { BadAddress, BadLength, HostBitsSet };

// An address alone (it is its own network), or an address, `/` and a decimal prefix length (RFC
// 4632, section 3.1; RFC 4291, section 2.3). Bits behind the prefix must be 0: who sets them means
// another network, or one address.
struct ParsedNetwork {
  std::optional<Network> value;
  NetworkError error = NetworkError::BadAddress;
  std::optional<Network> nearest = std::nullopt;  // where bits are set: without them
};
ParsedNetwork parse_network(std::string_view text);

// "192.0.2.0/24"; an address alone where the network is one.
std::string format_network(const Network& network);

// IPv6 networks that are wider than all mapped addresses, `::/0` among them, hold no IPv4 address.
bool contains(const Network& network, const IpValue& ip);

// RFC 1918 and fc00::/7 (RFC 4193).
bool is_private(const IpValue& ip);
// 127.0.0.0/8 (RFC 1122, section 3.2.1.3) and ::1 (RFC 4291, section 2.5.3).
bool is_loopback(const IpValue& ip);

}  // namespace verdict
