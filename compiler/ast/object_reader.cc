#include "compiler/ast/object_reader.h"

#include <algorithm>

#include "compiler/diag/suggest.h"
#include "vm/base/limits.h"
#include "vm/value/number.h"

namespace verdict::compiler::ast {

ObjectReader::ObjectReader(Emitter& emitter, const JsonNode& node, std::string_view what,
                           std::span<const std::string_view> known,
                           std::span<const std::string_view> planned)
    : emitter_(emitter), node_(node), what_(what) {
  if (!is_object()) {
    emitter_.emit(Code::WrongJsonType, node.span(),
                  {std::string(what), std::string(describe(node.kind())), "an object"});
    return;
  }
  report_unknown_keys(known, planned);
}

void ObjectReader::report_unknown_keys(std::span<const std::string_view> known,
                                       std::span<const std::string_view> planned) {
  for (const JsonMember& member : node_.members()) {
    if (std::find(known.begin(), known.end(), member.key) != known.end()) continue;
    if (std::find(planned.begin(), planned.end(), member.key) != planned.end()) {
      emitter_.emit(Code::NotAvailable, member.key_span, {member.key});
      continue;
    }
    auto diagnostic = emitter_.emit(Code::UnknownKey, member.key_span, {member.key, what_});
    if (!diagnostic.is_kept()) {
      is_any_misspelt_ = true;
      continue;
    }
    if (const auto nearest = find_nearest(member.key, known)) {
      diagnostic.did_you_mean(inside_quotes(member.key_span), std::string(*nearest));
      misspelt_.push_back(*nearest);
    } else {
      diagnostic.help("it may have " + enumerate(known));
    }
  }
}

bool ObjectReader::has_kind(const JsonMember& member, JsonKind kind) {
  if (member.value->is(kind)) return true;
  emitter_.emit(Code::WrongJsonType, member.value->span(),
                {quoted(member.key), std::string(describe(member.value->kind())),
                 std::string(describe(kind))});
  return false;
}

const JsonMember* ObjectReader::get(std::string_view key, JsonKind kind) {
  const JsonMember* member = find(key);
  return member != nullptr && has_kind(*member, kind) ? member : nullptr;
}

const JsonMember* ObjectReader::require(std::string_view key, JsonKind kind) {
  if (!is_object()) return nullptr;
  if (find(key) == nullptr) {
    if (is_misspelt(key)) return nullptr;
    const Span brace{node_.span().file, node_.span().begin, node_.span().begin + 1};
    emitter_.emit(Code::MissingKey, brace, {what_, key});
    return nullptr;
  }
  return get(key, kind);
}

std::optional<Text> ObjectReader::get_text(std::string_view key) {
  const JsonMember* member = get(key, JsonKind::String);
  if (member == nullptr) return std::nullopt;
  return text_of(*member->value);
}

std::optional<Text> ObjectReader::require_text(std::string_view key) {
  const JsonMember* member = require(key, JsonKind::String);
  if (member == nullptr) return std::nullopt;
  return text_of(*member->value);
}

std::optional<Text> ObjectReader::require_name(std::string_view key) {
  std::optional<Text> text = require_text(key);
  if (text && text->value.empty()) {
    emitter_.emit(Code::WrongJsonType, text->span, {quoted(key), "an empty string", "a name"});
    return std::nullopt;
  }
  return text;
}

bool ObjectReader::get_flag(std::string_view key) {
  const JsonMember* member = get(key, JsonKind::Boolean);
  return member != nullptr && member->value->boolean();
}

std::int64_t ObjectReader::get_integer(std::string_view key, std::int64_t fallback) {
  const JsonMember* member = get(key, JsonKind::Number);
  if (member == nullptr) return fallback;
  const ParsedNumber parsed = parse_number(member->value->text());
  if (parsed.value && parsed.value->is_integer()) return parsed.value->integer();
  emitter_.emit(Code::WrongJsonType, member->value->span(),
                {quoted(key), quoted(member->value->text()), "an integer"});
  return fallback;
}

std::vector<Text> ObjectReader::get_texts(const JsonMember& member) {
  std::vector<Text> texts;
  for (const JsonNode& element : member.value->elements()) {
    if (element.is(JsonKind::String)) {
      texts.push_back(text_of(element));
    } else {
      emitter_.emit(Code::WrongJsonType, element.span(),
                    {"an element of " + quoted(member.key), std::string(describe(element.kind())),
                     "a string"});
    }
  }
  return texts;
}

bool ObjectReader::is_misspelt(std::string_view key) const {
  return is_any_misspelt_ || std::find(misspelt_.begin(), misspelt_.end(), key) != misspelt_.end();
}

std::string quoted(std::string_view text) { return "`" + std::string(text) + "`"; }

std::vector<const JsonNode*> one_or_many(const JsonNode& node) {
  if (!node.is(JsonKind::Array)) return {&node};
  std::vector<const JsonNode*> nodes;
  for (const JsonNode& element : node.elements()) nodes.push_back(&element);
  return nodes;
}

Text text_of(const JsonNode& node) { return {std::string(node.text()), node.span()}; }

std::string enumerate(std::span<const std::string_view> words) {
  const std::size_t shown = std::min(words.size(), limits::kMaxNamesInMessage);
  std::string text;
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) text += i + 1 == words.size() ? " or " : ", ";
    text += quoted(words[i]);
  }
  if (shown < words.size()) text += " or " + std::to_string(words.size() - shown) + " others";
  return text;
}

}  // namespace verdict::compiler::ast
