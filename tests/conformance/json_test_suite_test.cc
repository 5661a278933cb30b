// Our reader against JSONTestSuite: see json_test_suite/README.md.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "compiler/diag/render_text.h"
#include "compiler/syntax/json.h"

namespace verdict::compiler {
namespace {

const std::filesystem::path kFolder =
    std::filesystem::path(VERDICT_SOURCE_DIR) / "tests" / "conformance";

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

// "accept" or "refuse". Also renders what was found, which must hold for any bytes whatever.
std::string verdict_of(const std::string& name) {
  Sources sources;
  const FileId file = sources.add(name, read_file(kFolder / "json_test_suite" / name));
  CollectingConsumer consumer;
  Emitter emitter(consumer);
  const bool accepted = read_json(sources, file, emitter).has_value();
  EXPECT_EQ(accepted, consumer.diagnostics.empty()) << name;
  EXPECT_EQ(accepted, render_text(consumer.diagnostics, sources, {}).empty()) << name;
  return accepted ? "accept" : "refuse";
}

TEST(JsonTestSuite, RefusesWhatMustBeRefused) {
  const std::vector<std::string> names = list_files('n');
  EXPECT_EQ(names.size(), 188U);
  for (const std::string& name : names) EXPECT_EQ(verdict_of(name), "refuse") << name;
}

TEST(JsonTestSuite, AcceptsWhatMustBeAcceptedButDuplicateKeys) {
  const std::vector<std::string> names = list_files('y');
  EXPECT_EQ(names.size(), 95U);
  std::vector<std::string> refused;
  for (const std::string& name : names) {
    if (verdict_of(name) == "refuse") refused.push_back(name);
  }
  EXPECT_EQ(refused, (std::vector<std::string>{"y_object_duplicated_key.json",
                                               "y_object_duplicated_key_and_value.json"}));
}

TEST(JsonTestSuite, VerdictsLeftToTheParserDoNotChange) {
  std::string verdicts;
  for (const std::string& name : list_files('i')) verdicts += verdict_of(name) + " " + name + "\n";
  EXPECT_EQ(verdicts, read_file(kFolder / "json_test_suite_i.txt"));
}

}  // namespace
}  // namespace verdict::compiler
