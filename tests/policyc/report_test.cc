// A run that has more to say than anybody reads (issue 16): every form of the diagnostics stays
// small, and its totals stay true.
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "tests/support/compiling.h"
#include "tests/support/golden.h"

namespace verdict::testing {
namespace {

constexpr std::size_t kKeys = 5000;
constexpr std::size_t kLargestReport = 600000;  // bytes

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

class LargeReports : public ::testing::Test {
 protected:
  LargeReports() {
    folder.write("provider.json", provider_text(R"({"jwtPath": "role", "attribute": "role"})"));
    std::string keys;
    for (std::size_t i = 0; i < kKeys; ++i) keys += ",\"key" + std::to_string(i) + "\": 1";
    folder.write("policy.json", "{" + keys.substr(1) + "}");
  }
  static std::string report(const std::string& format) {
    const RunResult ran =
        run_line("check --provider provider.json --policy policy.json --format " + format);
    EXPECT_EQ(ran.exit, 3);
    EXPECT_LT(ran.err.size() + ran.out.size(), kLargestReport);
    return ran.out + ran.err;  // one of them is empty
  }

  ScratchFolder folder;
};

// A key that was not looked at may have been meant as `name`: that it is missing is not reported.
TEST_F(LargeReports, JsonSaysHowManyWereLeftOut) {
  const std::string text = report("json");
  EXPECT_TRUE(has(text, R"("code": "V001")"));
  EXPECT_TRUE(has(text, R"("message": "4000 more errors were counted and left out")"));
  EXPECT_TRUE(has(text, R"("errors": 5000)"));
}

TEST_F(LargeReports, GithubGetsALineOfIt) {
  EXPECT_TRUE(has(report("github"), "::error title=V001::4000 more errors"));
}

TEST_F(LargeReports, PeopleSeeTwenty) {
  EXPECT_TRUE(report("human").ends_with("\n\n... and 4980 more errors\n\n5000 errors\n"));
}

TEST_F(LargeReports, AnErrorIsSeenAmongWarnings) {
  std::string rules;
  for (std::size_t i = 0; i < kKeys; ++i) {
    rules +=
        R"({"rule_id": "r)" + std::to_string(i) + R"(", "effect": "Allow", "conditions": []},)";
  }
  rules.pop_back();
  folder.write("policy.json",
               R"({"name": "p", "specification": {"rules": [)" + rules + R"(], "combning": "x"}})");
  EXPECT_TRUE(has(report("human"), "error[V201]: unknown key `combning`"));
}

}  // namespace
}  // namespace verdict::testing
