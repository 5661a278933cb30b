// Claim and context mappings.
#include <algorithm>
#include <array>

#include "compiler/ast/read.h"
#include "compiler/diag/suggest.h"
#include "vm/base/limits.h"

namespace verdict::compiler::ast {
namespace {

constexpr auto kTypeNames = std::to_array<std::string_view>(
    {"string", "number", "boolean", "timestamp", "ip", "enum", "string_list", "number_list"});

bool is_attribute_name(std::string_view name) {
  const auto is_letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  if (name.empty() || !is_letter(name.front())) return false;
  for (const char c : name) {
    if (!is_letter(c) && !(c >= '0' && c <= '9')) return false;
  }
  return true;
}

// The prefix is added by itself.
void report_double_prefix(const ReadContext& context, const Text& attribute,
                          std::string_view prefix) {
  if (!attribute.value.starts_with(prefix) || attribute.value.size() == prefix.size()) return;
  context.emitter
      .emit(Code::DoublePrefix, attribute.span,
            {attribute.value, std::string(prefix) + attribute.value})
      .here("the prefix is added by itself")
      .did_you_mean(inside_quotes(attribute.span), attribute.value.substr(prefix.size()));
}

void read_attribute(const ReadContext& context, ObjectReader& reader, std::string_view prefix,
                    Mapping& mapping, bool& is_good) {
  std::optional<Text> attribute = reader.require_name("attribute");
  if (attribute && !is_attribute_name(attribute->value)) {
    context.emitter.emit(Code::InvalidName, attribute->span, {attribute->value});
    attribute.reset();
  }
  if (attribute) report_double_prefix(context, *attribute, prefix);
  if (attribute) mapping.attribute = *attribute;
  is_good = is_good && attribute.has_value();
}

// As it stands between the quotes of a JSON string.
std::string in_json(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '"' || c == '\\') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

void report_other_reading(const ReadContext& context, const Text& path) {
  const std::optional<std::string> other = find_other_reading(path.value);
  if (!other) return;
  context.emitter.emit(Code::DottedUrl, path.span, {path.value})
      .help("if the claim is an object with that member, write `" + in_json(*other) + "`");
}

void read_path(const ReadContext& context, ObjectReader& reader, std::string_view key,
               Mapping& mapping, bool& is_good) {
  const std::optional<Text> text = reader.require_text(key);
  is_good = is_good && text.has_value();
  if (!text) return;
  mapping.path_text = *text;
  auto path = parse_jwt_path(text->value);
  if (path) {
    mapping.path = std::move(path).value();
    report_other_reading(context, *text);
    return;
  }
  const std::size_t at = path.error().offset;
  const Span place =
      reader.find(key)->value->span_of_text(at, std::min(at + 1, text->value.size()));
  auto diagnostic = context.emitter.emit(Code::InvalidPath, place, {path.error().message});
  if (!path.error().spelling.empty())
    diagnostic.did_you_mean(inside_quotes(text->span), in_json(path.error().spelling));
  is_good = false;
}

void read_type(const ReadContext& context, ObjectReader& reader, Mapping& mapping) {
  mapping.type = reader.get_text("type");
  if (!mapping.type) return;
  mapping.kind = find_kind(mapping.type->value);
  if (mapping.kind && *mapping.kind != Kind::Presence) return;
  mapping.kind.reset();
  auto diagnostic = context.emitter.emit(Code::UnknownValue, mapping.type->span,
                                         {mapping.type->value, "type", enumerate(kTypeNames)});
  suggest(diagnostic, inside_quotes(mapping.type->span), mapping.type->value, kTypeNames);
}

// As long as claims may be: a text, the elements of a list, all texts of a list.
bool check_size_of_default(const ReadContext& context, const JsonNode& node) {
  const auto check = [&](std::string_view what, std::size_t size, std::size_t limit) {
    if (size <= limit) return true;
    context.emitter.emit(Code::LimitExceeded, node.span(),
                         {what, std::to_string(size), std::to_string(limit)});
    return false;
  };
  if (node.is(JsonKind::String))
    return check("bytes of `defaultValue`", node.text().size(), limits::kMaxClaimTextBytes);
  std::size_t bytes = 0;
  for (const JsonNode& element : node.elements())
    bytes += element.is(JsonKind::String) ? element.text().size() : 0;
  return check("elements of `defaultValue`", node.elements().size(), limits::kMaxListElements) &&
         check("bytes of `defaultValue`", bytes, limits::kMaxClaimsBytes);
}

// A default is a scalar, or a list of strings or of numbers.
bool check_default(const ReadContext& context, const JsonNode& node) {
  const auto refuse = [&](const JsonNode& at, std::string_view what, std::string_view expected) {
    context.emitter.emit(Code::WrongJsonType, at.span(),
                         {what, std::string(describe(at.kind())), std::string(expected)});
    return false;
  };
  if (node.is(JsonKind::Object))
    return refuse(node, "`defaultValue`", "a string, a number, a boolean or an array");
  if (!check_size_of_default(context, node)) return false;
  if (node.elements().empty()) return true;
  const JsonNode& first = node.elements().front();
  const std::string element = "an element of `defaultValue`";
  if (!first.is(JsonKind::String) && !first.is(JsonKind::Number))
    return refuse(first, element, "a string or a number");
  const auto other = std::find_if(node.elements().begin(), node.elements().end(),
                                  [&](const JsonNode& e) { return !e.is(first.kind()); });
  return other == node.elements().end() || refuse(*other, element, describe(first.kind()));
}

void read_default(const ReadContext& context, ObjectReader& reader, Mapping& mapping) {
  const JsonMember* member = reader.find("defaultValue");
  if (member == nullptr) return;
  if (member->value->is(JsonKind::Null)) {
    context.emitter.emit(Code::NullDefault, member->value->span());
    return;
  }
  if (check_default(context, *member->value)) mapping.default_value = member->value;
  if (!mapping.is_required) return;
  context.emitter.emit(Code::RequiredWithDefault, member->key_span)
      .label(mapping.required_span, "required here");
}

void read_values(const ReadContext& context, ObjectReader& reader, Mapping& mapping) {
  const JsonMember* values = reader.get("values", JsonKind::Array);
  mapping.is_ordered = reader.get_flag("ordered");
  if (values == nullptr) {
    if (reader.find("values") != nullptr || reader.is_misspelt("values")) return;
    if (mapping.kind == Kind::Enum) {
      context.emitter.emit(Code::MissingKey, mapping.type->span, {"an enum", "values"});
    } else if (mapping.is_ordered) {
      context.emitter.emit(Code::MissingKey, reader.find("ordered")->key_span,
                           {"an ordered mapping", "values"});
    }
    return;
  }
  mapping.values = values->value;
  if (values->value->elements().empty())
    context.emitter.emit(Code::EmptyGroup, values->value->span(), {"values"});
  const std::vector<Text> texts = reader.get_texts(*values);
  std::vector<const Text*> names;
  for (const Text& text : texts) names.push_back(&text);
  report_duplicates(context.emitter, "enum value", names);
}

// The elements of `transform`, each by itself. Whether one fits the other, the checker sees.
class TransformReader {
 public:
  explicit TransformReader(const ReadContext& context) : context_(context) {}

