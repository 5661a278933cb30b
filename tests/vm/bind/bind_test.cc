// Defaults, required claims and the request's own attributes.
#include "vm/bind/bind.h"

#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/vm/bind/bound.h"

namespace verdict {
namespace {

using testing::array;
using testing::boolean;
using testing::Bound;
using testing::Claim;
using testing::ClaimHandle;
using testing::must_assemble;
using testing::must_load;
using testing::null;
using testing::number;
using testing::object;
using testing::text;
using testing::with_mapping;

struct DefaultCase {
  std::string attribute;
  std::string constants;
  std::string default_value;
  std::function<bool(const Slot&)> is_right;
};

std::vector<std::string> texts_of(const Slot& slot) {
  std::vector<std::string> texts;
  for (const Slot& element : elements_of(slot.list)) texts.emplace_back(element.string.text());
  return texts;
}

const std::vector<DefaultCase>& default_cases() {
  constexpr const char* kIp = "  #0 ip \"10.0.0.1\"";
  static const std::vector<DefaultCase> cases = {
      {"string claim", "", "\"free\"",
       [](const Slot& s) { return s.string.text() == "free" && s.string.id != kNone; }},
      {"number claim", "", "100",
       [](const Slot& s) { return s.number == Number::from_integer(100); }},
      {"number claim", "", "0.5",
       [](const Slot& s) { return s.number == *Number::from_double(0.5); }},
      {"boolean claim", "", "true", [](const Slot& s) { return s.boolean; }},
      {"boolean claim", "", "false", [](const Slot& s) { return !s.boolean; }},
      {"timestamp claim", "  #0 timestamp \"2023-11-14T22:13:20.000001Z\"", "#0",
       [](const Slot& s) { return s.timestamp == 1700000000000001; }},
      {"ip claim", kIp, "#0", [](const Slot& s) { return s.ip == *parse_ip("10.0.0.1"); }},
      {"enum claim values #0", "  #0 string list \"low\", \"high\"", "\"high\"",
       [](const Slot& s) { return s.string.text() == "high"; }},
      {"string_list claim", "  #0 string list \"b\", \"a\", \"b\"", "#0",
       [](const Slot& s) {
         return texts_of(s) == std::vector<std::string>{"b", "a", "b"};
       }},
      {"string_list claim", "  #0 string list", "#0",
       [](const Slot& s) { return s.list.count == 0; }},
      {"number_list claim", "  #0 number 3\n  #1 number 0.25\n  #2 number list 3, 0.25", "#2",
       [](const Slot& s) {
         return s.list.count == 2 && elements_of(s.list)[0].number == Number::from_integer(3) &&
                elements_of(s.list)[1].number == *Number::from_double(0.25);
       }},
      {"presence claim", "", "true", [](const Slot&) { return true; }},
  };
  return cases;
}

TEST(Default, TakesThePlaceOfNullOfEveryKind) {
  for (const DefaultCase& c : default_cases()) {
    SCOPED_TRACE(c.attribute + " default " + c.default_value);
    const auto program =
        with_mapping(c.attribute, "literal \"x\" default " + c.default_value, c.constants);
    for (const Claim& claims : {object({}), object({{"x", null()}})}) {
      const Bound bound(*program, claims);
      EXPECT_EQ(bound.origin(), Origin::Default);
      EXPECT_FALSE(bound.is_unknown());
      EXPECT_TRUE(c.is_right(bound.slot()));
    }
  }
}

TEST(Default, DoesNotTakeThePlaceOfAValueOrOfWhatIsInvalid) {
  const auto program = with_mapping("number claim", "literal \"x\" default 100");
  const Bound zero(*program, object({{"x", number("0")}}));
  EXPECT_EQ(zero.origin(), Origin::Value);
  EXPECT_EQ(zero.slot().number, Number::from_integer(0));
  const Bound wrong(*program, object({{"x", text("100")}}));
  EXPECT_EQ(wrong.origin(), Origin::Invalid);
  EXPECT_TRUE(wrong.is_invalid());
}

TEST(Default, StandsInForANullOnTheWayButNotForAWrongWay) {
  const auto program =
      with_mapping("string claim", "path #0+2 default \"d\"", {}, "  key \"a\"\n  key \"b\"");
  EXPECT_EQ(Bound(*program, object({{"a", null()}})).origin(), Origin::Default);
  EXPECT_EQ(Bound(*program, object({{"a", object({})}})).origin(), Origin::Default);
  EXPECT_EQ(Bound(*program, object({{"a", text("b")}})).origin(), Origin::Invalid);
}

TEST(Required, IsNeitherNullNorInvalid) {
  const auto program = with_mapping("string claim", "literal \"x\" required");
  EXPECT_EQ(Bound(*program, object({{"x", text("")}})).refused, std::nullopt);
  EXPECT_EQ(Bound(*program, object({})).refused, AttributeId(0));
  EXPECT_EQ(Bound(*program, object({{"x", null()}})).refused, AttributeId(0));
  EXPECT_EQ(Bound(*program, object({{"x", number("1")}})).refused, AttributeId(0));
}

TEST(Required, ReportsTheFirstInSourceOrderAndBindsTheRest) {
  const auto program = must_load(must_assemble(R"(
.program registers 0

.attributes
  a string claim
  b string claim
  c string claim
  d string claim

.mappings
  a literal "a"
  c literal "c" required
  b literal "b" required
  d literal "d"

.providers
  "P" "oidc" mappings #0+4
)"));
  const Claim claims = object({{"d", text("there")}});
  Slots slots(*program);
  EXPECT_EQ(bind_mappings(*program, 0, 4, ClaimHandle(claims), slots), AttributeId(2));
  EXPECT_EQ(slots.origin(AttributeId(3)), Origin::Value);
  EXPECT_EQ(bind_mappings(*program, 2, 1, ClaimHandle(claims), slots), AttributeId(1));
  EXPECT_EQ(bind_mappings(*program, 0, 0, ClaimHandle(claims), slots), std::nullopt);
}

// A caller may bind again: what an earlier request left behind must be gone.
TEST(Slots, AreOverwrittenByTheNextBinding) {
  const auto program = with_mapping("string claim nullable", "literal \"x\"");
  Slots slots(*program);
  const Claim wrong = object({{"x", number("1")}});
  const Claim right = object({{"x", text("a")}});
  const Claim nothing = object({});
  const auto bind = [&](const Claim& claims) {
    (void)bind_mappings(*program, 0, 1, ClaimHandle(claims), slots);
  };
  bind(wrong);
  EXPECT_TRUE(slots.view().is_invalid(0));
  bind(right);
  EXPECT_FALSE(slots.view().is_invalid(0));
  EXPECT_FALSE(slots.view().is_unknown(0));
  EXPECT_EQ(slots.invalid_reason(AttributeId(0)), InvalidReason::None);
  bind(wrong);
  bind(nothing);
  EXPECT_TRUE(slots.view().is_unknown(0));
  EXPECT_FALSE(slots.view().is_invalid(0));
  EXPECT_EQ(slots.origin(AttributeId(0)), Origin::Absent);
}

TEST(Slots, BeginAbsent) {
  const auto program = with_mapping("string claim nullable", "literal \"x\"");
  const Slots slots(*program);
  EXPECT_TRUE(slots.view().is_unknown(0));
  EXPECT_FALSE(slots.view().is_invalid(0));
  EXPECT_EQ(slots.origin(AttributeId(0)), Origin::Absent);
}

TEST(InvalidReason, EachHasItsWords) {
  EXPECT_EQ(describe(InvalidReason::WrongType), "the JSON value is of another type");
  EXPECT_EQ(describe(InvalidReason::Ambiguous), "both the literal key and the path are there");
}

TEST(Request, BindsTheBuiltInAttributesThatTheProgramHas) {
  const auto program = must_load(must_assemble(R"(
.program registers 0

.constants
  #0 string list "Clerk", "Okta"

.attributes
  req_resource string    request nullable
  req_action   string    request nullable
  req_provider enum      request values #0 nullable
  req_time     timestamp request nullable
  req_ip       ip        request nullable
)"));
  Slots slots(*program);
  bind_request(*program, {"orders", "approve", "Okta", 1700000000000000, parse_ip("192.0.2.1")},
               slots);
  const SlotView view = slots.view();
  EXPECT_EQ(view.slots[0].string.text(), "orders");
  EXPECT_EQ(view.slots[1].string.text(), "approve");
  EXPECT_EQ(view.slots[2].string.text(), "Okta");
  EXPECT_EQ(view.slots[2].string.id, program->view().find_string("Okta").value());
  EXPECT_EQ(view.slots[3].timestamp, 1700000000000000);
  EXPECT_EQ(view.slots[4].ip, *parse_ip("192.0.2.1"));
  for (std::uint32_t i = 0; i < 5; ++i) EXPECT_FALSE(view.is_unknown(i)) << i;

  Slots empty(*program);
  bind_request(*program, {}, empty);
  for (std::uint32_t i = 0; i < 5; ++i) EXPECT_TRUE(empty.view().is_unknown(i)) << i;
}

TEST(Request, LeavesAProgramWithoutThemAlone) {
  const auto program = with_mapping("string claim nullable", "literal \"x\"");
  Slots slots(*program);
  bind_request(*program, {"orders", "approve", "P", 0, parse_ip("::1")}, slots);
  EXPECT_TRUE(slots.view().is_unknown(0));
}

}  // namespace
}  // namespace verdict
