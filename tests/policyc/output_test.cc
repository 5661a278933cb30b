// How files are written: whole, through no link, onto nothing that was read, private keys for their
// owner alone.
#include "compiler/policyc/workbench/output.h"

#include <array>
#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <string>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "tests/support/compiling.h"
#include "tests/support/golden.h"

namespace verdict::testing {
namespace {

namespace fs = std::filesystem;

class Output : public ::testing::Test {
 protected:
  Output() {
    folder.write("w/providers/provider.json",
                 provider_text(R"({"jwtPath": "role", "attribute": "role"})"));
    folder.write(
        "w/policies/policy.json",
        policy_text(R"({"function": "string_equal", "attribute": "ext_role", "value": "admin"})"));
  }
  static RunResult keygen(const std::string& more) {
    return run_line("keygen --algorithm ES256 --private k.json --jwks set.json " + more);
  }
  static mode_t mode_of(const std::string& path) {
    struct stat status {};
    EXPECT_EQ(lstat(path.c_str(), &status), 0) << path;
    return status.st_mode & 07777;
  }
  // What stands in the folder, in order.
  [[nodiscard]] std::string names() const {
    std::vector<std::string> found;
    for (const auto& entry : fs::directory_iterator(folder.path()))
      found.push_back(entry.path().filename().string());
    std::sort(found.begin(), found.end());
    std::string text;
    for (const std::string& name : found) text += name + " ";
    return text;
  }

  ScratchFolder folder;
};

// ---- who may read it

TEST_F(Output, APrivateKeyIsForItsOwnerAloneWhateverStoodThere) {
  folder.write("k.json", "{}");
  ASSERT_EQ(chmod("k.json", 0666), 0);
  ASSERT_EQ(keygen("--force").exit, 0);
  EXPECT_EQ(mode_of("k.json"), 0600U);
  const mode_t before = umask(0);
  ASSERT_EQ(keygen("--force").exit, 0);
  umask(before);
  EXPECT_EQ(mode_of("k.json"), 0600U);
}

TEST_F(Output, AProgramKeepsThePermissionsOfTheOneBefore) {
  const mode_t before = umask(027);
  ASSERT_EQ(run_line("compile w -o app.vbc").exit, 0);
  EXPECT_EQ(mode_of("app.vbc"), 0640U);
  ASSERT_EQ(chmod("app.vbc", 0604), 0);
  ASSERT_EQ(run_line("compile w -o app.vbc").exit, 0);
  EXPECT_EQ(mode_of("app.vbc"), 0604U);
  umask(before);
}

// ---- what others have put there

TEST_F(Output, NothingIsWrittenThroughALink) {
  folder.write("mine.txt", "mine");
  fs::create_symlink("mine.txt", "app.vbc");
  ASSERT_EQ(run_line("compile w -o app.vbc").exit, 0);
  EXPECT_EQ(read_text("mine.txt"), "mine");
  EXPECT_FALSE(fs::is_symlink("app.vbc"));
  fs::create_symlink("mine.txt", "k.json");
  EXPECT_EQ(keygen("").exit, 1);
  ASSERT_EQ(keygen("--force").exit, 0);
  EXPECT_EQ(read_text("mine.txt"), "mine");
  EXPECT_FALSE(fs::is_symlink("k.json"));
}

TEST_F(Output, NoFileBesideTheTargetIsTouched) {
  for (const std::string name : {"app.vbc.tmp", "k.json.tmp", "set.json.tmp"})
    folder.write(name, "mine");
  ASSERT_EQ(run_line("compile w -o app.vbc").exit, 0);
  ASSERT_EQ(keygen("").exit, 0);
  for (const std::string name : {"app.vbc.tmp", "k.json.tmp", "set.json.tmp"})
    EXPECT_EQ(read_text(name), "mine");
  EXPECT_EQ(names(), "app.vbc app.vbc.tmp k.json k.json.tmp set.json set.json.tmp w ");
}

TEST_F(Output, TemporaryNamesDiffer) {
  using policyc::Existing;
  using policyc::OutputFile;
  using policyc::Readers;
  const auto one = OutputFile::create("x", Readers::AsUsual, Existing::Replaced);
  const auto two = OutputFile::create("x", Readers::AsUsual, Existing::Replaced);
  ASSERT_TRUE(one && two);
  EXPECT_EQ(std::distance(fs::directory_iterator("."), fs::directory_iterator()), 3);  // and `w`
}

// A link to a pipe is not followed; the stream that the caller has opened is taken as it is.
TEST_F(Output, APipeIsWrittenToButNotThroughALink) {
  ASSERT_EQ(mkfifo("pipe", 0600), 0);
  fs::create_symlink("pipe", "link");
  const int reader = open("pipe", O_RDONLY | O_NONBLOCK);
  EXPECT_EQ(run_line("compile w -o link").exit, 1);
  EXPECT_EQ(run_line("compile w -o pipe").exit, 0);
  std::array<char, 4> magic{};
  EXPECT_EQ(read(reader, magic.data(), magic.size()), 4);
  close(reader);
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe(ends.data()), 0);
  EXPECT_EQ(run({"compile", "w", "-o", "/dev/fd/" + std::to_string(ends[1])}).exit, 0);
  EXPECT_EQ(read(ends[0], magic.data(), magic.size()), 4);
  close(ends[0]);
  close(ends[1]);
}

// ---- failures leave nothing

TEST_F(Output, AFailedKeygenLeavesNeitherFile) {
  EXPECT_EQ(run_line("keygen --private k.json --jwks missing/set.json").exit, 1);
  EXPECT_EQ(names(), "w ");
  fs::create_directory("set.json");
  EXPECT_EQ(keygen("").exit, 1);
  EXPECT_EQ(names(), "set.json w ");
}

TEST_F(Output, AFileThatMayGrowNoFurtherIsRemoved) {
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  std::signal(SIGXFSZ, SIG_IGN);
  const rlimit tight{64, before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &tight), 0);
  const RunResult compiled = run_line("compile w -o app.vbc");
  const RunResult made = keygen("");
  setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, SIG_DFL);
  EXPECT_EQ(compiled.exit, 1);
  EXPECT_EQ(compiled.err, "policyc: error: cannot write `app.vbc`: file too large\n");
  EXPECT_EQ(made.exit, 1);
  EXPECT_EQ(names(), "w ");
}

