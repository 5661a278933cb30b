#include "vm/assembly/assembly_tokens.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "vm/base/text.h"

namespace verdict {
namespace {

using Result = Expected<void, TokenError>;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

std::optional<std::uint32_t> read_hex(std::string_view digits) {
  std::uint32_t value = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  if (error != std::errc() || end != digits.data() + digits.size() || digits.empty())
    return std::nullopt;
  return value;
}

constexpr bool is_high_surrogate(std::uint32_t unit) { return unit >= 0xD800 && unit <= 0xDBFF; }
constexpr bool is_low_surrogate(std::uint32_t unit) { return unit >= 0xDC00 && unit <= 0xDFFF; }

class LineLexer {
 public:
  LineLexer(std::string_view line, std::vector<Token>& tokens) : line_(line), tokens_(tokens) {}

  Result run() {
    while (skip_space()) VERDICT_TRY(read_token());
    add(TokenKind::End, line_.size(), {});
    return {};
  }

 private:
  // To the next token; false at the end of the line or at a comment.
  bool skip_space() {
    while (at_ < line_.size() && (line_[at_] == ' ' || line_[at_] == '\t' || line_[at_] == '\r'))
      ++at_;
    return at_ < line_.size() && line_[at_] != ';';
  }

  Token& add(TokenKind kind, std::size_t offset, std::string_view text) {
    return tokens_.emplace_back(Token{kind, std::string(text), 0, offset});
  }

  Result read_token() {
    const char c = line_[at_];
    if (c == '"') return read_string();
    if (c == '#') return read_row();
    if (is_letter(c) || c == '.')
      return read_while(TokenKind::Word,
                        [](char x) { return is_letter(x) || is_digit(x) || x == '.'; });
    if (is_digit(c) || (c == '-' && at_ + 1 < line_.size() && is_digit(line_[at_ + 1])))
      return read_number();
    return read_mark();
  }

  template <class Predicate>
  Result read_while(TokenKind kind, Predicate belongs) {
    const std::size_t begin = at_;
    while (at_ < line_.size() && belongs(line_[at_])) ++at_;
    add(kind, begin, line_.substr(begin, at_ - begin));
    return {};
  }

  // Whatever may belong to a number; what it is worth is for the reader to say.
  Result read_number() {
    const std::size_t begin = at_++;
    while (at_ < line_.size()) {
      const char c = line_[at_];
      const bool is_exponent_sign =
          (c == '+' || c == '-') && (line_[at_ - 1] == 'e' || line_[at_ - 1] == 'E');
      if (!is_digit(c) && !is_letter(c) && c != '.' && !is_exponent_sign) break;
      ++at_;
    }
    add(TokenKind::Number, begin, line_.substr(begin, at_ - begin));
    return {};
  }

  Result read_row() {
    const std::size_t begin = at_++;
    const bool is_hex = line_.substr(at_, 2) == "0x";
    if (is_hex) at_ += 2;
    std::uint64_t value = 0;
    const auto [end, error] =
        std::from_chars(line_.data() + at_, line_.data() + line_.size(), value, is_hex ? 16 : 10);
    if (error != std::errc()) return wrong(begin, "expected a number of at most 64 bits after `#`");
    at_ = static_cast<std::size_t>(end - line_.data());
    add(TokenKind::Row, begin, line_.substr(begin, at_ - begin)).row = value;
    return {};
  }

  Result read_mark() {
    constexpr std::string_view kMarks = ",:+@{}";
    const std::size_t length = line_.substr(at_, 2) == "->" ? 2 : 1;
    if (length == 1 && kMarks.find(line_[at_]) == std::string_view::npos) {
      return wrong(at_, "no token begins with `" + escape_for_display(first_character()) + "`");
    }
    add(TokenKind::Mark, at_, line_.substr(at_, length));
    at_ += length;
    return {};
  }

  std::string_view first_character() const {
    return line_.substr(at_, decode_code_point(line_.substr(at_)).size);
  }

  Result read_string() {
    const std::size_t begin = at_++;
    std::string text;
    while (at_ < line_.size() && line_[at_] != '"') {
      if (line_[at_] == '\\') {
        VERDICT_TRY(read_escape(text));
      } else {
        text += line_[at_++];
      }
    }
    if (at_ == line_.size()) return wrong(begin, "the string has no closing quote");
    ++at_;
    add(TokenKind::String, begin, text);
    return {};
  }

  Result read_escape(std::string& text) {
    constexpr std::string_view kLetters = "\"\\/bfnrt";
    constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
    const std::size_t begin = at_++;
    const char letter = at_ < line_.size() ? line_[at_++] : '\0';
    if (const std::size_t i = kLetters.find(letter);
        letter != '\0' && i != std::string_view::npos) {
      text += kMeanings[i];
      return {};
    }
    if (letter == 'x') return read_byte(begin, text);
    if (letter == 'u') return read_code_point(begin, text);
    return wrong(begin, "unknown escape");
  }

  Result read_byte(std::size_t begin, std::string& text) {
    const auto byte = take_hex(2);
    if (!byte) return wrong(begin, "expected two hexadecimal digits after `\\x`");
    text += static_cast<char>(*byte);
    return {};
  }

  Result read_code_point(std::size_t begin, std::string& text) {
    auto value = take_hex(4);
    if (value && is_high_surrogate(*value) && line_.substr(at_, 2) == "\\u") {
      at_ += 2;
      const auto low = take_hex(4);
      value = low && is_low_surrogate(*low)
                  ? std::optional(0x10000 + ((*value - 0xD800) << 10U) + (*low - 0xDC00))
                  : std::nullopt;
    }
    if (!value || is_high_surrogate(*value) || is_low_surrogate(*value)) {
      return wrong(begin, "expected the four hexadecimal digits of a character after `\\u`");
    }
    append_utf8(text, static_cast<char32_t>(*value));
    return {};
  }

  std::optional<std::uint32_t> take_hex(std::size_t count) {
    if (line_.size() - at_ < count) return std::nullopt;
    const auto value = read_hex(line_.substr(at_, count));
    at_ += count;
    return value;
  }

  static Unexpected<TokenError> wrong(std::size_t offset, std::string message) {
    return Unexpected(TokenError{offset, std::move(message)});
  }

  std::string_view line_;
  std::vector<Token>& tokens_;
  std::size_t at_ = 0;
};

}  // namespace

Expected<void, TokenError> tokenize(std::string_view line, std::vector<Token>& tokens) {
  return LineLexer(line, tokens).run();
}

}  // namespace verdict
