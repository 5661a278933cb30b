// The words of JSON, and those of the texts that people take for JSON. Private to compiler/syntax.
//
// The lexer is total: every byte belongs to a token, a space, or the end. What is not JSON has
// token kinds of its own, so that the reader can say what is wrong instead of "unexpected
// character". No token runs over the end of a line but a block comment.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace verdict::compiler {

enum class JsonToken : std::uint8_t {
  ObjectBegin,
  ObjectEnd,
  ArrayBegin,
  ArrayEnd,
  Comma,
  Colon,
  String,  // strict: valid escapes, whole surrogate pairs, no control characters
  Number,
  True,
  False,
  Null,
  // Not JSON.
  BrokenString,    // closed, but with wrong contents
  UnclosedString,  // from `"` to the end of the line
  OtherQuotes,     // 'text', `text`, “text”
  UnclosedQuotes,  // the same without an end on its line
  BadNumber,       // starts like a number
  Word,            // starts with a letter
  Comment,         // `//`, `#` to the end of the line, `/* */` (or to the end of the file)
  Unknown,         // one code point, or one byte that is not UTF-8
  End,
};

// A token and its bytes [begin, end) of the file.
struct TokenAt {
  JsonToken kind = JsonToken::End;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

// The first token at or after `offset`. Adds to `num_looks` how often it looked at a byte.
TokenAt next_token(std::string_view text, std::uint32_t offset, std::size_t& num_looks);

}  // namespace verdict::compiler
