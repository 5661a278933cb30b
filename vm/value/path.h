// Paths of resources, such as `/orders/17/items`, compared segment by segment.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace verdict {

// Whether nothing in the text can mean another path to somebody else: it begins with `/`, has no
// segment that is `.`, `..` or empty (but for the one behind a trailing slash), no `\`, and neither
// an encoded slash nor an encoded dot (`%2f`, `%2e`, in any case).
bool is_plain_path(std::string_view text);

// What is wrong with a form of `matches_path`, and where.
struct PathPatternError {
  std::size_t offset;
  std::string_view message;
};
std::optional<PathPatternError> find_path_pattern_error(std::string_view pattern);

// Whether a path has the form: a segment of `*` or `{name}` stands for one segment, a last one of
// `**` for all the rest, which is not nothing: `/a/**` holds `/a/` and `/a/b/c`, not `/a`. A
// trailing slash counts. `path` must be plain, `pattern` without error.
bool matches_path(std::string_view path, std::string_view pattern);

// Whether `path` is `prefix` or goes on below it: `/a` and `/a/` are prefixes of `/a/b`, `/a` is
// none of `/ab`. Both must be plain.
bool has_path_prefix(std::string_view path, std::string_view prefix);

}  // namespace verdict
