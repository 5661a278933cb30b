#include "vm/value/scalar.h"

#include <array>

#include <gtest/gtest.h>

namespace verdict {
namespace {

struct TextCase {
  Kind kind;
  std::string_view text;
};

TEST(Scalar, TextReadsBackAsTheSameValue) {
  for (const auto& [kind, text] : std::to_array<TextCase>({
           {Kind::String, ""},
           {Kind::String, "a b"},
           {Kind::Enum, "gold"},
           {Kind::Number, "9223372036854775807"},
           {Kind::Number, "-0.5"},
           {Kind::Boolean, "true"},
           {Kind::Boolean, "false"},
           {Kind::Timestamp, "0001-01-01T00:00:00Z"},
           {Kind::Timestamp, "2026-01-31T12:00:00.000001Z"},
           {Kind::Ip, "10.0.0.1"},
           {Kind::Ip, "2001:db8::1"},
           {Kind::Part, "a"},
           {Kind::Rank, "gold"},
           {Kind::PathForm, "/orders/{id}/**"},
           {Kind::Path, "/orders"},
           {Kind::Glob, R"(*?\*)"},
           {Kind::Network, "10.0.0.0/8"},
           {Kind::Network, "2001:db8::1"},
           {Kind::Network, "::/0"},
           {Kind::Duration, "1ms"},
           {Kind::Duration, "1w2d3h4m5s6ms"},
           {Kind::Length, "0"},
           {Kind::Bits, "1"},
           {Kind::Bits, "9223372036854775807"},
       })) {
    SCOPED_TRACE(text);
    const auto scalar = parse(kind, text);
    ASSERT_TRUE(scalar.has_value());
    EXPECT_EQ(format(kind, slot_of(*scalar)), text);
  }
}

TEST(Scalar, WhatIsNoTextOfItsKindIsRefused) {
  for (const auto& [kind, text] : std::to_array<TextCase>({
           {Kind::Number, ""},
           {Kind::Number, "9223372036854775808"},
           {Kind::Number, "1x"},
           {Kind::Boolean, "True"},
           {Kind::Timestamp, "2026-01-31"},
           {Kind::Ip, "10.0.0"},
           {Kind::StringList, "a"},
           {Kind::Part, ""},
           {Kind::PathForm, "/a//b"},
           {Kind::PathForm, "/**/a"},
           {Kind::Path, "/a/../b"},
           {Kind::Path, ""},
           {Kind::Glob, R"(\a)"},
           {Kind::Network, "10.0.0.1/8"},
           {Kind::Network, "10.0.0.0/33"},
           {Kind::Duration, "0s"},
           {Kind::Duration, "5218w"},
           {Kind::Duration, "2026-01-31T12:00:00Z"},
           {Kind::Length, "-1"},
           {Kind::Length, "0.5"},
           {Kind::Bits, "0"},
           {Kind::Bits, "-1"},
           {Kind::Bits, "1.5"},
           {Kind::Presence, "a"},
       })) {
    EXPECT_FALSE(parse(kind, text).has_value()) << text;
  }
}

TEST(Scalar, OrderIsThatOfTheValues) {
  const auto less = [](Kind kind, std::string_view a, std::string_view b) {
    return is_less(held_as(kind), slot_of(*parse(kind, a)), slot_of(*parse(kind, b)));
  };
  EXPECT_TRUE(less(Kind::Number, "2", "10"));
  EXPECT_FALSE(less(Kind::Number, "1", "1"));
  EXPECT_TRUE(less(Kind::Timestamp, "1969-12-31T23:59:59Z", "1970-01-01T00:00:00Z"));
  EXPECT_TRUE(less(Kind::Ip, "10.0.0.1", "10.0.0.2"));
  EXPECT_FALSE(less(Kind::Ip, "10.0.0.2", "10.0.0.1"));
}

}  // namespace
}  // namespace verdict
