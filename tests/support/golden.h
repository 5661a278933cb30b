// Golden files: expectations that stand in text files, compared and, on demand, rewritten.
//
// VERDICT_UPDATE_GOLDEN=1 rewrites what differs and prints its name; under CI=true it is refused.
// Knows nothing of policyc but run_policyc().
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace verdict::testing {

// A temporary directory that is the working directory while this lives; removed afterwards. One at
// a time.
class ScratchFolder {
 public:
  ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  ScratchFolder(ScratchFolder&&) = delete;
  ScratchFolder& operator=(ScratchFolder&&) = delete;
  ~ScratchFolder();

  [[nodiscard]] const std::filesystem::path& path() const { return folder_; }
  // Makes the file and the folders above it. A name that ends in `/` is a folder.
  void write(const std::string& name, std::string_view text) const;

 private:
  std::filesystem::path before_;
  std::filesystem::path folder_;
};

// How one run of policyc ended.
struct RunResult {
  int exit = 0;
  std::string out;
  std::string err;
};
// Runs policyc in this process, in the working directory.
RunResult run(const std::vector<std::string>& arguments, std::string_view in = {});
// The same, the arguments separated by spaces; those in single quotes may hold spaces.
RunResult run_line(std::string_view line, std::string_view in = {});

struct GoldenPart {
  std::string name;
  std::string text;
};

// A case: named parts, each begun by a line `--- name`. Text before the first part says what the
// case shows.
//   args     one command of policyc a line
//   stdin    what every command may read; optional
//   stdout, stderr, exit   what is expected; a part that is missing is empty (exit: 0)
//   else     the name of a file that the commands find in their folder; `name/` makes a folder
// With several commands, each one's output stands under a line `$ command`, and `exit` has one
// number each.
struct GoldenCase {
  std::string remark;
  std::vector<GoldenPart> parts;

  [[nodiscard]] const GoldenPart* find(std::string_view name) const;
};

GoldenCase parse_golden(std::string_view text);
std::string to_text(const GoldenCase& golden);

// The case with its expectations replaced by what happens now.
GoldenCase run_golden(const GoldenCase& golden);

std::string read_text(const std::filesystem::path& path);

// Fails the test where `actual` is not what the file holds; rewrites the file in update mode.
void expect_golden(const std::filesystem::path& path, const std::string& actual);

}  // namespace verdict::testing
