// The reader: a row of tokens, an explicit stack of open brackets, and a state that says what may
// come next.
//
// Recovery: where one repair is plain (a missing comma or colon) the reader reports it and goes on
// as if it had been made. Else it skips to the next separator or closing bracket of the same
// nesting and stays in doubt until something fits again; what does not fit while in doubt follows
// from the mistake already reported and is not reported.
#include "compiler/syntax/json.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <type_traits>
#include <utility>

#include "compiler/syntax/discreet.h"
#include "compiler/syntax/json_problems.h"
#include "compiler/syntax/json_strings.h"
#include "compiler/syntax/json_tokens.h"
#include "vm/base/check.h"
#include "vm/base/limits.h"
#include "vm/base/text.h"

namespace verdict::compiler {

// Nodes and members are given back with the arena, without destructors.
static_assert(std::is_trivially_destructible_v<JsonNode> &&
              std::is_trivially_destructible_v<JsonMember>);

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::size_t kSmallObject = 16;  // up to here keys are compared one by one

bool is_opener(JsonToken kind) {
  return kind == JsonToken::ObjectBegin || kind == JsonToken::ArrayBegin;
}
bool is_closer(JsonToken kind) {
  return kind == JsonToken::ObjectEnd || kind == JsonToken::ArrayEnd;
}

bool is_literal(JsonToken kind) {
  return kind == JsonToken::True || kind == JsonToken::False || kind == JsonToken::Null;
}

bool is_scalar(JsonToken kind) {
  return kind == JsonToken::String || kind == JsonToken::Number || is_literal(kind);
}

// Not JSON, but put where a value (or key) was meant to stand.
bool is_bad_scalar(JsonToken kind) {
  return kind == JsonToken::BrokenString || kind == JsonToken::UnclosedString ||
         kind == JsonToken::OtherQuotes || kind == JsonToken::UnclosedQuotes ||
         kind == JsonToken::BadNumber || kind == JsonToken::Word;
}

// Meant as a string.
bool is_bad_string(JsonToken kind) {
  return is_bad_scalar(kind) && kind != JsonToken::BadNumber && kind != JsonToken::Word;
}

bool is_unclosed(JsonToken kind) {
  return kind == JsonToken::UnclosedString || kind == JsonToken::UnclosedQuotes;
}

bool starts_value(JsonToken kind) {
  return is_scalar(kind) || is_bad_scalar(kind) || is_opener(kind);
}

bool closes(JsonToken kind, JsonKind open) {
  return kind == (open == JsonKind::Array ? JsonToken::ArrayEnd : JsonToken::ObjectEnd);
}

JsonKind kind_of(JsonToken kind) {
  if (kind == JsonToken::String) return JsonKind::String;
  if (kind == JsonToken::Number) return JsonKind::Number;
  return kind == JsonToken::Null ? JsonKind::Null : JsonKind::Boolean;
}

// Text in UTF-16 has a NUL beside its first ASCII character, or a byte-order mark of its own.
bool looks_like_utf16(std::string_view text) {
  if (text.size() < 2 || text.size() % 2 != 0) return false;
  return text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF") ||
         ((text[0] == '\0') != (text[1] == '\0'));
}

}  // namespace

// Reads one file once: build() consumes the reader.
class JsonBuilder {
 public:
  // Which texts give a document: good ones, or all whose tree is whole.
  enum class Accept : std::uint8_t { Good, Whole };

  JsonBuilder(std::string_view text, FileId file, Emitter& emitter, Accept accept)
      : text_(text), file_(file), accept_(accept), problems_(file, text, emitter) {}

