// What stands in the way of reading and writing: files that a text container cannot hold.
#include <array>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <string>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "tests/support/budget.h"
#include "tests/support/compiling.h"
#include "tests/support/golden.h"
#include "vm/base/limits.h"

namespace verdict::testing {
namespace {

namespace fs = std::filesystem;

const std::string kProvider = provider_text(R"({"jwtPath": "role", "attribute": "role"})");
const std::string kPolicy =
    policy_text(R"({"function": "string_equal", "attribute": "ext_role", "value": "admin"})");

class Files : public ::testing::Test {
 protected:
  Files() {
    folder.write("provider.json", kProvider);
    folder.write("policy.json", kPolicy);
  }
  static std::string compile() {
    const RunResult ran =
        run_line("compile --provider provider.json --policy policy.json -o app.vbc");
    EXPECT_EQ(ran.exit, 0) << ran.err;
    return read_text("app.vbc");
  }
  // A file of that many bytes that takes no room.
  static void write_sparse(const std::string& name, std::uintmax_t size) {
    std::ofstream(name, std::ios::binary) << "{";
    fs::resize_file(name, size);
  }

  ScratchFolder folder;
};

TEST_F(Files, DumpAsmAndVerifyAreTheWayThereAndBack) {
  const std::string bytes = compile();
  const RunResult dumped = run({"dump", "app.vbc"});
  ASSERT_EQ(dumped.exit, 0);
  folder.write("app.vasm", dumped.out);
  ASSERT_EQ(run_line("asm app.vasm -o again.vbc").exit, 0);
  EXPECT_EQ(read_text("again.vbc"), bytes);
  EXPECT_EQ(run({"verify", "again.vbc"}).exit, 0);
  EXPECT_EQ(run({"dump", "again.vbc"}).out, dumped.out);
}

TEST_F(Files, AProgramGoesThroughStandardStreams) {
  const std::string bytes = compile();
  const RunResult written = run_line("compile --provider provider.json --policy policy.json -o -");
  EXPECT_EQ(written.out, bytes);
  EXPECT_EQ(run({"verify", "-"}, bytes).exit, 0);
  EXPECT_EQ(run({"dump", "-"}, bytes).out, run({"dump", "app.vbc"}).out);
  folder.write("claims.json", R"({"role": "admin"})");
  EXPECT_EQ(run_line("eval - -e --policy p --claims claims.json", bytes).exit, 0);
}

TEST_F(Files, AFileOf100MegabytesIsRefusedAtOnce) {
  write_sparse("large.json", std::uintmax_t{100} << 20U);
  const RunResult ran = run_line("check --provider provider.json --policy large.json");
  EXPECT_EQ(ran.exit, 3);
  EXPECT_NE(ran.err.find("error[V103]"), std::string::npos) << ran.err;
  EXPECT_NE(ran.err.find("large.json"), std::string::npos) << ran.err;
  EXPECT_LT(ran.err.size(), 1000U);
}

TEST_F(Files, LargeClaimsAreRefusedToo) {
  compile();
  write_sparse("large.json", std::uintmax_t{100} << 20U);
  const RunResult ran = run_line("eval app.vbc --policy p --claims large.json");
  EXPECT_EQ(ran.exit, 3);
  EXPECT_NE(ran.err.find("V103"), std::string::npos) << ran.err;
}

TEST_F(Files, ALargeFileThatIsNoProgramIsRefused) {
  write_sparse("large.vbc", std::uintmax_t{100} << 20U);
  const RunResult ran = run({"verify", "large.vbc"});
  EXPECT_EQ(ran.exit, 9);
  EXPECT_NE(ran.err.find("L102"), std::string::npos) << ran.err;
}

// Devices and pipes are no files; what the caller has opened is taken as it is, up to the limit.
TEST_F(Files, AnEndlessInputEndsAtTheLimit) {
  if (!fs::exists("/dev/zero")) GTEST_SKIP() << "there is no /dev/zero";
  EXPECT_EQ(run_line("check --provider provider.json --policy /dev/zero").err,
            "policyc: error: cannot read `/dev/zero`: it is a device, expected a regular file\n");
  const int zeros = open("/dev/zero", O_RDONLY);
  ASSERT_GE(zeros, 0);
  const RunResult ran =
      run({"check", "--provider", "provider.json", "--policy", "/dev/fd/" + std::to_string(zeros)});
  close(zeros);
  EXPECT_EQ(ran.exit, 3);
  EXPECT_NE(ran.err.find("V103"), std::string::npos) << ran.err;
}

// None of them is opened, since that could block for ever.
TEST_F(Files, PipesAndSocketsOfAFolderAreErrorsAtOnce) {
  folder.write("w/providers/a.json", kProvider);
  folder.write("w/policies/p.json", kPolicy);
  for (const std::string name :
       {"w/policies/q.json", "w/providers/q.json", "w/resources.json", "w/permissions.json"}) {
    ASSERT_EQ(mkfifo(name.c_str(), 0600), 0);
    const RunResult ran = run({"check", "w"});
    EXPECT_EQ(ran.exit, 1);
    EXPECT_EQ(ran.err, "policyc: error: cannot read `" + name +
                           "`: it is a pipe, expected a regular file\n");
    fs::remove(name);
  }
  const int listener = socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{AF_UNIX, "w/policies/s.json"};
  ASSERT_EQ(bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
  EXPECT_NE(run({"check", "w"}).err.find("it is a socket"), std::string::npos);
  close(listener);
}

TEST_F(Files, APipeForEveryOtherInputIsAnErrorAtOnce) {
  compile();
  folder.write("claims.json", R"({"role": "admin"})");
  ASSERT_EQ(mkfifo("pipe", 0600), 0);
  for (const std::string line :
       {"eval app.vbc --policy p --claims pipe", "eval app.vbc --policy p --token @pipe",
        "eval app.vbc --policy p --claims claims.json --context pipe", "eval app.vbc --batch pipe",
        "eval pipe --policy p --claims claims.json", "dump pipe", "verify pipe",
        "asm pipe -o x.vbc", "token decode @pipe", "token verify --batch pipe",
        "token sign --key pipe --claims claims.json"}) {
    const RunResult ran = run_line(line);
    EXPECT_EQ(ran.exit, 1) << line;
    EXPECT_NE(ran.err.find("`pipe`: it is a pipe"), std::string::npos) << line << ran.err;
  }
}

// A shell's `<(...)` is such a name.
TEST_F(Files, APipeThatTheCallerHasOpenedIsRead) {
  compile();
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe(ends.data()), 0);
  constexpr std::string_view kClaims = R"({"role": "admin"})";
  ASSERT_EQ(write(ends[1], kClaims.data(), kClaims.size()), std::ssize(kClaims));
  close(ends[1]);
  const RunResult ran =
      run({"eval", "app.vbc", "--policy", "p", "--claims", "/dev/fd/" + std::to_string(ends[0])});
  close(ends[0]);
  EXPECT_TRUE(ran.out.starts_with("Allow")) << ran.out << ran.err;
}

TEST_F(Files, ALinkToNothingIsNotOverlooked) {
  folder.write("w/providers/a.json", kProvider);
  folder.write("w/policies/p.json", kPolicy);
  fs::create_symlink("gone", "w/permissions.json");
  const RunResult ran = run({"check", "w"});
  EXPECT_EQ(ran.exit, 1);
  EXPECT_EQ(ran.err,
            "policyc: error: cannot read `w/permissions.json`: no such file or directory\n");
}

// A link in a workspace would show what it leads to in the log of whoever checks it.
TEST_F(Files, ALinkOutOfTheWorkspaceIsNotFollowed) {
  folder.write("elsewhere/secret.json", "hunter2");
  folder.write("w/providers/a.json", kProvider);
  folder.write("w/policies/..data/p.json", kPolicy);
  fs::create_symlink("..data/p.json", "w/policies/p.json");
  EXPECT_EQ(run({"check", "w"}).exit, 0) << "a link inside of it is";
  EXPECT_EQ(run({"check", "w/"}).exit, 0);
  EXPECT_EQ(run({"check", "./w/../w"}).exit, 0);
  fs::create_symlink("w", "link");
  EXPECT_EQ(run({"check", "link"}).exit, 0) << "the workspace itself may be behind one";
  const std::string outside = ": it lies outside of the workspace; --allow-outside reads it\n";
  fs::create_symlink("../../elsewhere/secret.json", "w/policies/q.json");
  const RunResult file = run({"check", "w"});
  EXPECT_EQ(file.exit, 1);
  EXPECT_EQ(file.err, "policyc: error: cannot read `w/policies/q.json`" + outside);
  fs::remove("w/policies/q.json");
  fs::create_directory_symlink(folder.path() / "elsewhere", "w/permissions.json");
  EXPECT_EQ(run({"check", "w"}).err, "policyc: error: cannot read `w/permissions.json`" + outside);
}

// Names of files come from outside as well.
TEST_F(Files, NamesOfFilesAreShownEscapedInEveryForm) {
  const std::string name = "w/policies/\x1b[2J\x7f\xc2\x9b\xe2\x80\xae\n::error::x.json";
  folder.write("w/providers/a.json", kProvider);
  folder.write(name, "[");
  folder.write("app.vbc", "no program");
  for (const std::string format : {"human", "json", "github"}) {
    const RunResult ran = run({"check", "w", "--format", format});
    const std::string shown = ran.out + ran.err;
    for (const std::string hidden : {"\x1b", "\x7f", "\xc2\x9b", "\xe2\x80\xae", "\n::error::x"})
      EXPECT_EQ(shown.find(hidden), std::string::npos) << format << shown;
    EXPECT_NE(shown.find(format == "json" ? R"(\u001b[2J\u007f\u009b\u202e\n::error)"
                                          : R"(\u001b[2J\u007f\u009b\u202e\n)"),
              std::string::npos)
        << shown;
  }
  const RunResult missing = run({"check", name.substr(11) + "x"});
  EXPECT_EQ(missing.err.find('\x1b'), std::string::npos);
}

TEST_F(Files, ANameThatIsNotUtf8IsAnErrorBeforeAnythingIsWritten) {
  folder.write("w/providers/a.json", kProvider);
  folder.write("w/policies/p\xff.json", kPolicy);
  const RunResult ran = run({"compile", "w", "-o", "w.vbc"});
  EXPECT_EQ(ran.exit, 1);
  EXPECT_EQ(ran.err,
            "policyc: error: cannot read `w/policies/p\\xff.json`: its name is no UTF-8 "
            "text\n");
  EXPECT_FALSE(fs::exists("w.vbc"));
  EXPECT_EQ(run({"keygen", "--kid", "k\xff", "--private", "k.json"}).exit, 2);
  EXPECT_FALSE(fs::exists("k.json"));
}

TEST_F(Files, ALineOfABatchIsReadUpToTheLimit) {
  compile();
  const std::string good = R"({"id": 1, "claims": {"role": "admin"}, "policy": "p"})";
  write_sparse("lines", limits::kMaxSourceBytes + 2);
  std::fstream("lines", std::ios::in | std::ios::out | std::ios::binary) << good << "\n";
  const RunResult ran = run_line("eval app.vbc --batch lines");
  EXPECT_EQ(ran.exit, 3);  // what is left of the line is just within the limit, and no JSON
  EXPECT_EQ(ran.err, "policyc: error: 1 of 2 lines could not be read\n");
  fs::resize_file("lines", limits::kMaxSourceBytes + good.size() + 2);
  const RunResult longer = run_line("eval app.vbc --batch lines");
  EXPECT_EQ(longer.exit, 3);
  EXPECT_EQ(longer.err, "policyc: error: the line is longer than the 67108864 bytes allowed\n");
  EXPECT_TRUE(longer.out.starts_with(R"({"id":1,"allowed":true)"));
}

TEST_F(Files, AnUnreadableFileIsSaidToBe) {
  if (geteuid() == 0)
    GTEST_SKIP() << "root may read every file: permissions cannot be tried as this user";
  ASSERT_EQ(chmod("policy.json", 0), 0);
  const RunResult ran = run_line("check --provider provider.json --policy policy.json");
  EXPECT_EQ(ran.exit, 1);
  EXPECT_EQ(ran.err, "policyc: error: cannot read `policy.json`: permission denied\n");
}

TEST_F(Files, AFolderThatCannotBeWrittenLeavesNothingBehind) {
  if (geteuid() == 0)
    GTEST_SKIP() << "root may write every folder: permissions cannot be tried as this user";
  fs::create_directory("closed");
  ASSERT_EQ(chmod("closed", 0500), 0);
  const RunResult ran =
      run_line("compile --provider provider.json --policy policy.json -o closed/app.vbc");
  EXPECT_EQ(ran.exit, 1);
  EXPECT_TRUE(fs::is_empty("closed"));
  chmod("closed", 0700);
}

TEST_F(Files, AFullDiskIsAnErrorNotASilence) {
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "there is no /dev/full";
  const RunResult ran =
      run_line("compile --provider provider.json --policy policy.json -o /dev/full");
  EXPECT_EQ(ran.exit, 1);
  EXPECT_NE(ran.err.find("cannot write `/dev/full`"), std::string::npos) << ran.err;
}

// What was there stays whole where the new program does not come about.
TEST_F(Files, AFailedCompilationLeavesTheOldProgram) {
  const std::string bytes = compile();
  folder.write("policy.json", "{");
  EXPECT_EQ(run_line("compile --provider provider.json --policy policy.json -o app.vbc").exit, 3);
  EXPECT_EQ(read_text("app.vbc"), bytes);
}

TEST_F(Files, OnlyJsonFilesOfAFolderAreRead) {
  folder.write("w/providers/a.json", kProvider);
  folder.write("w/policies/p.json", kPolicy);
  folder.write("w/policies/README.md", "not JSON");
  folder.write("w/policies/.p.json.swp", "not JSON");
  folder.write("w/claims/x.json", "not read");
  EXPECT_EQ(run({"check", "w"}).exit, 0) << run({"check", "w"}).err;
}

constexpr std::size_t kStep = kIsSanitized ? 7 : 1;

TEST_F(Files, EveryByteOfATruncatedProgramIsMissed) {
  const std::string bytes = compile();
  for (std::size_t length = 0; length < bytes.size(); length += kStep) {
    ASSERT_EQ(run({"verify", "-"}, bytes.substr(0, length)).exit, 9) << length;
  }
}

TEST_F(Files, EveryFlippedByteIsSeen) {
  const std::string bytes = compile();
  for (std::size_t at = 0; at < bytes.size(); at += kStep) {
    std::string flipped = bytes;
    flipped[at] = static_cast<char>(flipped[at] ^ 1);
    ASSERT_EQ(run({"verify", "-"}, flipped).exit, 9) << at;
  }
}

TEST_F(Files, StandardInputOfABatchMayEndWithoutALineBreak) {
  compile();
  const std::string line = R"({"id": 1, "claims": {"role": "admin"}, "policy": "p"})";
  const RunResult with = run_line("eval app.vbc --batch -", line + "\n");
  const RunResult without = run_line("eval app.vbc --batch -", line);
  EXPECT_EQ(with.out, without.out);
  EXPECT_EQ(run_line("eval app.vbc --batch -", line + "\r\n\r\n").out, with.out);
  EXPECT_EQ(run_line("eval app.vbc --batch -", "").out, "");
}

// Bytes that are no text: one answer a line all the same.
TEST_F(Files, AnyBytesInABatchGiveOneAnswerALine) {
  compile();
  const std::string bytes("\xff\xfe\n\x00\x01\n{\"id\": \"\xc3\x28\"}\n", 19);
  const RunResult ran = run_line("eval app.vbc --batch -", bytes);
  EXPECT_EQ(ran.exit, 3);
  EXPECT_EQ(std::count(ran.out.begin(), ran.out.end(), '\n'), 3);
  EXPECT_EQ(ran.out.find("\"allowed\":true"), std::string::npos);
}

}  // namespace
}  // namespace verdict::testing
