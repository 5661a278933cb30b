// Reading files, as values: regular ones only, and never more of them than a limit.
#pragma once

#include <cstddef>
#include <filesystem>
#include <istream>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>

#include "compiler/source/source.h"
#include <verdict/expected.h>

namespace verdict::policyc {

// "cannot read `x`: no such file or directory".
struct FileError {
  std::string message;
};

Unexpected<FileError> file_error(std::string_view verb, const std::string& path,
                                 std::string_view why);

// What errno says, in the form of our messages.
std::string system_message();

// The number of what the caller has opened already, where a path names that: `/dev/stdin`, or the
// `/dev/fd/63` of a shell's `<(...)`. It is taken as it is, whatever kind of file it is.
std::optional<int> find_descriptor(std::string_view path);

// A path as messages show it: without `./` and `..`, where that names the same file.
std::string short_name(const std::filesystem::path& path);

// The streams of one run. Borrowed.
struct Streams {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
};

// Opens a regular file, or what find_descriptor() finds, for those who read it piece by piece. A
// pipe, a device or a socket is an error at once: opening one could block for ever, and reading
// never end.
Expected<std::unique_ptr<std::istream>, FileError> open_file(const std::string& path);

// Reads all of `path`, `-` for standard input. More than `max_bytes` is an error that names the
// limit; no more than one byte beyond it is read.
Expected<std::string, FileError> read_file(const std::string& path, std::istream& in,
                                           std::size_t max_bytes);

// The next line without its line break; nothing at the end. Of a line that is longer than
// `max_bytes` no more is read: an error that says so.
Expected<std::optional<std::string>, FileError> read_line(std::istream& stream,
                                                          std::size_t max_bytes);

// Adds the JSON file `path` to the sources. A file over the limit of sources is left to the JSON
// reader's diagnostic. A name that is not UTF-8 is an error: a program could not remember it.
Expected<compiler::FileId, FileError> add_source(
    compiler::Sources& sources, const std::string& path, std::istream& in,
    std::string portable_name = {}, compiler::Quoting quoting = compiler::Quoting::Allowed);

// How a JSON value is given to an option: as text, which begins with a bracket; else as `@FILE`, as
// FILE, or as `-` for standard input.
bool is_json_text(std::string_view option);
std::string path_of(const std::string& option);

// The same as add_source() for such an option, not to be quoted; text is called `name`.
Expected<compiler::FileId, FileError> add_given(compiler::Sources& sources,
                                                const std::string& option, std::istream& in,
                                                std::string name);

}  // namespace verdict::policyc
