// JSON with places: the reader of everything that an author writes.
//
// Strict RFC 8259, stricter where design 2 says so: duplicate keys, a byte-order mark, NUL bytes,
// invalid UTF-8, lone surrogates and trailing bytes are errors, size and depth are limited
// (vm/base/limits.h). After an error the reader goes on behind the next separator, so that one run
// reports several, each at its own place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <memory_resource>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diag/emitter.h"
#include "compiler/source/source.h"
#include "vm/base/strong_id.h"

namespace verdict::compiler {

enum class JsonKind : std::uint8_t { Null, Boolean, Number, String, Array, Object };

// "an object", "a string", ... with the article, for messages.
std::string_view describe(JsonKind kind);

class JsonNode;

// One member of an object. `key_span` includes the quotes.
struct JsonMember {
  std::string_view key;
  Span key_span;
  const JsonNode* value = nullptr;
};

// A value and its exact place (strings include their quotes). Owned by the JsonDocument that made
// it; views and pointers live as long as that document and the Sources.
class JsonNode {
 public:
  [[nodiscard]] JsonKind kind() const { return kind_; }
  [[nodiscard]] Span span() const { return span_; }
  [[nodiscard]] bool is(JsonKind kind) const { return kind_ == kind; }

  [[nodiscard]] bool boolean() const { return boolean_; }
  // A string's decoded text (UTF-8), or a number's own spelling. Empty for other kinds.
  [[nodiscard]] std::string_view text() const;
  // Of an array; empty for other kinds.
  [[nodiscard]] std::span<const JsonNode> elements() const;
  // Of an object, in the order of the file; empty for other kinds.
  [[nodiscard]] std::span<const JsonMember> members() const;
  // The member of that key, or nullptr. Looks at one member after the other.
  [[nodiscard]] const JsonMember* find(std::string_view key) const;

  // The place of bytes [begin, end) of a string's decoded text.
  [[nodiscard]] Span span_of_text(std::size_t begin, std::size_t end) const;

 private:
  friend class JsonBuilder;
  JsonKind kind_ = JsonKind::Null;
  bool boolean_ = false;
  bool has_escapes_ = false;
  Span span_;
  std::uint32_t size_ = 0;  // of what the kind says stands in the union
  union {
    const char* text_ = nullptr;  // with escapes: behind a pointer to the string's inside
    const JsonNode* elements_;
    const JsonMember* members_;
  };
};

// Owns the nodes of one file. Holds views into the file's text: it must not outlive the Sources.
// Movable; nodes stay where they are.
class JsonDocument {
 public:
  [[nodiscard]] const JsonNode& root() const { return *root_; }

 private:
  friend class JsonBuilder;
  JsonDocument() = default;

  std::unique_ptr<std::pmr::monotonic_buffer_resource>
      arena_;  // nodes, members and decoded strings
  const JsonNode* root_ = nullptr;
};

// Reads all of `file`. Every problem goes to `emitter`; nothing is returned after an error, so that
// no later step works on half a text. Thread-safe for different emitters. Time grows linearly with
// the size (n log n in the number of one object's keys), memory up to forty times the size for the
// densest text.
std::optional<JsonDocument> read_json(const Sources& sources, FileId file, Emitter& emitter);

// The same, but a text whose only errors leave the tree whole (a comment, a trailing comma, a
// repeated key, a byte-order mark) is returned after they are reported, so that later steps can
// report theirs in the same run. Of a repeated key find() gives the first. The caller must not use
// the result as if the text were good: the emitter has errors.
std::optional<JsonDocument> read_flawed_json(const Sources& sources, FileId file, Emitter& emitter);

// How often the lexer looks at a byte while read_json() reads `file`. A test says that it grows no
// faster than the text.
std::size_t count_json_looks(const Sources& sources, FileId file, Emitter& emitter);

// The number of faults (endless loops) that PEGTL's own analysis finds in the grammar. A test says
// that it is 0.
std::size_t json_grammar_issues();

}  // namespace verdict::compiler
