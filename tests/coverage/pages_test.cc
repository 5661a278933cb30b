// Pages that people write: what they promise is held against the code.
#include <filesystem>
#include <map>
#include <regex>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "tests/support/golden.h"
#include "tests/support/source_folder.h"
#include "vm/base/limits.h"

namespace verdict::testing {
namespace {

std::string read_page(const std::string& path) { return read_text(source_folder() / path); }

// ---- docs/limits.md

const std::map<std::string, std::size_t> kLimits = {
    {"kMaxSourceBytes", limits::kMaxSourceBytes},
    {"kMaxJsonDepth", limits::kMaxJsonDepth},
    {"kMaxJsonErrors", limits::kMaxJsonErrors},
    {"kMaxZoneFileBytes", limits::kMaxZoneFileBytes},
    {"kMaxDiagnostics", limits::kMaxDiagnostics},
    {"kMaxSuggestionSteps", limits::kMaxSuggestionSteps},
    {"kMaxNamesInMessage", limits::kMaxNamesInMessage},
    {"kMaxRegisters", limits::kMaxRegisters},
    {"kMaxAttributes", limits::kMaxAttributes},
    {"kMaxTableRecords", limits::kMaxTableRecords},
    {"kMaxConditionDepth", limits::kMaxConditionDepth},
    {"kMaxStringProbes", limits::kMaxStringProbes},
    {"kMaxSettingElements", limits::kMaxSettingElements},
    {"kMaxSettingTextBytes", limits::kMaxSettingTextBytes},
    {"kMaxClockSkewSeconds", limits::kMaxClockSkewSeconds},
    {"kMaxTokenAgeSeconds", limits::kMaxTokenAgeSeconds},
    {"kMaxListElements", limits::kMaxListElements},
    {"kMaxClaimTextBytes", limits::kMaxClaimTextBytes},
    {"kMaxPatterns", limits::kMaxPatterns},
    {"kMaxPatternBytes", limits::kMaxPatternBytes},
    {"kMaxPatternMemory", limits::kMaxPatternMemory},
    {"kMaxGlobBytes", limits::kMaxGlobBytes},
    {"kMaxTransforms", limits::kMaxTransforms},
    {"kMaxPackedPermissions", limits::kMaxPackedPermissions},
    {"kMaxNumericDateBytes", limits::kMaxNumericDateBytes},
    {"kMaxClaimsBytes", limits::kMaxClaimsBytes},
    {"kMaxClaimDepth", limits::kMaxClaimDepth},
    {"kMaxTokenBytes", limits::kMaxTokenBytes},
    {"kMaxSignatureBytes", limits::kMaxSignatureBytes},
    {"kMaxKeySetBytes", limits::kMaxKeySetBytes},
    {"kMaxKeys", limits::kMaxKeys},
    {"kMinRsaBits", limits::kMinRsaBits},
    {"kMaxRsaBits", limits::kMaxRsaBits},
};

std::set<std::string> names_in(const std::string& text, const std::regex& pattern) {
  std::set<std::string> names;
  for (std::sregex_iterator match(text.begin(), text.end(), pattern), end; match != end; ++match) {
    names.insert((*match)[1]);
  }
  return names;
}

TEST(Pages, LimitsAreThoseOfTheHeader) {
  const std::string page = read_page("docs/limits.md");
  const auto declared =
      names_in(read_page("vm/base/limits.h"), std::regex(R"(constexpr std::size_t (\w+))"));
  EXPECT_EQ(names_in(page, std::regex(R"(\| `(\w+)` \|)")), declared);
  for (const std::string& name : declared) {
    ASSERT_TRUE(kLimits.count(name) != 0) << name << " is missing in this test";
    const std::string row = "| `" + name + "` | " + std::to_string(kLimits.at(name)) + " |";
    EXPECT_NE(page.find(row), std::string::npos) << row;
  }
}

// ---- docs/language.md

// The blocks that name a file: ```json providers/shop.json
std::map<std::string, std::string> files_of(const std::string& page) {
  std::map<std::string, std::string> files;
  const std::regex block("```json (\\S+)\n([^`]*)```");
  for (std::sregex_iterator match(page.begin(), page.end(), block), end; match != end; ++match) {
    files[(*match)[1]] = (*match)[2];
  }
  return files;
}

TEST(Pages, TheWorkspaceOfTheLanguagePageCompiles) {
  const auto files = files_of(read_page("docs/language.md"));
  ASSERT_EQ(files.size(), 4U);
  const ScratchFolder folder;
  for (const auto& [name, text] : files) folder.write("shop/" + name, text);
  const RunResult ran = run_line("compile shop -o shop.vbc");
  EXPECT_EQ(ran.exit, 0);
  EXPECT_EQ(ran.err, "");
}

// "So above, a banned user is denied before any other policy is asked."
TEST(Pages, TheWorkspaceOfTheLanguagePageDecidesAsItSays) {
  const ScratchFolder folder;
  for (const auto& [name, text] : files_of(read_page("docs/language.md")))
    folder.write("shop/" + name, text);
  ASSERT_EQ(run_line("compile shop -o shop.vbc").exit, 0);
  folder.write("context.json", R"({"owner": "u1", "amount": 5})");
  const auto ask = [&](const std::string& action, const std::string& claims) {
    folder.write("claims.json", claims);
    return run_line(
               "eval shop.vbc --claims claims.json --resource orders --context context.json "
               "--action " +
               action)
        .out;
  };
  EXPECT_EQ(ask("get", R"({"sub": "u1"})"), "Allow  rule: rule `own` of policy `read_orders`\n");
  EXPECT_EQ(ask("get", R"({"sub": "u1", "banned": true})"),
            "Deny  rule: rule `banned` of policy `not_banned`\n");
  EXPECT_EQ(ask("approve", R"({"sub": "u2", "org_role": "admin"})"),
            "Allow  rule: rule `admin` of policy `approve_orders`\n");
  EXPECT_EQ(ask("get", R"({"sub": "u2", "plan": "team", "realm_access": {"roles": ["staff"]}})"),
            "Allow  rule: rule `staff` of policy `read_orders`\n");
  EXPECT_EQ(ask("get", R"({"sub": "u2", "plan": "team", "scope": "a shop:orders:read"})"),
            "Allow  rule: rule `staff` of policy `read_orders`\n");
}

}  // namespace
}  // namespace verdict::testing