  std::optional<JsonDocument> build() {
    if (!check_whole_text()) return std::nullopt;
    document_.arena_ = std::make_unique<std::pmr::monotonic_buffer_resource>();
    while (!stopped_ && !problems_.exhausted()) {
      const TokenAt token = next();
      step(token);
      previous_ = token;
    }
    VERDICT_CHECK(!failed_ || problems_.any());  // never refuse without a word
    if (!is_sound()) return std::nullopt;
    VERDICT_CHECK(!nodes_.empty());
    document_.root_ = copy_to_arena<JsonNode>(0, nodes_).data();
    return std::move(document_);
  }

  [[nodiscard]] std::size_t num_looks() const { return num_looks_; }

 private:
  // What may come next.
  enum class State : std::uint8_t { Value, FirstElement, FirstKey, Key, Colon, Separator, Done };

  // Whether what comes next may be wrong only because of the last mistake.
  enum class Doubt : std::uint8_t {
    None,
    OfToken,      // one token was wrong, in its right place: until the next comma
    OfStructure,  // something stood at a wrong place: until something fits again
  };

  // An open bracket. Its values and members so far are the ends of nodes_ and members_.
  struct Frame {
    JsonKind kind = JsonKind::Array;
    std::uint32_t begin = 0;
    std::size_t first_node = 0;
    std::size_t first_member = 0;
    std::map<std::string_view, Span>
        keys;  // of large objects; a tree, since hostile keys cannot degrade it
  };

  // False if reading on makes no sense.
  bool check_whole_text() {
    if (text_.size() > limits::kMaxSourceBytes) {
      problems_.report_too_large();
      return false;
    }
    if (looks_like_utf16(text_)) {
      problems_.report_encoding(0, "UTF-16 text");
      return false;
    }
    if (text_.starts_with(kByteOrderMark)) {
      problems_.report_byte_order_mark(kByteOrderMark.size());
      offset_ = static_cast<std::uint32_t>(kByteOrderMark.size());
    }
    if (const auto bad = find_invalid_utf8(text_)) problems_.report_encoding(*bad, {});
    return true;
  }

  // The next token that is no comment. Comments with nothing but space between them are one
  // mistake.
  TokenAt next() {
    TokenAt token = take();
    while (token.kind == JsonToken::Comment) {
      const std::uint32_t begin = token.begin;
      std::uint32_t end = token.end;
      for (token = take(); token.kind == JsonToken::Comment; token = take()) end = token.end;
      problems_.report_comment(begin, end);
    }
    return token;
  }

  TokenAt take() {
    const TokenAt token = token_at(offset_);
    offset_ = token.end;
    if (is_unclosed(token.kind)) note_swallowed_brackets(token);
    return token;
  }

  TokenAt token_at(std::uint32_t offset) { return next_token(text_, offset, num_looks_); }

  void note_swallowed_brackets(TokenAt token) {
    const std::string_view swallowed = text_.substr(token.begin, token.end - token.begin);
    const bool at_end = token_at(token.end).kind == JsonToken::End;
    if (at_end || swallowed.find_first_of("{}[]") != std::string_view::npos)
      nesting_in_doubt_ = true;
  }

  void step(TokenAt token) {
    switch (state_) {
      case State::FirstElement:
        return token.kind == JsonToken::ArrayEnd ? close(token) : on_value(token);
      case State::Value:
        return on_value(token);
      case State::FirstKey:
        return token.kind == JsonToken::ObjectEnd ? close(token) : on_key(token);
      case State::Key:
        return on_key(token);
      case State::Colon:
        return on_colon(token);
      case State::Separator:
        return on_separator(token);
      case State::Done:
        return on_done(token);
    }
  }

  // ---- values

  void on_value(TokenAt token) {
    if (is_scalar(token.kind)) return add_scalar(token);
    if (is_opener(token.kind)) return open(token);
    if (is_bad_scalar(token.kind)) {
      report(&JsonProblems::report_bad_value, token);
      return finish_value();
    }
    if (stack_.empty()) return on_no_root(token);
    if (token.kind == JsonToken::End) return on_end(token);
    if (is_closer(token.kind)) return on_closer_for_value(token);
    report_unexpected(token, state_ == State::FirstElement ? "a value or `]`" : "a value");
    if (token.kind == JsonToken::Comma) return begin_next(token);
    skip();
  }

