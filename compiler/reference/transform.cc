#include "compiler/reference/transform.h"

#include <utility>

namespace verdict::compiler::reference {
namespace {

using Texts = std::vector<std::string>;

// The limits of docs/limits.md, once more.
constexpr std::size_t kLongestText = 16384;
constexpr std::size_t kLongestList = 16384;
constexpr std::size_t kMostBytes = 262144;
constexpr std::size_t kMostNames = 256;

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\v' || c == '\f' || c == '\r';
}

std::string lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return text;
}

std::string trim(std::string text) {
  while (!text.empty() && is_space(text.back())) text.pop_back();
  while (!text.empty() && is_space(text.front())) text.erase(0, 1);
  return text;
}

std::string strip_prefix(const std::string& text, const std::string& prefix) {
  return text.rfind(prefix, 0) == 0 ? text.substr(prefix.size()) : text;
}

// Every part, empty ones too: one more than there are separators.
Texts parts_of(const std::string& text, char separator) {
  Texts parts(1);
  for (const char c : text) {
    if (c == separator) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

Texts split_space(const std::string& text) {
  Texts kept;
  for (const std::string& part : parts_of(text, ' ')) {
    if (!part.empty()) kept.push_back(part);
  }
  return kept;
}

Texts split_comma(const std::string& text) {
  Texts kept;
  for (const std::string& part : parts_of(text, ',')) {
    if (!trim(part).empty()) kept.push_back(trim(part));
  }
  return kept;
}

// Digit by digit, so that there is no recursion as deep as the text is long.
bool is_json_number(const std::string& text) {
  std::size_t at = 0;
  const auto is_digit = [&] { return at < text.size() && text[at] >= '0' && text[at] <= '9'; };
  const auto skip_digits = [&] {
    const std::size_t begin = at;
    while (is_digit()) ++at;
    return at > begin;
  };
  if (at < text.size() && text[at] == '-') ++at;
  const bool begins_with_zero = at < text.size() && text[at] == '0';
  const std::size_t begin = at;
  if (!skip_digits() || (begins_with_zero && at > begin + 1)) return false;
  if (at < text.size() && text[at] == '.') {
    ++at;
    if (!skip_digits()) return false;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    if (!skip_digits()) return false;
  }
  return at == text.size();
}

std::optional<std::string> email_domain(const std::string& text) {
  const Texts parts = parts_of(text, '@');
  if (parts.size() != 2 || parts[0].empty() || parts[1].empty()) return std::nullopt;
  return lower(parts[1]);
}

// Bits from the lowest: the decimal number is halved again and again.
std::optional<std::vector<bool>> bits_of(std::string decimal) {
  if (decimal.empty()) return std::nullopt;
  for (const char c : decimal) {
    if (c < '0' || c > '9') return std::nullopt;
  }
  std::vector<bool> bits;
  while (decimal.find_first_not_of('0') != std::string::npos) {
    // More bits than there are names, whatever the names are.
    if (bits.size() > kMostNames) return std::nullopt;
    int rest = 0;
    for (char& c : decimal) {
      const int digit = rest * 10 + (c - '0');
      c = static_cast<char>('0' + digit / 2);
      rest = digit % 2;
    }
    bits.push_back(rest == 1);
    decimal.erase(0, decimal.find_first_not_of('0') == std::string::npos
                         ? decimal.size()
                         : decimal.find_first_not_of('0'));
  }
  return bits;
}

// The parts between commas, trimmed; an empty text has none.
Texts entries_of(const std::string& text) {
  Texts entries;
  if (text.empty()) return entries;
  for (const std::string& part : parts_of(text, ',')) entries.push_back(trim(part));
  return entries;
}

bool is_plain(const std::string& name) {
  return !name.empty() && name.find(':') == std::string::npos;
}

// The features of the organisation.
std::optional<Texts> features_of(const std::string& text) {
  Texts features;
  for (const std::string& entry : entries_of(text)) {
    const Texts halves = parts_of(entry, ':');
    if (halves.size() != 2 || halves[0].empty() || halves[1].empty()) return std::nullopt;
    if (halves[0].find('o') != std::string::npos) features.push_back(halves[1]);
  }
  return features;
}

// A member that is a text; an absent one and null are none. False: it is something else.
bool read_text(const Json* object, const std::string& name, std::optional<std::string>& text) {
  const Json* member = object == nullptr ? nullptr : object->find(name);
  if (member == nullptr || member->kind == Json::Kind::Null) return true;
  if (member->kind != Json::Kind::String || member->text.size() > kLongestText) return false;
  text = member->text;
  return true;
}

std::optional<Texts> unpack(const Texts& names, const Texts& features, const Texts& masks) {
  Texts permissions;
  std::size_t bytes = 0;
  if (masks.empty() && !names.empty() && !features.empty()) return std::nullopt;
  for (std::size_t i = 0; i < masks.size(); ++i) {
    const auto bits = bits_of(masks[i]);
    if (!bits || i >= features.size()) return std::nullopt;
    for (std::size_t bit = 0; bit < bits->size(); ++bit) {
      if (!(*bits)[bit]) continue;
      if (bit >= names.size()) return std::nullopt;
      permissions.push_back(features[i] + ":" + names[bit]);
      bytes += permissions.back().size();
    }
    if (permissions.size() > kLongestList || bytes > kMostBytes) return std::nullopt;
  }
  return permissions;
}

std::optional<Texts> clerk_permissions(const Json& object, const Json* around) {
  std::optional<std::string> per;
  std::optional<std::string> fpm;
  std::optional<std::string> fea;
  if (!read_text(&object, "per", per) || !read_text(&object, "fpm", fpm) ||
      !read_text(around, "fea", fea))
    return std::nullopt;
  if (!per && !fpm) return Texts();
  if (!per || !fpm) return std::nullopt;
  const Texts names = entries_of(*per);
  const auto features = features_of(fea.value_or(""));
  if (!features || names.size() > kMostNames) return std::nullopt;
  for (const std::string& name : names) {
    if (!is_plain(name)) return std::nullopt;
  }
  return unpack(names, *features, entries_of(*fpm));
}

// The texts of a list; nothing where it is none.
std::optional<Texts> texts_of(const Json& json) {
  if (json.kind != Json::Kind::Array || json.elements.size() > kLongestList) return std::nullopt;
  Texts texts;
  for (const Json& element : json.elements) {
    if (element.kind != Json::Kind::String || element.text.size() > kLongestText)
      return std::nullopt;
    texts.push_back(element.text);
  }
  return texts;
}

// A text, or each text of a list.
template <class Change>
std::optional<Json> change_texts(const Json& json, Change change) {
  if (json.kind == Json::Kind::String) return json_string(change(json.text));
  std::optional<Texts> texts = texts_of(json);
  if (!texts) return std::nullopt;
  for (std::string& text : *texts) text = change(text);
  return json_list(*texts);
}

std::optional<Json> list_of(const std::optional<Texts>& texts) {
  return texts && texts->size() <= kLongestList ? std::optional(json_list(*texts)) : std::nullopt;
}

template <class Split>
std::optional<Json> split(const Json& json, Split split_text) {
  if (json.kind == Json::Kind::String) return list_of(split_text(json.text));
  return list_of(texts_of(json));
}

std::optional<Json> apply(const ir::TransformStep& step, const Json& json, const Json* around) {
  const bool is_text = json.kind == Json::Kind::String;
  const bool is_number = json.kind == Json::Kind::Number;
  const bool is_object = json.kind == Json::Kind::Object;
  switch (step.transform) {
    case Transform::Lower:
      return change_texts(json, lower);
    case Transform::Trim:
      return change_texts(json, trim);
    case Transform::StripPrefix:
      return change_texts(
          json, [&](const std::string& text) { return strip_prefix(text, step.argument); });
    case Transform::SplitSpace:
      return split(json, split_space);
    case Transform::SplitComma:
      return split(json, split_comma);
    case Transform::Keys:
      return is_object ? list_of(json.names) : std::nullopt;
    case Transform::ToNumber:
      if (is_text && is_json_number(json.text)) return Json{Json::Kind::Number, json.text, {}, {}};
      return is_number ? std::optional(json) : std::nullopt;
    case Transform::ToTimestamp:  // JSON that is a timestamp already, if it is one
      return is_text || is_number ? std::optional(json) : std::nullopt;
    case Transform::EmailDomain:
      if (const auto domain = is_text ? email_domain(json.text) : std::nullopt)
        return json_string(*domain);
      return std::nullopt;
    case Transform::ClerkPermissions:
      return is_object ? list_of(clerk_permissions(json, around)) : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

const Json* Json::find(const std::string& name) const {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == name) return &elements[i];
  }
  return nullptr;
}

Json json_string(std::string text) { return {Json::Kind::String, std::move(text), {}, {}}; }

Json json_list(const std::vector<std::string>& texts) {
  Json list{Json::Kind::Array, {}, {}, {}};
  for (const std::string& text : texts) list.elements.push_back(json_string(text));
  return list;
}

std::optional<Json> transform(const std::vector<ir::TransformStep>& steps, const Json& value,
                              const Json* around) {
  if (value.kind == Json::Kind::String && value.text.size() > kLongestText) return std::nullopt;
  std::optional<Json> json = value;
  for (const ir::TransformStep& step : steps) {
    json = apply(step, *json, around);
    if (!json) return std::nullopt;
  }
  return json;
}

}  // namespace verdict::compiler::reference
