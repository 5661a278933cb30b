// Texts compared otherwise than byte for byte: ASCII case and globs. All texts are UTF-8.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace verdict {

// Whether A to Z and a to z are told apart. No other letters are folded, so that no locale and no
// Unicode version has a say.
enum class Case : std::uint8_t { Exact, Ignore };

bool is_equal(std::string_view a, std::string_view b, Case letters);
bool has_prefix(std::string_view text, std::string_view prefix, Case letters);
bool has_suffix(std::string_view text, std::string_view suffix, Case letters);
bool has_substring(std::string_view text, std::string_view part, Case letters);
// Byte by byte, A to Z taken for a to z.
bool is_less_folded(std::string_view a, std::string_view b);

// Where a glob is none: the place of a `\` that escapes nothing (the last byte, or before another
// byte than `*`, `?`, `\`). Nothing where it is one.
std::optional<std::size_t> find_glob_error(std::string_view glob);

// Whether the whole text is of the glob's form: `*` stands for any text, the empty one too, `?` for
// one code point, `\*`, `\?` and `\\` for the byte behind. `glob` must have no error. Takes no
// memory and time of both lengths, but where a piece between two `*` has a special byte: then of
// the text's length, once for each byte of the longest such piece at worst.
bool matches_glob(std::string_view text, std::string_view glob, Case letters);
// The bytes of that piece; 0 where there is none.
std::size_t longest_special_piece(std::string_view glob);

}  // namespace verdict