  void read(const JsonNode& array, Mapping& mapping) {
    mapping.has_broken_transform = !check_size(array);
    if (mapping.has_broken_transform) return;
    for (const JsonNode& element : array.elements()) {
      auto step = read_step(element);
      mapping.has_broken_transform = mapping.has_broken_transform || !step;
      if (step) mapping.transforms.push_back(std::move(*step));
    }
  }

 private:
  bool check_size(const JsonNode& array) {
    const std::size_t size = array.elements().size();
    if (size == 0) context_.emitter.emit(Code::EmptyGroup, array.span(), {"transform"});
    if (size > limits::kMaxTransforms) {
      context_.emitter.emit(Code::LimitExceeded, array.span(),
                            {"transforms of one mapping", std::to_string(size),
                             std::to_string(limits::kMaxTransforms)});
    }
    return size > 0 && size <= limits::kMaxTransforms;
  }

  // A name, or an object of the name and its argument.
  std::optional<TransformStep> read_step(const JsonNode& node) {
    if (node.is(JsonKind::String)) return read_named(node, text_of(node), nullptr);
    const bool is_object = node.is(JsonKind::Object);
    if (is_object && node.members().size() == 1) {
      const JsonMember& member = node.members().front();
      return read_named(node, {std::string(member.key), member.key_span}, member.value);
    }
    const std::string found =
        is_object ? "an object of " + std::to_string(node.members().size()) + " keys"
                  : std::string(describe(node.kind()));
    context_.emitter.emit(Code::WrongJsonType, node.span(),
                          {"a transform", found,
                           "a name such as `lower`, or an object such as "
                           "`{\"strip_prefix\": \"org:\"}`"});
    return std::nullopt;
  }