// ---- what must not be lost

TEST_F(Output, APrivateKeyThatIsThereNeedsForce) {
  ASSERT_EQ(keygen("").exit, 0);
  const std::string key = read_text("k.json");
  const RunResult again = keygen("");
  EXPECT_EQ(again.exit, 1);
  EXPECT_EQ(again.err,
            "policyc: error: cannot write `k.json`: it is there already; --force replaces it\n");
  EXPECT_EQ(read_text("k.json"), key);
  const RunResult swapped = run_line("keygen --private new.json --jwks k.json");
  EXPECT_EQ(swapped.exit, 1) << "a private key where the public set goes";
  EXPECT_EQ(read_text("k.json"), key);
  EXPECT_FALSE(fs::exists("new.json"));
  EXPECT_EQ(run_line("keygen --private new.json --jwks set.json").exit, 0);
  ASSERT_EQ(keygen("--force").exit, 0);
  EXPECT_NE(read_text("k.json"), key);
}

// Nor anything else that is no public set: a key in another form cannot be told from a text.
TEST_F(Output, OnlyAPublicSetIsReplacedByAPublicSet) {
  for (const std::string text :
       {"-----BEGIN PRIVATE KEY-----", "\xef\xbb\xbf{}", "[{\"d\": \"x\"}]", "{}", "\x30\x82"}) {
    folder.write("old", text);
    EXPECT_EQ(run_line("keygen --algorithm ES256 --private new --jwks old").exit, 1) << text;
    EXPECT_EQ(read_text("old"), text);
    EXPECT_FALSE(fs::exists("new"));
  }
  folder.write("old", "");
  EXPECT_EQ(run_line("keygen --algorithm ES256 --private new --jwks old").exit, 0);
}

TEST_F(Output, ThePublicSetGoesToADescriptor) {
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe(ends.data()), 0);
  const RunResult ran = run({"keygen", "--algorithm", "ES256", "--private", "k", "--jwks",
                             "/dev/fd/" + std::to_string(ends[1])});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  close(ends[0]);
  close(ends[1]);
}

