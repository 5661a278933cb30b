// PEGTL reads the path; each rule that must match where its place is reached has a message of its
// own, which PEGTL throws and parse_jwt_path() catches.
#include "compiler/syntax/jwt_path.h"

#include <algorithm>
#include <utility>

#include <tao/pegtl.hpp>
#include <tao/pegtl/contrib/analyze.hpp>

#include "vm/base/text.h"

namespace verdict::compiler {
namespace {

namespace grammar {

// The names of PEGTL are the language of a grammar.
using namespace tao::pegtl;  // NOLINT(google-build-using-namespace)

struct ControlCharacter : sor<range<'\0', '\x1f'>, one<'\x7f'>> {};
struct NameCharacter : seq<not_at<ControlCharacter>, not_one<'.', '[', ']', '"', '\\', ' '>> {};
struct InnerSpaces : seq<plus<one<' '>>, at<NameCharacter>> {};
struct Name : seq<plus<NameCharacter>, star<sor<NameCharacter, InnerSpaces>>> {};
struct NameEnd : at<sor<one<'.', '['>, eof>> {};
struct WildcardName : seq<one<'*'>, NameEnd> {};
struct RootSign : seq<one<'$'>, NameEnd> {};

struct KeyEscape : seq<one<'\\'>, one<'"', '\\'>> {};
struct KeyPlain : seq<not_at<ControlCharacter>, not_one<'"', '\\'>> {};
struct QuotedKey : plus<sor<KeyPlain, KeyEscape>> {};
struct ClosingQuote : one<'"'> {};
struct ClosingBracket : one<']'> {};
struct Index : sor<one<'0'>, seq<range<'1', '9'>, star<digit>>> {};
struct IndexEnd : not_at<digit> {};
struct Each : one<'*'> {};

struct BracketKey : seq<one<'"'>, must<QuotedKey, ClosingQuote>> {};
struct BracketIndex : seq<Index, must<IndexEnd>> {};
struct BracketContent : sor<BracketKey, BracketIndex, Each> {};
struct Bracket : seq<one<'['>, must<BracketContent, ClosingBracket>> {};
struct BracketRoot : seq<at<seq<one<'['>, one<'"'>>>, Bracket> {};

struct NoRootSign : not_at<RootSign> {};
struct NoWildcard : not_at<WildcardName> {};
struct KeyName : Name {};
struct FirstStep : sor<BracketRoot, KeyName> {};
struct DotStep : seq<one<'.'>, must<NoWildcard, KeyName>> {};
struct Step : sor<DotStep, Bracket> {};
struct End : eof {};
struct Path : must<NoRootSign, NoWildcard, FirstStep, star<Step>, End> {};

template <class Rule>
inline constexpr const char* kMessage = nullptr;
template <>
inline constexpr const char* kMessage<NoRootSign> = "paths start at the claims: leave `$` out";
template <>
inline constexpr const char* kMessage<NoWildcard> =
    "expected a name; every element of a list is written `[*]`";
template <>
inline constexpr const char* kMessage<FirstStep> = "expected a name or `[\"name\"]`";
template <>
inline constexpr const char* kMessage<KeyName> = "expected a name";
template <>
inline constexpr const char* kMessage<QuotedKey> = "expected a name between the quotes";
template <>
inline constexpr const char* kMessage<ClosingQuote> = "expected `\"` after the name";
template <>
inline constexpr const char* kMessage<BracketContent> =
    "expected an index, `*` or a name in double quotes";
template <>
inline constexpr const char* kMessage<IndexEnd> = "expected an index without leading zeros";
template <>
inline constexpr const char* kMessage<ClosingBracket> = "expected `]`";
template <>
inline constexpr const char* kMessage<star<Step>> = "expected `.`, `[` or the end of the path";
template <>
inline constexpr const char* kMessage<End> = "expected `.`, `[` or the end of the path";

// NOLINTBEGIN(readability-identifier-naming): PEGTL looks for these names.
struct Messages {
  template <class Rule>
  static constexpr const char* message = kMessage<Rule>;
  // Only must<> raises; a rule that has a message may fail elsewhere.
  template <class Rule>
  static constexpr bool raise_on_failure = false;
};
// NOLINTEND(readability-identifier-naming)

template <class Rule>
using Control = must_if<Messages>::control<Rule>;

}  // namespace grammar

struct PathState {
  JwtPath path;
  bool quoted = false;     // a `["..."]` was read
  bool bracketed = false;  // an index or `[*]` was read
  std::size_t num_each = 0;
};

std::string unescape_key(std::string_view text) {
  std::string key;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\') ++i;
    key.push_back(text[i]);
  }
  return key;
}

template <class Input>
[[noreturn]] void fail(const char* message, const Input& input) {
  throw tao::pegtl::parse_error(message, input);
}

// Nothing if it is too large.
std::optional<std::uint32_t> read_index(std::string_view digits) {
  std::uint64_t value = 0;
  for (const char digit : digits) {
    value = value * 10 + static_cast<std::uint64_t>(digit - '0');
    if (value > kMaxJwtPathIndex) return std::nullopt;
  }
  return static_cast<std::uint32_t>(value);
}

template <class Rule>
struct Action : tao::pegtl::nothing<Rule> {};

template <>
struct Action<grammar::KeyName> {
  template <class Input>
  static void apply(const Input& input, PathState& state) {
    state.path.steps.push_back({JwtPathStep::Kind::Key, input.string(), 0});
  }
};

template <>
struct Action<grammar::QuotedKey> {
  template <class Input>
  static void apply(const Input& input, PathState& state) {
    state.path.steps.push_back({JwtPathStep::Kind::Key, unescape_key(input.string_view()), 0});
    state.quoted = true;
  }
};

template <>
struct Action<grammar::Index> {
  template <class Input>
  static void apply(const Input& input, PathState& state) {
    const std::optional<std::uint32_t> index = read_index(input.string_view());
    if (!index.has_value()) fail("index is larger than 2147483648", input);
    state.path.steps.push_back({JwtPathStep::Kind::Index, {}, *index});
    state.bracketed = true;
  }
};

template <>
struct Action<grammar::Each> {
  template <class Input>
  static void apply(const Input& input, PathState& state) {
    if (++state.num_each > 1) fail("a path has at most one `[*]`", input);
    state.path.steps.push_back({JwtPathStep::Kind::Each, {}, 0});
    state.bracketed = true;
  }
};

// The first of these characters outside of `["..."]`.
std::size_t find_outside_quotes(std::string_view text, std::string_view characters) {
  bool inside = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (inside) {
      if (text[i] == '\\') {
        ++i;
      } else if (text[i] == '"') {
        inside = false;
      }
    } else if (characters.find(text[i]) != std::string_view::npos) {
      return i;
    } else if (text.substr(i).starts_with("[\"")) {
      inside = true;
      ++i;
    }
  }
  return std::string_view::npos;
}

