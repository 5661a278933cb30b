#include "compiler/diag/suggest.h"

#include <algorithm>
#include <array>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "vm/base/limits.h"

namespace verdict::compiler {
namespace {

using Names = std::vector<std::string_view>;

std::string nearest(std::string_view found, const Names& candidates) {
  return std::string(find_nearest(found, candidates).value_or("(none)"));
}

struct Case {
  std::string_view found;
  Names candidates;
  std::string_view expected;
};

TEST(FindNearest, Table) {
  const Names functions = {"string_equal", "string_in", "string_contains", "number_equal",
                           "is_null"};
  const std::vector<Case> cases = {
      {"sting_equal", functions, "string_equal"},    // a letter missing
      {"string_euqal", functions, "string_equal"},   // two letters swapped
      {"string_equals", functions, "string_equal"},  // one too many
      {"strimg_equal", functions, "string_equal"},   // another letter
      {"stringEqual", functions, "string_equal"},    // camel case
      {"STRING_EQUAL", functions, "string_equal"},
      {"string-equal", functions, "string_equal"},
      {"equal_string", functions, "string_equal"},  // words in another order
      {"isnull", functions, "is_null"},
      {"cidr_match", functions, "(none)"},
      {"", functions, "(none)"},
      {"x", {}, "(none)"},
      {"a", {"b"}, "(none)"},  // nothing in common
      {"ab", {"cd"}, "(none)"},
      {"org_role", {"orgrole", "ext_org_role"}, "ext_org_role"},  // a known prefix wins
      {"org_rol", {"ctx_amount", "ext_org_role"}, "ext_org_role"},
      {"ctx_org_role", {"ext_org_rule", "ext_org_role"}, "ext_org_role"},
      {"ext_plan", {"plan", "ctx_other"}, "plan"},
      {"amount", {"ctx_amount", "ext_amount"}, "ctx_amount"},  // ties go to the earlier one
      {"rale", {"role", "rule"}, "role"},
      {"allow", {"Allow", "Deny"}, "Allow"},
      {"rolex", {"Role", "role"}, "role"},  // case counts, if little
  };
  for (const Case& c : cases) EXPECT_EQ(nearest(c.found, c.candidates), c.expected) << c.found;
}

TEST(FindNearest, TheViewIsTheCandidates) {
  const std::string name = "string_equal";
  const Names candidates = {name};
  const auto found = find_nearest("string_equa", candidates);
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->data(), name.data());
}

TEST(FindNearest, HugeNamesAreLeftAlone) {
  const std::string huge(1 << 20, 'a');
  EXPECT_EQ(nearest(huge, {"a"}), "(none)");
  EXPECT_EQ(nearest("aaaaaaa", {huge, "aaaaaab"}), "aaaaaab");
}

// ---- many names

std::vector<std::string> numbered(std::string_view stem, std::size_t count) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < count; ++i)
    names.push_back(std::string(stem).append(std::to_string(i)));
  return names;
}

Names views_of(const std::vector<std::string>& names) { return {names.begin(), names.end()}; }

// Alone, without the others and what is known of them.
bool is_near_alone(std::string_view found, std::string_view candidate) {
  return find_nearest(found, Names{candidate}).has_value();
}

// The nearer of two, by asking of both.
std::string nearest_by_turns(std::string_view found, const Names& candidates) {
  std::string_view best;
  for (const std::string_view candidate : candidates) {
    if (!is_near_alone(found, candidate)) continue;
    best = best.empty() ? candidate : *find_nearest(found, Names{best, candidate});
  }
  return best.empty() ? "(none)" : std::string(best);
}

std::string random_name(std::mt19937& random) {
  constexpr std::string_view kLetters = "abcABC1_-";
  constexpr std::array<std::string_view, 4> kBeginnings = {"", "ext_", "ctx_", "req_"};
  std::string name(kBeginnings.at(random() % kBeginnings.size()));
  for (std::size_t i = 1 + random() % 9; i > 0; --i) name += kLetters[random() % kLetters.size()];
  return name;
}