// What the caller has written before stays.
TEST_F(Output, ADescriptorIsNotOpenedAnew) {
  const int file = open("log", O_RDWR | O_CREAT, 0600);
  ASSERT_EQ(write(file, "before", 6), 6);
  EXPECT_EQ(run({"compile", "w", "-o", "/dev/fd/" + std::to_string(file)}).exit, 0);
  close(file);
  EXPECT_TRUE(read_text("log").starts_with("before"));
}

TEST_F(Output, NamesThatOnlyBeginLikeADescriptorAreFiles) {
  using policyc::find_descriptor;
  EXPECT_EQ(find_descriptor("/dev/fd/63"), 63);
  EXPECT_EQ(find_descriptor("/dev/stdout"), 1);
  for (const std::string_view name :
       {"/dev/fd/", "/dev/fd/../cwd/k", "/proc/self/fd/1/x", "/dev/fd/-1", "/dev/null", "dev/fd/1"})
    EXPECT_EQ(find_descriptor(name), std::nullopt) << name;
}

TEST_F(Output, APipeThatNobodyReadsIsAnErrorAtOnce) {
  ASSERT_EQ(mkfifo("pipe", 0600), 0);
  EXPECT_EQ(run_line("compile w -o pipe").err,
            "policyc: error: cannot write `pipe`: nobody reads it\n");
  EXPECT_EQ(run_line("keygen --private kk --jwks pipe").exit, 1);
  EXPECT_EQ(names(), "pipe w ");
}

// What ends a program waits until a file is whole or gone.
TEST_F(Output, SignalsAreHeldWhileAFileIsWritten) {
  sigset_t pending;
  {
    const policyc::SignalsHeld held;
    raise(SIGTERM);
    sigpending(&pending);
    EXPECT_EQ(sigismember(&pending, SIGTERM), 1);
    std::signal(SIGTERM, SIG_IGN);  // which takes the pending one back
  }
  std::signal(SIGTERM, SIG_DFL);
}

TEST_F(Output, ZoneFilesAreNoOutput) {
  folder.write("tz/Europe/Berlin", "zone");
  EXPECT_EQ(run_line("compile w --time-zones tz -o tz/Europe/Berlin").exit, 2);
  EXPECT_EQ(read_text("tz/Europe/Berlin"), "zone");
}

TEST_F(Output, AKeyThatComesBetweenIsKept) {
  using policyc::Existing;
  auto file = policyc::OutputFile::create("k.json", policyc::Readers::OwnerOnly, Existing::Kept);
  ASSERT_TRUE(file);
  folder.write("k.json", "another's");
  EXPECT_FALSE(file->commit());
  EXPECT_EQ(read_text("k.json"), "another's");
}

TEST_F(Output, AnInputIsNoOutput) {
  const std::string policy = read_text("w/policies/policy.json");
  fs::create_symlink("w/policies/policy.json", "link");
  fs::create_hard_link("w/policies/policy.json", "hard");
  for (const std::string name : {"w/policies/policy.json", "w/../w/policies/policy.json",
                                 "./w/providers/provider.json", "link", "hard"}) {
    const RunResult ran = run({"compile", "w", "-o", name});
    EXPECT_EQ(ran.exit, 2) << name;
    EXPECT_NE(ran.err.find("which is read"), std::string::npos) << ran.err;
  }
  EXPECT_EQ(read_text("w/policies/policy.json"), policy);
  ASSERT_EQ(run_line("compile w -o app.vbc").exit, 0);
  folder.write("x.vasm", run_line("dump app.vbc").out);
  EXPECT_EQ(run_line("asm x.vasm -o x.vasm").exit, 2);
  EXPECT_EQ(run_line("asm x.vasm -o ./x.vasm").exit, 2);
  EXPECT_EQ(run_line("compile --dump ir w -o -").exit, 2) << "two things to standard output";
}

TEST_F(Output, TwoOutputsAreTwoFiles) {
  for (const std::string name : {"k.json", "./k.json", "w/../k.json"}) {
    const RunResult ran = run({"keygen", "--private", "k.json", "--jwks", name});
    EXPECT_EQ(ran.exit, 2) << name;
    EXPECT_NE(ran.err.find("two outputs would go there"), std::string::npos) << ran.err;
  }
  EXPECT_EQ(run_line("keygen --private -").exit, 2);
  EXPECT_EQ(names(), "w ");
}

}  // namespace
}  // namespace verdict::testing
