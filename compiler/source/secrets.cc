#include "compiler/source/secrets.h"

#include <algorithm>
#include <array>

namespace verdict::compiler {
namespace {

constexpr std::string_view kObjectBegin = "eyJ";  // base64url of `{"`
constexpr std::size_t kShortestObject = 12;       // of `{"a":1}`, about

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

}  // namespace

std::optional<TextRange> find_token(std::string_view text, std::size_t from) {
  for (std::size_t begin = text.find(kObjectBegin, from); begin != std::string_view::npos;
       begin = text.find(kObjectBegin, begin + 1)) {
    if (begin > 0 && is_base64url(text[begin - 1])) continue;
    if (end_of_run(text, begin, is_base64url) - begin < kShortestObject) continue;
    return TextRange{begin, end_of_run(text, begin, is_of_token)};
  }
  return std::nullopt;
}

std::string conceal_tokens(std::string text) {
  constexpr std::string_view kShown = "...";
  for (auto token = find_token(text); token; token = find_token(text, token->begin + kShown.size()))
    text.replace(token->begin, token->end - token->begin, kShown);
  return text;
}

std::optional<std::string_view> find_token_in_argument(std::string_view argument) {
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
