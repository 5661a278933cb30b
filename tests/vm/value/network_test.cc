#include "vm/value/network.h"

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

// Text, and the canonical text of the network.
TEST(Networks, ReadsAddressesAndPrefixes) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"192.0.2.0/24", "192.0.2.0/24"},
      {"0.0.0.0/0", "0.0.0.0/0"},
      {"192.0.2.1/32", "192.0.2.1"},
      {"192.0.2.1", "192.0.2.1"},
      {"::ffff:192.0.2.0/120", "192.0.2.0/24"},
      {"2001:DB8::/32", "2001:db8::/32"},
      {"::/0", "::/0"},
      {"2001:db8::1/128", "2001:db8::1"},
      {"2001:db8::1", "2001:db8::1"},
      {"fe80::/10", "fe80::/10"},
  };
  for (const auto& [text, canonical] : cases) {
    const auto network = parse_network(text).value;
    ASSERT_TRUE(network) << text;
    EXPECT_EQ(format_network(*network), canonical);
    EXPECT_EQ(parse_network(canonical).value, network);
  }
}

TEST(Networks, RefusesHostBitsAndAllElse) {
  for (const std::string text : {"192.0.2.1/24", "0.0.0.1/0", "128.0.0.0/0", "192.0.2.128/24",
                                 "2001:db8::1/32", "::1/127", "::ffff:192.0.2.1/120", "fc80::/8"}) {
    const ParsedNetwork parsed = parse_network(text);
    EXPECT_FALSE(parsed.value) << text;
    EXPECT_EQ(parsed.error, NetworkError::HostBitsSet) << text;
    EXPECT_TRUE(parsed.nearest && is_sound(*parsed.nearest)) << text;
  }
  EXPECT_EQ(format_network(parse_network("192.0.2.129/25").nearest.value()), "192.0.2.128/25");
  for (const std::string text :
       {"", "/", "/24", "192.0.2.0/", "192.0.2.0/33", "192.0.2.0/024", "192.0.2.0/-1", "::/129",
        "192.0.2.0/+8", "192.0.2.0/ 8", "192.0.2.0/8 ", "192.0.2/24", "192.0.2.0/24/24", "::/0x8",
        "192.0.2.0/255.255.255.0", "192.0.2.0/99999999999999999999"}) {
    const ParsedNetwork parsed = parse_network(text);
    EXPECT_FALSE(parsed.value) << text;
    EXPECT_EQ(parsed.error, parse_ip(text.substr(0, text.find('/'))) ? NetworkError::BadLength
                                                                     : NetworkError::BadAddress)
        << text;
  }
}

bool holds(const std::string& network, const std::string& ip) {
  return contains(parse_network(network).value.value(), parse_ip(ip).value());
}

TEST(Networks, HoldWhatBeginsWithTheirPrefix) {
  EXPECT_TRUE(holds("192.0.2.0/24", "192.0.2.0"));
  EXPECT_TRUE(holds("192.0.2.0/24", "192.0.2.255"));
  EXPECT_TRUE(holds("192.0.2.0/24", "::ffff:192.0.2.7"));
  EXPECT_FALSE(holds("192.0.2.0/24", "192.0.1.255"));
  EXPECT_FALSE(holds("192.0.2.0/24", "192.0.3.0"));
  EXPECT_TRUE(holds("192.0.2.8/29", "192.0.2.15"));
  EXPECT_FALSE(holds("192.0.2.8/29", "192.0.2.16"));
  EXPECT_TRUE(holds("192.0.2.1", "192.0.2.1"));
  EXPECT_FALSE(holds("192.0.2.1", "192.0.2.0"));
  EXPECT_TRUE(holds("0.0.0.0/0", "255.255.255.255"));
  EXPECT_FALSE(holds("0.0.0.0/0", "::1"));
  EXPECT_TRUE(holds("2001:db8::/33", "2001:db8:7fff:ffff::"));
  EXPECT_FALSE(holds("2001:db8::/33", "2001:db8:8000::"));
  EXPECT_TRUE(holds("::/0", "2001:db8::1"));
}

// Who allows all of IPv6 has not said a word about IPv4.
TEST(Networks, WideIpv6NetworksHoldNoIpv4) {
  for (const std::string network : {"::/0", "::/1", "::/80"}) {
    EXPECT_FALSE(holds(network, "192.0.2.1")) << network;
    EXPECT_TRUE(holds(network, "::1")) << network;
  }
  EXPECT_TRUE(holds("::ffff:0.0.0.0/96", "192.0.2.1")) << "these are the IPv4 addresses";
}

Network network(std::string_view text) { return parse_network(text).value.value(); }

TEST(Networks, ComeBeforeEachOtherWhereTheyShareNothing) {
  EXPECT_TRUE(is_before(network("10.0.0.0/24"), network("10.0.1.0/24")));
  EXPECT_FALSE(is_before(network("10.0.1.0/24"), network("10.0.0.0/24")));
  EXPECT_FALSE(is_before(network("10.0.0.0/8"), network("10.1.0.0/16")));
  EXPECT_FALSE(is_before(network("10.1.0.0/16"), network("10.0.0.0/8")));
  EXPECT_TRUE(is_before(network("::/0"), network("0.0.0.0/0"))) << "IPv6 stands first";
  EXPECT_FALSE(is_before(network("255.0.0.0/8"), network("::/0")));
  EXPECT_TRUE(is_before(network("10.0.0.0/8"), *parse_ip("11.0.0.0")));
  EXPECT_FALSE(is_before(network("10.0.0.0/8"), *parse_ip("10.255.255.255")));
}

TEST(Networks, WhatAnotherHoldsIsLeftOut) {
  std::vector<Network> networks;
  for (const char* text : {"10.1.0.0/16", "2001:db8::/32", "10.0.0.0/8", "::/0", "10.0.0.0/8",
                           "9.255.255.255", "11.0.0.0/8", "10.255.255.255"})
    networks.push_back(network(text));
  std::string kept;
  for (const Network& one : without_nested(networks)) kept += format_network(one) + " ";
  EXPECT_EQ(kept, "::/0 9.255.255.255 10.0.0.0/8 11.0.0.0/8 ");
}

TEST(Networks, PrivateAndLoopbackEndWhereTheRfcsSay) {
  const auto ip = [](const std::string& text) { return parse_ip(text).value(); };
  for (const std::string text :
       {"10.0.0.0", "10.255.255.255", "172.16.0.0", "172.31.255.255", "192.168.0.0",
        "192.168.255.255", "::ffff:10.1.2.3", "fc00::", "fdff:ffff::1"})
    EXPECT_TRUE(is_private(ip(text))) << text;
  for (const std::string text : {"9.255.255.255", "11.0.0.0", "172.15.255.255", "172.32.0.0",
                                 "192.167.255.255", "192.169.0.0", "127.0.0.1", "169.254.0.1",
                                 "100.64.0.1", "fbff::", "fe00::", "::1", "::", "::10.0.0.1"})
    EXPECT_FALSE(is_private(ip(text))) << text;
  for (const std::string text : {"127.0.0.0", "127.0.0.1", "127.255.255.255", "::1"})
    EXPECT_TRUE(is_loopback(ip(text))) << text;
  for (const std::string text : {"126.255.255.255", "128.0.0.0", "::", "::2", "::127.0.0.1"})
    EXPECT_FALSE(is_loopback(ip(text))) << text;
}

}  // namespace
}  // namespace verdict
