// Reads one JSON object by the keys that it may have: every wrong, missing or unknown key becomes
// one diagnostic.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/ast/ast.h"
#include "compiler/diag/emitter.h"

namespace verdict::compiler::ast {

// Borrows everything; lives for the reading of one object.
class ObjectReader {
 public:
  // `what` names the object in messages, with its article: "a rule". Keys outside of `known` are
  // reported, those of `planned` as not available yet.
  ObjectReader(Emitter& emitter, const JsonNode& node, std::string_view what,
               std::span<const std::string_view> known,
               std::span<const std::string_view> planned = {});

  // False where the node is no object; that has been reported.
  [[nodiscard]] bool is_object() const { return node_.is(JsonKind::Object); }
  [[nodiscard]] const JsonNode& node() const { return node_; }
  [[nodiscard]] const JsonMember* find(std::string_view key) const { return node_.find(key); }

  // The member, or nullptr after reporting that it is missing or of another kind. One that is there
  // under a misspelt key has been reported.
  const JsonMember* require(std::string_view key, JsonKind kind);
  // The member if it is there and of that kind; a wrong kind is reported.
  const JsonMember* get(std::string_view key, JsonKind kind);

  std::optional<Text> require_text(std::string_view key);
  std::optional<Text> get_text(std::string_view key);
  // A name: a text that is not empty.
  std::optional<Text> require_name(std::string_view key);
  bool get_flag(std::string_view key);
  // An integer, `fallback` where the key is absent or wrong.
  std::int64_t get_integer(std::string_view key, std::int64_t fallback);
  std::vector<Text> get_texts(const JsonMember& member);
  // Whether an unknown key was taken for this one, or may have been meant as it.
  [[nodiscard]] bool is_misspelt(std::string_view key) const;

 private:
  void report_unknown_keys(std::span<const std::string_view> known,
                           std::span<const std::string_view> planned);
  bool has_kind(const JsonMember& member, JsonKind kind);

  Emitter& emitter_;
  const JsonNode& node_;
  std::string_view what_;
  std::vector<std::string_view> misspelt_;
  bool is_any_misspelt_ = false;  // some key was not looked at, since there were errors enough
};

// The elements of an array, or the node itself: files may hold one thing or an array of them.
std::vector<const JsonNode*> one_or_many(const JsonNode& node);

Text text_of(const JsonNode& node);

// In backticks, as messages show code and user text.
std::string quoted(std::string_view text);

// What stands between the quotes of a JSON string.
inline Span inside_quotes(Span string) { return {string.file, string.begin + 1, string.end - 1}; }

// "`a`, `b` or `c`"; of very many the first, and how many others there are.
std::string enumerate(std::span<const std::string_view> words);

}  // namespace verdict::compiler::ast
