// The texts that a compilation reads, and places in them.
//
// Knows nothing of JSON or policies. A Span is three integers and stays valid as long as its
// Sources live.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "vm/base/strong_id.h"

namespace verdict::compiler {

struct FileTag;
using FileId = StrongId<FileTag>;

// Bytes [begin, end) of one file. An empty span points between two bytes.
struct Span {
  FileId file;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  friend bool operator==(const Span&, const Span&) = default;
};

// Both count from 1; the column counts code points, so that it is what an editor shows.
struct LineColumn {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

// Whether messages may repeat the text of a file: a workspace's own files, which their author
// reads, and no others, such as claims or key sets.
enum class Quoting : std::uint8_t { Allowed, Forbidden };

// Owns names and texts. Append-only: views of earlier texts stay valid. Not thread-safe while files
// are added. Spans and offsets beyond the end of a text are taken as its end.
class Sources {
 public:
  // At most 4 GiB of text: whoever reads files refuses larger ones before. `name` is what messages
  // show; `portable_name` what a program may remember, the same on every machine (default: the
  // name).
  FileId add(std::string name, std::string text, std::string portable_name = {},
             Quoting quoting = Quoting::Allowed);
  // Bytes that line_text() shows as `*` from now on. Tokens, and what find_secret() finds, are
  // hidden wherever they stand.
  void hide(Span secret);
  // Whether any byte of it is hidden.
  [[nodiscard]] bool hides(Span span) const;

  [[nodiscard]] std::string_view name(FileId file) const;
  [[nodiscard]] std::string_view portable_name(FileId file) const;
  [[nodiscard]] std::string_view text(FileId file) const;
  [[nodiscard]] std::string_view text(Span span) const;
  [[nodiscard]] Quoting quoting(FileId file) const;
  [[nodiscard]] std::size_t num_files() const { return files_.size(); }

  [[nodiscard]] LineColumn locate(FileId file, std::uint32_t offset) const;
  // The offset at which the line that holds `offset` begins. A line break belongs to the line that
  // it ends.
  [[nodiscard]] std::uint32_t line_begin(FileId file, std::uint32_t offset) const;
  // The offset of the line break that ends the line, or of the end of the text.
  [[nodiscard]] std::uint32_t line_end(FileId file, std::uint32_t offset) const;
  // The whole line that holds `offset`, without its line break, as a person may see it.
  [[nodiscard]] std::string_view line_text(FileId file, std::uint32_t offset) const;

 private:
  // What stands at the start of a block of the text; see source.cc.
  struct Checkpoint {
    LineColumn place;
    std::uint32_t line_begin = 0;
  };
  struct File {
    std::string name;
    std::string portable_name;
    std::string text;
    std::string shown;  // the text with secrets hidden; empty where it has none
    Quoting quoting = Quoting::Allowed;
    std::vector<Checkpoint> checkpoints;
  };

  static std::vector<Checkpoint> make_checkpoints(std::string_view text);

  [[nodiscard]] const File& get(FileId file) const;
  void hide_secrets(FileId file);

  std::deque<File> files_;
};

}  // namespace verdict::compiler
