#include "vm/functions/network.h"

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace verdict {
namespace {

// Text, and the canonical text of its value.
TEST(Ip, ReadsEveryFormOfRfc4291) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"192.0.2.1", "192.0.2.1"},
      {"0.0.0.0", "0.0.0.0"},
      {"255.255.255.255", "255.255.255.255"},
      {"::", "::"},
      {"::1", "::1"},
      {"2001:db8::1", "2001:db8::1"},
      {"2001:DB8::1", "2001:db8::1"},
      {"2001:0db8:0000:0000:0000:0000:0000:0001", "2001:db8::1"},
      {"2001:db8:0:0:1::", "2001:db8:0:0:1::"},
      {"1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"},
      {"1:2:3:4:5:6:192.0.2.1", "1:2:3:4:5:6:c000:201"},
      {"fe80::1", "fe80::1"},
      // An IPv4 address and the IPv6 address that maps it are one value.
      {"::ffff:192.0.2.1", "192.0.2.1"},
      {"::FFFF:c000:0201", "192.0.2.1"},
      {"0:0:0:0:0:ffff:192.0.2.1", "192.0.2.1"},
      {"0000:0000:0000:0000:0000:ffff:255.255.255.255",
       "255.255.255.255"},  // the longest text there is
      // These only look like it.
      {"::192.0.2.1", "::192.0.2.1"},
      {"::fffe:192.0.2.1", "::fffe:c000:201"},
      {"64:ff9b::192.0.2.1", "64:ff9b::c000:201"},
  };
  for (const auto& [text, canonical] : cases) {
    const auto ip = parse_ip(text);
    ASSERT_TRUE(ip.has_value()) << text;
    EXPECT_EQ(format_ip(*ip), canonical) << text;
    EXPECT_EQ(parse_ip(canonical), ip) << text;
  }
}

TEST(Ip, HasTheBytesOfTheNetwork) {
  constexpr IpValue kMapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 192, 0, 2, 1};
  constexpr IpValue kDocumentation = {0x20, 0x01, 0x0D, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
  EXPECT_EQ(parse_ip("192.0.2.1"), kMapped);
  EXPECT_EQ(parse_ip("2001:db8::1"), kDocumentation);
}

TEST(Ip, RefusesAllElse) {
  const std::vector<std::string> cases = {
      "",
      " ",
      "localhost",
      "192.0.2",
      "192.0.2.1.1",
      "192.0.2.256",
      "192.0.2.-1",
      "192.0.2.01",  // a leading zero: octal to some
      "192.0.2.001",
      "0300.0.2.1",
      "0xc0.0.2.1",
      "3221225985",     // the same address as one number
      "192.0.2.1:443",  // ports
      "[2001:db8::1]",
      "[2001:db8::1]:443",
      "192.0.2.1/32",  // networks
      "2001:db8::/32",
      "fe80::1%eth0",  // zones
      "fe80::1%1",
      "192.0.2.1%eth0",
      " 192.0.2.1",
      "192.0.2.1 ",
      "192.0.2.1\n",
      std::string("192.0.2.1\0", 10),
      std::string("192.0.2.1\0.5", 12),
      ":",
      ":::",
      "1::2::3",
      "1:2:3:4:5:6:7",
      "1:2:3:4:5:6:7:8:9",
      "1:2:3:4:5:6:7:192.0.2.1",
      "12345::",
      "g::",
      "::ffff:192.0.2.01",
      "::ffff:192.0.2.256",
      "0000:0000:0000:0000:0000:ffff:255.255.255.2555",
      std::string(4096, ':'),
  };
  for (const std::string& text : cases) EXPECT_EQ(parse_ip(text), std::nullopt) << text;
}

}  // namespace
}  // namespace verdict
