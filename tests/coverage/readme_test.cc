// What README.md shows beside its sessions (those run in tests/readme) is what files hold and
// policyc prints.
#include <filesystem>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "tests/support/golden.h"
#include "tests/support/source_folder.h"

namespace verdict::testing {
namespace {

std::string read_page(const std::string& path) { return read_text(source_folder() / path); }

std::string example() { return (source_folder() / "examples/clerk_orders").string(); }

// The first block of README.md that begins so, without its beginning.
std::string find_block(const std::string& beginning) {
  const std::string page = read_page("README.md");
  const std::string opening = "```" + beginning;
  const std::size_t begin = page.find(opening);
  if (begin == std::string::npos) return {};
  const std::size_t text = begin + opening.size();
  return page.substr(text, page.find("```", text) - text);
}

TEST(Readme, ShowsThePolicyOfTheExampleAsItIsDumped) {
  const ScratchFolder folder;
  ASSERT_EQ(run_line("compile " + example() + " -o app.vbc").exit, 0);
  const std::string block = find_block("\n.function");
  ASSERT_NE(block, "");
  EXPECT_NE(run_line("dump app.vbc").out.find(".function" + block), std::string::npos) << block;
}

// "A misspelt attribute is found before anything runs"
TEST(Readme, ShowsTheDiagnosticOfAMisspeltAttribute) {
  const ScratchFolder folder;
  const std::string orders = "examples/clerk_orders";
  std::filesystem::create_directories(orders);
  std::filesystem::copy(example(), orders, std::filesystem::copy_options::recursive);
  const std::string policy = orders + "/policies/approve_orders.json";
  std::string text = read_text(policy);
  const std::string attribute = "ext_org_role";
  ASSERT_NE(text.find(attribute), std::string::npos);
  folder.write(policy, text.replace(text.find(attribute), attribute.size(), "org_role"));
  const std::string block = find_block("\nerror[V203]");
  ASSERT_NE(block, "");
  EXPECT_NE(run_line("check " + orders).err.find("error[V203]" + block), std::string::npos)
      << block;
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
