// A checkpoint every kilobyte makes each question cheap wherever it looks, also in one huge line:
// at most two blocks are read.
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

}  // namespace

std::vector<Sources::Checkpoint> Sources::make_checkpoints(std::string_view text) {
  std::vector<Checkpoint> checkpoints;
  checkpoints.reserve(text.size() / kBlock + 1);
  Checkpoint here;
  for (std::size_t begin = 0; begin <= text.size(); begin += kBlock) {
    checkpoints.push_back(here);
    const std::string_view block = text.substr(begin, kBlock);
    here.place = advance(here.place, block);
    const std::size_t line_break = block.rfind('\n');
    if (line_break != std::string_view::npos)
      here.line_begin = static_cast<std::uint32_t>(begin + line_break + 1);
  }
  return checkpoints;
}

FileId Sources::add(std::string name, std::string text, std::string portable_name,
                    Quoting quoting) {
  if (portable_name.empty()) portable_name = name;
  VERDICT_CHECK(text.size() <= std::numeric_limits<std::uint32_t>::max());
  std::vector<Checkpoint> checkpoints = make_checkpoints(text);
  files_.push_back({std::move(name),
                    std::move(portable_name),
                    std::move(text),
                    {},
                    quoting,
                    std::move(checkpoints)});
  const FileId file(static_cast<std::uint32_t>(files_.size() - 1));
  hide_secrets(file);
  return file;
}

void Sources::hide_secrets(FileId file) {
  const std::string_view all = text(file);
  const auto hide_range = [&](const TextRange& range) {
    hide({file, static_cast<std::uint32_t>(range.begin), static_cast<std::uint32_t>(range.end)});
  };
  for (auto token = find_token(all); token; token = find_token(all, token->end)) hide_range(*token);
  for (auto secret = find_secret(all); secret; secret = find_secret(all, secret->end))
    hide_range(*secret);
}

bool Sources::hides(Span span) const {
  const File& file = get(span.file);
  if (file.shown.empty()) return false;
  const std::size_t end = std::min<std::size_t>(span.end, file.shown.size());
  for (std::size_t i = span.begin; i < end; ++i) {
    if (file.shown[i] != file.text[i]) return true;
  }
  return false;
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
  return advance(found.checkpoints[block].place,
                 std::string_view(found.text).substr(block * kBlock, end - block * kBlock));
}

std::uint32_t Sources::line_begin(FileId file, std::uint32_t offset) const {
  const File& found = get(file);
  const std::size_t end = std::min<std::size_t>(offset, found.text.size());
  const std::size_t block = end / kBlock;
  const std::size_t line_break =
      std::string_view(found.text).substr(block * kBlock, end - block * kBlock).rfind('\n');
  if (line_break == std::string_view::npos) return found.checkpoints[block].line_begin;
  return static_cast<std::uint32_t>(block * kBlock + line_break + 1);
}

// It ends in the same block, or in the one before the first checkpoint that stands in a later line.
std::uint32_t Sources::line_end(FileId file, std::uint32_t offset) const {
  const File& found = get(file);
  const std::size_t begin = std::min<std::size_t>(offset, found.text.size());
  const auto block = found.checkpoints.begin() + static_cast<std::ptrdiff_t>(begin / kBlock);
  const auto later = std::upper_bound(block + 1, found.checkpoints.end(), begin,
                                      [](std::size_t value, const Checkpoint& checkpoint) {
                                        return value < checkpoint.line_begin;
                                      });
  const auto last_block = static_cast<std::size_t>(later - found.checkpoints.begin() - 1);
  const std::size_t line_break = found.text.find('\n', std::max(begin, last_block * kBlock));
  return static_cast<std::uint32_t>(std::min(line_break, found.text.size()));
}

std::string_view Sources::line_text(FileId file, std::uint32_t offset) const {
  const std::string_view all = get(file).shown.empty() ? text(file) : get(file).shown;
  const std::uint32_t begin = line_begin(file, offset);
  std::string_view line = all.substr(begin, line_end(file, offset) - begin);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

}  // namespace verdict::compiler
