// Each function is one diagnostic: what was found, what was expected, and a repair where one is
// likely.
#include "compiler/syntax/json_problems.h"

#include <algorithm>
#include <array>
#include <optional>

#include "compiler/diag/suggest.h"
#include "compiler/syntax/json_numbers.h"
#include "compiler/syntax/json_strings.h"
#include "vm/base/limits.h"
#include "vm/base/text.h"

namespace verdict::compiler {
namespace {

constexpr std::size_t kLongestQuote = 30;  // bytes of the author's text repeated in a message

// Cut at a code point, with `...`.
std::string shorten(std::string_view text) {
  if (text.size() <= kLongestQuote) return std::string(text);
  std::size_t end = kLongestQuote;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return std::string(text.substr(0, end)) + "...";
}

std::string quote(std::string_view text) { return "`" + shorten(text) + "`"; }

std::string to_hex(std::uint32_t value, std::size_t width) {
  std::string hex;
  for (; value > 0 || hex.size() < width; value /= 16)
    hex.insert(hex.begin(), "0123456789ABCDEF"[value % 16]);
  return hex;
}

std::string name_code_point(char32_t value) {
  return "U+" + to_hex(static_cast<std::uint32_t>(value), 4);
}

std::string name_byte(char byte) { return "byte 0x" + to_hex(static_cast<unsigned char>(byte), 2); }

// The quotes that a text of other languages, or a word processor, stands in.
std::string_view name_quotes(std::string_view text) {
  if (text.starts_with('\'')) return "single";
  return text.starts_with('`') ? "backtick" : "typographic";
}

// The inside of single, back or typographic quotes, closed ones.
std::string_view strip_quotes(std::string_view text) {
  const std::size_t width = decode_code_point(text).size;
  return text.substr(width, text.size() - 2 * width);
}

// `text` as a JSON string, if nothing in it needs an escape.
std::optional<std::string> in_double_quotes(std::string_view text) {
  if (text.find_first_of("\"\\") != std::string_view::npos) return std::nullopt;
  return "\"" + std::string(text) + "\"";
}

void help_quotes(DiagnosticBuilder& diagnostic, Span span, std::string_view text) {
  const std::optional<std::string> quoted = in_double_quotes(text);
  if (!quoted.has_value()) return;
  diagnostic.help("text stands in double quotes: `" + shorten(*quoted) + "`").fix(span, *quoted);
}

bool is_string(TokenAt token) {
  return token.kind == JsonToken::BrokenString || token.kind == JsonToken::UnclosedString;
}

bool is_quoted(TokenAt token) {
  return token.kind == JsonToken::OtherQuotes || token.kind == JsonToken::UnclosedQuotes;
}

// What other languages write for the words of JSON.
struct ForeignWord {
  std::string_view word;
  std::string_view json;
};
constexpr std::array<ForeignWord, 8> kForeignWords = {{{"none", "null"},
                                                       {"nil", "null"},
                                                       {"undefined", "null"},
                                                       {"true", "true"},
                                                       {"false", "false"},
                                                       {"null", "null"},
                                                       {"yes", "true"},
                                                       {"no", "false"}}};

std::string to_lower(std::string_view text) {
  std::string lower(text.substr(0, kLongestQuote));
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

std::optional<std::string_view> find_json_word(std::string_view word) {
  const std::string lower = to_lower(word);
  for (const ForeignWord& foreign : kForeignWords) {
    if (foreign.word == lower) return foreign.json;
  }
  constexpr std::array<std::string_view, 3> kWords = {"true", "false", "null"};
  return find_nearest(lower, kWords);
}

}  // namespace

bool JsonProblems::admit(Harm harm) {
  if (harm == Harm::Lost) ++num_harmful_;
  if (exhausted_) return false;
  if (num_reported_ == limits::kMaxJsonErrors) {
    emitter_->emit(Code::JsonTooManyErrors, Span{file_, 0, 0},
                   {std::to_string(limits::kMaxJsonErrors)});
    exhausted_ = true;
    return false;
  }
  ++num_reported_;
  return true;
}

Span JsonProblems::span(std::size_t begin, std::size_t end) const {
  return {file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

std::string_view JsonProblems::text_of(TokenAt token) const {
  return text_.substr(token.begin, token.end - token.begin);
}

bool JsonProblems::is_invalid_byte(TokenAt token) const {
  return token.kind == JsonToken::Unknown && !decode_code_point(text_of(token)).valid;
}

std::string JsonProblems::describe_unknown(TokenAt token) const {
  const CodePoint code_point = decode_code_point(text_of(token));
  if (!code_point.valid) return name_byte(text_[token.begin]);
  if (code_point.value < 0x20 || code_point.value == 0x7F)
    return "control character " + name_code_point(code_point.value);
  if (is_hidden(code_point.value))
    return "invisible character " + name_code_point(code_point.value);
  const std::string quoted = quote(text_of(token));
  return code_point.value < 0x80 ? quoted : quoted + " (" + name_code_point(code_point.value) + ")";
}

std::string JsonProblems::describe(TokenAt token) const {
  if (token.kind == JsonToken::End) return "the end of the file";
  return token.kind == JsonToken::Unknown ? describe_unknown(token) : quote(text_of(token));
}

void JsonProblems::report_too_large() {
  if (!admit()) return;
  emitter_->emit(Code::JsonTooLarge, Span{file_, 0, 0}, {std::to_string(limits::kMaxSourceBytes)});
}

void JsonProblems::report_encoding(std::size_t offset, std::string_view found) {
  if (!admit()) return;
  const std::string description = found.empty() ? name_byte(text_[offset]) : std::string(found);
  emitter_
      ->emit(Code::JsonInvalidUtf8, span(offset, std::min(offset + 1, text_.size())), {description})
      .help("save the file as UTF-8");
}

void JsonProblems::report_byte_order_mark(std::size_t size) {
  if (!admit(Harm::None)) return;
  emitter_->emit(Code::JsonByteOrderMark, span(0, size))
      .help("save the file as UTF-8 without it")
      .fix(span(0, size), "");
}

void JsonProblems::report_empty() {
  if (admit()) emitter_->emit(Code::JsonEmpty, span(text_.size(), text_.size()));
}

void JsonProblems::report_comment(std::uint32_t begin, std::uint32_t end) {
  if (!admit(Harm::None)) return;
  emitter_->emit(Code::JsonComment, span(begin, end))
      .help("remove it, or write it into a `\"description\"`");
}

void JsonProblems::report_bad_value(TokenAt token) {
  if (is_string(token)) return report_string_faults(token);
  if (is_quoted(token)) return report_quotes(token);
  return token.kind == JsonToken::BadNumber ? report_bad_number(token) : report_word(token);
}

void JsonProblems::report_bad_key(TokenAt token) {
  if (is_string(token)) return report_string_faults(token);
  if (is_quoted(token)) return report_quotes(token);
  if (!admit()) return;
  DiagnosticBuilder diagnostic =
      emitter_->emit(Code::JsonUnquotedKey, span(token), {shorten(text_of(token))});
  if (const auto quoted = in_double_quotes(text_of(token))) {
    diagnostic.help("keys stand in double quotes: `" + shorten(*quoted) + "`")
        .fix(span(token), *quoted);
  }
}

void JsonProblems::report_duplicate_key(TokenAt token, std::string_view key, Span first) {
  if (!admit(Harm::None)) return;
  emitter_->emit(Code::JsonDuplicateKey, span(token), {shorten(key)})
      .here("again here")
      .label(first, "first here");
}

void JsonProblems::report_string_faults(TokenAt token) {
  const bool closed = token.kind == JsonToken::BrokenString;
  const std::size_t inside = token.begin + 1U;
  const std::size_t end = closed ? token.end - 1U : token.end;
  if (!closed && admit()) {
    emitter_->emit(Code::JsonUnclosedString, span(token.end, token.end))
        .here("the closing quote is missing")
        .label(span(token.begin, token.begin + 1U), "the string starts here");
  }
  for (const StringFaultAt& fault : find_string_faults(text_.substr(inside, end - inside))) {
    if (!admit()) return;
    report_string_fault(span(inside + fault.begin, inside + fault.end), fault.fault);
  }
}

void JsonProblems::report_string_fault(Span place, StringFault fault) {
  const std::string_view text = text_.substr(place.begin, place.end - place.begin);
  switch (fault) {
    case StringFault::BadEscape:
      return report_bad_escape(place, text);
    case StringFault::LoneSurrogate:
      emitter_->emit(Code::JsonLoneSurrogate, place, {std::string(text)});
      return;
    case StringFault::ControlCharacter:
      emitter_
          ->emit(Code::JsonControlCharacter, place,
                 {name_code_point(static_cast<unsigned char>(text[0]))})
          .help("write `" + escape_for_display(text) + "`")
          .fix(place, escape_for_display(text));
      return;
  }
}

void JsonProblems::report_bad_escape(Span place, std::string_view text) {
  DiagnosticBuilder diagnostic = emitter_->emit(Code::JsonBadEscape, place, {std::string(text)});
  if (text.starts_with("\\u")) {
    diagnostic.help("`\\u` takes exactly four hexadecimal digits");
  } else if (text == "\\'") {
    diagnostic.help("a single quote needs no escape").fix(place, "'");
  } else if (!is_hidden(decode_code_point(text.substr(1)).value)) {
    diagnostic.help("a backslash itself is written twice: `\\" + std::string(text) + "`")
        .fix(place, "\\" + std::string(text));
  }
}

void JsonProblems::report_quotes(TokenAt token) {
  if (!admit()) return;
  const std::string_view text = text_of(token);
  DiagnosticBuilder diagnostic =
      emitter_->emit(Code::JsonQuotes, span(token), {std::string(name_quotes(text))});
  if (token.kind != JsonToken::OtherQuotes) return;
  if (const auto quoted = in_double_quotes(strip_quotes(text))) {
    diagnostic.help("write `" + shorten(*quoted) + "`").fix(span(token), *quoted);
  }
}

void JsonProblems::report_bad_number(TokenAt token) {
  if (!admit()) return;
  const std::string_view text = text_of(token);
  const NumberFault fault = explain_bad_number(text);
  DiagnosticBuilder diagnostic =
      emitter_->emit(Code::JsonBadNumber, span(token), {shorten(text), std::string(fault.reason)});
  if (fault.looks_like_text) {
    help_quotes(diagnostic, span(token), text);
  } else if (!fault.repaired.empty()) {
    diagnostic.did_you_mean(span(token), fault.repaired);
  }
}

void JsonProblems::report_word(TokenAt token) {
  const std::string_view text = text_of(token);
  if (is_not_finite(text)) return report_bad_number(token);
  if (!admit()) return;
  DiagnosticBuilder diagnostic =
      emitter_->emit(Code::JsonUnknownWord, span(token), {shorten(text)});
  if (const auto word = find_json_word(text)) {
    diagnostic.did_you_mean(span(token), std::string(*word));
  } else {
    help_quotes(diagnostic, span(token), text);
  }
}

void JsonProblems::report_unexpected(TokenAt token, std::string_view expected) {
  if (is_invalid_byte(token) || !admit()) return;  // the encoding has been reported
  emitter_->emit(Code::JsonUnexpected, span(token), {describe(token), std::string(expected)});
}

void JsonProblems::report_colon_in_array(TokenAt token, std::uint32_t opener) {
  if (!admit()) return;
  DiagnosticBuilder diagnostic =
      emitter_->emit(Code::JsonUnexpected, span(token), {describe(token), "`,` or `]`"});
  label_opener(diagnostic, opener);
}

void JsonProblems::report_missing_comma(std::uint32_t previous_end, TokenAt next) {
  if (!admit()) return;
  const Span place = span(previous_end, previous_end);
  emitter_->emit(Code::JsonMissingComma, place, {describe(next)})
      .here("add `,` here")
      .fix(place, ",");
}

void JsonProblems::report_missing_colon(std::uint32_t previous_end, TokenAt next) {
  if (!admit()) return;
  const Span place = span(previous_end, previous_end);
  emitter_->emit(Code::JsonMissingColon, place, {describe(next)})
      .here("add `:` here")
      .fix(place, ":");
}

void JsonProblems::report_trailing_comma(TokenAt comma, TokenAt closer) {
  if (!admit(Harm::None)) return;
  emitter_->emit(Code::JsonTrailingComma, span(comma), {describe(closer)})
      .here("remove it")
      .fix(span(comma), "");
}

void JsonProblems::label_opener(DiagnosticBuilder& diagnostic, std::uint32_t opener) {
  diagnostic.label(span(opener, opener + 1U),
                   "this `" + std::string(1, text_[opener]) + "` is not closed");
}

void JsonProblems::report_wrong_bracket(TokenAt token, std::uint32_t opener) {
  if (!admit()) return;
  const std::string_view expected = text_[opener] == '[' ? "`]`" : "`}`";
  DiagnosticBuilder diagnostic =
      emitter_->emit(Code::JsonWrongBracket, span(token), {describe(token), std::string(expected)});
  label_opener(diagnostic, opener);
}

void JsonProblems::report_unclosed(std::uint32_t previous_end, std::string_view expected,
                                   std::uint32_t opener) {
  if (!admit()) return;
  DiagnosticBuilder diagnostic =
      emitter_->emit(Code::JsonUnclosed, span(previous_end, previous_end), {std::string(expected)});
  diagnostic.here("the text ends here");
  label_opener(diagnostic, opener);
}

void JsonProblems::report_trailing_text(TokenAt token) {
  if (is_invalid_byte(token) || !admit()) return;
  emitter_->emit(Code::JsonTrailingText, span(token), {describe(token)});
}

void JsonProblems::report_too_deep(TokenAt token) {
  if (admit())
    emitter_->emit(Code::JsonTooDeep, span(token), {std::to_string(limits::kMaxJsonDepth)});
}

}  // namespace verdict::compiler
