// docs/functions.md, transforms.md, diagnostics.md and token_causes.md say what their tables say.
// VERDICT_UPDATE_GOLDEN=1 writes them.
#include <filesystem>
#include <string>

#include <gtest/gtest.h>

#include "compiler/diag/diagnostic_docs.h"
#include "compiler/policyc/workbench/exit_codes.h"
#include "tests/support/cases.h"
#include "tests/support/golden.h"
#include "tests/support/source_folder.h"
#include "vm/assembly/function_docs.h"
#include "vm/assembly/transform_docs.h"
#include "vm/value/transform.h"
#include <verdict/token.h>

namespace verdict::testing {
namespace {

std::string quoted(std::string_view text) { return "\"" + std::string(text) + "\""; }

std::filesystem::path docs() { return source_folder() / "docs"; }

TEST(PrintedPages, Functions) {
  expect_golden(docs() / "functions.md", describe_functions_markdown() + describe_cases_markdown());
}

TEST(PrintedPages, Transforms) {
  expect_golden(docs() / "transforms.md", describe_transforms_markdown());
}

// Each row is shown to be accepted, and what it refuses, by whole runs.
TEST(TransformCoverage, EachIsShown) {
  const std::string shown = read_text(source_folder() / "tests/golden/transforms/all.txt");
  for (const TransformRow& row : kTransforms)
    EXPECT_NE(shown.find(quoted(row.spelling)), std::string::npos) << row.spelling;
}

TEST(PrintedPages, Diagnostics) {
  expect_golden(docs() / "diagnostics.md", compiler::describe_diagnostics_markdown());
}

// The page is written by hand but for this table.
TEST(PrintedPages, ExitCodes) {
  std::string table = "| code | meaning |\n|---:|---|\n";
  for (const policyc::ExitRow& row : policyc::kExits) {
    table += "| " + std::to_string(static_cast<int>(row.exit)) + " | " + std::string(row.meaning) +
             " |\n";
  }
  const std::string page = read_text(docs() / "policyc.md");
  const std::size_t begin = page.find("| code | meaning |");
  ASSERT_NE(begin, std::string::npos);
  const std::size_t end = page.find("\n\n", begin) + 1;
  expect_golden(docs() / "policyc.md", page.substr(0, begin) + table + page.substr(end));
  const std::string help = run({"eval", "--help"}).out;
  for (const policyc::ExitRow& row : policyc::kExits)
    EXPECT_NE(help.find(row.meaning), std::string::npos) << row.meaning;
}

std::string token_causes_markdown() {
  std::string page =
      "# Why tokens are refused\n\n"
      "Printed from `runtime/include/verdict/token_causes.def`. The cause is for the host, the "
      "message "
      "for whoever sent the token;\n[tokens.md](tokens.md) has the order of the checks.\n\n"
      "| cause | message outside | meaning |\n|---|---|---|\n";
  const auto add = [&page](TokenCause cause) {
    page.append("| `").append(spelling_of(cause)).append("` | ");
    page.append(TokenError{cause, {}}.public_message()).append(" | ");
    page.append(describe(cause)).append(" |\n");
  };
#define VERDICT_TOKEN_CAUSE(name, spelling, outside, meaning) add(TokenCause::name);
#include <verdict/token_causes.def>
  return page;
}

TEST(PrintedPages, TokenCauses) {
  expect_golden(docs() / "token_causes.md", token_causes_markdown());
}

}  // namespace
}  // namespace verdict::testing
