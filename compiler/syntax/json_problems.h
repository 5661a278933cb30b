// The words for everything that can be wrong with the text of a JSON file. Private to
// compiler/syntax.
//
// Knows tokens and places, not the reader's state: the reader decides what is a mistake and what
// only follows from one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "compiler/diag/emitter.h"
#include "compiler/source/source.h"
#include "compiler/syntax/json_strings.h"
#include "compiler/syntax/json_tokens.h"

namespace verdict::compiler {

// Borrows the text and the emitter. After limits::kMaxJsonErrors mistakes it says so once and drops
// the others.
class JsonProblems {
 public:
  JsonProblems(FileId file, std::string_view text, Emitter& emitter)
      : file_(file), text_(text), emitter_(&emitter) {}

  [[nodiscard]] bool any() const { return num_reported_ > 0; }
  // Whether the tree holds all that the author wrote: no mistake, or only such as a comment or a
  // repeated key.
  [[nodiscard]] bool is_tree_whole() const { return num_harmful_ == 0 && !exhausted_; }
  [[nodiscard]] bool exhausted() const { return exhausted_; }

  // Of the file as a whole.
  void report_too_large();
  void report_encoding(std::size_t offset, std::string_view found);
  void report_byte_order_mark(std::size_t size);
  void report_empty();

  // Of single tokens.
  void report_comment(std::uint32_t begin, std::uint32_t end);
  // A String-like, number-like or word-like token that is not JSON, where a value stands.
  void report_bad_value(TokenAt token);
  // Something that was meant as a key but is no string; or a broken string.
  void report_bad_key(TokenAt token);
  void report_duplicate_key(TokenAt token, std::string_view key, Span first);

  // Of structure. `previous_end` is where the token before ends; `opener` the offset of the bracket
  // that is open.
  void report_unexpected(TokenAt token, std::string_view expected);
  void report_colon_in_array(TokenAt token, std::uint32_t opener);
  void report_missing_comma(std::uint32_t previous_end, TokenAt next);
  void report_missing_colon(std::uint32_t previous_end, TokenAt next);
  void report_trailing_comma(TokenAt comma, TokenAt closer);
  void report_wrong_bracket(TokenAt token, std::uint32_t opener);
  void report_unclosed(std::uint32_t previous_end, std::string_view expected, std::uint32_t opener);
  void report_trailing_text(TokenAt token);
  void report_too_deep(TokenAt token);

 private:
  // What a mistake does to the tree.
  enum class Harm : std::uint8_t { None, Lost };

  // Counts a mistake; false once the limit is reached.
  bool admit(Harm harm = Harm::Lost);

  [[nodiscard]] Span span(std::size_t begin, std::size_t end) const;
  [[nodiscard]] Span span(TokenAt token) const { return span(token.begin, token.end); }
  [[nodiscard]] std::string_view text_of(TokenAt token) const;
  [[nodiscard]] std::string describe(TokenAt token) const;
  [[nodiscard]] std::string describe_unknown(TokenAt token) const;
  [[nodiscard]] bool is_invalid_byte(TokenAt token) const;

  void report_string_faults(TokenAt token);
  void report_string_fault(Span place, StringFault fault);
  void report_bad_escape(Span place, std::string_view text);
  void report_quotes(TokenAt token);
  void report_bad_number(TokenAt token);
  void report_word(TokenAt token);
  void label_opener(DiagnosticBuilder& diagnostic, std::uint32_t opener);

  FileId file_;
  std::string_view text_;
  Emitter* emitter_;
  std::size_t num_reported_ = 0;
  std::size_t num_harmful_ = 0;
  bool exhausted_ = false;
};

}  // namespace verdict::compiler