  std::optional<TransformStep> read_named(const JsonNode& node, const Text& name,
                                          const JsonNode* argument) {
    const std::optional<Transform> transform = find_transform(name.value);
    if (!transform) {
      report_unknown(name);
      return std::nullopt;
    }
    if (!check_argument(*transform, name, argument)) return std::nullopt;
    return TransformStep{node.span(), *transform,
                         argument == nullptr ? std::string() : std::string(argument->text())};
  }

  bool check_argument(Transform transform, const Text& name, const JsonNode* argument) {
    const bool takes_text = get_transform_row(transform).argument == TransformArgument::Text;
    if (takes_text && argument != nullptr && argument->is(JsonKind::String) &&
        !argument->text().empty()) {
      return check_length(*argument);
    }
    if (!takes_text && argument == nullptr) return true;
    const std::string found = argument == nullptr ? "no argument"
                              : argument->is(JsonKind::String)
                                  ? "an empty string"
                                  : std::string(describe(argument->kind()));
    context_.emitter
        .emit(Code::TransformArgument, argument == nullptr ? name.span : argument->span(),
              {name.value, takes_text ? "a string that is not empty" : "no argument",
               takes_text || argument == nullptr ? found : "one"})
        .help("write " +
              (takes_text ? "`{\"" + name.value + "\": \"...\"}`" : "`\"" + name.value + "\"`"));
    return false;
  }

  bool check_length(const JsonNode& argument) {
    if (argument.text().size() <= limits::kMaxClaimTextBytes) return true;
    context_.emitter.emit(
        Code::LimitExceeded, argument.span(),
        {"bytes of a transform's argument", std::to_string(argument.text().size()),
         std::to_string(limits::kMaxClaimTextBytes)});
    return false;
  }

  void report_unknown(const Text& name) {
    std::vector<std::string_view> names;
    for (const TransformRow& row : kTransforms) names.push_back(row.spelling);
    auto diagnostic = context_.emitter.emit(Code::UnknownValue, name.span,
                                            {name.value, "transform", enumerate(names)});
    suggest(diagnostic, inside_quotes(name.span), name.value, names);
  }

  const ReadContext& context_;
};

void read_transform(const ReadContext& context, ObjectReader& reader, Mapping& mapping) {
  if (const JsonMember* member = reader.get("transform", JsonKind::Array))
    return TransformReader(context).read(*member->value, mapping);
  mapping.has_broken_transform =
      reader.find("transform") != nullptr || reader.is_misspelt("transform");
}

std::optional<Mapping> read_mapping(const ReadContext& context, const JsonNode& node,
                                    std::string_view path_key) {
  const bool is_of_claims = path_key == "jwtPath";
  const std::array<std::string_view, 10> known = {
      path_key, "attribute", "required",  "defaultValue", "type",
      "values", "ordered",   "sensitive", "transform",    "userWritable"};
  ObjectReader reader(context.emitter, node, "a mapping",
                      std::span(known).first(known.size() - (is_of_claims ? 0 : 1)));
  if (!reader.is_object()) return std::nullopt;
  Mapping mapping;
  bool is_good = true;
  mapping.span = node.span();
  read_path(context, reader, path_key, mapping, is_good);
  read_attribute(context, reader, is_of_claims ? "ext_" : "ctx_", mapping, is_good);
  mapping.is_required = reader.get_flag("required");
  if (const JsonMember* required = reader.find("required"))
    mapping.required_span = required->key_span;
  mapping.is_sensitive = reader.get_flag("sensitive");
  if (reader.find("userWritable") != nullptr)
    mapping.is_user_writable = reader.get_flag("userWritable");
  read_type(context, reader, mapping);
  read_default(context, reader, mapping);
  read_values(context, reader, mapping);
  read_transform(context, reader, mapping);
  if (!is_good) return std::nullopt;
  return mapping;
}

}  // namespace

Mappings read_mappings(const ReadContext& context, const JsonNode& array,
                       std::string_view path_key) {
  Mappings mappings;
  for (const JsonNode& element : array.elements()) {
    auto mapping = read_mapping(context, element, path_key);
    mappings.is_complete = mappings.is_complete && mapping.has_value();
    if (mapping) mappings.items.push_back(std::move(*mapping));
  }
  std::vector<const Text*> names;
  for (const Mapping& mapping : mappings.items) names.push_back(&mapping.attribute);
  report_duplicates(context.emitter, "mapping of attribute", names);
  return mappings;
}

}  // namespace verdict::compiler::ast
