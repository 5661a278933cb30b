#include "vm/interp/evaluate.h"

#include <functional>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/vm/program/program_texts.h"
#include "tests/vm/test_slots.h"

namespace verdict {
namespace {

using testing::must_assemble;
using testing::must_load;
using testing::TestSlots;

// ---- every test, in each of its modes, for each of the three truth values

constexpr std::string_view kAttributes = R"(
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

.policies
  tests Deny deny_overrides #0 rules #0+1

.rule "fired" Allow tests
  all {
  }
)";

struct TestCase {
  std::string mnemonic;
  std::string operands;
  std::vector<std::string> reads;  // unknown where one of these is
  std::function<void(TestSlots&)> make_true;
  std::function<void(TestSlots&)> make_false;
};

const std::vector<TestCase>& test_cases() {
  using S = TestSlots;
  static const std::vector<TestCase> cases = {
      {"boolean_equal",
       "yes, false",
       {"yes"},
       [](S& s) { s.boolean("yes", false); },
       [](S& s) { s.boolean("yes", true); }},
      {"boolean_equal",
       "yes, true",
       {"yes"},
       [](S& s) { s.boolean("yes", true); },
       [](S& s) { s.boolean("yes", false); }},
      {"boolean_equal_var",
       "yes, no",
       {"yes", "no"},
       [](S& s) { s.boolean("yes", true).boolean("no", true); },
       [](S& s) { s.boolean("yes", true).boolean("no", false); }},
      {"string_equal",
       "text, \"a\"",
       {"text"},
       [](S& s) { s.text("text", "a"); },
       [](S& s) { s.text("text", "b"); }},
      {"string_equal",
       "text, \"a\"",
       {"text"},
       [](S& s) { s.text("text", "a"); },
       [](S& s) { s.text("text", "foreign"); }},
      {"string_equal_var",
       "text, other",
       {"text", "other"},
       [](S& s) { s.text("text", "a").text("other", "a"); },
       [](S& s) { s.text("text", "a").text("other", "b"); }},
      {"string_equal_var",
       "text, other",
       {"text", "other"},
       [](S& s) { s.text("text", "foreign").text("other", "foreign"); },
       [](S& s) { s.text("text", "foreign").text("other", "stranger"); }},
      {"string_in",
       "text, #0",
       {"text"},
       [](S& s) { s.text("text", "c"); },
       [](S& s) { s.text("text", "d"); }},
      {"string_in_var",
       "text, texts",
       {"text", "texts"},
       [](S& s) {
         s.text("text", "d").texts("texts", {"a", "d"});
       },
       [](S& s) { s.text("text", "d").texts("texts", {}); }},
      {"number_equal",
       "size, 2",
       {"size"},
       [](S& s) { s.number("size", 2); },
       [](S& s) { s.number("size", 2.5); }},
      {"number_equal_var",
       "size, limit",
       {"size", "limit"},
       [](S& s) { s.number("size", 0.1).number("limit", 0.1); },
       [](S& s) { s.number("size", 0.1).number("limit", 0); }},
      {"number_less",
       "size, 2",
       {"size"},
       [](S& s) { s.number("size", 1.5); },
       [](S& s) { s.number("size", 2); }},
      {"number_less_var",
       "size, limit",
       {"size", "limit"},
       [](S& s) { s.number("size", -1).number("limit", -0.5); },
       [](S& s) { s.number("size", 1).number("limit", 1); }},
      {"number_less_equal",
       "size, 2",
       {"size"},
       [](S& s) { s.number("size", 2); },
       [](S& s) { s.number("size", 2.5); }},
      {"number_less_equal_var",
       "size, limit",
       {"size", "limit"},
       [](S& s) { s.number("size", 1).number("limit", 1); },
       [](S& s) { s.number("size", 1.5).number("limit", 1); }},
      {"number_between",
       "size, #5",
       {"size"},
       [](S& s) { s.number("size", -1.5); },
       [](S& s) { s.number("size", -2); }},
      {"number_between",
       "size, #5",
       {"size"},
       [](S& s) { s.number("size", 2); },
       [](S& s) { s.number("size", 2.5); }},
      {"number_in",
       "size, #4",
       {"size"},
       [](S& s) { s.number("size", -1.5); },
       [](S& s) { s.number("size", 1); }},
      {"number_in_var",
       "size, sizes",
       {"size", "sizes"},
       [](S& s) {
         s.number("size", 3).numbers("sizes", {1, 2, 3});
       },
       [](S& s) {
         s.number("size", 3).numbers("sizes", {1, 2});
       }},
      {"list_contains_string",
       "texts, \"a\"",
       {"texts"},
       [](S& s) {
         s.texts("texts", {"foreign", "a"});
       },
       [](S& s) { s.texts("texts", {}); }},
      {"list_contains_string_var",
       "texts, text",
       {"texts", "text"},
       [](S& s) {
         s.texts("texts", {"a", "foreign"}).text("text", "foreign");
       },
       [](S& s) {
         s.texts("texts", {"a", "foreign"}).text("text", "stranger");
       }},
      {"list_contains_number",
       "sizes, 2",
       {"sizes"},
       [](S& s) {
         s.numbers("sizes", {1, 2});
       },
       [](S& s) {
         s.numbers("sizes", {1, 2.5});
       }},
      {"list_contains_number_var",
       "sizes, size",
       {"sizes", "size"},
       [](S& s) { s.numbers("sizes", {0.5}).number("size", 0.5); },
       [](S& s) { s.numbers("sizes", {}).number("size", 0.5); }},
  };
  return cases;
}

std::shared_ptr<const Program> one_test(const TestCase& test, JumpMode mode) {
  const std::string suffix(kJumpSuffixes[static_cast<std::size_t>(mode)]);
  return must_load(must_assemble(
      std::string(kAttributes) + "\n.function policy tests\n  " + test.mnemonic + suffix + " " +
      test.operands + " -> fires\n  otherwise Deny, tests\nfires:\n  allow \"fired\"\n"));
}

bool fires(const Program& program, const TestSlots& slots) {
  const Outcome outcome = evaluate(program, FunctionId(0), slots.view());
  EXPECT_EQ(outcome.effect, outcome.by_rule ? Effect::Allow : Effect::Deny);
  EXPECT_EQ(outcome.subject, 0U);
  return outcome.by_rule;
}

// Which of true, false and unknown jump.
struct Jumps {
  JumpMode mode;
  bool if_true, if_false, if_unknown;
};
constexpr auto kJumps = std::to_array<Jumps>({
    {JumpMode::True, true, false, false},
    {JumpMode::TrueOrUnknown, true, false, true},
    {JumpMode::False, false, true, false},
    {JumpMode::FalseOrUnknown, false, true, true},
});

TEST(Evaluate, EveryTestJumpsAsItsModeSays) {
  for (const TestCase& test : test_cases()) {
    for (const Jumps& jumps : kJumps) {
      SCOPED_TRACE(test.mnemonic +
                   std::string(kJumpSuffixes[static_cast<std::size_t>(jumps.mode)]) + " " +
                   test.operands);
      const auto program = one_test(test, jumps.mode);
      TestSlots slots(*program);
      test.make_true(slots);
      EXPECT_EQ(fires(*program, slots), jumps.if_true);
      test.make_false(slots);
      EXPECT_EQ(fires(*program, slots), jumps.if_false);
      for (const std::string& name : test.reads) {
        test.make_true(slots);
        EXPECT_EQ(fires(*program, slots.null(name)), jumps.if_unknown) << name << " is null";
        test.make_true(slots);
        EXPECT_EQ(fires(*program, slots.invalid(name)), jumps.if_unknown) << name << " is invalid";
        test.make_false(slots);
        EXPECT_EQ(fires(*program, slots.null(name)), jumps.if_unknown) << name << " is null";
      }
    }
  }
}

TEST(Evaluate, IsNullIsUnknownOnlyForWhatIsInvalid) {
  const TestCase test = {"is_null", "there", {}, {}, {}};
  for (const Jumps& jumps : kJumps) {
    const auto program = one_test(test, jumps.mode);
    TestSlots slots(*program);
    EXPECT_EQ(fires(*program, slots), jumps.if_true) << "absent";
    EXPECT_EQ(fires(*program, slots.null("there")), jumps.if_true);
    EXPECT_EQ(fires(*program, slots.present("there")), jumps.if_false);
    EXPECT_EQ(fires(*program, slots.invalid("there")), jumps.if_unknown);
  }
}

TEST(Evaluate, TheCasesAboveHaveEveryTestOfTheTable) {
  std::set<std::string> seen = {"is_null"};
  for (const TestCase& test : test_cases()) seen.insert(test.mnemonic);
  for (const OpcodeRow& row : kOpcodeRows) {
    EXPECT_EQ(seen.count(std::string(row.mnemonic)), row.is_test ? 1U : 0U) << row.mnemonic;
  }
}

// Bits of the sets beyond the first word.
TEST(Evaluate, ReadsAttributesBeyondTheFirstSixtyFour) {
  std::string text = ".program registers 0\n\n.attributes\n";
  for (int i = 0; i < 130; ++i) text += "  a" + std::to_string(i) + " presence claim nullable\n";
  text +=
      "\n.policies\n  p Deny deny_overrides #0 rules #0+1\n\n.rule \"r\" Allow p\n  all {\n  "
      "}\n\n.function policy p\n"
      "  is_null.t a63 -> fires\n  is_null.t a64 -> fires\n  is_null.t a129 -> fires\n  otherwise "
      "Deny, p\nfires:\n"
      "  allow \"r\"\n";
  const auto program = must_load(must_assemble(text));
  for (const char* missing : {"a63", "a64", "a129"}) {
    TestSlots slots(*program);
    for (const char* name : {"a63", "a64", "a129"}) slots.present(name);
    EXPECT_FALSE(fires(*program, slots)) << missing;
    EXPECT_TRUE(fires(*program, slots.null(missing))) << missing;
    EXPECT_FALSE(fires(*program, slots.invalid(missing))) << missing;
  }
}

// ---- the instructions that are no tests

// Two policies, each with an outcome that its attribute chooses, and a route over both.
std::shared_ptr<const Program> two_policies(const std::string& route) {
  return must_load(must_assemble(R"(
.program registers 2

.attributes
  first  string claim nullable
  second string claim nullable

.policies
  one Deny  deny_overrides #0 rules #0+2
  two Allow deny_overrides #1 rules #2+2

.resources
  "documents" routes #0+1

.routes
  "read" function #2 permissions #0+2

.permissions
  one 0
  two 0

.rule "one allows" Allow one
  all {
  }
.rule "one denies" Deny one
  all {
  }
.rule "two allows" Allow two
  all {
  }
.rule "two denies" Deny two
  all {
  }

.function policy one
  string_equal.t first, "deny" -> denies
  string_equal.t first, "allow" -> allows
  goto end
allows:
  allow "one allows"
denies:
  deny "one denies"
end:
  otherwise Deny, one

.function policy two
  string_equal.t second, "deny" -> denies
  string_equal.f second, "allow" -> end
  allow "two allows"
denies:
  deny "two denies"
end:
  otherwise Allow, two

.function route #0 registers 2
)" + route));
}

Outcome run(const Program& program, std::uint32_t function, std::string_view first,
            std::string_view second) {
  TestSlots slots(program);
  slots.text("first", first).text("second", second);
  return evaluate(program, FunctionId(function), slots.view());
}

constexpr std::string_view kWays[] = {"allow", "deny", "neither"};
constexpr Outcome kOneAllows{Effect::Allow, true, 0};
constexpr Outcome kOneDenies{Effect::Deny, true, 1};
constexpr Outcome kTwoAllows{Effect::Allow, true, 2};
constexpr Outcome kTwoDenies{Effect::Deny, true, 3};
constexpr Outcome kDefaultOfOne{Effect::Deny, false, 0};
constexpr Outcome kDefaultOfTwo{Effect::Allow, false, 1};

TEST(Evaluate, APolicyEndsWithItsRuleOrItsDefault) {
  const auto program = two_policies("  otherwise Deny, one\n");
  EXPECT_EQ(run(*program, 0, "allow", "allow"), kOneAllows);
  EXPECT_EQ(run(*program, 0, "deny", "allow"), kOneDenies);
  EXPECT_EQ(run(*program, 0, "neither", "allow"), kDefaultOfOne);
  EXPECT_EQ(run(*program, 1, "allow", "allow"), kTwoAllows);
  EXPECT_EQ(run(*program, 1, "allow", "deny"), kTwoDenies);
  EXPECT_EQ(run(*program, 1, "allow", "neither"), kDefaultOfTwo);
  EXPECT_EQ(run(*program, 2, "allow", "allow"), kDefaultOfOne);
}

// A group of two: Deny if any denies, else Allow if any allows, else the default.
TEST(Evaluate, AGroupKeepsTheFirstDecidingOutcome) {
  const auto program = two_policies(
      "  call r0, one\n  deny_if r0\n  call r1, two\n  deny_if r1\n  keep r0, r1\n  allow_if r0\n  "
      "otherwise Deny, one\n");
  const Outcome expected[3][3] = {
      {kOneAllows, kTwoDenies, kOneAllows},
      {kOneDenies, kOneDenies, kOneDenies},
      {kTwoAllows, kTwoDenies, kDefaultOfOne},
  };
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 3; ++j) {
      EXPECT_EQ(run(*program, 2, kWays[i], kWays[j]), expected[i][j])
          << kWays[i] << ", " << kWays[j];
    }
  }
}

