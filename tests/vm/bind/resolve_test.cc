// Where a path leads, and what it makes of a way that is not there (design 2.2).
#include "vm/bind/resolve.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/vm/bind/bound.h"

namespace verdict {
namespace {

using testing::array;
using testing::Bound;
using testing::Claim;
using testing::null;
using testing::number;
using testing::object;
using testing::text;
using testing::with_mapping;

constexpr const char* kString = "string claim nullable";
constexpr const char* kList = "string_list claim nullable";

// What `x` became: "=text", "[a, b]", or a word.
std::string outcome(const Program& program, const Claim& claims) {
  const Bound bound(program, claims);
  switch (bound.origin()) {
    case Origin::Absent:
      return "absent";
    case Origin::Null:
      return "null";
    case Origin::Default:
      return "default";
    case Origin::Invalid:
      return "invalid: " + std::string(describe(bound.reason()));
    case Origin::Transformed:
    case Origin::Value:
      break;
  }
  if (static_cast<Kind>(program.view().Attributes[0].kind) == Kind::String)
    return "=" + std::string(bound.slot().string.text());
  std::string list;
  for (const Slot& element : elements_of(bound.slot().list)) {
    list += (list.empty() ? "" : ", ") + std::string(element.string.text());
  }
  return "[" + list + "]";
}

struct Case {
  Claim claims;
  std::string expected;
};

void expect_all(const Program& program, const std::vector<Case>& cases) {
  for (std::size_t i = 0; i < cases.size(); ++i) {
    EXPECT_EQ(outcome(program, cases[i].claims), cases[i].expected) << "case " << i;
  }
}

const std::string kWrongPath = "invalid: " + std::string(describe(InvalidReason::WrongPath));
const std::string kAmbiguous = "invalid: " + std::string(describe(InvalidReason::Ambiguous));
const std::string kWrongType = "invalid: " + std::string(describe(InvalidReason::WrongType));
const std::string kMissingMember =
    "invalid: " + std::string(describe(InvalidReason::MissingMember));
const std::string kBadElement = "invalid: " + std::string(describe(InvalidReason::BadElement));

// `https://example.com/roles`, `cognito:groups`, ["a.b"].
TEST(Resolve, ALiteralKeyIsTheKeyAndNothingElse) {
  const auto program = with_mapping(kString, "literal \"a.b\"");
  expect_all(*program, {
                           {object({{"a.b", text("v")}}), "=v"},
                           {object({{"a", object({{"b", text("v")}})}}), "absent"},
                           {object({{"a.b", null()}}), "null"},
                           {object({{"a.b", text("v")}, {"a", object({{"b", text("w")}})}}), "=v"},
                           {object({{"A.b", text("v")}}), "absent"},
                           {object({}), "absent"},
                       });
}

// a["b"].
TEST(Resolve, APathIsFollowedStepByStep) {
  const auto program =
      with_mapping(kString, "path #0+3", {}, "  key \"a\"\n  key \"b\"\n  key \"c\"");
  expect_all(*program,
             {
                 {object({{"a", object({{"b", object({{"c", text("v")}})}})}}), "=v"},
                 {object({{"a.b.c", text("v")}}), "absent"},
                 {object({}), "absent"},
                 {object({{"a", object({})}}), "absent"},
                 {object({{"a", object({{"b", object({})}})}}), "absent"},
                 {object({{"a", null()}}), "null"},
                 {object({{"a", object({{"b", null()}})}}), "null"},
                 {object({{"a", object({{"b", object({{"c", null()}})}})}}), "null"},
                 {object({{"a", text("b")}}), kWrongPath},
                 {object({{"a", number("1")}}), kWrongPath},
                 {object({{"a", array({object({{"b", text("v")}})})}}), kWrongPath},
                 {object({{"a", object({{"b", array({})}})}}), kWrongPath},
                 {object({{"a", object({{"b", object({{"c", number("1")}})}})}}), kWrongType},
             });
}

// realm_access.roles.
TEST(Resolve, DottedTextIsTheLiteralKeyOrThePathButNotBoth) {
  const auto program =
      with_mapping(kString, "literal \"a.b\" path #0+2", {}, "  key \"a\"\n  key \"b\"");
  expect_all(*program,
             {
                 {object({{"a.b", text("v")}}), "=v"},
                 {object({{"a", object({{"b", text("w")}})}}), "=w"},
                 {object({}), "absent"},
                 {object({{"a", object({{"c", text("w")}})}}), "absent"},
                 {object({{"a.b", text("v")}, {"a", object({{"c", text("w")}})}}), "=v"},
                 {object({{"a.b", text("v")}, {"a", text("w")}}), "=v"},
                 {object({{"a.b", null()}}), "null"},
                 {object({{"a", object({{"b", null()}})}}), "null"},
                 {object({{"a.b", text("v")}, {"a", object({{"b", text("v")}})}}), kAmbiguous},
                 {object({{"a.b", null()}, {"a", object({{"b", text("v")}})}}), kAmbiguous},
                 {object({{"a.b", text("v")}, {"a", object({{"b", null()}})}}), kAmbiguous},
             });
}

// amr[0].method.
TEST(Resolve, AnIndexCountsFromZeroAndMayBeOutOfRange) {
  const auto program =
      with_mapping(kString, "path #0+3", {}, "  key \"amr\"\n  index 1\n  key \"method\"");
  const auto method = [](const char* value) { return object({{"method", text(value)}}); };
  expect_all(*program, {
                           {object({{"amr", array({method("pwd"), method("otp")})}}), "=otp"},
                           {object({{"amr", array({method("pwd")})}}), "absent"},
                           {object({{"amr", array({})}}), "absent"},
                           {object({}), "absent"},
                           {object({{"amr", array({method("pwd"), null()})}}), "null"},
                           {object({{"amr", null()}}), "null"},
                           {object({{"amr", array({method("pwd"), text("otp")})}}), kWrongPath},
                           {object({{"amr", object({{"1", method("otp")}})}}), kWrongPath},
                           {object({{"amr", text("otp")}}), kWrongPath},
                           {object({{"amr", array({method("pwd"), object({})})}}), "absent"},
                       });
}

// amr[*].method.
TEST(Resolve, EachCollectsAMemberOfEveryElement) {
  const auto program =
      with_mapping(kList, "path #0+3", {}, "  key \"amr\"\n  each\n  key \"method\"");
  const auto method = [](const char* value) { return object({{"method", text(value)}}); };
  expect_all(
      *program,
      {
          {object({{"amr", array({method("pwd"), method("otp")})}}), "[pwd, otp]"},
          {object({{"amr", array({})}}), "[]"},
          {object({}), "absent"},
          {object({{"amr", null()}}), "null"},
          {object({{"amr", text("pwd")}}), kWrongPath},
          {object({{"amr", method("pwd")}}), kWrongPath},
          {object({{"amr", array({method("pwd"), object({})})}}), kMissingMember},
          {object({{"amr", array({method("pwd"), text("otp")})}}), kMissingMember},
          {object({{"amr", array({method("pwd"), object({{"method", null()}})})}}), kBadElement},
          {object({{"amr", array({method("pwd"), null()})}}), kBadElement},
          {object({{"amr", array({method("pwd"), object({{"method", number("1")}})})}}),
           kBadElement},
      });
}

// groups[*].
TEST(Resolve, EachAtTheEndIsTheListItself) {
  const auto program = with_mapping(kList, "path #0+2", {}, "  key \"groups\"\n  each");
  expect_all(*program, {
                           {object({{"groups", array({text("a"), text("b")})}}), "[a, b]"},
                           {object({{"groups", array({})}}), "[]"},
                           {object({{"groups", text("a")}}), kWrongPath},
                           {object({{"groups", array({text("a"), null()})}}), kBadElement},
                       });
}

TEST(Resolve, EachOnAScalarIsInvalidWhateverTheClaims) {
  const auto program = with_mapping(kString, "path #0+2", {}, "  key \"groups\"\n  each");
  EXPECT_EQ(outcome(*program, object({{"groups", array({text("a")})}})), kWrongType);
  EXPECT_EQ(outcome(*program, object({{"groups", array({})}})), kWrongType);
}

TEST(Resolve, EachIsEnoughForPresence) {
  const auto program =
      with_mapping("presence claim nullable", "path #0+2", {}, "  key \"groups\"\n  each");
  EXPECT_EQ(Bound(*program, object({{"groups", array({null()})}})).origin(), Origin::Value);
  EXPECT_EQ(Bound(*program, object({{"groups", null()}})).origin(), Origin::Null);
  EXPECT_EQ(Bound(*program, object({{"groups", text("a")}})).origin(), Origin::Invalid);
}

}  // namespace
}  // namespace verdict