// What is passed over is never what would have been found: an answer from a long list is the one
// that its candidates give two by two.
TEST(Spellings, NothingNearIsPassedOver) {
  std::mt19937 random(16);
  for (int round = 0; round < 300; ++round) {
    std::vector<std::string> names;
    while (names.size() < 12) names.push_back(random_name(random));
    const Names candidates = views_of(names);
    Spellings spellings(candidates);
    for (int i = 0; i < 8; ++i) {
      const std::string found = random_name(random);
      const bool is_of_words = find_nearest(found, candidates).has_value() &&
                               std::none_of(candidates.begin(), candidates.end(),
                                            [&](auto name) { return is_near_alone(found, name); });
      if (is_of_words) continue;
      EXPECT_EQ(spellings.find_nearest(found).value_or("(none)"),
                nearest_by_turns(found, candidates))
          << found;
    }
  }
}

std::size_t steps_for(const std::vector<std::string>& names,
                      const std::vector<std::string>& found) {
  Spellings spellings(views_of(names));
  for (const std::string& name : found) (void)spellings.find_nearest(name);
  return spellings.num_steps();
}

// Two tables of 5,000 names take little more than a look for each pair, far from them and near.
TEST(Spellings, MostCandidatesAreOnlyLookedAt) {
  constexpr std::size_t kNames = 2000;
  const auto names = numbered("ext_claim_number_", kNames);
  EXPECT_LT(steps_for(names, numbered("ext_qqqqqqqqqqqqqq", kNames)), 2 * kNames * kNames);
  EXPECT_LT(steps_for(names, numbered("ext_clam_number_", kNames)), 8 * kNames * kNames);
}

TEST(Spellings, AWordIsComparedOnce) {
  const auto names = numbered("ext_claim_number_", 200);
  const std::vector<std::string> once = {"ext_subscription_tier"};
  EXPECT_EQ(steps_for(names, std::vector<std::string>(10000, once[0])), steps_for(names, once));
}

// Names of the same letters can only be told apart in full: at some time nothing is suggested.
TEST(Spellings, StepsAreLimited) {
  std::mt19937 random(16);
  std::string letters = "abcdefghijklmnopqrstuvwxyz0123456789";
  letters += letters;
  std::vector<std::string> names;
  for (int i = 0; i < 1000; ++i) {
    std::shuffle(letters.begin(), letters.end(), random);
    names.push_back(letters);
  }
  Spellings spellings(views_of(names));
  EXPECT_EQ(spellings.find_nearest(names[7] + "x"), names[7]);
  for (int i = 0; i < 400; ++i) {
    std::shuffle(letters.begin(), letters.end(), random);
    (void)spellings.find_nearest(letters);
  }
  EXPECT_GE(spellings.num_steps(), limits::kMaxSuggestionSteps);
  EXPECT_LT(spellings.num_steps(), limits::kMaxSuggestionSteps + 100 * letters.size());
  EXPECT_FALSE(spellings.find_nearest(names[8] + "x").has_value());
  EXPECT_EQ(spellings.find_nearest(names[7] + "x"), names[7]);  // known already
}

TEST(Suggest, OnlyWhatIsReadIsLookedFor) {
  CollectingConsumer consumer;
  Emitter emitter(consumer);
  const Names names = {"org_role"};
  Spellings spellings(names);
  for (std::size_t i = 0; i <= limits::kMaxDiagnostics; ++i) {
    auto diagnostic = emitter.emit(Code::UnknownAttribute, Span{}, {"org_rol"});
    EXPECT_EQ(suggest(diagnostic, Span{}, "org_rol", spellings), i < limits::kMaxDiagnostics);
  }
  EXPECT_EQ(consumer.diagnostics.front().helps.size(), 1U);
}

}  // namespace
}  // namespace verdict::compiler
