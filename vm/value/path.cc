#include "vm/value/path.h"

#include "vm/value/text_match.h"

namespace verdict {
namespace {

// Takes the first segment off a text that begins with `/`.
std::string_view take_segment(std::string_view& rest) {
  rest.remove_prefix(1);
  const std::string_view segment = rest.substr(0, rest.find('/'));
  rest.remove_prefix(segment.size());
  return segment;
}

// `%2f` or `%2e`, in any case.
bool has_encoded_part(std::string_view segment) {
  for (std::size_t at = segment.find('%'); at != std::string_view::npos;
       at = segment.find('%', at + 1)) {
    const std::string_view code = segment.substr(at + 1, 2);
    if (is_equal(code, "2f", Case::Ignore) || is_equal(code, "2e", Case::Ignore)) return true;
  }
  return false;
}

bool is_plain_segment(std::string_view segment) {
  return segment != "." && segment != ".." && segment.find('\\') == std::string_view::npos &&
         !has_encoded_part(segment);
}

// One that stands for any segment.
bool is_wildcard(std::string_view segment) {
  return segment == "*" || (segment.size() > 2 && segment.front() == '{' && segment.back() == '}');
}

std::string_view find_segment_error(std::string_view segment, bool is_last) {
  if (segment.empty() && !is_last) return "the segment is empty";
  if (!is_plain_segment(segment)) return "no path that is asked about has such a segment";
  if (segment == "**") return is_last ? "" : "`**` stands for the rest and must come last";
  if (is_wildcard(segment)) return "";
  const bool is_mixed = segment.find_first_of("*{}") != std::string_view::npos;
  return is_mixed ? "`*` and `{name}` stand for a whole segment" : "";
}

}  // namespace

bool is_plain_path(std::string_view text) {
  if (!text.starts_with('/')) return false;
  while (!text.empty()) {
    const std::string_view segment = take_segment(text);
    if (!is_plain_segment(segment) || (segment.empty() && !text.empty())) return false;
  }
  return true;
}

std::optional<PathPatternError> find_path_pattern_error(std::string_view pattern) {
  if (!pattern.starts_with('/')) return PathPatternError{0, "a path begins with `/`"};
  for (std::string_view rest = pattern; !rest.empty();) {
    const std::size_t offset = pattern.size() - rest.size() + 1;
    const std::string_view segment = take_segment(rest);
    const std::string_view message = find_segment_error(segment, rest.empty());
    if (!message.empty()) return PathPatternError{offset, message};
  }
  return std::nullopt;
}

bool matches_path(std::string_view path, std::string_view pattern) {
  while (!path.empty() && !pattern.empty()) {
    const std::string_view expected = take_segment(pattern);
    if (expected == "**") return true;
    const std::string_view segment = take_segment(path);
    if (is_wildcard(expected) ? segment.empty() : segment != expected) return false;
  }
  return path.empty() && pattern.empty();
}

bool has_path_prefix(std::string_view path, std::string_view prefix) {
  if (!path.starts_with(prefix)) return false;
  return path.size() == prefix.size() || prefix.back() == '/' || path[prefix.size()] == '/';
}

}  // namespace verdict
