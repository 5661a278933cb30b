// UTF-8 text: checking it, counting it, taking it apart, and showing it without harm.
//
// Strict: overlong forms, surrogates and values above U+10FFFF are invalid everywhere. Knows
// nothing of JSON.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace verdict {

// Whether every byte is below 0x80. Eight bytes a step.
[[nodiscard]] bool is_ascii(std::string_view text) noexcept;

// The offset of the first byte that cannot stand there in UTF-8; for a sequence that is cut short
// or malformed, the offset of its lead byte. Nothing if the text is valid.
[[nodiscard]] std::optional<std::size_t> find_invalid_utf8(std::string_view text) noexcept;

// How often a byte occurs. Eight bytes a step.
[[nodiscard]] std::size_t count_byte(std::string_view text, char byte) noexcept;

// Bytes that are not continuation bytes: the number of code points of a valid text.
[[nodiscard]] std::size_t count_code_points(std::string_view text) noexcept;

// One code point and the number of bytes that it takes. A byte that starts no valid sequence has
// size 1 and valid false; its value is then the byte.
struct CodePoint {
  char32_t value = 0;
  std::uint8_t size = 1;
  bool valid = false;
};

// The code point at the start of a text that is not empty.
[[nodiscard]] CodePoint decode_code_point(std::string_view text) noexcept;

// Appends the UTF-8 form of a code point (at most U+10FFFF, no surrogate).
void append_utf8(std::string& text, char32_t code_point);

// Whether a code point moves, hides or reorders what a terminal shows: control characters, line and
// paragraph separators, bidirectional controls, zero-width and tag characters, byte-order marks.
[[nodiscard]] bool is_hidden(char32_t code_point) noexcept;

// Appends a code point so that it is harmless to print: hidden ones as JSON escapes (`\n`,
// `\u001b`), invalid bytes as `\xff`, all others as they are.
void append_for_display(std::string& text, CodePoint code_point);

// The whole text in that form. Text of others goes to a terminal or a log only through here.
[[nodiscard]] std::string escape_for_display(std::string_view text);

}  // namespace verdict
