#include "compiler/policyc/workbench/output.h"

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <optional>
#include <random>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace verdict::policyc {
namespace {

namespace fs = std::filesystem;

constexpr mode_t kPermissions = S_IRWXU | S_IRWXG | S_IRWXO;

std::optional<struct stat> status_of(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 ? std::optional(status) : std::nullopt;
}

// `folder/.name.5f3a...` beside `folder/name`.
std::string temporary_name(const std::string& path) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::random_device random;
  std::string name = "." + fs::path(path).filename().string().substr(0, 200) + ".";
  for (int i = 0; i < 16; ++i) name += kDigits[random() & 15U];
  return (fs::path(path).parent_path() / name).string();
}

// Two names of one file or pipe, or one name twice. Of devices two outputs are two.
bool is_same_file(const std::string& left, const std::string& right) {
  if (left == right) return true;
  const auto a = status_of(left);
  const auto b = status_of(right);
  if (a && b) return S_ISREG(a->st_mode) && a->st_dev == b->st_dev && a->st_ino == b->st_ino;
  if (a || b) return false;
  std::error_code error;
  return fs::weakly_canonical(fs::absolute(left), error) ==
         fs::weakly_canonical(fs::absolute(right), error);
}

std::string input_path(const std::string& path) { return path == "-" ? "/dev/stdin" : path; }
std::string output_path(const std::string& path) { return path == "-" ? "/dev/stdout" : path; }

}  // namespace

OutputFile::OutputFile(OutputFile&& other) noexcept
    : path_(std::move(other.path_)),
      existing_(other.existing_),
      temporary_(std::exchange(other.temporary_, {})),
      descriptor_(std::exchange(other.descriptor_, -1)) {}

OutputFile::~OutputFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

Unexpected<FileError> OutputFile::fail() const {
  return file_error("write", path_, system_message());
}

Expected<OutputFile, FileError> OutputFile::create(std::string path, Readers readers,
                                                   Existing existing) {
  OutputFile file(std::move(path), existing);
  if (file.path_ == "-") return file;
  const auto status = status_of(file.path_);
  if (status && S_ISDIR(status->st_mode))
    return file_error("write", file.path_, "it is a directory");
  if (find_descriptor(file.path_) || (status && !S_ISREG(status->st_mode))) {
    VERDICT_TRY(file.open_special());
    return file;
  }
  struct stat link {};
  if (existing == Existing::Kept && ::lstat(file.path_.c_str(), &link) == 0)
    return file_error("write", file.path_, "it is there already; --force replaces it");
  const mode_t usual = status ? status->st_mode & kPermissions : 0666;
  VERDICT_TRY(file.open_temporary(readers == Readers::OwnerOnly ? 0600 : usual));
  // The umask has been at work; what stood there keeps the permissions that it was given.
  if (status && readers == Readers::AsUsual) static_cast<void>(::fchmod(file.descriptor_, usual));
  return file;
}

// Not opened anew where the caller has opened it: that would begin at its start.
Expected<void, FileError> OutputFile::open_special() {
  const std::optional<int> number = find_descriptor(path_);
  descriptor_ =
      number ? ::fcntl(*number, F_DUPFD_CLOEXEC, 0)
             : ::open(path_.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW | O_NONBLOCK);
  if (descriptor_ < 0 && errno == ENXIO) return file_error("write", path_, "nobody reads it");
  if (descriptor_ < 0) return fail();
  if (!number) ::fcntl(descriptor_, F_SETFL, ::fcntl(descriptor_, F_GETFL) & ~O_NONBLOCK);
  return {};
}

Expected<void, FileError> OutputFile::open_temporary(mode_t mode) {
  constexpr int kFlags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
  constexpr int kTries = 100;
  for (int i = 0; i < kTries; ++i) {
    const std::string name = temporary_name(path_);
    descriptor_ = ::open(name.c_str(), kFlags, mode);
    if (descriptor_ >= 0) {
      temporary_ = name;
      return {};
    }
    if (errno != EEXIST) break;
  }
  return fail();
}

Expected<void, FileError> OutputFile::write(std::string_view bytes, std::ostream& out) {
  if (descriptor_ < 0) {
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out.flush();
    return out ? Expected<void, FileError>() : file_error("write", path_, "the stream is closed");
  }
  while (!bytes.empty()) {
    const ssize_t size = ::write(descriptor_, bytes.data(), bytes.size());
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return fail();
    bytes.remove_prefix(static_cast<std::size_t>(size));
  }
  return {};
}

Expected<void, FileError> OutputFile::commit() {
  if (descriptor_ < 0) return {};
  if (!temporary_.empty() && ::fsync(descriptor_) != 0) return fail();
  if (::close(std::exchange(descriptor_, -1)) != 0) return fail();
  if (temporary_.empty()) return {};
  const unsigned flags = existing_ == Existing::Kept ? RENAME_NOREPLACE : 0;
  int renamed = ::renameat2(AT_FDCWD, temporary_.c_str(), AT_FDCWD, path_.c_str(), flags);
  // Not every file system can keep what is there; it was not there a moment ago.
  if (renamed != 0 && errno == EINVAL) renamed = std::rename(temporary_.c_str(), path_.c_str());
  if (renamed != 0) return fail();
  temporary_.clear();
  return {};
}

SignalsHeld::SignalsHeld() {
  sigset_t held;
  sigemptyset(&held);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE}) sigaddset(&held, signal);
  pthread_sigmask(SIG_BLOCK, &held, &before_);
}

SignalsHeld::~SignalsHeld() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

Expected<void, FileError> write_file(const std::string& path, std::string_view bytes,
                                     std::ostream& out) {
  const SignalsHeld held;
  auto file = OutputFile::create(path, Readers::AsUsual, Existing::Replaced);
  if (!file) return Unexpected(std::move(file).error());
  VERDICT_TRY(file->write(bytes, out));
  return file->commit();
}

Expected<void, FileError> check_output(const std::string& output,
                                       const std::vector<std::string>& inputs,
                                       const std::vector<std::string>& other_outputs) {
  for (const std::string& input : inputs) {
    if (is_same_file(input_path(input), output_path(output)))
      return file_error("write", output, "it is `" + input + "`, which is read");
  }
  for (const std::string& other : other_outputs) {
    if (is_same_file(output_path(other), output_path(output)))
      return file_error("write", output, "two outputs would go there");
  }
  return {};
}

}  // namespace verdict::policyc