  void on_no_root(TokenAt token) {
    stopped_ = true;
    if (token.kind != JsonToken::End) return report_unexpected(token, "a value");
    if (problems_.is_tree_whole()) problems_.report_empty();  // a comment is no value
  }

  void on_closer_for_value(TokenAt token) {
    if (closes(token.kind, stack_.back().kind)) {
      if (stack_.back().kind == JsonKind::Array) {
        report_trailing_comma(token);
      } else {
        report_unexpected(token, "a value");
      }
    }
    on_separator(token);
  }

  void add_scalar(TokenAt token) {
    doubt_ = Doubt::None;
    JsonNode node;
    node.kind_ = kind_of(token.kind);
    node.span_ = span(token);
    node.boolean_ = token.kind == JsonToken::True;
    if (token.kind == JsonToken::String) {
      const std::string_view text = decode(token);
      set_text(node, text);
      node.has_escapes_ = text.data() != text_.data() + token.begin + 1;
    } else if (token.kind == JsonToken::Number) {
      set_text(node, text_.substr(token.begin, token.end - token.begin));
    }
    nodes_.push_back(node);
    finish_value();
  }

  static void set_text(JsonNode& node, std::string_view text) {
    node.text_ = text.data();
    node.size_ = static_cast<std::uint32_t>(text.size());
  }

  // The text of a good string: in the file itself if it has no escapes, else in the arena.
  std::string_view decode(TokenAt token) {
    const std::string_view inside = text_.substr(token.begin + 1U, token.end - token.begin - 2U);
    if (inside.find('\\') == std::string_view::npos) return inside;
    const char* const raw = inside.data();
    auto* buffer = static_cast<char*>(document_.arena_->allocate(sizeof(raw) + inside.size(), 1));
    std::memcpy(buffer, &raw, sizeof(raw));
    buffer += sizeof(raw);
    return {buffer, decode_json_string(inside, buffer)};
  }

  void finish_value() { state_ = stack_.empty() ? State::Done : State::Separator; }

  // ---- arrays and objects

  void open(TokenAt token) {
    doubt_ = Doubt::None;
    if (stack_.size() == limits::kMaxJsonDepth) {
      stopped_ = true;
      return problems_.report_too_deep(token);
    }
    const bool array = token.kind == JsonToken::ArrayBegin;
    stack_.push_back({array ? JsonKind::Array : JsonKind::Object,
                      token.begin,
                      nodes_.size(),
                      members_.size(),
                      {}});
    state_ = array ? State::FirstElement : State::FirstKey;
  }

  void close(TokenAt token) {
    const Frame& frame = stack_.back();
    JsonNode node;
    node.kind_ = frame.kind;
    node.span_ = span({token.kind, frame.begin, token.end});
    if (is_sound()) move_children_to(node, frame);  // after a mistake only brackets count
    nodes_.resize(frame.first_node);
    members_.resize(frame.first_member);
    nodes_.push_back(node);
    stack_.pop_back();
    doubt_ = Doubt::None;
    finish_value();
  }

  void move_children_to(JsonNode& node, const Frame& frame) {
    const std::span<const JsonNode> values = copy_to_arena<JsonNode>(frame.first_node, nodes_);
    node.size_ = static_cast<std::uint32_t>(values.size());
    if (frame.kind == JsonKind::Array) {
      node.elements_ = values.data();
      return;
    }
    VERDICT_CHECK(values.size() == members_.size() - frame.first_member);
    for (std::size_t i = 0; i < values.size(); ++i)
      members_[frame.first_member + i].value = &values[i];
    node.members_ = copy_to_arena<JsonMember>(frame.first_member, members_).data();
  }

