// The program with every test is what the rows say, and the fuzzers begin with it.
// VERDICT_UPDATE_GOLDEN=1 writes it anew.
#include "tests/vm/program/every_test.h"

#include <cstdlib>
#include <fstream>

#include <gtest/gtest.h>

#include "tests/vm/program/program_texts.h"

namespace verdict::testing {
namespace {

void expect_file(const std::filesystem::path& path, const std::string& printed) {
  if (std::getenv("VERDICT_UPDATE_GOLDEN") != nullptr)
    std::ofstream(path, std::ios::binary) << printed;
  EXPECT_TRUE(read_text_file(path) == printed) << path << " is not what the rows say";
}

TEST(EveryTest, IsPrintedFromTheRows) {
  const std::string text = EveryTest().text();
  const std::filesystem::path corpus = source_folder() / "tests" / "fuzz" / "corpus";
  expect_file(assembly_folder() / "every_test.vasm", text);
  expect_file(corpus / "assemble" / "every_test", text);
  const std::vector<std::byte> bytes = must_assemble(text);
  const std::string file(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  expect_file(corpus / "load" / "every_test", file);
  expect_file(corpus / "run" / "every_test", file);
  EXPECT_NE(must_load(bytes), nullptr);
}

}  // namespace
}  // namespace verdict::testing
