// What README.md shows of files that are built and tested is what stands in them.
#include <filesystem>
#include <sstream>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "tests/support/golden.h"
#include "tests/support/source_folder.h"

namespace verdict::testing {
namespace {

std::string read_page(const std::string& path) { return read_text(source_folder() / path); }

// The first block of README.md that begins so, without its beginning.
std::string find_block(const std::string& beginning) {
  const std::string page = read_page("README.md");
  const std::string opening = "```" + beginning;
  const std::size_t begin = page.find(opening);
  if (begin == std::string::npos) return {};
  const std::size_t text = begin + opening.size();
  return page.substr(text, page.find("```", text) - text);
}

// Each command of the first session, with what the page shows of it.
TEST(Readme, ItsFirstSessionRunsAsItIsShown) {
  namespace fs = std::filesystem;
  const std::string session = find_block("console\n$ policyc compile");
  ASSERT_NE(session, "");
  const ScratchFolder folder;
  fs::create_directories("examples");
  fs::copy(source_folder() / "examples/clerk_orders", "examples/clerk_orders",
           fs::copy_options::recursive);
  std::string ran = session.substr(0, session.find('\n') + 1);
  EXPECT_EQ(run_line("compile" + ran.substr(0, ran.size() - 1)).exit, 0);
  std::istringstream lines(session);
  constexpr std::string_view kPrompt = "$ policyc ";
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(kPrompt)) ran += line + "\n" + run_line(line.substr(kPrompt.size())).out;
  }
  EXPECT_EQ(ran, session);
}

TEST(Readme, ShowsTheEmbeddingExampleAsItIs) {
  for (const auto& [language, file] :
       {std::pair("cpp\n", "main.cc"), std::pair("cmake\n", "CMakeLists.txt")}) {
    const std::string block = find_block(language);
    ASSERT_NE(block, "") << language;
    EXPECT_NE(read_page(std::string("examples/embed/") + file).find(block), std::string::npos)
        << block;
  }
}

}  // namespace
}  // namespace verdict::testing
