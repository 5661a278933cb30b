// Reading and writing files, as values.
#pragma once

#include <cstddef>
#include <fstream>
#include <istream>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/source/source.h"
#include <verdict/expected.h>

namespace verdict::policyc {

// "cannot read `x`: no such file or directory".
struct FileError {
  std::string message;
};

// The streams of one run. Borrowed.
struct Streams {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
};

// Opens a file, for those who read it piece by piece.
Expected<std::ifstream, FileError> open_file(const std::string& path);

// Reads all of `path`, `-` for standard input. More than `max_bytes` is read as an error that names
// the limit.
Expected<std::string, FileError> read_file(const std::string& path, std::istream& in,
                                           std::size_t max_bytes);

// Writes `bytes` to `path`, `-` for `out`, so that a reader sees the old file or the whole new one.
Expected<void, FileError> write_file(const std::string& path, std::string_view bytes,
                                     std::ostream& out);

// Adds the JSON file `path` to the sources. A file over the limit of sources is left to the JSON
// reader's diagnostic.
Expected<compiler::FileId, FileError> add_source(compiler::Sources& sources,
                                                 const std::string& path, std::istream& in,
                                                 std::string portable_name = {});

}  // namespace verdict::policyc
