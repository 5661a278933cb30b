#include "compiler/policyc/workbench/files.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fcntl.h>
#include <streambuf>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include "vm/base/limits.h"
#include "vm/base/text.h"

namespace verdict::policyc {
namespace {

// Reads a descriptor, and closes it.
class DescriptorBuffer final : public std::streambuf {
 public:
  explicit DescriptorBuffer(int descriptor) : descriptor_(descriptor) {}
  DescriptorBuffer(const DescriptorBuffer&) = delete;
  DescriptorBuffer& operator=(const DescriptorBuffer&) = delete;
  DescriptorBuffer(DescriptorBuffer&&) = delete;
  DescriptorBuffer& operator=(DescriptorBuffer&&) = delete;
  ~DescriptorBuffer() override { ::close(descriptor_); }

 protected:
  int_type underflow() override {
    ssize_t size = 0;
    do {
      size = ::read(descriptor_, buffer_.data(), buffer_.size());
    } while (size < 0 && errno == EINTR);
    if (size < 0) throw std::ios_base::failure("read");  // the stream turns bad, errno says why
    setg(buffer_.data(), buffer_.data(), buffer_.data() + size);
    return size == 0 ? traits_type::eof() : traits_type::to_int_type(buffer_.front());
  }

 private:
  int descriptor_;
  std::array<char, std::size_t{64} << 10U> buffer_{};
};

class DescriptorStream final : public std::istream {
 public:
  explicit DescriptorStream(int descriptor) : std::istream(nullptr), buffer_(descriptor) {
    rdbuf(&buffer_);
  }

 private:
  DescriptorBuffer buffer_;
};

// Why a file of this kind is not read; empty for a regular one.
std::string_view describe_unreadable(mode_t mode) {
  if (S_ISREG(mode)) return {};
  if (S_ISDIR(mode)) return "it is a directory";
  if (S_ISFIFO(mode)) return "it is a pipe, expected a regular file";
  if (S_ISSOCK(mode)) return "it is a socket, expected a regular file";
  return "it is a device, expected a regular file";
}

// Looked at before it is opened, since to open a device may already do something, and again after,
// since it may have been exchanged between.
std::string_view describe_unreadable(const std::string& path, int descriptor) {
  struct stat status {};
  const bool is_there =
      descriptor < 0 ? ::stat(path.c_str(), &status) == 0 : ::fstat(descriptor, &status) == 0;
  if (!is_there || find_descriptor(path)) return {};
  return describe_unreadable(status.st_mode);
}

// At most `max_bytes` + 1 bytes, so that the caller sees that there are more.
std::string read_stream(std::istream& stream, std::size_t max_bytes) {
  std::string text;
  std::string chunk(std::size_t{64} << 10U, '\0');
  while (text.size() <= max_bytes && stream) {
    const std::size_t wanted = std::min(chunk.size(), max_bytes + 1 - text.size());
    stream.read(chunk.data(), static_cast<std::streamsize>(wanted));
    text.append(chunk, 0, static_cast<std::size_t>(stream.gcount()));
  }
  return text;
}

Expected<std::string, FileError> read_up_to(const std::string& path, std::istream& in,
                                            std::size_t max_bytes) {
  if (path == "-") return read_stream(in, max_bytes);
  auto stream = open_file(path);
  if (!stream) return Unexpected(std::move(stream).error());
  errno = 0;
  std::string text = read_stream(**stream, max_bytes);
  if ((*stream)->bad()) return file_error("read", path, system_message());
  return text;
}

}  // namespace

Unexpected<FileError> file_error(std::string_view verb, const std::string& path,
                                 std::string_view why) {
  return Unexpected(
      FileError{"cannot " + std::string(verb) + " `" + path + "`: " + std::string(why)});
}

std::string system_message() {
  std::string message = std::strerror(errno);
  if (!message.empty() && message.front() >= 'A' && message.front() <= 'Z') {
    message.front() = static_cast<char>(message.front() - 'A' + 'a');
  }
  return message;
}

std::optional<int> find_descriptor(std::string_view path) {
  constexpr auto kNames =
      std::to_array<std::string_view>({"/dev/stdin", "/dev/stdout", "/dev/stderr"});
  const auto name = std::find(kNames.begin(), kNames.end(), path);
  if (name != kNames.end()) return static_cast<int>(name - kNames.begin());
  for (const std::string_view folder : {"/dev/fd/", "/proc/self/fd/"}) {
    if (!path.starts_with(folder)) continue;
    int number = 0;
    const char* const end = path.data() + path.size();
    const auto read = std::from_chars(path.data() + folder.size(), end, number);
    if (read.ec == std::errc() && read.ptr == end && number >= 0) return number;
  }
  return std::nullopt;
}

std::string short_name(const std::filesystem::path& path) {
  std::error_code error;
  const std::filesystem::path normal = path.lexically_normal();
  const bool is_same = std::filesystem::equivalent(path, normal, error);
  return (is_same ? normal : path).generic_string();
}

Expected<std::unique_ptr<std::istream>, FileError> open_file(const std::string& path) {
  if (const std::string_view why = describe_unreadable(path, -1); !why.empty())
    return file_error("read", path, why);
  const int extra = find_descriptor(path) ? 0 : O_NONBLOCK | O_NOCTTY;
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | extra);
  if (descriptor < 0) return file_error("read", path, system_message());
  std::unique_ptr<std::istream> stream = std::make_unique<DescriptorStream>(descriptor);
  if (const std::string_view why = describe_unreadable(path, descriptor); !why.empty())
    return file_error("read", path, why);
  return stream;
}

