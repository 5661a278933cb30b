#include "vm/explain/explain.h"

#include <array>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/vm/program/program_texts.h"
#include "tests/vm/test_slots.h"
#include "vm/value/function.h"

namespace verdict {
namespace {

using testing::must_assemble;
using testing::must_load;
using testing::TestSlots;

constexpr std::string_view kHead = R"(
.program registers 0

.constants
  #0    string set "a", "b", "c"
  #1    number -1.5
  #2    number 0
  #3    number 2
  #4    number set -1.5, 0, 2
  #5    number range -1.5, 2

.attributes
  text    string      claim nullable
  other   string      claim nullable
  texts   string_list claim nullable
  size    number      claim nullable
  limit   number      claim nullable
  sizes   number_list claim nullable
  yes     boolean     claim nullable
  no      boolean     claim nullable
  there   presence    claim nullable

)";

// A program of one policy with these rules; its code does not matter here.
std::shared_ptr<const Program> with_rules(const std::vector<std::string>& rules) {
  std::string text = std::string(kHead) + ".policies\n  p Deny deny_overrides #0 rules #0+" +
                     std::to_string(rules.size()) + "\n";
  for (const std::string& rule : rules) text += "\n.rule " + rule + "\n";
  return must_load(must_assemble(text + "\n.function policy p\n  otherwise Deny, p\n"));
}

std::shared_ptr<const Program> with_condition(const std::string& condition) {
  return with_rules({"\"r\" Allow p\n  all {\n" + condition + "\n  }"});
}

Truth truth(const Program& program, const TestSlots& slots) {
  return truth_of_rule(program.view(), slots.view(), RuleId(0));
}

// ---- tests of one attribute; tests/functions/*.cases has the functions

TEST(TruthOfCondition, IsNullIsUnknownOnlyForWhatIsInvalid) {
  const auto program = with_condition("    is_null there");
  const auto twin = with_condition("    is_not_null there");
  TestSlots slots(*program);
  EXPECT_EQ(truth(*program, slots), Truth::True);
  EXPECT_EQ(truth(*twin, slots), Truth::False);
  slots.present("there");
  EXPECT_EQ(truth(*program, slots), Truth::False);
  EXPECT_EQ(truth(*twin, slots), Truth::True);
  slots.invalid("there");
  EXPECT_EQ(truth(*program, slots), Truth::Unknown);
  EXPECT_EQ(truth(*twin, slots), Truth::Unknown);
}

// ---- groups

constexpr std::array kTruths = {Truth::False, Truth::True, Truth::Unknown};

void make(TestSlots& slots, std::string_view name, Truth wanted) {
  if (wanted == Truth::Unknown) {
    slots.null(name);
  } else {
    slots.boolean(name, wanted == Truth::True);
  }
}

// `yes`, `no` and `text` as three conditions of any truth.
void make(TestSlots& slots, Truth first, Truth second, Truth third) {
  make(slots, "yes", first);
  make(slots, "no", second);
  if (third == Truth::Unknown) {
    slots.null("text");
  } else {
    slots.text("text", third == Truth::True ? "a" : "b");
  }
}
constexpr std::string_view kThree =
    "boolean_equal yes true\nboolean_equal no true\nstring_equal text \"a\"\n";

TEST(TruthOfCondition, GroupsAreKleenes) {
  const std::string three(kThree);
  const auto all = with_condition(three);
  const auto any = with_condition("any {\n" + three + "}");
  const auto not_all = with_condition("not {\nall {\n" + three + "}\n}");
  const auto not_any = with_condition("not {\nany {\n" + three + "}\n}");
  for (const Truth a : kTruths) {
    for (const Truth b : kTruths) {
      for (const Truth c : kTruths) {
        const std::set<Truth> three_truths = {a, b, c};
        const auto has = [&three_truths](Truth value) { return three_truths.count(value) != 0; };
        const Truth expected_all = has(Truth::False)     ? Truth::False
                                   : has(Truth::Unknown) ? Truth::Unknown
                                                         : Truth::True;
        const Truth expected_any = has(Truth::True)      ? Truth::True
                                   : has(Truth::Unknown) ? Truth::Unknown
                                                         : Truth::False;
        TestSlots slots(*all);
        make(slots, a, b, c);
        EXPECT_EQ(truth(*all, slots), expected_all);
        EXPECT_EQ(truth(*any, slots), expected_any);
        EXPECT_EQ(truth(*not_all, slots), negate(expected_all));
        EXPECT_EQ(truth(*not_any, slots), negate(expected_any));
      }
    }
  }
}

TEST(TruthOfCondition, ARuleWithoutConditionsHolds) {
  const auto program = with_condition("");
  EXPECT_EQ(truth(*program, TestSlots(*program)), Truth::True);
}

TEST(TruthOfCondition, TwoNotsCancelEachOther) {
  const auto program = with_condition("not {\nnot {\nboolean_equal yes true\n}\n}");
  for (const Truth wanted : kTruths) {
    TestSlots slots(*program);
    make(slots, "yes", wanted);
    EXPECT_EQ(truth(*program, slots), wanted);
  }
}

// ---- missing

std::vector<std::string> names(const Program& program, const std::vector<AttributeId>& ids) {
  std::vector<std::string> names;
  for (const AttributeId id : ids) {
    names.emplace_back(program.view().string(program.view().Attributes[id.index()].name));
  }
  return names;
}

std::vector<std::string> missing(const Program& program, const TestSlots& slots) {
  return names(program, missing_of_rule(program.view(), slots.view(), RuleId(0)));
}

using Names = std::vector<std::string>;

TEST(MissingOfRule, InSourceOrderWithoutRepeats) {
  const auto program = with_condition(
      "string_equal text \"a\"\nany {\nnumber_equal size 2\nstring_equal text "
      "\"b\"\n}\nboolean_equal yes true\n");
  TestSlots slots(*program);
  EXPECT_EQ(missing(*program, slots), (Names{"text", "size", "yes"}));
  EXPECT_EQ(missing(*program, slots.boolean("yes", true)), (Names{"text", "size"}));
  EXPECT_EQ(missing(*program, slots.invalid("size")), (Names{"text", "size"}));
  EXPECT_EQ(missing(*program, slots.text("text", "a")), (Names{"size"}));
}

TEST(MissingOfRule, BothSidesOfAComparison) {
  const auto program = with_condition("string_equal text slot other\n");
  TestSlots slots(*program);
  EXPECT_EQ(missing(*program, slots), (Names{"text", "other"}));
  EXPECT_EQ(missing(*program, slots.text("text", "a")), (Names{"other"}));
  EXPECT_EQ(missing(*program, slots.null("text").text("other", "a")), (Names{"text"}));
  EXPECT_EQ(missing(*program, slots.text("text", "a")), Names{});
}

// What a decided parent makes irrelevant did not keep the decision from being another.
TEST(MissingOfRule, OnlyWhatUnknownParentsReach) {
  const auto program = with_condition(
      "any {\nboolean_equal yes true\nstring_equal text \"a\"\n}\nnot {\nall {\nnumber_equal size "
      "2\nboolean_equal no true\n}\n}\n");
  TestSlots slots(*program);
  EXPECT_EQ(missing(*program, slots), (Names{"yes", "text", "size", "no"}));
  EXPECT_EQ(missing(*program, slots.boolean("yes", true)), (Names{"size", "no"}))
      << "the `any` is decided";
  EXPECT_EQ(missing(*program, slots.boolean("no", false)), Names{}) << "the rule holds";
  EXPECT_EQ(missing(*program, slots.boolean("no", true).number("size", 2)), Names{})
      << "the rule does not";
}

TEST(MissingOfRule, IsNullLacksOnlyWhatIsInvalid) {
  const auto program = with_condition("is_null there\n");
  TestSlots slots(*program);
  EXPECT_EQ(missing(*program, slots), Names{});
  EXPECT_EQ(missing(*program, slots.invalid("there")), (Names{"there"}));
}

TEST(MissingOfAllowRules, SeveralRulesAndPolicies) {
  const auto program = must_load(must_assemble(std::string(kHead) + R"(
.policies
  p Deny deny_overrides #0 rules #0+3
  q Deny deny_overrides #1 rules #3+1

.rule "first" Allow p
  all {
    string_equal text "a"
  }
.rule "denies" Deny p
  all {
    boolean_equal yes true
  }
.rule "second" Allow p
  all {
    number_equal size 2
    string_equal text "b"
  }
.rule "other" Allow q
  all {
    boolean_equal no true
  }

.function policy p
  otherwise Deny, p
.function policy q
  otherwise Deny, q
)"));
  const auto missing_of = [&program](const TestSlots& slots, std::vector<PolicyId> policies) {
    return names(*program, missing_of_allow_rules(program->view(), slots.view(), policies));
  };
  TestSlots slots(*program);
  EXPECT_EQ(missing_of(slots, {PolicyId(0)}), (Names{"text", "size"})) << "Deny rules do not count";
  EXPECT_EQ(missing_of(slots, {PolicyId(0), PolicyId(1)}), (Names{"text", "size", "no"}));
  EXPECT_EQ(missing_of(slots, {PolicyId(1), PolicyId(0)}), (Names{"no", "text", "size"}));
  EXPECT_EQ(missing_of(slots, {}), Names{});
  EXPECT_EQ(missing_of(slots.text("text", "c"), {PolicyId(0)}), Names{}) << "both rules are false";
}

}  // namespace
}  // namespace verdict
