// V26, V29, V31: the most that one call can cost is proved when a program is loaded, and what is
// beyond the host's budget is refused.
#include "vm/verify/work.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "tests/support/scalars.h"
#include "tests/vm/verify/loader_cases.h"
#include "vm/base/hash.h"
#include "vm/program/settings.h"
#include "vm/value/transform.h"

namespace verdict::testing {
namespace {

constexpr std::uint64_t kDefault = LoadLimits{}.max_steps;

// A program that is built row by row: attributes, their mappings, one provider that has them all.
class Workspace {
 public:
  std::uint32_t add_attribute(Kind kind, std::uint32_t values = kNone) {
    const auto id = static_cast<std::uint32_t>(tables().Attributes.size());
    const std::uint32_t name = builder_.intern("a" + std::to_string(id)).value();
    tables().Attributes.push_back(
        {name, static_cast<U8>(kind), static_cast<U8>(AttributeSource::Claim), 0, 0, values});
    return id;
  }
  void add_mapping(std::uint32_t attribute, std::uint32_t default_value = kNone,
                   std::uint32_t num_steps = 0) {
    tables().Mappings.push_back(
        {attribute, builder_.intern("claim").value(), 0U, num_steps, default_value, 0U, 0U, 0, {}});
  }
  void add_provider(const std::string& name, std::uint32_t num_mappings,
                    std::uint32_t num_settings) {
    const auto first_setting = static_cast<std::uint32_t>(tables().Settings.size()) - num_settings;
    const auto first_mapping = static_cast<std::uint32_t>(tables().Mappings.size()) - num_mappings;
    const std::uint32_t text = builder_.intern(name).value();
    tables().Providers.push_back(
        {text, text, kNone, first_mapping, num_mappings, first_setting, num_settings});
  }
  ProgramBuilder& builder() { return builder_; }
  ProgramTables& tables() { return builder_.tables; }
  FileBytes finish() && { return std::move(builder_).finish(); }

