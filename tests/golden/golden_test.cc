// Every container of this folder, run through policyc as its author would.
#include "tests/support/golden.h"

#include <algorithm>
#include <filesystem>
#include <ostream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/source_folder.h"

namespace verdict::testing {
namespace {

namespace fs = std::filesystem;

// A case's path below this folder.
struct CaseName {
  std::string path;
};
void PrintTo(const CaseName& name, std::ostream* out) { *out << name.path; }

fs::path golden_folder() { return source_folder() / "tests/golden"; }

std::vector<CaseName> all_cases() {
  std::vector<CaseName> names;
  for (const auto& entry : fs::recursive_directory_iterator(golden_folder())) {
    if (entry.path().extension() != ".txt") continue;
    names.push_back({entry.path().lexically_relative(golden_folder()).generic_string()});
  }
  std::sort(names.begin(), names.end(),
            [](const CaseName& a, const CaseName& b) { return a.path < b.path; });
  return names;
}

std::string test_name(const ::testing::TestParamInfo<CaseName>& info) {
  std::string name = info.param.path.substr(0, info.param.path.size() - 4);
  std::replace_if(
      name.begin(), name.end(), [](char c) { return c == '/' || c == '-' || c == '.'; }, '_');
  return name;
}

class Golden : public ::testing::TestWithParam<CaseName> {};

TEST_P(Golden, Case) {
  const fs::path path = golden_folder() / GetParam().path;
  const GoldenCase golden = parse_golden(read_text(path));
  ASSERT_NE(golden.find("args"), nullptr) << "a case needs `--- args`";
  const GoldenCase actual = run_golden(golden);
  expect_golden(path, to_text(actual));
  const bool has_failed = actual.find("exit")->text.find_first_not_of("0\n") != std::string::npos;
  EXPECT_EQ(path.filename().string().starts_with("fail_"), has_failed)
      << "`fail_` stands before the name of a case exactly when a command's exit is not 0";
}

INSTANTIATE_TEST_SUITE_P(golden, Golden, ::testing::ValuesIn(all_cases()), test_name);

TEST(GoldenRunner, PartsAreReadAndWrittenBack) {
  const std::string text = "What it shows.\n--- args\ncheck a\n--- a/b.json\n{}\n--- exit\n0\n";
  const GoldenCase golden = parse_golden(text);
  EXPECT_EQ(golden.remark, "What it shows.\n");
  ASSERT_EQ(golden.parts.size(), 3U);
  EXPECT_EQ(golden.parts[1].name, "a/b.json");
  EXPECT_EQ(golden.parts[1].text, "{}\n");
  EXPECT_EQ(to_text(golden), text);
}

TEST(GoldenRunner, ExpectationsAreReplacedByWhatHappens) {
  const GoldenCase golden =
      parse_golden("--- args\nexplain V999\n--- stdout\nwrong\n--- exit\n7\n");
  const GoldenCase actual = run_golden(golden);
  EXPECT_EQ(actual.find("stdout"), nullptr);
  ASSERT_NE(actual.find("stderr"), nullptr);
  EXPECT_EQ(actual.find("exit")->text, "2\n");
}

TEST(GoldenRunner, AFileWithoutALastLineBreakKeepsIt) {
  const GoldenCase golden =
      parse_golden("--- args\ncheck w\n--- w/\n--- x.json\n{}\n\\ no line break at the end\n");
  const ScratchFolder folder;
  folder.write("x.json", "{}");
  EXPECT_EQ(read_text("x.json"), "{}");
  EXPECT_EQ(run_golden(golden).parts[2].text, golden.parts[2].text);
}

}  // namespace
}  // namespace verdict::testing
