// Pages that are printed from tables say what the tables say. VERDICT_UPDATE_GOLDEN=1 writes them.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <gtest/gtest.h>

#include "tests/support/source_folder.h"
#include "vm/assembly/opcode_docs.h"

namespace verdict {
namespace {

std::string read_page(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void expect_page(std::string_view name, const std::string& printed) {
  const std::filesystem::path path = testing::source_folder() / "docs" / name;
  if (std::getenv("VERDICT_UPDATE_GOLDEN") != nullptr)
    std::ofstream(path, std::ios::binary) << printed;
  EXPECT_EQ(read_page(path), printed) << path.filename() << " is not what its table says";
}

TEST(PrintedPages, Opcodes) { expect_page("opcodes.md", describe_opcodes_markdown()); }
TEST(PrintedPages, LoadErrors) { expect_page("load_errors.md", describe_load_errors_markdown()); }

}  // namespace
}  // namespace verdict