 private:
  ProgramBuilder builder_;
};

Work work_of_bytes(const FileBytes& bytes) {
  const auto program = Program::load(bytes, LoadLimits{.max_steps = ~std::uint64_t{0}});
  EXPECT_TRUE(program.has_value()) << program.error().message;
  return program ? work_of(**program) : Work{};
}

// Mappings of as many attributes of one kind, all from one claim.
FileBytes mappings_of(Kind kind, std::uint32_t count) {
  Workspace workspace;
  std::uint32_t values = kNone;
  if (kind == Kind::Enum) {
    std::vector<std::string> texts;
    for (std::uint32_t i = 0; i < count; ++i) texts.push_back("v" + std::to_string(i));
    values = workspace.builder().add(Kind::String, Shape::List, scalars(texts)).value();
  }
  for (std::uint32_t i = 0; i < count; ++i)
    workspace.add_mapping(workspace.add_attribute(kind, values));
  workspace.add_provider("p", count, 0);
  return std::move(workspace).finish();
}

// The steps that binding one attribute takes more with these transforms than without.
Steps steps_of_transforms(const std::string& kind, const std::string& transforms,
                          std::size_t count) {
  const auto bind_with = [&](const std::string& suffix) {
    return work_of_bytes(must_assemble(".attributes\nx " + kind + " claim\n.transforms\n" +
                                       transforms + "\n.mappings\nx literal \"x\"" + suffix +
                                       "\n.providers\n\"P\" \"oidc\" mappings #0+1\n"))
        .bind;
  };
  return bind_with(" transforms #0+" + std::to_string(count)) - bind_with("");
}

// As docs/bytecode.md has it: each transform, and reading and copying of what it works on.
TEST(Work, Transforms) {
  constexpr Steps kText = 1 + 16384 / 64;       // read, or copied
  constexpr Steps kList = 16384 + 262144 / 64;  // the same
  EXPECT_EQ(steps_of_transforms("string", "lower", 1), 1 + 2 * kText + 1 + 16384 / 4)
      << "a list would never become a string";
  EXPECT_EQ(steps_of_transforms("string_list", "lower", 1), 1 + 2 * kList + 16384 + 262144 / 4);
  EXPECT_EQ(steps_of_transforms("string_list", "lower\ntrim", 2),
            2 + 2 * kList + 2 * (16384 + 262144 / 4));
  EXPECT_EQ(steps_of_transforms("string_list", "strip_prefix argument \"abc\"", 1),
            1 + 2 * kList + 16384 + 3 * 16384 / 64);
  EXPECT_EQ(steps_of_transforms("number", "to_number", 1), 1 + 2 * kText + 65536 + 1 + 16384 / 4);
  EXPECT_EQ(steps_of_transforms("string_list", "clerk_permissions", 1),
            1 + 2 * kList + 8 * 16384 + 262144 / 64);
  EXPECT_EQ(steps_of_transforms("string_list", "keys\nsplit_space", 2),
            2 + 2 * kList + 16384 + 262144 / 4);
}

TEST(Work, ManyTransformsAreBeyondTheBudget) {
  Workspace workspace;
  for (int i = 0; i < 16; ++i)
    workspace.tables().Transforms.push_back({static_cast<U8>(Transform::Lower), {}, kNone});
  constexpr std::uint32_t kMany = 50;
  for (std::uint32_t i = 0; i < kMany; ++i) {
    workspace.add_mapping(workspace.add_attribute(Kind::StringList));
    workspace.tables().Mappings.back().num_transforms = 16;
  }
  workspace.add_provider("p", kMany, 0);
  expect_refused(std::move(workspace).finish(), LoadError::Budget);
}

TEST(Work, ProgramsOfTheExamplesAreFarBelowTheBudget) {
  for (const std::string& name : assembly_names()) {
    if (name == "every_test") continue;  // all that there is at once: nobody writes that
    SCOPED_TRACE(name);
    const Work work = work_of(*must_load(must_assemble(assembly_text(name))));
    EXPECT_GT(work.decision, 0U);
    EXPECT_GE(work.details, work.decision);
    for (const std::uint64_t steps : {work.start, work.bind, work.details})
      EXPECT_LT(steps, kDefault / 100);
  }
}

// As many as there can be, of every kind that costs no list and no search for a spelling.
TEST(Work, AsManyAttributesAsThereCanBe) {
  for (const Kind kind : {Kind::Presence, Kind::String, Kind::Number, Kind::Boolean, Kind::Ip})
    expect_accepted(mappings_of(kind, limits::kMaxAttributes));
}

// 02: one claim bound as many lists. In 1.4 MB it asked for 6.3 GB.
TEST(Work, ManyListsFromOneClaim) {
  expect_accepted(mappings_of(Kind::StringList, 256));
  expect_refused(mappings_of(Kind::StringList, 20000), LoadError::Budget);
  expect_refused(mappings_of(Kind::NumberList, 20000), LoadError::Budget);
}

TEST(Work, ManyEnumsWithManyValues) {
  expect_accepted(mappings_of(Kind::Enum, 1000));
  expect_refused(mappings_of(Kind::Enum, 40000), LoadError::Budget);
}

// The index of an element of a claim can be walked to, in every mapping.
TEST(Work, PathsIntoLongArrays) {
  const auto with_index = [](std::uint32_t index) {
    Workspace workspace;
    workspace.tables().PathSteps.push_back({static_cast<U8>(PathStepKind::Index), {}, index});
    for (std::uint32_t i = 0; i < 20000; ++i)
      workspace.add_mapping(workspace.add_attribute(Kind::Boolean), kNone, 1);
    workspace.add_provider("p", 20000, 0);
    return std::move(workspace).finish();
  };
  expect_accepted(with_index(3));
  expect_refused(with_index(0xFFFFFFFF), LoadError::Budget);
}

// A default list is made once: how many attributes share it is no matter.
TEST(Work, SharedDefaultLists) {
  const auto bind_steps = [](std::size_t length) {
    Workspace workspace;
    const std::uint32_t list =
        workspace.builder()
            .add(Kind::Number, Shape::List, scalars(length, Number::from_integer(1)))
            .value();
    for (std::uint32_t i = 0; i < 100; ++i)
      workspace.add_mapping(workspace.add_attribute(Kind::NumberList), list);
    workspace.add_provider("p", 100, 0);
    return work_of_bytes(std::move(workspace).finish()).bind;
  };
  EXPECT_EQ(bind_steps(1), bind_steps(limits::kMaxListElements));
}

// ---- settings

FileBytes providers_with(Setting setting, ConstantId (*make)(ProgramBuilder&),
                         std::uint32_t count) {
  Workspace workspace;
  const std::uint32_t constant = make(workspace.builder()).value();
  for (std::uint32_t i = 0; i < count; ++i) {
    workspace.tables().Settings.push_back({static_cast<std::uint32_t>(setting), constant});
    workspace.add_provider("p" + std::to_string(i), 0, 1);
  }
  return std::move(workspace).finish();
}

TEST(Work, ProvidersThatShareALongList) {
  const auto long_list = [](ProgramBuilder& builder) {
    return builder.add(Kind::String, Shape::List, scalars(limits::kMaxSettingElements, "x"));
  };
  const auto list_of_two = [](ProgramBuilder& builder) {
    return builder.add(Kind::String, Shape::List, scalars<std::string>({"x", "y"}));
  };
  expect_accepted(providers_with(Setting::AllowedAudiences, list_of_two, 20000));
  expect_accepted(providers_with(Setting::AllowedAudiences, long_list, 100));
  expect_refused(providers_with(Setting::AllowedAudiences, long_list, 20000), LoadError::Budget);
}

// The texts of a list are copied for each provider: they count, and no one may be long.
TEST(Work, ProvidersThatShareLongTexts) {
  const auto texts = [](ProgramBuilder& builder) {
    return builder.add(Kind::String, Shape::List,
                       scalars(100, std::string(limits::kMaxSettingTextBytes, 'x')));
  };
  const auto too_long = [](ProgramBuilder& builder) {
    return builder.add(
        Kind::String, Shape::List,
        scalars<std::string>({"x", std::string(limits::kMaxSettingTextBytes + 1, 'x')}));
  };
  expect_accepted(providers_with(Setting::AcceptedTypes, texts, 100));
  expect_refused(providers_with(Setting::AcceptedTypes, texts, 200), LoadError::Budget);
  expect_refused(providers_with(Setting::AcceptedTypes, too_long, 1), LoadError::Tables);
}

// What is sensitive is remembered by its name, for each attribute.
TEST(Work, SensitiveClaimsOfLongNames) {
  const auto with_name = [](std::size_t length) {
    Workspace workspace;
    const std::uint32_t name = workspace.builder().intern(std::string(length, 'n')).value();
    for (std::uint32_t i = 0; i < 2000; ++i) {
      const std::uint32_t id = workspace.add_attribute(Kind::Boolean);
      workspace.tables().Attributes[id].flags = AttributeRecord::kSensitive;
      workspace.tables().Mappings.push_back({id, name, 0U, 0U, kNone, 0U, 0U, 0, {}});
    }
    workspace.add_provider("p", 2000, 0);
    return std::move(workspace).finish();
  };
  expect_accepted(with_name(100));
  expect_refused(with_name(1000000), LoadError::Budget);
}

// Strings whose hashes share their low bits stand side by side: a look-up goes through them.
TEST(Work, ListsLookedUpInACrowdedIndex) {
  const auto steps_with = [](std::uint64_t mask, std::size_t count) {
    Workspace workspace;
    for (std::uint64_t i = 0, found = 0; found < count; ++i) {
      const std::string text = "s" + std::to_string(i);
      if ((hash_text(text) & mask) != 0) continue;
      workspace.builder().intern(text);
      ++found;
    }
    workspace.add_mapping(workspace.add_attribute(Kind::StringList));
    workspace.add_provider("p", 1, 0);
    return work_of_bytes(std::move(workspace).finish()).bind;
  };
  EXPECT_GT(steps_with(63, 28), steps_with(0, 28) + limits::kMaxListElements);
}

TEST(Work, ProvidersThatShareALargeKeySet) {
  const auto large = [](ProgramBuilder& builder) {
    return builder.add(Kind::String, std::string(limits::kMaxKeySetBytes, 'x'));
  };
  expect_accepted(providers_with(Setting::Jwks, large, 4));
  expect_refused(providers_with(Setting::Jwks, large, 1000), LoadError::Budget);
}

// ---- decisions

constexpr std::string_view kAttributes =
    ".attributes\n  s string claim\n  t string claim\n  e enum claim values #0\n  n number claim\n"
    "  l string_list claim\n  m number_list claim\n"
    ".constants\n  string list \"x\"\n  string set \"a\", \"b\", \"c\"\n  number set 1, 2, 3, 4\n";

// A policy without rules whose code is one test `count` times.
std::string policy_text(std::string_view test, std::uint32_t count) {
  std::string text(kAttributes);
  text += ".policies\n  p Deny deny_overrides #0 rules #0+0\n.function policy p\n";
  for (std::uint32_t i = 0; i < count; ++i) text += "  " + std::string(test) + " -> L\n";
  return text + "L:\n  otherwise Deny, p\n";
}
FileBytes policy_of(std::string_view test, std::uint32_t count) {
  return must_assemble(policy_text(test, count));
}

// What one more such test adds.
std::uint64_t steps_of(std::string_view test) {
  return work_of_bytes(policy_of(test, 2)).decision - work_of_bytes(policy_of(test, 1)).decision;
}

TEST(Work, ATestCostsWhatItMayHaveToLookAt) {
  constexpr std::uint64_t kList = limits::kMaxListElements / kElementsPerStep;
  constexpr std::uint64_t kText = limits::kMaxClaimTextBytes / kBytesPerStep;
  constexpr std::uint64_t kAllTexts = limits::kMaxClaimsBytes / kBytesPerStep;
  EXPECT_EQ(steps_of("is_null.t s"), 1U);
  EXPECT_EQ(steps_of("string_equal.t s, \"x\""), 1U);
  EXPECT_EQ(steps_of("string_equal_var.t s, t"), 1U + kText);
  EXPECT_EQ(steps_of("string_equal_var.t s, e"), 1U) << "the values of an enum have ids";
  EXPECT_EQ(steps_of("string_in.t s, #1"), 1U + 2U);
  EXPECT_EQ(steps_of("number_in.t n, #6"), 1U + 3U);
  EXPECT_EQ(steps_of("string_in_var.t s, l"), 1U + kList + kAllTexts);
  EXPECT_EQ(steps_of("list_contains_string.t l, \"x\""), 1U + kList);
  EXPECT_EQ(steps_of("list_contains_string_var.t l, s"), 1U + kList + kAllTexts);
  EXPECT_EQ(steps_of("list_contains_string_var.t l, e"), 1U + kList);
  EXPECT_EQ(steps_of("list_contains_number.t m, 1"), 1U + kList);
  EXPECT_EQ(steps_of("list_contains_number_var.t m, n"), 1U + kList);
}

// A step is a few nanoseconds: these were timed with the claims that take longest.
TEST(Work, GeneralTestsCostWhatTheirRowsSay) {
  constexpr std::uint64_t kElements = limits::kMaxListElements;
  constexpr std::uint64_t kText = limits::kMaxClaimTextBytes;
  constexpr std::uint64_t kTexts = limits::kMaxClaimsBytes;
  EXPECT_EQ(steps_of("ask.t number_equal n 1"), 1U);
  EXPECT_EQ(steps_of("ask.t number_equal m 1 quantifier any"), 1U + kElements + kTexts / 64);
  EXPECT_EQ(steps_of("ask.t string_starts_with s slot t"), 1U + kText / 4);
  EXPECT_EQ(steps_of("ask.t string_contains s slot t"), 1U + kText / 2);
  EXPECT_EQ(steps_of("ask.t string_contains l slot t quantifier any"), 1U + kElements + kTexts / 2);
  EXPECT_EQ(steps_of("ask.t string_in l #1 quantifier all"), 1U + kElements + 2 * kElements);
  EXPECT_EQ(steps_of("ask.t list_contains_any l #1"), 1U + 2 * kElements);
  EXPECT_EQ(steps_of("ask.t list_contains_all l #1"), 1U + 3 * kElements / kElementsPerStep);
  EXPECT_GT(steps_of("ask.t string_in l slot l quantifier any"), 16 * kElements);
  EXPECT_GT(steps_of("ask.t list_is_subset_of l slot l"), 16 * kElements);
  EXPECT_EQ(steps_of("ask.t enum_at_least e slot e"), 1U) << "two looks at one value";
  std::string values = "\"x\"";
  for (int i = 0; i < 999; ++i) values += ", \"v" + std::to_string(i) + "\"";
  const auto with_values = [&values](std::uint32_t count) {
    return replaced(policy_text("ask.t enum_at_least e slot e", count), "string list \"x\"",
                    "string list " + values);
  };
  EXPECT_EQ(work_of_bytes(must_assemble(with_values(2))).decision -
                work_of_bytes(must_assemble(with_values(1))).decision,
            1U + 2 * 1000U / kElementsPerStep);
}

// The search among a zone's transitions, and the dates of its rule.
TEST(Work, LocalTimes) {
  const auto steps_in = [](const std::string& transitions) {
    const auto with_zone = [&transitions](std::uint32_t count) {
      const std::string constants =
          "  number set 1, 2, 3, 4\n  time_zone \"x\" none 0, 4294967295, 1, 0, 0, 0, 0, 0, 0, 0, "
          "0, 0, "
          "0, 0, 0" +
          transitions + "\n  day_of_week \"mon\"\n  day_of_week set #7, #8\n";
      const std::string text = policy_text("ask.t day_of_week_in at #9", count);
      return work_of_bytes(
          must_assemble(replaced(replaced(text, "  number set 1, 2, 3, 4\n", constants),
                                 ".constants", "  at timestamp claim\n.constants")));
    };
    return with_zone(2).decision - with_zone(1).decision;
  };
  EXPECT_EQ(steps_in(""), 1U + 32U + 5U) << "17 words";
  std::string transitions;
  for (int i = 0; i < 100; ++i) transitions += ", " + std::to_string(i) + ", 0, 0";
  EXPECT_EQ(steps_in(transitions), 1U + 32U + 9U) << "317 words";
}

// A form is read for each path of a list, however short the path.
TEST(Work, LongFormsOfPaths) {
  const auto with_form = [](std::size_t bytes, std::uint32_t count) {
    return must_assemble(replaced(
        policy_text("ask.t path_matches l #7 quantifier any", count), "  number set 1, 2, 3, 4\n",
        "  number set 1, 2, 3, 4\n  path_form \"/" + std::string(bytes, 'a') + "\"\n"));
  };
  expect_accepted(with_form(20, 100));
  expect_refused(with_form(1'000'000, 1), LoadError::Budget);
}

TEST(Work, ManyRulesThatSearchLists) {
  expect_accepted(policy_of("list_contains_string.t l, \"x\"", 10000));
  expect_refused(policy_of("list_contains_string.t l, \"x\"", 40000), LoadError::Budget);
}

// 19: the path of a route is the sum of those that it calls: a product of policies and rules.
TEST(Work, RoutesThatCallMany) {
  const auto route_of = [](std::uint32_t num_calls, std::uint32_t num_tests) {
    std::string text = ".program registers 1\n" + std::string(kAttributes) +
                       ".policies\n  p Deny deny_overrides #0 rules #0+0\n"
                       ".resources\n  \"r\" routes #0+1\n"
                       ".routes\n  \"x\" function #1 permissions #0+1\n.permissions\n  p 0\n"
                       ".function policy p\n";
    for (std::uint32_t i = 0; i < num_tests; ++i) text += "  is_null.t s -> L\n";
    text += "L:\n  otherwise Deny, p\n.function route #0 registers 1\n";
    for (std::uint32_t i = 0; i < num_calls; ++i) text += "  call r0, p\n";
    return must_assemble(text + "  otherwise Deny, p\n");
  };
  expect_accepted(route_of(1000, 1000));
  expect_refused(route_of(20000, 20000), LoadError::Budget);
  EXPECT_EQ(work_of_bytes(route_of(3, 4)).decision - work_of_bytes(route_of(2, 4)).decision,
            1U + 5U);
}

TEST(Work, BoundsThatDoNotFitSaturate) {
  EXPECT_EQ(add_steps(~std::uint64_t{0}, 1), ~std::uint64_t{0});
  EXPECT_EQ(add_steps(~std::uint64_t{0} - 1, 1), ~std::uint64_t{0});
  EXPECT_EQ(add_steps(2, 3), 5U);
}

// ---- the host's budget

TEST(Work, TheHostSaysHowMuch) {
  const Work work = work_of(*must_load(good_bytes()));
  const std::uint64_t most = std::max({work.start, work.bind, work.decision, work.details});
  EXPECT_EQ(load_result(good_bytes(), LoadLimits{.max_steps = most}), "");
  expect_refused(good_bytes(), LoadError::Budget, LoadLimits{.max_steps = most - 1});
}

TEST(Work, WhatIsTooDearIsNamed) {
  const std::string result = load_result(mappings_of(Kind::StringList, 20000));
  EXPECT_NE(result.find("binding the claims of provider `p` can take "), std::string::npos)
      << result;
  EXPECT_NE(result.find(" steps, allowed are " + std::to_string(kDefault)), std::string::npos);
}

}  // namespace
}  // namespace verdict::testing
