#include "compiler/source/secrets.h"

#include <algorithm>
#include <array>
#include <string>

namespace verdict::compiler {
namespace {

// base64url of `{` with `"`, a space, a line feed or a carriage return behind it.
constexpr auto kObjectBegins = std::to_array<std::string_view>({"eyJ", "eyA", "ewo", "ew0"});
constexpr std::size_t kShortestObject = 12;  // of `{"a":1}`, about

constexpr auto kFileEndings = std::to_array<std::string_view>({".json", ".vbc", ".vasm", ".txt"});

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_base64url(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
}

bool is_of_token(char c) { return is_base64url(c) || c == '.'; }

// The end of the run of such characters that begins at `begin`.
template <class Predicate>
std::size_t end_of_run(std::string_view text, std::size_t begin, Predicate is_inside) {
  while (begin < text.size() && is_inside(text[begin])) ++begin;
  return begin;
}

bool is_name_of_file(std::string_view run) {
  return std::any_of(kFileEndings.begin(), kFileEndings.end(),
                     [run](std::string_view ending) { return run.ends_with(ending); });
}

// Two dots behind something, and not numbers alone.
bool could_be_token(std::string_view run) {
  const std::size_t first = run.find('.');
  const std::size_t second = first == std::string_view::npos ? first : run.find('.', first + 1);
  if (second == std::string_view::npos || first == 0 || second == first + 1) return false;
  const bool is_number =
      std::all_of(run.begin(), run.end(), [](char c) { return is_digit(c) || c == '.'; });
  return !is_number && !is_name_of_file(run);
}

// Whether a part between two dots follows.
bool has_second_part(std::string_view text, std::size_t head) {
  if (head == text.size() || text[head] != '.') return false;
  const std::size_t end = end_of_run(text, head + 1, is_base64url);
  return end > head + 1 && end < text.size() && text[end] == '.';
}

bool begins_object(std::string_view text) {
  return std::any_of(kObjectBegins.begin(), kObjectBegins.end(),
                     [text](std::string_view begin) { return text.starts_with(begin); });
}

// ---- secrets

constexpr auto kSecretMembers =
    std::to_array<std::string_view>({"d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv"});

constexpr std::string_view kPemBegin = "-----BEGIN ";
constexpr std::size_t kShortestChance = 40;

// Beside the members of keys. In lower case, without `_` and `-`.
constexpr auto kSecretNames = std::to_array<std::string_view>(
    {"secret", "clientsecret", "hmacsecret", "sharedsecret", "privatekey", "password"});

bool is_base64(char c) { return is_base64url(c) || c == '+' || c == '='; }

bool is_secret_name(std::string_view run) {
  std::array<char, 16> name{};
  std::size_t size = 0;
  for (const char c : run) {
    if (c == '_' || c == '-') continue;
    if (size == name.size()) return false;
    name.at(size++) = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  const std::string_view lower(name.data(), size);
  return is_secret_member(lower) ||
         std::find(kSecretNames.begin(), kSecretNames.end(), lower) != kSecretNames.end();
}

// Letters of both cases and digits, more than any name has together.
bool looks_like_chance(std::string_view run) {
  if (run.size() < kShortestChance) return false;
  const auto has = [run](char first, char last) {
    return std::any_of(run.begin(), run.end(), [=](char c) { return c >= first && c <= last; });
  };
  return has('0', '9') && has('a', 'z') && has('A', 'Z');
}

bool is_quote(char c) { return c == '"' || c == '\'' || c == '`'; }

// What stands behind the name of a key: a text in any quotes, or whatever there is up to the next
// comma, bracket or line. Empty where no value follows.
std::optional<TextRange> range_of_value(std::string_view text, std::size_t at) {
  const auto skip_spaces = [text](std::size_t i) {
    return end_of_run(text, i, [](char c) { return c == ' ' || c == '\t'; });
  };
  if (at < text.size() && is_quote(text[at])) ++at;
  at = skip_spaces(at);
  const bool has_colon = at < text.size() && text[at] == ':';
  if (has_colon) at = skip_spaces(at + 1);
  const bool is_quoted = at < text.size() && is_quote(text[at]);
  if (!has_colon && !is_quoted) return std::nullopt;
  const char quote = is_quoted ? text[at] : '\0';
  const std::size_t end = end_of_run(text, is_quoted ? at + 1 : at, [quote](char c) {
    return c != '\n' && c != quote &&
           (quote != '\0' || (c != ',' && c != '}' && c != ']' && c != '{' && c != '['));
  });
  const std::size_t behind = is_quoted && end < text.size() && text[end] == quote ? end + 1 : end;
  return behind > at ? std::optional(TextRange{at, behind}) : std::nullopt;
}

// To the end of the text that it stands in: a JSON string holds all of it in one line.
TextRange range_of_pem(std::string_view text, std::size_t at) {
  constexpr std::size_t kLongestLabel = 48;
  if (text.substr(at, kLongestLabel).find("PRIVATE KEY") == std::string_view::npos) return {at, at};
  const std::size_t line_end = end_of_run(text, at, [](char c) { return c != '\n'; });
  constexpr std::string_view kPemEnd = "-----END ";
  const std::size_t end = text.find(kPemEnd, at);
  return {at, end == std::string_view::npos ? line_end : end};
}

}  // namespace

bool is_secret_member(std::string_view key) {
  return std::find(kSecretMembers.begin(), kSecretMembers.end(), key) != kSecretMembers.end();
}

std::optional<TextRange> find_token(std::string_view text, std::size_t from) {
  for (std::size_t begin = text.find('e', from); begin != std::string_view::npos;
       begin = text.find('e', begin + 1)) {
    if (!begins_object(text.substr(begin))) continue;
    const std::size_t head = end_of_run(text, begin, is_base64url);
    const bool stands_alone = begin == 0 || !is_base64url(text[begin - 1]);
    const bool is_usual = text.substr(begin).starts_with(kObjectBegins.front());
    const bool is_head = stands_alone && is_usual && head - begin >= kShortestObject;
    // The rest of the run is looked at once: it is taken, or passed over.
    const bool has_parts = has_second_part(text, head);
    const std::size_t end = is_head || has_parts ? end_of_run(text, head, is_of_token) : head;
    if (is_head || (has_parts && !is_name_of_file(text.substr(begin, end - begin))))
      return TextRange{begin, end};
    begin = end - 1;
  }
  return std::nullopt;
}

std::optional<TextRange> find_secret(std::string_view text, std::size_t from) {
  for (std::size_t at = from; at < text.size();) {
    if (text.substr(at).starts_with(kPemBegin)) {
      const TextRange pem = range_of_pem(text, at);
      if (pem.end > pem.begin) return pem;
      at += kPemBegin.size();
    } else if (is_base64(text[at])) {
      const std::size_t end = end_of_run(text, at, is_base64);
      if (looks_like_chance(text.substr(at, end - at))) return TextRange{at, end};
      if (is_secret_name(text.substr(at, end - at))) {
        if (const auto value = range_of_value(text, end)) return value;
      }
      at = end;
    } else {
      ++at;
    }
  }
  return std::nullopt;
}

std::string conceal_tokens(std::string text) {
  auto token = find_token(text);
  if (!token) return text;
  std::string shown;
  std::size_t from = 0;
  for (; token; token = find_token(text, from)) {
    shown.append(text, from, token->begin - from).append("...");
    from = token->end;
  }
  return shown.append(text, from);
}

std::optional<std::string_view> find_token_in_argument(std::string_view argument) {
  if (const auto token = find_token(argument))
    return argument.substr(token->begin, token->end - token->begin);
  for (std::size_t begin = 0; begin < argument.size();) {
    const std::size_t end = end_of_run(argument, begin, is_of_token);
    const std::string_view run = argument.substr(begin, end - begin);
    const bool is_in_path = (begin > 0 && argument[begin - 1] == '/') ||
                            (end < argument.size() && argument[end] == '/');
    if (!is_in_path && could_be_token(run)) return run;
    begin = std::max(end, begin + 1);
  }
  return std::nullopt;
}

}  // namespace verdict::compiler
