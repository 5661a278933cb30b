#include "compiler/policyc/workbench/files.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "vm/base/limits.h"

namespace verdict::policyc {
namespace {

namespace fs = std::filesystem;

Unexpected<FileError> fail(std::string_view verb, const std::string& path, std::string_view why) {
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

// At most `max_bytes` + 1 bytes, so that the caller sees that there are more.
std::string read_stream(std::istream& stream, std::size_t max_bytes) {
  std::string text;
  std::string chunk(std::size_t{64} << 10U, '\0');
  while (text.size() <= max_bytes && stream) {
    stream.read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
    text.append(chunk, 0, static_cast<std::size_t>(stream.gcount()));
  }
  return text;
}

Expected<std::string, FileError> read_up_to(const std::string& path, std::istream& in,
                                            std::size_t max_bytes) {
  if (path == "-") return read_stream(in, max_bytes);
  auto stream = open_file(path);
  if (!stream) return Unexpected(std::move(stream).error());
  std::string text = read_stream(*stream, max_bytes);
  if (stream->bad()) return fail("read", path, system_message());
  return text;
}

}  // namespace

Expected<std::ifstream, FileError> open_file(const std::string& path) {
  std::error_code error;
  if (fs::is_directory(path, error)) return fail("read", path, "it is a directory");
  errno = 0;
  std::ifstream stream(path, std::ios::binary);
  if (!stream) return fail("read", path, system_message());
  return stream;
}

Expected<std::string, FileError> read_file(const std::string& path, std::istream& in,
                                           std::size_t max_bytes) {
  auto text = read_up_to(path, in, max_bytes);
  if (text && text->size() > max_bytes) {
    return fail("read", path,
                "it is larger than the " + std::to_string(max_bytes) + " bytes allowed");
  }
  return text;
}

Expected<void, FileError> write_file(const std::string& path, std::string_view bytes,
                                     std::ostream& out) {
  if (path == "-") {
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return out ? Expected<void, FileError>() : fail("write", path, "the stream is closed");
  }
  std::error_code error;
  if (fs::is_directory(path, error)) return fail("write", path, "it is a directory");
  // A device or a pipe cannot be replaced; a regular file is, so that nobody reads half of it.
  const bool is_special = fs::exists(path, error) && !fs::is_regular_file(path, error);
  const std::string target = is_special ? path : path + ".tmp";
  errno = 0;
  std::ofstream stream(target, std::ios::binary | std::ios::trunc);
  stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  stream.close();
  if (!stream) {
    const std::string why = system_message();
    if (!is_special) fs::remove(target, error);
    return fail("write", path, why);
  }
  if (!is_special) fs::rename(target, path, error);
  if (error && !is_special) return fail("write", path, error.message());
  return {};
}

Expected<compiler::FileId, FileError> add_source(compiler::Sources& sources,
                                                 const std::string& path, std::istream& in,
                                                 std::string portable_name) {
  auto text = read_up_to(path, in, limits::kMaxSourceBytes);
  if (!text) return Unexpected(std::move(text).error());
  const std::string name = path == "-" ? "<stdin>" : path;
  return sources.add(name, std::move(text).value(), std::move(portable_name));
}

}  // namespace verdict::policyc
