// The text of an assembly, line by line and token by token.
//
// The first error sticks: after it, every question answers with an empty token and next_line() with
// false, so that callers need not look after each step.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "vm/assembly/assemble.h"

namespace verdict {

enum class TokenKind : std::uint8_t {
  End,     // of the line
  Word,    // letters, digits, `_` and `.`
  String,  // quoted; `text` is what it says
  Number,  // 12, -0.5e3, 00ff; `text` as it stands
  Row,     // #12, #0xff; the number in `row`
  Mark,    // , : + @ { } ->
};

struct Token {
  TokenKind kind = TokenKind::End;
  std::string text;
  std::uint64_t row = 0;
  std::size_t offset = 0;  // in the line

  [[nodiscard]] bool is_mark(std::string_view mark) const {
    return kind == TokenKind::Mark && text == mark;
  }
};

class AssemblyReader {
 public:
  explicit AssemblyReader(std::string_view text) : rest_(text) {}

  // Goes to the next line that has a token. False at the end, or after an error.
  bool next_line();

  [[nodiscard]] const Token& peek(std::size_t ahead = 0) const;
  Token take();
  // Takes a mark or a word if it stands there.
  bool accept(std::string_view mark);
  bool accept_word(std::string_view word);
  void expect(std::string_view mark);
  void expect_line_end();
  // A whole number from 0 to `max`, or `#n`.
  std::uint64_t expect_number(std::uint64_t max);
  // The position among `names` of the word that stands there.
  std::size_t expect_word(std::span<const std::string_view> names, std::string_view what);

  void fail(const Token& token, std::string message);
  void fail_at(const AssembleError& place, std::string message);
  // Line and column of a token of this line.
  [[nodiscard]] AssembleError place_of(const Token& token) const;
  // "expected WHAT, found ..."
  void fail_expected(const Token& token, std::string_view what);
  [[nodiscard]] bool failed() const { return error_.has_value(); }
  [[nodiscard]] const std::optional<AssembleError>& error() const { return error_; }

 private:
  std::string_view rest_;
  std::string_view line_;
  std::size_t line_number_ = 0;
  std::vector<Token> tokens_ = std::vector<Token>(1);  // of the line, with an End
  std::size_t next_ = 0;
  std::optional<AssembleError> error_;
};

}  // namespace verdict
