// base64url without padding, in its one canonical spelling (RFC 4648, section 5; RFC 7515, section
// 2).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace verdict {

// Bytes that `length` characters stand for, rounded down.
constexpr std::size_t decoded_length(std::size_t length) {
  return length / 4 * 3 + length % 4 * 3 / 4;
}

// Writes decoded_length(text.size()) bytes to `out`. False, with `out` in an unspecified state, for
// a character outside the alphabet (padding and white space included), a length that cannot be, or
// unused bits that are not zero: one value has one spelling.
bool decode_base64url(std::string_view text, char* out) noexcept;
std::optional<std::string> decode_base64url(std::string_view text);

std::string encode_base64url(std::string_view bytes);

}  // namespace verdict