  template <class T>
  std::span<const T> copy_to_arena(std::size_t first, const std::vector<T>& items) {
    const std::size_t count = items.size() - first;
    if (count == 0) return {};
    auto* copies = static_cast<T*>(document_.arena_->allocate(count * sizeof(T), alignof(T)));
    std::uninitialized_copy_n(items.begin() + static_cast<std::ptrdiff_t>(first), count, copies);
    return {copies, count};
  }

  // ---- keys

  void on_key(TokenAt token) {
    if (token.kind == JsonToken::String) return add_key(token);
    if (is_meant_as_key(token)) {
      report(&JsonProblems::report_bad_key, token);
      state_ = State::Colon;
      return;
    }
    if (token.kind == JsonToken::End) return on_end(token);
    if (is_closer(token.kind)) {
      if (closes(token.kind, JsonKind::Object)) report_trailing_comma(token);
      return on_separator(token);
    }
    report_unexpected(token, state_ == State::FirstKey ? "a key or `}`" : "a key");
    on_unexpected_for_key(token);
  }

  // Quotes of some kind, or anything short with a colon behind it.
  bool is_meant_as_key(TokenAt token) {
    if (is_bad_string(token.kind)) return true;
    return (is_scalar(token.kind) || is_bad_scalar(token.kind)) && is_before_colon(token);
  }

  bool is_before_colon(TokenAt token) { return token_at(token.end).kind == JsonToken::Colon; }

  void on_unexpected_for_key(TokenAt token) {
    if (token.kind == JsonToken::Comma) return begin_next(token);
    if (token.kind == JsonToken::Colon) {
      state_ = State::Value;
      return;
    }
    if (is_opener(token.kind)) offset_ = token.begin;  // skip what it holds
    skip();
  }

  void add_key(TokenAt token) {
    const std::string_view key = decode(token);
    if (const auto first = find_earlier_key(key))
      problems_.report_duplicate_key(token, key, *first);
    members_.push_back({key, span(token), nullptr});
    state_ = State::Colon;
  }

  std::optional<Span> find_earlier_key(std::string_view key) {
    Frame& frame = stack_.back();
    const std::span<const JsonMember> earlier = std::span(members_).subspan(frame.first_member);
    if (earlier.size() <= kSmallObject) {
      const auto found =
          std::find_if(earlier.begin(), earlier.end(),
                       [key](const JsonMember& member) { return member.key == key; });
      return found == earlier.end() ? std::nullopt : std::optional(found->key_span);
    }
    if (frame.keys.empty()) {
      for (const JsonMember& member : earlier) frame.keys.emplace(member.key, member.key_span);
    } else {
      frame.keys.emplace(earlier.back().key, earlier.back().key_span);
    }
    const auto found = frame.keys.find(key);
    return found == frame.keys.end() ? std::nullopt : std::optional(found->second);
  }

  void on_colon(TokenAt token) {
    state_ = State::Value;
    if (token.kind == JsonToken::Colon) {
      doubt_ = Doubt::None;
      return;
    }
    if (token.kind == JsonToken::End) return on_end(token);
    if (is_before_colon(token)) {
      state_ = State::Colon;
      return report_unexpected(token, "`:`");
    }
    if (starts_value(token.kind)) return on_value_without_colon(token);
    report_unexpected(token, "`:`");
    if (is_character(token, '=')) return;
    if (token.kind == JsonToken::Comma || is_closer(token.kind)) return on_separator(token);
    skip();
  }

  void on_value_without_colon(TokenAt token) {
    if (doubt_ == Doubt::None) problems_.report_missing_colon(previous_.end, token);
    raise_doubt(Doubt::OfToken);
    on_value(token);
  }

  // ---- separators

