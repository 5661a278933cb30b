#include "vm/value/network.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <bit>
#include <charconv>
#include <cstring>
#include <span>
#include <tuple>

namespace verdict {
namespace {

constexpr std::array<std::uint8_t, 12> kMappedPrefix = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
constexpr unsigned kMappedBits = 96;
constexpr unsigned kAddressBits = 128;

// An address as a number: the order is that of the bytes.
__extension__ using Bits = unsigned __int128;

std::uint64_t load_big_endian(const std::uint8_t* bytes) {
  std::uint64_t value = 0;
  std::memcpy(&value, bytes, sizeof(value));
  return std::endian::native == std::endian::little ? __builtin_bswap64(value) : value;
}

Bits to_bits(const IpValue& ip) {
  return Bits{load_big_endian(ip.data())} << 64U | load_big_endian(ip.data() + 8);
}

IpValue to_ip(Bits bits) {
  IpValue ip{};
  for (std::size_t i = ip.size(); i-- > 0; bits >>= 8U) ip[i] = static_cast<std::uint8_t>(bits);
  return ip;
}

bool is_mapped(Bits ip) { return ip >> (kAddressBits - kMappedBits) == 0xFFFFU; }

// The bits of the prefix. INVARIANT: at most kAddressBits.
Bits mask_of(unsigned prefix_length) {
  return prefix_length == 0 ? 0 : ~Bits{0} << (kAddressBits - prefix_length);
}

bool has_prefix(const Network& network, Bits ip) {
  return (ip & mask_of(network.prefix_length)) == to_bits(network.address);
}

Network without_host_bits(const Network& network) {
  return {to_ip(to_bits(network.address) & mask_of(network.prefix_length)), network.prefix_length};
}

// No network holds addresses of both families (see contains).
bool is_of_ipv4(const Network& network) {
  return network.prefix_length >= kMappedBits && is_mapped(to_bits(network.address));
}

// Digits without sign and leading zeros, at most `most`.
std::optional<unsigned> parse_length(std::string_view text, unsigned most) {
  unsigned length = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
  const bool is_canonical = error == std::errc() && end == text.data() + text.size() &&
                            (text.size() == 1 || text.front() != '0');
  return is_canonical && length <= most ? std::optional(length) : std::nullopt;
}

constexpr IpValue mapped(std::uint8_t a, std::uint8_t b) {
  return {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, a, b, 0, 0};
}
constexpr auto kPrivate = std::to_array<Network>({
    {mapped(10, 0), kMappedBits + 8},
    {mapped(172, 16), kMappedBits + 12},
    {mapped(192, 168), kMappedBits + 16},
    {{0xFC}, 7},
});
constexpr auto kLoopback = std::to_array<Network>({
    {mapped(127, 0), kMappedBits + 8},
    {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, kAddressBits},
});

bool is_in_one_of(std::span<const Network> networks, const IpValue& ip) {
  return std::any_of(networks.begin(), networks.end(),
                     [&ip](const Network& network) { return contains(network, ip); });
}

}  // namespace

std::optional<IpValue> parse_ip(std::string_view text) {
  std::array<char, INET6_ADDRSTRLEN> buffer{};
  if (text.size() >= buffer.size() || text.find('\0') != std::string_view::npos)
    return std::nullopt;
  std::copy(text.begin(), text.end(), buffer.begin());
  IpValue ip{};
  if (inet_pton(AF_INET6, buffer.data(), ip.data()) == 1) return ip;
  std::copy(kMappedPrefix.begin(), kMappedPrefix.end(), ip.begin());
  if (inet_pton(AF_INET, buffer.data(), ip.data() + kMappedPrefix.size()) == 1) return ip;
  return std::nullopt;
}

std::string format_ip(const IpValue& ip) {
  std::array<char, INET6_ADDRSTRLEN> buffer{};
  const bool is_v4 = is_mapped(to_bits(ip));
  const void* address = is_v4 ? ip.data() + kMappedPrefix.size() : ip.data();
  inet_ntop(is_v4 ? AF_INET : AF_INET6, address, buffer.data(), buffer.size());
  return buffer.data();
}

ParsedNetwork parse_network(std::string_view text) {
  const std::size_t slash = text.find('/');
  const std::optional<IpValue> ip = parse_ip(text.substr(0, slash));
  if (!ip) return {};
  if (slash == std::string_view::npos) return {Network{*ip, kAddressBits}};
  const bool is_v4 = text.substr(0, slash).find(':') == std::string_view::npos;
  const unsigned offset = is_v4 ? kMappedBits : 0;
  const auto length = parse_length(text.substr(slash + 1), kAddressBits - offset);
  if (!length) return {std::nullopt, NetworkError::BadLength};
  const Network network{*ip, static_cast<std::uint8_t>(*length + offset)};
  if (has_prefix(network, to_bits(*ip))) return {network};
  return {std::nullopt, NetworkError::HostBitsSet, without_host_bits(network)};
}

std::string format_network(const Network& network) {
  const std::string address = format_ip(network.address);
  if (network.prefix_length == kAddressBits) return address;
  const bool is_v4 = address.find(':') == std::string::npos;
  return address + "/" + std::to_string(network.prefix_length - (is_v4 ? kMappedBits : 0));
}

bool contains(const Network& network, const IpValue& ip) {
  const Bits bits = to_bits(ip);
  if (network.prefix_length < kMappedBits && is_mapped(bits)) return false;
  return has_prefix(network, bits);
}

Network network_of(const NetworkValue& value) {
  Network network{};
  std::copy_n(value.bytes, network.address.size(), network.address.begin());
  network.prefix_length = value.bytes[network.address.size()];
  return network;
}

NetworkValue value_of(const Network& network) {
  static_assert(sizeof(Network) == sizeof(IpValue) + 1);
  return {network.address.data()};
}

bool is_sound(const Network& network) {
  return network.prefix_length <= kAddressBits && has_prefix(network, to_bits(network.address));
}

bool is_before(const Network& a, const Network& b) {
  if (is_of_ipv4(a) != is_of_ipv4(b)) return is_of_ipv4(b);
  return (to_bits(a.address) | ~mask_of(a.prefix_length)) < to_bits(b.address);
}

bool is_before(const Network& network, const IpValue& ip) {
  return is_before(network, Network{ip, kAddressBits});
}

std::vector<Network> without_nested(std::vector<Network> networks) {
  std::sort(networks.begin(), networks.end(), [](const Network& a, const Network& b) {
    return std::tuple(is_of_ipv4(a), a.address, a.prefix_length) <
           std::tuple(is_of_ipv4(b), b.address, b.prefix_length);
  });
  const auto end =
      std::unique(networks.begin(), networks.end(),
                  [](const Network& kept, const Network& next) { return !is_before(kept, next); });
  networks.erase(end, networks.end());
  return networks;
}

bool is_private(const IpValue& ip) { return is_in_one_of(kPrivate, ip); }

bool is_loopback(const IpValue& ip) { return is_in_one_of(kLoopback, ip); }

}  // namespace verdict