// What makes a text a name whole.
bool cannot_be_path(std::string_view text) {
  return find_outside_quotes(text, ":/") != std::string_view::npos;
}

std::string in_brackets(std::string_view name) {
  std::string text = "[\"";
  for (const char c : name) {
    if (c == '"' || c == '\\') text += '\\';
    text += c;
  }
  return text + "\"]";
}

// Which of the two readings the text has.
JwtPath choose_readings(std::string_view text, PathState state) {
  std::vector<JwtPathStep>& steps = state.path.steps;
  const bool single_key = steps.size() == 1 && steps[0].kind == JwtPathStep::Kind::Key;
  if (single_key) return {std::move(steps[0].key), {}};
  if (!state.quoted && !state.bracketed) state.path.literal = std::string(text);
  return std::move(state.path);
}

std::string describe_found(std::string_view text, std::size_t offset) {
  if (offset >= text.size()) return "the end of the path";
  const CodePoint code_point = decode_code_point(text.substr(offset));
  return "`" + escape_for_display(text.substr(offset, code_point.size)) + "`";
}

JwtPathError make_error(std::string_view text, std::size_t offset, std::string_view message) {
  std::string whole(message);
  if (message.starts_with("expected"))
    whole = "found " + describe_found(text, offset) + ", " + whole;
  return {offset, std::move(whole), {}};
}

// `["kubernetes.io"].namespace` for `kubernetes\.io.namespace`, as others escape a dot.
std::string spell_escaped_dots(std::string_view text) {
  std::vector<std::string> names(1);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i).starts_with("\\.")) {
      names.back() += text[++i];
    } else if (text[i] == '.') {
      names.emplace_back();
    } else {
      names.back() += text[i];
    }
  }
  std::string path;
  for (const std::string& name : names) {
    const bool is_plain = name.find('.') == std::string::npos;
    path += is_plain ? (path.empty() ? "" : ".") + name : in_brackets(name);
  }
  return path;
}

Expected<JwtPath, JwtPathError> parse_path(std::string_view text) {
  PathState state;
  try {
    tao::pegtl::memory_input input(text.data(), text.size(), "");
    tao::pegtl::parse<grammar::Path, Action, grammar::Control>(input, state);
  } catch (const tao::pegtl::parse_error& error) {
    return Unexpected(make_error(text, error.positions().front().byte, error.message()));
  }
  return choose_readings(text, std::move(state));
}

// A name with `:` or `/`, taken whole. A bracket in it would be part of the name, which nobody
// means.
Expected<JwtPath, JwtPathError> read_whole_name(std::string_view text) {
  const std::size_t bracket = find_outside_quotes(text, "[");
  const std::size_t quoted = std::min(text.find("[\""), bracket);
  if (quoted == std::string_view::npos) return JwtPath{std::string(text), {}};
  JwtPathError error{quoted,
                     "a name with `:` or `/` is taken whole, so a step behind it needs the name in "
                     "brackets",
                     in_brackets(text.substr(0, quoted)) + std::string(text.substr(quoted))};
  if (const auto meant = parse_path(error.spelling); !meant) error.spelling.clear();
  return Unexpected(std::move(error));
}

}  // namespace

Expected<JwtPath, JwtPathError> parse_jwt_path(std::string_view text) {
  if (cannot_be_path(text)) return read_whole_name(text);
  auto path = parse_path(text);
  if (path || text.find("\\.") == std::string_view::npos) return path;
  JwtPathError error = std::move(path).error();
  error.spelling = spell_escaped_dots(text);
  if (!parse_path(error.spelling)) error.spelling.clear();
  return Unexpected(std::move(error));
}

std::optional<std::string> find_other_reading(std::string_view text) {
  const std::size_t scheme = text.find("://");
  const std::size_t dot = text.rfind('.');
  const std::size_t slash = text.rfind('/');
  if (!cannot_be_path(text)) return std::nullopt;  // the name stands in brackets already
  if (scheme == std::string_view::npos || dot == std::string_view::npos) return std::nullopt;
  if (slash <= scheme + 2 || dot < slash || slash + 1 == dot) return std::nullopt;
  std::string spelling = in_brackets(text.substr(0, dot)) + std::string(text.substr(dot));
  return parse_path(spelling) ? std::optional(std::move(spelling)) : std::nullopt;
}

std::size_t jwt_path_grammar_issues() { return tao::pegtl::analyze<grammar::Path>(0); }

}  // namespace verdict::compiler
