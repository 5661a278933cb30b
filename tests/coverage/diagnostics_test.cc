// Every diagnostic of the table is shown by a golden case, or by a unit test that says why.
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "compiler/diag/diagnostic.h"
#include "tests/support/golden.h"
#include "tests/support/source_folder.h"

namespace verdict::testing {
namespace {

namespace fs = std::filesystem;

// Codes that no golden case shows, and the test that does.
const std::map<std::string_view, std::string_view> kElsewhere = {
    {"V001", "tests/compiler/diag/diagnostic_test.cc: more than a thousand errors"},
    {"V002", "tests/compiler/diag/diagnostic_test.cc: more than a thousand warnings"},
    {"V123", "tests/compiler/driver/limits_test.cc: a hundred mistakes in one file"},
    {"V502", "tests/compiler/driver/limits_test.cc: 500 mappings"},
    {"V103", "tests/policyc/files_test.cc: a file of 100 MB is made on the spot"},
};

// The mistakes of JSON text are shown one by one, each with its place, by the reader's own tests.
bool is_of_json(std::string_view number) { return number.starts_with("V1"); }

std::string all_texts_of(const fs::path& folder, std::string_view extension) {
  std::string text;
  for (const auto& entry : fs::recursive_directory_iterator(source_folder() / folder)) {
    if (entry.path().extension() == extension) text += read_text(entry.path());
  }
  return text;
}

TEST(DiagnosticCoverage, EveryCodeIsShown) {
  const std::string golden = all_texts_of("tests/golden", ".txt");
  const std::string syntax = all_texts_of("tests/compiler/syntax", ".cc");
  for (const compiler::DiagnosticInfo* info : compiler::all_diagnostics()) {
    const std::string number(info->number);
    const bool is_shown = golden.find("[" + number + "]:") != std::string::npos;
    const bool is_tested = is_of_json(number) &&
                           (syntax.find("Code::" + std::string(info->name)) != std::string::npos ||
                            syntax.find(number) != std::string::npos);
    EXPECT_TRUE(is_shown || is_tested || kElsewhere.count(number) != 0)
        << number << " " << info->name << ": no golden case shows it";
  }
}

TEST(DiagnosticCoverage, ExemptionsAreStillNeeded) {
  const std::string golden = all_texts_of("tests/golden", ".txt");
  for (const auto& [number, reason] : kElsewhere) {
    EXPECT_NE(compiler::find_diagnostic(number), nullptr) << number;
    EXPECT_EQ(golden.find("[" + std::string(number) + "]:"), std::string::npos)
        << number << " is shown: " << reason;
    const std::string test(reason.substr(0, reason.find(':')));
    EXPECT_NE(read_text(source_folder() / test).find(number), std::string::npos) << test;
  }
}

}  // namespace
}  // namespace verdict::testing