Expected<std::string, FileError> read_file(const std::string& path, std::istream& in,
                                           std::size_t max_bytes) {
  auto text = read_up_to(path, in, max_bytes);
  if (text && text->size() > max_bytes) {
    return file_error("read", path,
                      "it is larger than the " + std::to_string(max_bytes) + " bytes allowed");
  }
  return text;
}

Expected<std::optional<std::string>, FileError> read_line(std::istream& stream,
                                                          std::size_t max_bytes) {
  using Traits = std::istream::traits_type;
  std::string line;
  for (auto c = stream.get(); !Traits::eq_int_type(c, Traits::eof()); c = stream.get()) {
    if (Traits::to_char_type(c) == '\n') return std::optional(std::move(line));
    if (line.size() == max_bytes)
      return Unexpected(
          FileError{"the line is longer than the " + std::to_string(max_bytes) + " bytes allowed"});
    line += Traits::to_char_type(c);
  }
  if (stream.bad()) return Unexpected(FileError{system_message()});
  return line.empty() ? std::nullopt : std::optional(std::move(line));
}

Expected<compiler::FileId, FileError> add_source(compiler::Sources& sources,
                                                 const std::string& path, std::istream& in,
                                                 std::string portable_name,
                                                 compiler::Quoting quoting) {
  if (find_invalid_utf8(path)) return file_error("read", path, "its name is no UTF-8 text");
  auto text = read_up_to(path, in, limits::kMaxSourceBytes);
  if (!text) return Unexpected(std::move(text).error());
  const std::string name = path == "-" ? "<stdin>" : path;
  return sources.add(name, std::move(text).value(), std::move(portable_name), quoting);
}

bool is_json_text(std::string_view option) {
  const std::size_t first = option.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && (option[first] == '{' || option[first] == '[');
}

std::string path_of(const std::string& option) {
  return option.starts_with("@") ? option.substr(1) : option;
}

Expected<compiler::FileId, FileError> add_given(compiler::Sources& sources,
                                                const std::string& option, std::istream& in,
                                                std::string name) {
  constexpr auto kQuoting = compiler::Quoting::Forbidden;
  if (is_json_text(option)) return sources.add(std::move(name), option, {}, kQuoting);
  return add_source(sources, path_of(option), in, {}, kQuoting);
}

}  // namespace verdict::policyc
