// A checkpoint every kilobyte makes locate() cheap wherever it looks, also in one huge line: it
// counts at most one block.
#include "compiler/source/source.h"

#include <algorithm>
#include <limits>

#include "compiler/source/secrets.h"
#include "vm/base/check.h"
#include "vm/base/text.h"

namespace verdict::compiler {
namespace {

constexpr std::size_t kBlock = 1024;

LineColumn advance(LineColumn place, std::string_view bytes) {
  const std::size_t line_break = bytes.rfind('\n');
  if (line_break != std::string_view::npos) {
    place.line += static_cast<std::uint32_t>(count_byte(bytes, '\n'));
    place.column = 1;
    bytes.remove_prefix(line_break + 1);
  }
  place.column += static_cast<std::uint32_t>(count_code_points(bytes));
  return place;
}

// The place at the start of each block.
std::vector<LineColumn> make_checkpoints(std::string_view text) {
  std::vector<LineColumn> checkpoints;
  checkpoints.reserve(text.size() / kBlock + 1);
  LineColumn place;
  for (std::size_t begin = 0; begin <= text.size(); begin += kBlock) {
    checkpoints.push_back(place);
    place = advance(place, text.substr(begin, kBlock));
  }
  return checkpoints;
}

}  // namespace

FileId Sources::add(std::string name, std::string text, std::string portable_name,
                    Quoting quoting) {
  if (portable_name.empty()) portable_name = name;
  VERDICT_CHECK(text.size() <= std::numeric_limits<std::uint32_t>::max());
  std::vector<LineColumn> checkpoints = make_checkpoints(text);
  files_.push_back({std::move(name),
                    std::move(portable_name),
                    std::move(text),
                    {},
                    quoting,
                    std::move(checkpoints)});
  const FileId file(static_cast<std::uint32_t>(files_.size() - 1));
  hide_tokens(file);
  return file;
}

void Sources::hide_tokens(FileId file) {
  const std::string_view all = text(file);
  for (auto token = find_token(all); token; token = find_token(all, token->end)) {
    hide({file, static_cast<std::uint32_t>(token->begin), static_cast<std::uint32_t>(token->end)});
  }
}

void Sources::hide(Span secret) {
  File& file = files_[secret.file.index()];
  if (file.shown.empty()) file.shown = file.text;
  const std::size_t end = std::min<std::size_t>(secret.end, file.shown.size());
  for (std::size_t i = secret.begin; i < end; ++i) {
    if (file.shown[i] != '\n') file.shown[i] = '*';
  }
}

const Sources::File& Sources::get(FileId file) const {
  VERDICT_CHECK(file.index() < files_.size());
  return files_[file.index()];
}

std::string_view Sources::name(FileId file) const { return get(file).name; }

std::string_view Sources::portable_name(FileId file) const { return get(file).portable_name; }

Quoting Sources::quoting(FileId file) const { return get(file).quoting; }

std::string_view Sources::text(FileId file) const { return get(file).text; }

std::string_view Sources::text(Span span) const {
  const std::string_view all = text(span.file);
  const std::size_t begin = std::min<std::size_t>(span.begin, all.size());
  return all.substr(begin, std::max(span.begin, span.end) - span.begin);
}

LineColumn Sources::locate(FileId file, std::uint32_t offset) const {
  const File& found = get(file);
  const std::size_t end = std::min<std::size_t>(offset, found.text.size());
  const std::size_t block = end / kBlock;
  return advance(found.checkpoints[block],
                 std::string_view(found.text).substr(block * kBlock, end - block * kBlock));
}

std::uint32_t Sources::line_begin(FileId file, std::uint32_t offset) const {
  const std::string_view all = text(file);
  const std::string_view before = all.substr(0, offset);
  const std::size_t line_break = before.rfind('\n');
  return line_break == std::string_view::npos ? 0 : static_cast<std::uint32_t>(line_break + 1);
}

std::string_view Sources::line_text(FileId file, std::uint32_t offset) const {
  const std::string_view all = get(file).shown.empty() ? text(file) : get(file).shown;
  const std::uint32_t begin = line_begin(file, offset);
  std::string_view line =
      all.substr(begin, all.find('\n', std::min<std::size_t>(offset, all.size())) - begin);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

}  // namespace verdict::compiler
