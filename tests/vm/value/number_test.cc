#include "vm/value/number.h"

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace verdict {
namespace {

constexpr std::int64_t kMin = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
constexpr double kTwoTo63 = 9223372036854775808.0;

Number number(std::string_view text) {
  const ParsedNumber parsed = parse_number(text);
  EXPECT_TRUE(parsed.value.has_value()) << text;
  return parsed.value.value_or(Number());
}

TEST(Number, IntegersAreExact) {
  const std::vector<std::pair<std::string, std::int64_t>> cases = {
      {"0", 0},
      {"-0", 0},
      {"1", 1},
      {"-1", -1},
      {"9007199254740992", 9007199254740992},
      {"9007199254740993", 9007199254740993},  // 2^53 + 1
      {"-9007199254740993", -9007199254740993},
      {"9223372036854775807", kMax},
      {"-9223372036854775808", kMin},
      {"1.0", 1},
      {"-0.0", 0},
      {"0e5", 0},
      {"-0e-5", 0},
      {"1e2", 100},
      {"1E+2", 100},
      {"12.50e1", 125},
      {"100e-2", 1},
      {"-9223372036854775808.0", kMin},
      {"1e18", 1000000000000000000},
      {"2.8167491602828493e+17", 281674916028284930},  // no double holds it
      {"281674916028284930.000", 281674916028284930},
      {"9007199254740993.0", 9007199254740993},
      {"9223372036854775807.0", kMax},
      {"922337203685477580700e-2", kMax},
      {"0.0000009223372036854775807E+25", kMax},
      {"-9.223372036854775808e18", kMin},
      {"1000000000000000000000000000000e-30", 1},
      {"1e-400", 0},
      {"2e-324", 0},  // nearer to 0 than to the smallest double
      {"-1e-400", 0},
      {"0.0000000000000000000000000000000000000001e-400", 0},
      {"0e999999999999999999999", 0},
  };
  for (const auto& [text, value] : cases) {
    EXPECT_TRUE(number(text).is_integer()) << text;
    EXPECT_EQ(number(text).integer(), value) << text;
  }
}

TEST(Number, RealsAreDoubles) {
  const std::vector<std::pair<std::string, double>> cases = {
      {"0.5", 0.5},
      {"-0.5", -0.5},
      {"0.1", 0.1},
      {"1e-300", 1e-300},
      {"5e-324", 5e-324},
      {"3e-324", 5e-324},
      {"4503599627370495.5", 4503599627370495.5},
      {"4503599627370497.4", 4503599627370497.0},  // the nearest double is whole
      {"9007199254740990.9", 9007199254740991.0},
      {"-0.99999999999999999999", -1.0},
  };
  for (const auto& [text, value] : cases) {
    const Number parsed = number(text);
    if (std::floor(value) == value && std::abs(value) < kTwoTo63) {
      EXPECT_EQ(parsed, Number::from_integer(static_cast<std::int64_t>(value))) << text;
      continue;
    }
    EXPECT_FALSE(parsed.is_integer()) << text;
    EXPECT_EQ(parsed.real(), value) << text;
  }
}

TEST(Number, OutOfRange) {
  const std::vector<std::pair<std::string, NumberError>> cases = {
      {"9223372036854775808", NumberError::IntegerOutOfRange},
      {"-9223372036854775809", NumberError::IntegerOutOfRange},
      {"123456789012345678901234567890", NumberError::IntegerOutOfRange},
      {"9223372036854775808.0", NumberError::IntegerOutOfRange},
      {"1e19", NumberError::IntegerOutOfRange},
      {"-1e19", NumberError::IntegerOutOfRange},
      {"-9223372036854777856.0", NumberError::IntegerOutOfRange},
      {"1e300", NumberError::IntegerOutOfRange},
      {"1.7976931348623157e308", NumberError::IntegerOutOfRange},
      {"1e400", NumberError::IntegerOutOfRange},
      {"-1e400", NumberError::IntegerOutOfRange},
      {"0.0001e999999999999999999999", NumberError::IntegerOutOfRange},
      {"9007199254740992.5", NumberError::FractionOutOfRange},
      {"9007199254740991.9", NumberError::FractionOutOfRange},  // the nearest double is 2^53
      {"-9007199254740992.1", NumberError::FractionOutOfRange},
      {"281674916028284930.5", NumberError::FractionOutOfRange},
      {"10000000000000000.5", NumberError::FractionOutOfRange},
      {"1" + std::string(400, '0') + ".5", NumberError::FractionOutOfRange},
  };
  for (const auto& [text, error] : cases) {
    const ParsedNumber parsed = parse_number(text);
    EXPECT_FALSE(parsed.value.has_value()) << text;
    EXPECT_EQ(parsed.error, error) << text;
  }
}

TEST(Number, JsonGrammarOnly) {
  for (const std::string_view text :
       {"",         "-",         "+1",  "01",   "-01",   "00",  "1.",    ".5",
        "1.e5",     "1e",        "1e+", "0x10", "1_000", " 1",  "1 ",    "NaN",
        "Infinity", "-Infinity", "nan", "inf",  "1,5",   "--1", "1e5.5", "٣"}) {
    const ParsedNumber parsed = parse_number(text);
    EXPECT_FALSE(parsed.value.has_value()) << text;
    EXPECT_EQ(parsed.error, NumberError::NotANumber) << text;
  }
}

TEST(Number, FromDouble) {
  EXPECT_EQ(Number::from_double(-0.0), Number::from_integer(0));
  EXPECT_EQ(Number::from_double(3.0), Number::from_integer(3));
  EXPECT_EQ(Number::from_double(-kTwoTo63), Number::from_integer(kMin));
  EXPECT_FALSE(Number::from_double(kTwoTo63).has_value());
  EXPECT_FALSE(Number::from_double(std::numeric_limits<double>::max()).has_value());
  EXPECT_FALSE(Number::from_double(0.5)->is_integer());
  EXPECT_FALSE(Number::from_double(std::numeric_limits<double>::quiet_NaN()).has_value());
  EXPECT_FALSE(Number::from_double(std::numeric_limits<double>::infinity()).has_value());
  EXPECT_FALSE(Number::from_double(-std::numeric_limits<double>::infinity()).has_value());
}

// Rising values, each given as text: all that is hard about comparing an int64 with a double.
const std::vector<std::string>& rising() {
  static const std::vector<std::string> values = {"-9223372036854775808",
                                                  "-9223372036854775807",
                                                  "-9007199254740993",
                                                  "-9007199254740992",
                                                  "-9007199254740991.0",
                                                  "-4503599627370495.5",
                                                  "-2",
                                                  "-1.5",
                                                  "-1",
                                                  "-0.9999999999999999",
                                                  "-0.5",
                                                  "-5e-324",
                                                  "0",
                                                  "5e-324",
                                                  "0.1",
                                                  "0.5",
                                                  "0.9999999999999999",
                                                  "1",
                                                  "1.0000000000000002",
                                                  "1.5",
                                                  "2",
                                                  "4503599627370495.5",
                                                  "4503599627370496",
                                                  "9007199254740991",
                                                  "9007199254740992",
                                                  "9007199254740993",
                                                  "9007199254740994",
                                                  "9223372036854774784.0",
                                                  "9223372036854775806",
                                                  "9223372036854775807"};
  return values;
}

// V34: any two numbers compare, and the order is total.
TEST(LoaderChecklist, V34_NumbersAreTotallyOrdered) {
  for (std::size_t i = 0; i < rising().size(); ++i) {
    for (std::size_t j = 0; j < rising().size(); ++j) {
      const Number a = number(rising()[i]);
      const Number b = number(rising()[j]);
      EXPECT_EQ(a <=> b, i <=> j) << rising()[i] << " and " << rising()[j];
      EXPECT_EQ(a == b, i == j) << rising()[i] << " and " << rising()[j];
    }
  }
}

// V33: no conversion of a double outside int64, no overflow: the sanitizers watch these.
TEST(LoaderChecklist, V33_NumbersAtTheEdges) {
  EXPECT_EQ(Number::from_integer(kMin) <=> Number::from_integer(kMax), std::strong_ordering::less);
  EXPECT_EQ(*Number::from_double(4503599627370495.5) <=> Number::from_integer(kMax),
            std::strong_ordering::less);
  EXPECT_EQ(*Number::from_double(-0.5) <=> Number::from_integer(kMin),
            std::strong_ordering::greater);
  EXPECT_EQ(*Number::from_double(std::nextafter(kTwoTo63, 0.0)),
            Number::from_integer(9223372036854774784));
}

TEST(Number, TextReadsBackAsTheSameValue) {
  for (const std::string& text : rising()) {
    const Number value = number(text);
    const ParsedNumber again = parse_number(to_text(value));
    ASSERT_TRUE(again.value.has_value()) << text << " was written as " << to_text(value);
    EXPECT_EQ(*again.value, value) << text << " was written as " << to_text(value);
  }
}

TEST(Number, Text) {
  EXPECT_EQ(to_text(number("-0")), "0");
  EXPECT_EQ(to_text(number("1.0")), "1");
  EXPECT_EQ(to_text(number("0.1")), "0.1");
  EXPECT_EQ(to_text(number("9223372036854775807")), "9223372036854775807");
  EXPECT_EQ(to_text(number("4503599627370495.5")), "4503599627370495.5");
  EXPECT_EQ(to_text(number("5e-324")), "5e-324");
}

}  // namespace
}  // namespace verdict
