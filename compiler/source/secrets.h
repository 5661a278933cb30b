// What must not be shown where it turns up in the wrong place: tokens.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace verdict::compiler {

// Bytes [begin, end) of a text.
struct TextRange {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// The first token, or beginning of one, at or behind `from`: base64url of a JSON object, which
// starts with `eyJ` (or `eyA`, `ewo`, `ew0` with a space or a line break in it), and what hangs on
// it by dots. Such text has no other use.
std::optional<TextRange> find_token(std::string_view text, std::size_t from = 0);

// Whether a member of a JSON Web Key holds what only its owner may know (RFC 7518, section 6;
// RFC 8037, section 2).
bool is_secret_member(std::string_view key);

// The first secret at or behind `from`: the value of a key such as `d` of a private JSON Web Key or
// `clientSecret`, whether or not the text around it is JSON; a private key in PEM; or a long run of
// base64 that looks like chance.
std::optional<TextRange> find_secret(std::string_view text, std::size_t from = 0);

// The text with `...` in the place of each.
std::string conceal_tokens(std::string text);

// Stricter, for what somebody typed as one argument: the part of it that could be a token, since it
// is base64url with two dots (RFC 7515, section 7.1). Not for numbers (`10.0.0.1`), paths and names
// of files that policyc reads or writes.
std::optional<std::string_view> find_token_in_argument(std::string_view argument);

}  // namespace verdict::compiler
