#include "tests/differential/request.h"

#include <algorithm>

namespace verdict::differential {
namespace {

using compiler::reference::Invalid;
using compiler::reference::Null;

// What stands at the end of a path, if anything does.
struct Filling {
  std::optional<std::string> json;  // nothing: absent
  Value value = Null{};
  std::vector<std::string> elements;  // of a valid list that is spelt as an array
};

bool is_invalid(const Value& value) { return std::holds_alternative<Invalid>(value); }
bool is_valid(const Value& value) { return std::holds_alternative<ir::Literal>(value); }

Filling valid(const Choice& choice) { return {choice.json, choice.value, choice.elements}; }

Filling pick_valid(Random& random, const Attribute& attribute) {
  const std::size_t dice = random.below(100);
  const bool is_text = element_of(attribute.kind) == Kind::String;
  const bool is_closed = attribute.kind == Kind::Enum;
  const std::vector<Choice>& elements = dice < 75 || is_closed ? attribute.domain
                                        : dice < 90 && is_text ? foreign_strings()
                                                               : element_choices(attribute.kind);
  if (!is_list(attribute.kind)) return valid(random.pick(elements));
  if (attribute.kind != Kind::StringList || !random.chance(15))
    return valid(make_list(random, attribute.kind, elements));
  const Choice& only = random.pick(elements);  // a bare string is a list of one
  return {only.json, ir::list_literal(Kind::String, only.value.scalars), {}};
}

Filling pick_filling(Random& random, const Attribute& attribute) {
  const std::size_t dice = random.below(100);
  if (dice < 9) return {};
  if (dice < 16) return {"null", Null{}, {}};
  const std::vector<std::string>& spellings = invalid_spellings(attribute.kind);
  if (dice < 26 && !spellings.empty()) return {random.pick(spellings), Invalid{}, {}};
  return pick_valid(random, attribute);
}

// Puts a filling where its mapping looks for it: members of the top-level object. May change its
// meaning, where the way there is broken.
class Placer {
 public:
  Placer(Random& random, std::string key, Filling filling)
      : random_(random), key_(std::move(key)), filling_(std::move(filling)) {}

  Value place(PathForm form) {
    switch (form) {
      case PathForm::Name:
        add_if_there(key_);
        break;
      case PathForm::Dotted:
        place_dotted();
        break;
      case PathForm::Literal:
        place_literal();
        break;
      case PathForm::QuotedStep:
        place_below("{\"v w\": ", "}", {"null", "{}", "{\"v\": 1}"}, {"5", "[1]", "\"v w\""});
        break;
      case PathForm::Index:
        place_below("[0, {\"m\": ", "}]", {"null", "[]", "[{}]", "[0, null]", "[0, {}]"},
                    {"{}", "[0, 5]", "\"m\"", "[0, [1]]"});
        break;
      case PathForm::Url:
        add_if_there("https://example.com/" + key_);
        break;
      case PathForm::Each:
        place_each("", "");
        break;
      case PathForm::EachMember:
        place_each("{\"m\": ", "}");
        break;
    }
    return filling_.value;
  }
  [[nodiscard]] const std::vector<std::string>& members() const { return members_; }

 private:
  void add(const std::string& key, const std::string& json) {
    members_.push_back("\"" + key + "\": " + json);
  }
  void add_if_there(const std::string& key) {
    if (filling_.json) add(key, *filling_.json);
  }

  // The literal key if the token has it, else the path; both: invalid.
  void place_dotted() {
    if (!filling_.json || random_.chance(60)) {
      return place_below("{\"v\": ", "}", {"null", "{}", "{\"w\": 1}"},
                         {"5", "[1]", "\"v\"", "true"});
    }
    add(key_ + ".v", *filling_.json);
    if (random_.chance(10))
      add(key_, "{}");
    else if (random_.chance(10))
      add_second_way();
  }
  void add_second_way() {
    add(key_, "{\"v\": 1}");
    filling_.value = Invalid{};
  }

  void place_literal() {
    add_if_there(key_ + ".v");
    if (random_.chance(20)) add(key_, "{\"v\": \"a\"}");  // no path, so not looked at
  }

