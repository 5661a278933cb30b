// docs/functions.md and docs/diagnostics.md say what their tables say. VERDICT_UPDATE_GOLDEN=1
// writes them.
#include <filesystem>

#include <gtest/gtest.h>

#include "compiler/diag/diagnostic_docs.h"
#include "tests/support/golden.h"
#include "vm/program/function_docs.h"

namespace verdict::testing {
namespace {

std::filesystem::path docs() { return std::filesystem::path(VERDICT_SOURCE_DIR) / "docs"; }

TEST(PrintedPages, Functions) {
  expect_golden(docs() / "functions.md", describe_functions_markdown());
}

TEST(PrintedPages, Diagnostics) {
  expect_golden(docs() / "diagnostics.md", compiler::describe_diagnostics_markdown());
}

}  // namespace
}  // namespace verdict::testing
