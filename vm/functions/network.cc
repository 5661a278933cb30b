#include "vm/functions/network.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cstring>

namespace verdict {
namespace {

constexpr std::array<std::uint8_t, 12> kMappedPrefix = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

bool is_mapped(const IpValue& ip) {
  return std::equal(kMappedPrefix.begin(), kMappedPrefix.end(), ip.begin());
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
  const bool is_v4 = is_mapped(ip);
  const void* address = is_v4 ? ip.data() + kMappedPrefix.size() : ip.data();
  inet_ntop(is_v4 ? AF_INET : AF_INET6, address, buffer.data(), buffer.size());
  return buffer.data();
}

}  // namespace verdict
