// Our readers against JSONTestSuite: see json_test_suite/README.md.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "compiler/diag/render_text.h"
#include "compiler/syntax/json.h"
#include "runtime/json/reader.h"
#include "tests/support/json_agreement.h"
#include "tests/support/source_folder.h"

namespace verdict {
namespace {

const std::filesystem::path kFolder = testing::source_folder() / "tests" / "conformance";

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file.good()) << path;
  return {std::istreambuf_iterator<char>(file), {}};
}

// Names of the vectors with this first letter, sorted.
std::vector<std::string> list_files(char kind) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(kFolder / "json_test_suite")) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(std::string(1, kind) + "_")) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

constexpr std::string_view kAccept = "accept";
constexpr std::string_view kRefuse = "refuse";

// Also renders what was found, which must hold for any bytes whatever.
std::string_view verdict_of_authors_reader(const std::string& name, const std::string& text) {
  compiler::Sources sources;
  const compiler::FileId file = sources.add(name, text);
  compiler::CollectingConsumer consumer;
  compiler::Emitter emitter(consumer);
  const bool accepted = read_json(sources, file, emitter).has_value();
  EXPECT_EQ(accepted, consumer.diagnostics.empty()) << name;
  EXPECT_EQ(accepted, render_text(consumer.diagnostics, sources, {}).empty()) << name;
  return accepted ? kAccept : kRefuse;
}

std::string_view verdict_of_tokens_reader(const std::string& name, const std::string& text) {
  JsonReader reader;
  const auto tree = reader.read(text);
  EXPECT_TRUE(tree || !tree.error().message.empty()) << name;
  return tree ? kAccept : kRefuse;
}

using VerdictOf = std::string_view (*)(const std::string& name, const std::string& text);

struct Reader {
  const char* name;
  VerdictOf verdict_of;
};

class JsonTestSuite : public ::testing::TestWithParam<Reader> {
 protected:
  [[nodiscard]] std::string_view verdict_of(const std::string& name) const {
    return GetParam().verdict_of(name, read_file(kFolder / "json_test_suite" / name));
  }
};

TEST_P(JsonTestSuite, RefusesWhatMustBeRefused) {
  const std::vector<std::string> names = list_files('n');
  EXPECT_EQ(names.size(), 188U);
  for (const std::string& name : names) EXPECT_EQ(verdict_of(name), kRefuse) << name;
}

TEST_P(JsonTestSuite, AcceptsWhatMustBeAcceptedButDuplicateKeys) {
  const std::vector<std::string> names = list_files('y');
  EXPECT_EQ(names.size(), 95U);
  std::vector<std::string> refused;
  for (const std::string& name : names) {
    if (verdict_of(name) == kRefuse) refused.push_back(name);
  }
  EXPECT_EQ(refused, (std::vector<std::string>{"y_object_duplicated_key.json",
                                               "y_object_duplicated_key_and_value.json"}));
}

TEST_P(JsonTestSuite, VerdictsLeftToTheParserDoNotChange) {
  std::string verdicts;
  for (const std::string& name : list_files('i'))
    verdicts += std::string(verdict_of(name)) + " " + name + "\n";
  EXPECT_EQ(verdicts, read_file(kFolder / "json_test_suite_i.txt"));
}

INSTANTIATE_TEST_SUITE_P(Readers, JsonTestSuite,
                         ::testing::Values(Reader{"Authors", verdict_of_authors_reader},
                                           Reader{"Tokens", verdict_of_tokens_reader}),
                         [](const auto& reader) { return std::string(reader.param.name); });

// No file needs more than the narrower limits: i_structure_500_nested_arrays is too deep for both.
TEST(JsonTestSuiteAgreement, TheReadersReadTheSame) {
  std::size_t count = 0;
  for (const char kind : {'n', 'y', 'i'}) {
    for (const std::string& name : list_files(kind)) {
      EXPECT_EQ(testing::disagreement(read_file(kFolder / "json_test_suite" / name)), "") << name;
      ++count;
    }
  }
  EXPECT_EQ(count, 318U);
}

}  // namespace
}  // namespace verdict
