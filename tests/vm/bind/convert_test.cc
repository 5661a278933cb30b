// Every kind against every sort of JSON value, and the limits.
#include "vm/bind/convert.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/vm/bind/bound.h"
#include "vm/base/limits.h"

namespace verdict {
namespace {

using testing::array;
using testing::boolean;
using testing::Bound;
using testing::Claim;
using testing::null;
using testing::number;
using testing::object;
using testing::text;
using testing::with_mapping;

// A program whose `x`, of that kind, is the claim `x`.
std::shared_ptr<const Program> of_kind(Kind kind) {
  const std::string spelling(spelling_of(kind));
  if (kind != Kind::Enum) return with_mapping(spelling + " claim nullable", "literal \"x\"");
  return with_mapping("enum claim values #0 nullable", "literal \"x\"",
                      "  #0 string list \"low\", \"high\"");
}

void expect_invalid(const Program& program, const Claim& value, InvalidReason reason) {
  const Bound bound(program, object({{"x", value}}));
  EXPECT_EQ(bound.origin(), Origin::Invalid);
  EXPECT_EQ(bound.reason(), reason) << describe(bound.reason());
  EXPECT_TRUE(bound.is_unknown());
  EXPECT_TRUE(bound.is_invalid());
  EXPECT_FALSE(bound.refused.has_value()) << "x is not required";
}

void expect_value(const Bound& bound) {
  EXPECT_EQ(bound.origin(), Origin::Value) << describe(bound.reason());
  EXPECT_EQ(bound.reason(), InvalidReason::None);
  EXPECT_FALSE(bound.is_unknown());
  EXPECT_FALSE(bound.is_invalid());
}

// What the kinds take, by the JSON value's sort. An address, a time and `low` are strings that suit
// their kind.
const std::vector<std::pair<std::string, Claim>>& samples() {
  static const std::vector<std::pair<std::string, Claim>> values = {
      {"boolean", boolean(false)},
      {"integer", number("1700000000")},
      {"real", number("1.5")},
      {"text", text("anything")},
      {"empty", text("")},
      {"number in a string", text("5")},
      {"boolean in a string", text("true")},
      {"time", text("2026-01-02T03:04:05Z")},
      {"address", text("192.0.2.1")},
      {"low", text("low")},
      {"[]", array({})},
      {"[text]", array({text("a")})},
      {"[integer]", array({number("1")})},
      {"[boolean]", array({boolean(true)})},
      {"[text, null]", array({text("a"), null()})},
      {"[integer, null]", array({number("1"), null()})},
      {"[text, integer]", array({text("a"), number("1")})},
      {"[[text]]", array({array({text("a")})})},
      {"{}", object({})},
  };
  return values;
}

struct KindCase {
  Kind kind;
  std::vector<std::string> takes;
  std::map<std::string, InvalidReason> refuses;  // where the reason is not WrongType
};

const std::vector<KindCase>& kind_cases() {
  static const std::vector<std::string> texts = {
      "text", "empty", "number in a string", "boolean in a string", "time", "address", "low"};
  static const auto all_but = [](Kind, std::vector<std::string> names, InvalidReason reason) {
    std::map<std::string, InvalidReason> refused;
    for (const std::string& name : texts) refused[name] = reason;
    for (const std::string& name : names) refused.erase(name);
    return refused;
  };
  static const std::vector<KindCase> cases = [] {
    std::vector<std::string> lists_of_text = texts;
    lists_of_text.insert(lists_of_text.end(), {"[]", "[text]"});
    std::vector<std::string> everything;
    for (const auto& [name, value] : samples()) everything.push_back(name);
    std::map<std::string, InvalidReason> times =
        all_but(Kind::Timestamp, {"time"}, InvalidReason::NotRfc3339);
    const auto bad = InvalidReason::BadElement;
    return std::vector<KindCase>{
        {Kind::Presence, everything, {}},
        {Kind::String, texts, {}},
        {Kind::Number, {"integer", "real"}, {}},
        {Kind::Boolean, {"boolean"}, {}},
        {Kind::Timestamp, {"integer", "real", "time"}, times},
        {Kind::Ip, {"address"}, all_but(Kind::Ip, {"address"}, InvalidReason::NotAnAddress)},
        {Kind::Enum, {"low"}, all_but(Kind::Enum, {"low"}, InvalidReason::NotInValues)},
        {Kind::StringList,
         lists_of_text,
         {{"[integer]", bad},
          {"[boolean]", bad},
          {"[text, null]", bad},
          {"[integer, null]", bad},
          {"[text, integer]", bad},
          {"[[text]]", bad}}},
        {Kind::NumberList,
         {"[]", "[integer]"},
         {{"[text]", bad},
          {"[boolean]", bad},
          {"[text, null]", bad},
          {"[integer, null]", bad},
          {"[text, integer]", bad},
          {"[[text]]", bad}}},
    };
  }();
  return cases;
}

TEST(Convert, EveryKindAgainstEverySortOfValue) {
  for (const KindCase& kind : kind_cases()) {
    const auto program = of_kind(kind.kind);
    for (const auto& [name, value] : samples()) {
      SCOPED_TRACE(std::string(spelling_of(kind.kind)) + ": " + name);
      if (std::count(kind.takes.begin(), kind.takes.end(), name) != 0) {
        const Bound bound(*program, object({{"x", value}}));
        expect_value(bound);
      } else {
        const auto refused = kind.refuses.find(name);
        expect_invalid(*program, value,
                       refused == kind.refuses.end() ? InvalidReason::WrongType : refused->second);
      }
    }
  }
}

TEST(Convert, TheCasesAboveHaveEveryKind) {
  for (const KindRow& row : kKinds) {
    if (!row.is_of_attributes) continue;
    const auto& cases = kind_cases();
    EXPECT_TRUE(std::any_of(cases.begin(), cases.end(), [&row](const KindCase& c) {
      return c.kind == row.kind;
    })) << row.spelling;
  }
}

TEST(Convert, NullAndAbsentAreNullOfEveryKind) {
  for (const KindRow& row : kKinds) {
    if (!row.is_of_attributes) continue;
    const auto program = of_kind(row.kind);
    const Bound is_null(*program, object({{"x", null()}}));
    EXPECT_EQ(is_null.origin(), Origin::Null) << row.spelling;
    EXPECT_TRUE(is_null.is_unknown());
    EXPECT_FALSE(is_null.is_invalid());
    const Bound absent(*program, object({{"y", text("a")}}));
    EXPECT_EQ(absent.origin(), Origin::Absent) << row.spelling;
    EXPECT_TRUE(absent.is_unknown());
    EXPECT_FALSE(absent.is_invalid());
  }
}

// ---- the values themselves

TEST(Convert, StringsCarryTheIdOfThePool) {
  const auto program =
      with_mapping("string claim nullable", "literal \"x\"", "  #0 string \"admin\"");
  const Bound known(*program, object({{"x", text("admin")}}));
  EXPECT_EQ(known.slot().string.text(), "admin");
  EXPECT_EQ(known.slot().string.id, program->view().find_string("admin").value());
  const Bound foreign(*program, object({{"x", text("owner")}}));
  EXPECT_EQ(foreign.slot().string.text(), "owner");
  EXPECT_EQ(foreign.slot().string.id, kNone);
  const Bound zero(*program, object({{"x", text(std::string("adm\0in", 6))}}));
  EXPECT_EQ(zero.slot().string.text().size(), 6U);
  EXPECT_EQ(zero.slot().string.id, kNone);
}

TEST(Convert, NumbersAreExact) {
  const auto program = of_kind(Kind::Number);
  const auto bound = [&program](const char* spelling) {
    const Bound one(*program, object({{"x", number(spelling)}}));
    expect_value(one);
    return one.slot().number;
  };
  EXPECT_EQ(bound("9007199254740993"), Number::from_integer(9007199254740993));
  EXPECT_EQ(bound("-9223372036854775808"), Number::from_integer(INT64_MIN));
  EXPECT_EQ(bound("9223372036854775807"), Number::from_integer(INT64_MAX));
  EXPECT_EQ(bound("-0"), Number::from_integer(0));
  EXPECT_EQ(bound("5.0"), Number::from_integer(5));
  EXPECT_EQ(bound("5e0"), Number::from_integer(5));
  EXPECT_EQ(bound("0.1"), *Number::from_double(0.1));
  for (const char* spelling : {"9223372036854775808", "-9223372036854775809", "1e400", "-1e400"}) {
    expect_invalid(*program, number(spelling), InvalidReason::OutOfRange);
  }
}

TEST(Convert, TimesFromBothForms) {
  const auto program = of_kind(Kind::Timestamp);
  const auto bound = [&program](const Claim& value) {
    const Bound one(*program, object({{"x", value}}));
    expect_value(one);
    return one.slot().timestamp;
  };
  EXPECT_EQ(bound(number("1767268800")), 1767268800000000);
  EXPECT_EQ(bound(number("1767268800.25")), 1767268800250000);
  EXPECT_EQ(bound(number("1767268800.9999999999")), 1767268800999999);  // a whole double
  EXPECT_EQ(bound(number("-1767268800.0000000001")), -1767268800000001);
  EXPECT_EQ(bound(number("1.7672688e9")), 1767268800000000);
  EXPECT_EQ(bound(text("2026-01-01T12:00:00Z")), 1767268800000000);
  for (const char* seconds :
       {"9223372036854775808", "1767268800000000", "1767268800000.5", "1e400"})
    expect_invalid(*program, number(seconds), InvalidReason::NotATime);
  for (const char* words : {"2026-01-01", "1767268800", "2026-01-01T12:00:60Z",
                            "2026-01-01 12:00:00Z", "0000-01-01T00:00:00Z"})
    expect_invalid(*program, text(words), InvalidReason::NotRfc3339);
  for (const char* seconds : {"1767268800000", "253402300800", "-62135596801", "1.7672688e12"})
    expect_invalid(*program, number(seconds), InvalidReason::Milliseconds);
}

TEST(Convert, AddressesByValue) {
  const auto program = of_kind(Kind::Ip);
  const Bound plain(*program, object({{"x", text("192.0.2.1")}}));
  const Bound mapped(*program, object({{"x", text("::FFFF:192.0.2.1")}}));
  expect_value(plain);
  expect_value(mapped);
  EXPECT_EQ(plain.slot().ip, mapped.slot().ip);
  for (const char* bad : {"192.0.2.1:443", "192.0.2.01", "fe80::1%eth0", "192.0.2.0/24", ""}) {
    expect_invalid(*program, text(bad), InvalidReason::NotAnAddress);
  }
}

TEST(Convert, EnumsAreTheirDeclaredValues) {
  const auto program = of_kind(Kind::Enum);
  const Bound high(*program, object({{"x", text("high")}}));
  expect_value(high);
  EXPECT_EQ(high.slot().string.text(), "high");
  EXPECT_NE(high.slot().string.id, kNone);
  expect_invalid(*program, text("High"), InvalidReason::NotInValues);
  // `x` is in the pool, as the attribute's name, but no value.
  expect_invalid(*program, text("x"), InvalidReason::NotInValues);
}

TEST(Convert, ListsKeepTheirElements) {
  const auto program = of_kind(Kind::StringList);
  const Bound list(*program, object({{"x", array({text("a"), text("b"), text("a")})}}));
  expect_value(list);
  const auto elements = elements_of(list.slot().list);
  ASSERT_EQ(elements.size(), 3U);
  EXPECT_EQ(elements[0].string.text(), "a");
  EXPECT_EQ(elements[1].string.text(), "b");
  EXPECT_EQ(elements[2].string.text(), "a");

  const Bound bare(*program, object({{"x", text("alone")}}));
  expect_value(bare);
  ASSERT_EQ(elements_of(bare.slot().list).size(), 1U);
  EXPECT_EQ(elements_of(bare.slot().list)[0].string.text(), "alone");

  const auto numbers = of_kind(Kind::NumberList);
  const Bound sizes(*numbers, object({{"x", array({number("1"), number("2.5")})}}));
  expect_value(sizes);
  EXPECT_EQ(elements_of(sizes.slot().list)[1].number, *Number::from_double(2.5));
  expect_invalid(*numbers, number("1"), InvalidReason::WrongType);
  expect_invalid(*numbers, array({number("1"), number("1e400")}), InvalidReason::BadElement);
}

// ---- limits: one below, at, one above

TEST(Convert, ListsHaveALimit) {
  const auto program = of_kind(Kind::NumberList);
  for (const std::size_t size :
       {std::size_t{0}, limits::kMaxListElements - 1, limits::kMaxListElements}) {
    const Bound bound(*program, object({{"x", array(std::vector<Claim>(size, number("7")))}}));
    expect_value(bound);
    EXPECT_EQ(bound.slot().list.count, size);
  }
  expect_invalid(*program, array(std::vector<Claim>(limits::kMaxListElements + 1, number("7"))),
                 InvalidReason::TooLong);
}

TEST(Convert, TextsHaveALimit) {
  const auto program = of_kind(Kind::String);
  for (const std::size_t size : {limits::kMaxClaimTextBytes - 1, limits::kMaxClaimTextBytes}) {
    const Bound bound(*program, object({{"x", text(std::string(size, 'a'))}}));
    expect_value(bound);
    EXPECT_EQ(bound.slot().string.length, size);
  }
  expect_invalid(*program, text(std::string(limits::kMaxClaimTextBytes + 1, 'a')),
                 InvalidReason::TooLong);
  expect_invalid(*of_kind(Kind::Enum), text(std::string(limits::kMaxClaimTextBytes + 1, 'a')),
                 InvalidReason::TooLong);
}

}  // namespace
}  // namespace verdict
