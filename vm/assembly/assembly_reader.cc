#include "vm/assembly/assembly_reader.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "vm/assembly/assembly_text.h"
#include "vm/assembly/assembly_tokens.h"
#include "vm/base/text.h"

namespace verdict {
namespace {

std::string describe(const Token& token) {
  if (token.kind == TokenKind::End) return "the end of the line";
  std::string text;
  if (token.kind == TokenKind::String) {
    append_quoted(text, token.text.substr(0, kMaxInlineBytes));
    return text;
  }
  return "`" + escape_for_display(token.text.substr(0, kMaxInlineBytes)) + "`";
}

}  // namespace

bool AssemblyReader::next_line() {
  do {
    if (failed() || rest_.empty()) return false;
    const std::size_t end = std::min(rest_.find('\n'), rest_.size());
    line_ = rest_.substr(0, end);
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    ++line_number_;
    next_ = 0;
    tokens_.clear();
    if (const auto result = tokenize(line_, tokens_); !result) {
      Token at;
      at.offset = result.error().offset;
      fail(at, result.error().message);
      return false;
    }
  } while (tokens_.size() == 1);
  return true;
}

const Token& AssemblyReader::peek(std::size_t ahead) const {
  return tokens_[std::min(next_ + ahead, tokens_.size() - 1)];
}

Token AssemblyReader::take() {
  const Token token = peek();
  if (next_ + 1 < tokens_.size()) ++next_;
  return token;
}

bool AssemblyReader::accept(std::string_view mark) {
  if (!peek().is_mark(mark)) return false;
  take();
  return true;
}

bool AssemblyReader::accept_word(std::string_view word) {
  if (peek().kind != TokenKind::Word || peek().text != word) return false;
  take();
  return true;
}

void AssemblyReader::expect(std::string_view mark) {
  if (!accept(mark)) fail_expected(peek(), "`" + std::string(mark) + "`");
}

void AssemblyReader::expect_line_end() {
  if (peek().kind != TokenKind::End) fail_expected(peek(), "the end of the line");
}

std::uint64_t AssemblyReader::expect_number(std::uint64_t max) {
  const Token token = take();
  std::uint64_t value = token.row;
  if (token.kind != TokenKind::Row) {
    const char* end = token.text.data() + token.text.size();
    const auto [last, error] = std::from_chars(token.text.data(), end, value);
    if (token.kind != TokenKind::Number || error != std::errc() || last != end) {
      fail_expected(token, "a whole number");
      return 0;
    }
  }
  if (value <= max) return value;
  fail(token, "at most " + std::to_string(max) + " fits here");
  return 0;
}

std::size_t AssemblyReader::expect_word(std::span<const std::string_view> names,
                                        std::string_view what) {
  const Token token = take();
  const auto found = std::find(names.begin(), names.end(), token.text);
  if (token.kind == TokenKind::Word && found != names.end())
    return static_cast<std::size_t>(found - names.begin());
  std::string message = "expected " + std::string(what) + ", found " + describe(token);
  if (const auto similar = find_similar(token.text, names);
      similar && token.kind == TokenKind::Word) {
    message += "; did you mean `" + std::string(*similar) + "`?";
  }
  fail(token, std::move(message));
  return 0;
}

AssembleError AssemblyReader::place_of(const Token& token) const {
  return {line_number_, count_code_points(line_.substr(0, token.offset)) + 1, {}};
}

void AssemblyReader::fail(const Token& token, std::string message) {
  fail_at(place_of(token), std::move(message));
}

void AssemblyReader::fail_at(const AssembleError& place, std::string message) {
  if (failed()) return;
  error_ = AssembleError{place.line, place.column, std::move(message)};
  tokens_.assign(1, Token{});
  next_ = 0;
}

void AssemblyReader::fail_expected(const Token& token, std::string_view what) {
  fail(token, "expected " + std::string(what) + ", found " + describe(token));
}

}  // namespace verdict