  // `absent`: ways that end in nothing; `broken`: ways through another kind of JSON value.
  void place_below(const std::string& open, const std::string& close,
                   const std::vector<std::string>& absent, const std::vector<std::string>& broken) {
    if (random_.chance(4)) {
      add(key_, random_.pick(broken));
      filling_.value = Invalid{};
    } else if (filling_.json) {
      add(key_, open + *filling_.json + close);
    } else if (random_.chance(60)) {
      add(key_, random_.pick(absent));
    }
  }

  // Each element of a valid list is wrapped; whatever else stands there is no list.
  void place_each(const std::string& open, const std::string& close) {
    if (!filling_.json) return;
    if (std::holds_alternative<Null>(filling_.value)) return add(key_, "null");
    const bool is_array = is_valid(filling_.value) && filling_.json->front() == '[';
    if (!is_array) filling_.value = Invalid{};
    if (!is_array && is_invalid(filling_.value) && (open.empty() || random_.chance(50)))
      return add(key_, no_list(open));
    std::vector<std::string> parts;
    for (const std::string& element : filling_.elements) parts.push_back(open + element + close);
    if (!is_array)
      parts.insert(parts.begin() + static_cast<std::ptrdiff_t>(random_.below(parts.size() + 1)),
                   broken_element());
    std::string json = "[";
    for (const std::string& part : parts) json += (json.size() > 1 ? ", " : "") + part;
    add(key_, json + "]");
  }
  std::string no_list(const std::string& open) {
    return random_.pick(
        std::vector<std::string>{"{}", "\"a\"", "5", open.empty() ? "[null]" : "{\"m\": \"a\"}"});
  }
  std::string broken_element() {
    return random_.pick(std::vector<std::string>{"{}", "5", "\"a\"", "null", "{\"m\": null}",
                                                 "{\"m\": {}}", "{\"n\": \"a\"}", "[]"});
  }

  Random& random_;
  std::string key_;
  Filling filling_;
  std::vector<std::string> members_;
};

Document make_document(Random& random, const Workspace& workspace,
                       const std::vector<Mapping>& mappings) {
  Document document;
  std::vector<std::string> members;
  for (const Mapping& mapping : mappings) {
    const Attribute& attribute = workspace.attributes[mapping.attribute];
    Placer placer(random, claim_key(attribute), pick_filling(random, attribute));
    Value value = placer.place(mapping.form);
    members.insert(members.end(), placer.members().begin(), placer.members().end());
    if (std::holds_alternative<Null>(value) && mapping.default_value)
      value = mapping.default_value->value;
    if (mapping.is_required && !is_valid(value) && !document.refused)
      document.refused = attribute.full_name();
    document.values[attribute.full_name()] = std::move(value);
  }
  if (random.chance(20)) members.emplace_back("\"nobody reads this\": [{}, null]");
  random.shuffle(members);
  for (const std::string& member : members)
    document.json += (document.json.empty() ? "{ " : ", ") + member;
  document.json = members.empty() ? "{}" : document.json + " }";
  return document;
}

}  // namespace

Values Request::values(const Workspace& workspace, std::size_t resource) const {
  Values values = claims.values;
  values.insert(contexts[resource].values.begin(), contexts[resource].values.end());
  values["req_provider"] = ir::literal(workspace.providers[provider].name);
  if (time) values["req_time"] = ir::literal(*time);
  if (ip) values["req_ip"] = ir::literal(*ip);
  return values;
}

Request generate_request(Random& random, const Workspace& workspace) {
  Request request;
  request.provider = random.below(workspace.providers.size());
  request.claims = make_document(random, workspace, workspace.providers[request.provider].mappings);
  for (const Resource& resource : workspace.resources) {
    request.contexts.push_back(make_document(random, workspace, resource.mappings));
  }
  if (random.chance(80))
    request.time = random.pick(element_choices(Kind::Timestamp)).value.get<Timestamp>();
  if (random.chance(80)) request.ip = random.pick(element_choices(Kind::Ip)).value.get<IpValue>();
  return request;
}

Value pick_value(Random& random, const Attribute& attribute) {
  const std::size_t dice = random.below(100);
  if (dice < 20) return Null{};
  if (dice < 40) return Invalid{};
  return pick_valid(random, attribute).value;
}

}  // namespace verdict::differential
