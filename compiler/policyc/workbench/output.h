// Writing files: whole or not at all, never through a link, never onto what was read.
#pragma once

#include <csignal>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/policyc/workbench/files.h"
#include <verdict/expected.h>

namespace verdict::policyc {

// Who may read a new file: whom the umask lets, or its owner alone (mode 0600, whatever stood
// there before).
enum class Readers : std::uint8_t { AsUsual, OwnerOnly };
// What becomes of a file that stands there already.
enum class Existing : std::uint8_t { Replaced, Kept };

// One file to be written; `-` is a stream.
//
// The bytes go to a new file of an unpredictable name beside the target, which takes the target's
// place in commit(). What was not committed is removed. So a reader sees the old file or the whole
// new one, and links and files that others have put there are not followed or touched. A device or
// a pipe cannot be replaced: it is written to; a pipe that nobody reads is an error.
class OutputFile {
 public:
  // Nothing is visible at `path` yet.
  static Expected<OutputFile, FileError> create(std::string path, Readers readers,
                                                Existing existing);

  OutputFile(OutputFile&& other) noexcept;
  OutputFile& operator=(OutputFile&&) = delete;
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;
  ~OutputFile();

  // `out` is what `-` stands for.
  Expected<void, FileError> write(std::string_view bytes, std::ostream& out);
  Expected<void, FileError> commit();

 private:
  OutputFile(std::string path, Existing existing) : path_(std::move(path)), existing_(existing) {}

  Expected<void, FileError> open_special();
  Expected<void, FileError> open_temporary(mode_t mode);
  [[nodiscard]] Unexpected<FileError> fail() const;

  std::string path_;
  Existing existing_;
  std::string temporary_;  // empty: none, or committed
  int descriptor_ = -1;    // -1 for `-`
};

// Holds back the signals that end a program, from its making to its end: what has been written so
// far would otherwise stay behind.
class SignalsHeld {
 public:
  SignalsHeld();
  SignalsHeld(const SignalsHeld&) = delete;
  SignalsHeld& operator=(const SignalsHeld&) = delete;
  SignalsHeld(SignalsHeld&&) = delete;
  SignalsHeld& operator=(SignalsHeld&&) = delete;
  ~SignalsHeld();

 private:
  sigset_t before_{};
};

// One file, as usual.
Expected<void, FileError> write_file(const std::string& path, std::string_view bytes,
                                     std::ostream& out);

// What is wrong with writing to `output`: it is one of the files that are read, whatever their
// spelling, or another output. Nothing where it is neither.
Expected<void, FileError> check_output(const std::string& output,
                                       const std::vector<std::string>& inputs,
                                       const std::vector<std::string>& other_outputs = {});

}  // namespace verdict::policyc
