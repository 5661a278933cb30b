// The grammar of tokens. Structure, nesting and recovery are the reader's (json.cc).
#include "compiler/syntax/json_tokens.h"

#include <tao/pegtl.hpp>
#include <tao/pegtl/contrib/analyze.hpp>

#include "compiler/syntax/json.h"

namespace verdict::compiler {
namespace {

namespace grammar {

// The names of PEGTL are the language of a grammar.
using namespace tao::pegtl;  // NOLINT(google-build-using-namespace)

struct Spaces : star<one<' ', '\t', '\n', '\r'>> {};
struct RestOfLine : star<not_one<'\n', '\r'>> {};

struct ObjectBegin : one<'{'> {};
struct ObjectEnd : one<'}'> {};
struct ArrayBegin : one<'['> {};
struct ArrayEnd : one<']'> {};
struct Comma : one<','> {};
struct Colon : one<':'> {};

struct HighSurrogate : seq<one<'d', 'D'>, one<'8', '9', 'a', 'b', 'A', 'B'>, rep<2, xdigit>> {};
struct LowSurrogate
    : seq<one<'d', 'D'>, one<'c', 'd', 'e', 'f', 'C', 'D', 'E', 'F'>, rep<2, xdigit>> {};
struct SurrogatePair : seq<HighSurrogate, one<'\\'>, one<'u'>, LowSurrogate> {};
struct OtherUnit : seq<not_at<sor<HighSurrogate, LowSurrogate>>, rep<4, xdigit>> {};
struct UnicodeEscape : seq<one<'u'>, sor<OtherUnit, SurrogatePair>> {};
struct Escape : seq<one<'\\'>, sor<one<'"', '\\', '/', 'b', 'f', 'n', 'r', 't'>, UnicodeEscape>> {};
// All but control characters, `"` and `\`; one rule, since nearly all bytes pass through it.
struct Plain : ranges<'\x20', '\x21', '\x23', '\x5B', '\x5D', '\x7F', '\x80', '\xFF'> {};
struct String : seq<one<'"'>, star<sor<Plain, Escape>>, one<'"'>> {};

struct AnyEscape : seq<one<'\\'>, not_one<'\n', '\r'>> {};
struct AnyPlain : not_one<'"', '\\', '\n', '\r'> {};
struct BrokenString : seq<one<'"'>, star<sor<AnyPlain, AnyEscape>>, one<'"'>> {};
struct UnclosedString : seq<one<'"'>, RestOfLine> {};

// U+2018 to U+201F.
struct Typographic : seq<tao::pegtl::string<'\xE2', '\x80'>, range<'\x98', '\x9F'>> {};
struct InTypographic : seq<not_at<Typographic>, not_one<'\n', '\r'>> {};
struct SingleQuoted : seq<one<'\''>, star<not_one<'\'', '\n', '\r'>>, one<'\''>> {};
struct BackQuoted : seq<one<'`'>, star<not_one<'`', '\n', '\r'>>, one<'`'>> {};
struct TypographicQuoted : seq<Typographic, star<InTypographic>, Typographic> {};
struct OtherQuotes : sor<SingleQuoted, BackQuoted, TypographicQuoted> {};
struct UnclosedQuotes : seq<sor<one<'\'', '`'>, Typographic>, RestOfLine> {};

struct Tail : sor<alnum, one<'_', '$', '@', '+', '-', '.'>> {};
struct Integer : sor<one<'0'>, seq<range<'1', '9'>, star<digit>>> {};
struct Fraction : seq<one<'.'>, plus<digit>> {};
struct Exponent : seq<one<'e', 'E'>, opt<one<'+', '-'>>, plus<digit>> {};
struct Number : seq<opt<one<'-'>>, Integer, opt<Fraction>, opt<Exponent>, not_at<Tail>> {};
struct BadNumber : seq<sor<digit, one<'+', '-', '.'>>, star<Tail>> {};

struct LiteralTrue : seq<tao::pegtl::string<'t', 'r', 'u', 'e'>, not_at<Tail>> {};
struct LiteralFalse : seq<tao::pegtl::string<'f', 'a', 'l', 's', 'e'>, not_at<Tail>> {};
struct LiteralNull : seq<tao::pegtl::string<'n', 'u', 'l', 'l'>, not_at<Tail>> {};
struct Word : seq<sor<alpha, one<'_', '$', '@'>>, star<Tail>> {};

struct LineComment : seq<sor<two<'/'>, one<'#'>>, RestOfLine> {};
struct BlockComment
    : seq<tao::pegtl::string<'/', '*'>, until<sor<tao::pegtl::string<'*', '/'>, eof>>> {};
struct Comment : sor<LineComment, BlockComment> {};

struct Unknown : sor<utf8::any, any> {};

struct Punctuation : sor<ObjectBegin, ObjectEnd, ArrayBegin, ArrayEnd, Comma, Colon> {};
struct Literal : sor<LiteralTrue, LiteralFalse, LiteralNull> {};
struct NotJson
    : sor<BrokenString, UnclosedString, OtherQuotes, UnclosedQuotes, BadNumber, Word, Comment> {};
struct Token : sor<Punctuation, String, Number, Literal, NotJson, Unknown> {};
struct Text : seq<star<seq<Spaces, Token>>, Spaces, eof> {};

}  // namespace grammar

template <JsonToken Kind>
struct Means {
  static void apply0(JsonToken& kind) { kind = Kind; }
};

template <class Rule>
struct KindOf : tao::pegtl::nothing<Rule> {};

// clang-format off
template <> struct KindOf<grammar::ObjectBegin> : Means<JsonToken::ObjectBegin> {};
template <> struct KindOf<grammar::ObjectEnd> : Means<JsonToken::ObjectEnd> {};
template <> struct KindOf<grammar::ArrayBegin> : Means<JsonToken::ArrayBegin> {};
template <> struct KindOf<grammar::ArrayEnd> : Means<JsonToken::ArrayEnd> {};
template <> struct KindOf<grammar::Comma> : Means<JsonToken::Comma> {};
template <> struct KindOf<grammar::Colon> : Means<JsonToken::Colon> {};
template <> struct KindOf<grammar::String> : Means<JsonToken::String> {};
template <> struct KindOf<grammar::Number> : Means<JsonToken::Number> {};
template <> struct KindOf<grammar::LiteralTrue> : Means<JsonToken::True> {};
template <> struct KindOf<grammar::LiteralFalse> : Means<JsonToken::False> {};
template <> struct KindOf<grammar::LiteralNull> : Means<JsonToken::Null> {};
template <> struct KindOf<grammar::BrokenString> : Means<JsonToken::BrokenString> {};
template <> struct KindOf<grammar::UnclosedString> : Means<JsonToken::UnclosedString> {};
template <> struct KindOf<grammar::OtherQuotes> : Means<JsonToken::OtherQuotes> {};
template <> struct KindOf<grammar::UnclosedQuotes> : Means<JsonToken::UnclosedQuotes> {};
template <> struct KindOf<grammar::BadNumber> : Means<JsonToken::BadNumber> {};
template <> struct KindOf<grammar::Word> : Means<JsonToken::Word> {};
template <> struct KindOf<grammar::Comment> : Means<JsonToken::Comment> {};
template <> struct KindOf<grammar::Unknown> : Means<JsonToken::Unknown> {};
// clang-format on

using PlainInput =
    tao::pegtl::memory_input<tao::pegtl::tracking_mode::lazy, tao::pegtl::eol::lf, const char*>;

// Counts how often the grammar looks at a byte. What PEGTL calls is hidden, not overridden: it is
// a template over the input.
class Input : public PlainInput {
 public:
  using PlainInput::PlainInput;

  [[nodiscard]] char peek_char(std::size_t offset = 0) const noexcept {
    ++num_looks_;
    return PlainInput::peek_char(offset);
  }
  [[nodiscard]] std::uint8_t peek_uint8(std::size_t offset = 0) const noexcept {
    return static_cast<std::uint8_t>(peek_char(offset));
  }
  [[nodiscard]] std::size_t num_looks() const { return num_looks_; }

 private:
  mutable std::size_t num_looks_ = 0;
};

}  // namespace

TokenAt next_token(std::string_view text, std::uint32_t offset, std::size_t& num_looks) {
  Input input(text.data() + offset, text.data() + text.size(), "");
  const auto place = [&] { return static_cast<std::uint32_t>(input.current() - text.data()); };
  tao::pegtl::parse<grammar::Spaces>(input);
  TokenAt token{JsonToken::End, place(), place()};
  tao::pegtl::parse<grammar::Token, KindOf>(input, token.kind);  // fails at the end only
  token.end = place();
  num_looks += input.num_looks();
  return token;
}

std::size_t json_grammar_issues() { return tao::pegtl::analyze<grammar::Text>(0); }

}  // namespace verdict::compiler
