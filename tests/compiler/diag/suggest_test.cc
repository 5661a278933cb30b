#include "compiler/diag/suggest.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace verdict::compiler
