// The same input gives the same bytes: whoever compiles it, wherever it lies.
#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/compiling.h"
#include "tests/support/golden.h"

namespace verdict::testing {
namespace {

namespace fs = std::filesystem;

// A workspace with everything that is ordered by something: names, providers, rules, constants,
// groups.
const std::vector<GoldenPart>& workspace() {
  static const std::vector<GoldenPart> files = {
      {"providers/b.json", provider_text(R"({"jwtPath": "role", "attribute": "role"},
                                            {"jwtPath": "n", "attribute": "n", "defaultValue": 5})")},
      {"providers/a.json", provider_text(R"({"jwtPath": "r.role", "attribute": "role"})",
                                         R"(, "jwksFile": "../keys/k.txt")", "B")},
      {"keys/k.txt", R"({"keys": [{"kty": "OKP", "crv": "Ed25519",
                                  "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]})"},
      {"resources.json",
       R"([{"name": "zebra", "actions": ["put", "get"]}, {"name": "ant", "actions": ["get"],
            "contextMappings": [{"path": "owner", "attribute": "owner"}]}])"},
      {"permissions.json", R"([{"resource": "zebra", "actions": ["get", "put"], "policy": "p"},
            {"resource": "ant", "actions": ["get"], "policy": "q", "priority": 3},
            {"resource": "ant", "actions": ["get"], "policy": "p"}])"},
      {"policies/z.json",
       policy_text(R"({"function": "string_in", "attribute": "ext_role", "values": ["z", "a", "m"]},
            {"any": [{"function": "number_in", "attribute": "ext_n", "values": [3, 1, 2.5]},
                     {"function": "number_between", "attribute": "ext_n", "values": [-1, 1e3]}]})")},
      {"policies/a.json",
       R"({"name": "q", "specification": {"rules": [{"rule_id": "r", "effect": "Deny",
            "conditions": [{"function": "string_equal", "attribute": "ctx_owner", "value_attribute": "ext_role"}]}]}})"},
  };
  return files;
}

// Compiles the workspace from a folder of that name, the files written in the given order.
std::string compile_in(const std::string& name, bool is_reversed) {
  const ScratchFolder folder;
  std::vector<GoldenPart> files = workspace();
  if (is_reversed) files = {files.rbegin(), files.rend()};
  for (const GoldenPart& file : files) folder.write(name + "/" + file.name, file.text);
  const RunResult ran = run({"compile", name, "-o", "app.vbc"});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  return read_text("app.vbc");
}

TEST(Determinism, TheSameWorkspaceInAnotherFolderGivesTheSameBytes) {
  const std::string bytes = compile_in("workspace", false);
  ASSERT_FALSE(bytes.empty());
  EXPECT_EQ(compile_in("workspace", false), bytes);
  EXPECT_EQ(compile_in("workspace", true), bytes);
  EXPECT_EQ(compile_in("a/much/deeper/folder", true), bytes);
}

TEST(Determinism, TheNameOfTheFolderIsNotInTheProgram) {
  EXPECT_EQ(compile_in("secret_project", false).find("secret_project"), std::string::npos);
}

TEST(Determinism, AbsoluteAndRelativePathsGiveTheSameBytes) {
  const ScratchFolder folder;
  for (const GoldenPart& file : workspace()) folder.write("w/" + file.name, file.text);
  ASSERT_EQ(run({"compile", "w", "-o", "relative.vbc"}).exit, 0);
  ASSERT_EQ(run({"compile", (folder.path() / "w").string(), "-o", "absolute.vbc"}).exit, 0);
  ASSERT_EQ(run({"compile", "./w/", "-o", "dotted.vbc"}).exit, 0);
  EXPECT_EQ(read_text("absolute.vbc"), read_text("relative.vbc"));
  EXPECT_EQ(read_text("dotted.vbc"), read_text("relative.vbc"));
}

TEST(Determinism, NamedFilesAreRememberedWithoutTheirFolders) {
  const ScratchFolder folder;
  folder.write("one/provider.json", provider_text(R"({"jwtPath": "role", "attribute": "role"})"));
  folder.write(
      "two/policy.json",
      policy_text(R"({"function": "string_equal", "attribute": "ext_role", "value": "x"})"));
  folder.write("provider.json", read_text("one/provider.json"));
  folder.write("policy.json", read_text("two/policy.json"));
  ASSERT_EQ(
      run_line("compile --provider one/provider.json --policy two/policy.json -o far.vbc").exit, 0);
  ASSERT_EQ(run_line("compile --provider provider.json --policy policy.json -o near.vbc").exit, 0);
  EXPECT_EQ(read_text("far.vbc"), read_text("near.vbc"));
}

// Twice in one process: no state is left behind, no address or hash order shows.
TEST(Determinism, CompilingTwiceGivesTheSameBytesAndMessages) {
  const WorkspaceTexts texts = {
      {workspace()[0].text},
      {workspace()[5].text, policy_text("", "Deny")},  // a second policy `p`: an error
      {},
      {}};
  EXPECT_EQ(CompiledTexts(texts).rendered(), CompiledTexts(texts).rendered());
  const WorkspaceTexts good = {{workspace()[0].text}, {workspace()[5].text}, {}, {}};
  ASSERT_TRUE(CompiledTexts(good).result().bytes.has_value());
  EXPECT_EQ(*CompiledTexts(good).result().bytes, *CompiledTexts(good).result().bytes);
}

}  // namespace
}  // namespace verdict::testing