  void on_separator(TokenAt token) {
    const JsonKind open = stack_.back().kind;
    if (token.kind == JsonToken::Comma) return on_comma(token);
    if (closes(token.kind, open)) return close(token);
    if (is_closer(token.kind)) return on_wrong_bracket(token);
    if (token.kind == JsonToken::End) return on_end(token);
    if (doubt_ == Doubt::None && lacks_comma(token)) {
      problems_.report_missing_comma(previous_.end, token);
      begin_next(comma_);
      return step(token);
    }
    if (token.kind == JsonToken::Colon && open == JsonKind::Array) return on_colon_in_array(token);
    report_unexpected(token, open == JsonKind::Array ? "`,` or `]`" : "`,` or `}`");
    if (is_character(token, ';')) return begin_next(token);
    if (is_opener(token.kind)) offset_ = token.begin;
    skip();
  }

  // Behind a string, a colon in an array means that the array was to end before, or that the
  // object's opening bracket is missing: the reader goes on in the object.
  void on_colon_in_array(TokenAt token) {
    if (doubt_ == Doubt::None) problems_.report_colon_in_array(token, stack_.back().begin);
    raise_doubt(Doubt::OfStructure);
    if (previous_.kind != JsonToken::String) return skip();
    nesting_in_doubt_ = true;
    const bool has_elements = comma_.begin > stack_.back().begin;
    const bool in_object = stack_.size() > 1 && stack_[stack_.size() - 2].kind == JsonKind::Object;
    if (has_elements && in_object) {
      stack_.pop_back();
    } else {
      stack_.back().kind = JsonKind::Object;
    }
    on_colon(token);
  }

  void on_comma(TokenAt token) {
    begin_next(token);
    if (doubt_ == Doubt::OfToken) doubt_ = Doubt::None;
  }

  void begin_next(TokenAt separator) {
    comma_ = separator;
    state_ = stack_.back().kind == JsonKind::Array ? State::Value : State::Key;
  }

  // Whether a token behind a value starts the next element, or is the next key with its colon. Two
  // that touch, such as `1"`, rather have a stray character between them; what would be wrong in
  // its turn is a stray itself.
  bool lacks_comma(TokenAt token) {
    if (is_scalar(previous_.kind) && previous_.end == token.begin) return false;
    if (token.kind == JsonToken::BadNumber) return false;
    if (stack_.back().kind == JsonKind::Array) {
      return starts_value(token.kind) && token.kind != JsonToken::Word;
    }
    return (is_scalar(token.kind) || is_bad_scalar(token.kind)) && is_before_colon(token);
  }

  // ---- brackets that do not fit, and the end

  void on_wrong_bracket(TokenAt token) {
    const bool outer = closes_outer(token);
    const bool in_doubt = doubt_ == Doubt::OfStructure || nesting_in_doubt_;
    if (in_doubt && !outer) return;  // its other half was lost in an earlier mistake
    if (!in_doubt) problems_.report_wrong_bracket(token, stack_.back().begin);
    nesting_in_doubt_ = true;
    while (outer && !closes(token.kind, stack_.back().kind)) stack_.pop_back();
    close(token);
    raise_doubt(Doubt::OfStructure);
  }

  // Whether inner brackets were forgotten rather than this one mistyped: it must fit an outer one,
  // and closing the outermost one must not leave text behind.
  bool closes_outer(TokenAt token) {
    const auto fits = [token](const Frame& frame) { return closes(token.kind, frame.kind); };
    const auto outer = std::find_if(stack_.rbegin(), stack_.rend(), fits);
    if (outer == stack_.rend()) return false;
    const bool outermost = std::next(outer) == stack_.rend();
    return !outermost || token_at(token.end).kind == JsonToken::End;
  }

  void on_end(TokenAt token) {
    stopped_ = true;
    if (nesting_in_doubt_ || doubt_ == Doubt::OfStructure) return;
    const Frame& frame = stack_.back();
    const std::string_view closer = frame.kind == JsonKind::Array ? "`]`" : "`}`";
    problems_.report_unclosed(std::min(previous_.end, token.begin), closer, frame.begin);
  }