// `keep` takes the other register unless this one allows already; a Deny is handed on as well.
TEST(Evaluate, KeepMovesWhateverTheOtherHolds) {
  const auto program = two_policies(
      "  call r0, one\n  call r1, two\n  keep r0, r1\n  deny_if r0\n  allow_if r0\n  otherwise "
      "Allow, two\n");
  const Outcome expected[3][3] = {
      {kOneAllows, kOneAllows, kOneAllows},
      {kTwoAllows, kTwoDenies, kDefaultOfTwo},
      {kTwoAllows, kTwoDenies, kDefaultOfTwo},
  };
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 3; ++j) {
      EXPECT_EQ(run(*program, 2, kWays[i], kWays[j]), expected[i][j])
          << kWays[i] << ", " << kWays[j];
    }
  }
}

TEST(Evaluate, DenyIfAndAllowIfLookAtTheirEffectOnly) {
  const auto denies = two_policies("  call r0, one\n  deny_if r0\n  otherwise Deny, two\n");
  EXPECT_EQ(run(*denies, 2, "deny", ""), kOneDenies);
  EXPECT_FALSE(run(*denies, 2, "allow", "").by_rule);
  EXPECT_FALSE(run(*denies, 2, "neither", "").by_rule);
  const auto allows = two_policies("  call r0, one\n  allow_if r0\n  otherwise Deny, two\n");
  EXPECT_EQ(run(*allows, 2, "allow", ""), kOneAllows);
  EXPECT_FALSE(run(*allows, 2, "deny", "").by_rule);
  EXPECT_FALSE(run(*allows, 2, "neither", "").by_rule);
}

TEST(Outcome, BeginsWithDeny) {
  EXPECT_EQ(Outcome().effect, Effect::Deny);
  EXPECT_FALSE(Outcome().by_rule);
}

}  // namespace
}  // namespace verdict
