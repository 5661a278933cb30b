// What README.md shows of files that are built and tested is what stands in them.
#include <filesystem>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "tests/support/golden.h"
#include "tests/support/source_folder.h"

namespace verdict::testing {
namespace {

std::string read_page(const std::string& path) { return read_text(source_folder() / path); }

// The first block of a language in README.md.
std::string find_block(const std::string& language) {
  const std::string page = read_page("README.md");
  const std::string opening = "```" + language + "\n";
  const std::size_t begin = page.find(opening);
  if (begin == std::string::npos) return {};
  const std::size_t text = begin + opening.size();
  return page.substr(text, page.find("```", text) - text);
}

TEST(Readme, ShowsTheEmbeddingExampleAsItIs) {
  for (const auto& [language, file] :
       {std::pair("cpp", "main.cc"), std::pair("cmake", "CMakeLists.txt")}) {
    const std::string block = find_block(language);
    ASSERT_NE(block, "") << language;
    EXPECT_NE(read_page(std::string("examples/embed/") + file).find(block), std::string::npos)
        << block;
  }
}

}  // namespace
}  // namespace verdict::testing