  void on_done(TokenAt token) {
    stopped_ = true;
    const bool in_doubt = doubt_ != Doubt::None || nesting_in_doubt_;
    const bool follows_from_another = problems_.any() && in_doubt;
    if (token.kind != JsonToken::End && !follows_from_another)
      problems_.report_trailing_text(token);
  }

  // ---- doubt

  // Doubt that is there stays: what it came from is the first mistake.
  void raise_doubt(Doubt doubt) {
    failed_ = true;
    if (doubt_ == Doubt::None) doubt_ = doubt;
  }

  void report(void (JsonProblems::*report_token)(TokenAt), TokenAt token) {
    if (doubt_ == Doubt::None) (problems_.*report_token)(token);
    raise_doubt(Doubt::OfToken);
  }

  void report_unexpected(TokenAt token, std::string_view expected) {
    if (doubt_ == Doubt::None) problems_.report_unexpected(token, expected);
    raise_doubt(Doubt::OfStructure);
  }

  void report_trailing_comma(TokenAt closer) {
    if (doubt_ == Doubt::None) problems_.report_trailing_comma(comma_, closer);
  }

  // To the next comma or closing bracket of this nesting, or the end, which is taken next.
  void skip() {
    raise_doubt(Doubt::OfStructure);
    state_ = State::Separator;
    std::size_t depth = 0;
    for (;;) {
      const TokenAt token = take();
      const bool ends = depth == 0 && (token.kind == JsonToken::Comma || is_closer(token.kind));
      if (ends || token.kind == JsonToken::End) {
        offset_ = token.begin;
        if (depth > 0) nesting_in_doubt_ = true;
        return;
      }
      if (is_opener(token.kind)) ++depth;
      if (is_closer(token.kind)) --depth;
    }
  }

  // Whether everything so far can be handed on. The tree is built only as long as it can.
  [[nodiscard]] bool is_sound() const {
    return !failed_ && (accept_ == Accept::Good ? !problems_.any() : problems_.is_tree_whole());
  }

  [[nodiscard]] bool is_character(TokenAt token, char character) const {
    return token.kind == JsonToken::Unknown && text_[token.begin] == character;
  }

  [[nodiscard]] Span span(TokenAt token) const { return {file_, token.begin, token.end}; }

  std::string_view text_;
  FileId file_;
  Accept accept_;
  JsonProblems problems_;
  JsonDocument document_;
  std::uint32_t offset_ = 0;
  std::size_t num_looks_ = 0;
  TokenAt previous_;
  State state_ = State::Value;
  Doubt doubt_ = Doubt::None;
  bool nesting_in_doubt_ = false;  // of brackets, for the rest of the file
  bool failed_ = false;
  bool stopped_ = false;
  TokenAt comma_;
  std::vector<Frame> stack_;
  std::vector<JsonNode> nodes_;
  std::vector<JsonMember> members_;
};

namespace {

std::optional<JsonDocument> read(const Sources& sources, FileId file, Emitter& emitter,
                                 JsonBuilder::Accept accept) {
  DiscreetConsumer consumer(sources, emitter);
  Emitter discreet(consumer);
  return JsonBuilder(sources.text(file), file, discreet, accept).build();
}

}  // namespace

std::optional<JsonDocument> read_json(const Sources& sources, FileId file, Emitter& emitter) {
  return read(sources, file, emitter, JsonBuilder::Accept::Good);
}

std::optional<JsonDocument> read_flawed_json(const Sources& sources, FileId file,
                                             Emitter& emitter) {
  return read(sources, file, emitter, JsonBuilder::Accept::Whole);
}

std::size_t count_json_looks(const Sources& sources, FileId file, Emitter& emitter) {
  JsonBuilder builder(sources.text(file), file, emitter, JsonBuilder::Accept::Good);
  builder.build();
  return builder.num_looks();
}

}  // namespace verdict::compiler
