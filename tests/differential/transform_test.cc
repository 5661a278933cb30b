// The transforms of mappings against the reference ones, on generated chains and JSON, much of it
// hostile.
//
// The reference says which JSON would mean the same without a transform. A second provider maps
// that, without one, to a second attribute: the two must be equal.
#include "compiler/reference/transform.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/differential/random.h"
#include "tests/differential/vm_side.h"
#include "tests/support/budget.h"
#include "vm/bind/bind.h"

namespace verdict::differential {
namespace {

using compiler::reference::Json;
using compiler::reference::json_list;
using compiler::reference::json_string;
using JsonKind = Json::Kind;

// ---- JSON texts

std::string quoted(const std::string& text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string result = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20) {
      result += "\\u00";
      result += kHex[byte / 16];
      result += kHex[byte % 16];
    } else {
      if (c == '"' || c == '\\') result += '\\';
      result += c;
    }
  }
  return result + "\"";
}

std::string to_text(const Json& json) {
  if (json.kind == JsonKind::Null) return "null";
  if (json.kind == JsonKind::String) return quoted(json.text);
  if (json.kind != JsonKind::Array && json.kind != JsonKind::Object) return json.text;
  const bool is_object = json.kind == JsonKind::Object;
  std::string text(1, is_object ? '{' : '[');
  for (std::size_t i = 0; i < json.elements.size(); ++i) {
    if (i > 0) text += ",";
    if (is_object) text += quoted(json.names[i]) + ":";
    text += to_text(json.elements[i]);
  }
  return text + (is_object ? "}" : "]");
}

Json number(std::string spelling) { return {JsonKind::Number, std::move(spelling), {}, {}}; }

Json object(const std::vector<std::pair<std::string, Json>>& members) {
  Json json{JsonKind::Object, {}, {}, {}};
  for (const auto& [name, value] : members) {
    json.names.push_back(name);
    json.elements.push_back(value);
  }
  return json;
}

// ---- what is generated

class Generator {
 public:
  explicit Generator(std::uint64_t seed) : random_(seed) {}

  Random& random() { return random_; }

  Json value() {
    switch (random_.below(12)) {
      case 0:
        return {JsonKind::Null, {}, {}, {}};
      case 1:
        return {JsonKind::Boolean, random_.chance(50) ? "true" : "false", {}, {}};
      case 2:
      case 3:
        return number(random_.pick(kNumbers));
      case 4:
      case 5:
        return list();
      case 6:
        return any_object();
      case 7:
      case 8:
        return packed();
      default:
        return json_string(text());
    }
  }

  // Mostly one that the transform can be applied to, where few are.
  Json value_for(Transform transform) {
    if (random_.chance(40)) return value();
    if (transform == Transform::EmailDomain) return json_string(random_.pick(kEmails));
    if (transform == Transform::ToNumber) return json_string(random_.pick(kNumbers));
    if (transform == Transform::ToTimestamp) return json_string(random_.pick(kTimes));
    if (transform == Transform::ClerkPermissions) return packed();
    return value();
  }

  std::string text() {
    if (random_.chance(2)) return std::string(random_.between(16383, 16386), 'A');
    if (random_.chance(2)) return std::string(random_.between(16383, 16386), ' ') + "a";
    if (random_.chance(30)) return random_.pick(kNumbers);
    if (random_.chance(20)) return random_.pick(kTimes);
    if (random_.chance(20)) return random_.pick(kEmails);
    std::string text;
    for (std::size_t i = random_.below(6); i > 0; --i) text += random_.pick(kPieces);
    return text;
  }

  Json list() {
    if (random_.chance(3)) {
      const std::string element = random_.pick(kPieces);
      return json_list(std::vector<std::string>(random_.between(16383, 16385), element));
    }
    Json list{JsonKind::Array, {}, {}, {}};
    for (std::size_t i = random_.below(5); i > 0; --i)
      list.elements.push_back(random_.chance(90) ? json_string(text()) : value());
    return list;
  }

  // Objects with a member `m` each, most of them.
  Json list_of_objects() {
    Json list{JsonKind::Array, {}, {}, {}};
    for (std::size_t i = random_.below(4); i > 0; --i) {
      list.elements.push_back(
          random_.chance(90) ? object({{"m", random_.chance(90) ? json_string(text()) : value()}})
                             : value());
    }
    return list;
  }

  Json features() {
    return random_.chance(90) ? json_string(joined(kFeatures, random_.below(4))) : value();
  }

  std::vector<Transform> chain() {
    std::vector<Transform> chain;
    FormSet forms = kJsonForms;
    const std::size_t length = random_.between(1, 4);
    while (chain.size() < length) {
      const TransformRow& row = kTransforms[random_.below(kNumTransforms)];
      const FormSet after = forms_after(row, forms);
      if (forms == FormSet(Form::Time)) break;  // nothing takes one
      if (after.empty()) continue;
      chain.push_back(row.transform);
      forms = after;
    }
    return chain;
  }

  std::string prefix() { return random_.pick(kPrefixes); }

 private:
  std::string joined(const std::vector<std::string>& items, std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i)
      text += (i == 0 ? "" : random_.chance(90) ? "," : " , ") + random_.pick(items);
    return text;
  }

  Json any_object() {
    Json json{JsonKind::Object, {}, {}, {}};
    for (std::size_t i = random_.below(4); i > 0; --i) {
      const std::string name = text();
      if (json.find(name) != nullptr) continue;
      json.names.push_back(name);
      json.elements.push_back({JsonKind::Null, {}, {}, {}});
    }
    return json;
  }

  Json packed() {
    std::vector<std::pair<std::string, Json>> members = {{"id", json_string("org_1")}};
    if (random_.chance(90)) members.emplace_back("per", packed_names());
    if (random_.chance(90)) members.emplace_back("fpm", packed_masks());
    return object(members);
  }
  Json packed_names() {
    if (random_.chance(4)) return value();
    if (random_.chance(4)) return json_string(repeated("p", random_.between(255, 257)));
    return json_string(joined(kNames, random_.below(4)));
  }
  Json packed_masks() {
    if (random_.chance(4)) return value();
    if (random_.chance(4)) return json_string(random_.pick(kMasks) + std::string(70, '9'));
    return json_string(joined(kMasks, random_.below(4)));
  }
  static std::string repeated(const std::string& text, std::size_t count) {
    std::string all = text;
    for (std::size_t i = 1; i < count; ++i) all += "," + text;
    return all;
  }

  const std::vector<std::string> kNumbers = {"0",
                                             "-0",
                                             "7",
                                             "-1.5e1",
                                             "1e400",
                                             "1e-400",
                                             "9223372036854775807",
                                             "9223372036854775808",
                                             "0.1",
                                             "5.0",
                                             "1E3",
                                             "1700000000.0000019",
                                             "9007199254740993.5",
                                             "1700000000000",
                                             "-62135596800",
                                             "253402300800"};
  const std::vector<std::string> kTimes = {"1970-01-01T00:00:01Z",
                                           "2026-01-02T03:04:05.5+01:00",
                                           "2026-01-02 03:04:05",
                                           "2026-01-02T03:04:60Z",
                                           "0000-01-01T00:00:00Z",
                                           " 1",
                                           "1 ",
                                           "+1",
                                           "01",
                                           "0x1",
                                           "."};
  const std::vector<std::string> kEmails = {
      "Ann@Example.COM", "ann@Admin", "a@10.0.0.1", "@", "a@", "@b", "a@b@c", "ann", "a@\xC3\x84"};
  const std::vector<std::string> kPieces = {"A",
                                            "b",
                                            "Z",
                                            "[",
                                            " ",
                                            "  ",
                                            ",",
                                            "\t",
                                            "\n",
                                            "\v",
                                            "\xC2\xA0",
                                            "\xC3\x84",
                                            "\xF0\x9F\x98\x80",
                                            "org:",
                                            "Org:",
                                            "admin",
                                            "10.0.0.1",
                                            "@",
                                            std::string(1, '\0'),
                                            "\"",
                                            "\\"};
  const std::vector<std::string> kPrefixes = {"org:", "A", " ", "\xC3\x84", "admin", ","};
  const std::vector<std::string> kFeatures = {
      "o:teams", "o:dashboard", "u:profile", "uo:both", "o:teams", "o:", ":x", "none", "o:a:b", ""};
  const std::vector<std::string> kNames = {"read", "manage", "read", "write", "a:b", ""};
  const std::vector<std::string> kMasks = {
      "0", "1", "2", "3", "1", "3", "4", "-1", "x", "", "18446744073709551616", "007"};

  Random random_;
};

// ---- one chain

struct Path {
  std::string text;
  bool is_nested;  // `fea` stands beside it in another object
  bool is_each;
};
const std::vector<Path> kPaths = {
    {"c", false, false}, {"c", false, false}, {"w.c", true, false}, {"l[*].m", false, true}};

std::string transforms_text(const std::vector<Transform>& chain, const std::string& prefix) {
  std::string text;
  for (const Transform transform : chain) {
    const std::string name = quoted(std::string(spelling_of(transform)));
    text += (text.empty() ? "" : ",") +
            (transform == Transform::StripPrefix ? "{" + name + ":" + quoted(prefix) + "}" : name);
  }
  return "[" + text + "]";
}

std::string mapping_text(const std::string& path, const std::string& attribute, Kind kind,
                         const std::string& more) {
  const std::string values = kind == Kind::Enum ? ",\"values\":[\"admin\",\"a\",\"7\"]" : "";
  return "{\"name\":\"P_" + attribute + "\",\"issuer\":\"https://" + attribute +
         ".example\",\"allowAnyAudience\":true,\"claimMappings\":[{\"jwtPath\":\"" + path +
         "\",\"attribute\":\"" + attribute + "\",\"type\":\"" + std::string(spelling_of(kind)) +
         "\"" + values + more + "}]}";
}

// Provider 0 maps with the chain to attribute 0, provider 1 the claim `r` without to attribute 1.
// The text `admin` is in the pool.
Compiled compile_pair(const Path& path, Kind kind, const std::vector<Transform>& chain,
                      const std::string& prefix) {
  return compile({{{"t.json", mapping_text(path.text, "t", kind,
                                           ",\"transform\":" + transforms_text(chain, prefix))},
                   {"r.json", mapping_text("r", "r", kind, "")}},
                  {{"p.json", R"({"name":"admin","specification":{"rules":[]}})"}},
                  {},
                  {}});
}

class Claims {
 public:
  Claims(Generator& generator, const Path& path, Transform first) {
    const Json features = generator.features();
    value_ = path.is_each ? generator.list_of_objects() : generator.value_for(first);
    const Json inside = object({{"c", value_}, {"fea", features}});
    root_ = path.is_each     ? object({{"l", value_}})
            : path.is_nested ? object({{"w", inside}, {"fea", generator.features()}})
                             : inside;
    around_ = inside;
  }

  [[nodiscard]] std::string text() const { return to_text(root_); }

  // The JSON that the claim `r` needs; nothing: invalid.
  [[nodiscard]] std::optional<Json> expected(const std::vector<compiler::ir::TransformStep>& steps,
                                             const Path& path) const {
    if (value_.kind == JsonKind::Null) return value_;
    if (!path.is_each) return transform(steps, value_, &around_);
    Json picked{JsonKind::Array, {}, {}, {}};
    for (const Json& element : value_.elements) {
      const Json* member = element.find("m");
      if (member == nullptr) return std::nullopt;
      picked.elements.push_back(*member);
    }
    return transform(steps, picked, nullptr);
  }

 private:
  Json value_;
  Json root_;
  Json around_;
};

bool are_equal(Kind kind, const Slot& a, const Slot& b) {
  switch (held_as(kind)) {
    case Held::Text:
      return a.string.text() == b.string.text() && a.string.id == b.string.id;
    case Held::Number:
      return a.number == b.number;
    case Held::Time:
      return a.timestamp == b.timestamp;
    case Held::Address:
      return a.ip == b.ip;
    case Held::List:
      return std::equal(a.list.elements, a.list.elements + a.list.count, b.list.elements,
                        b.list.elements + b.list.count,
                        [](const Slot& x, const Slot& y) { return are_equal(Kind::String, x, y); });
    case Held::Nothing:
    case Held::Boolean:
    case Held::Network:
    case Held::Zone:
      break;
  }
  return false;
}

enum class Outcome : std::uint8_t { Null, Invalid, Value };
using Counts = std::map<Transform, std::array<std::uint64_t, 3>>;

Outcome outcome_of(const Slots& slots, std::uint32_t attribute) {
  if (slots.view().is_invalid(attribute)) return Outcome::Invalid;
  return slots.view().is_unknown(attribute) ? Outcome::Null : Outcome::Value;
}

// Empty where both agree.
std::string compare(const Compiled& compiled, Kind kind, const Path& path, const Claims& claims,
                    Outcome& outcome) {
  const Program& program = *compiled.program;
  Slots slots(program);
  {
    const ParsedJson document(claims.text());
    if (!document.is_good()) return {};
    bind_mappings(program, 0, 1, document.root(), slots);
    slots.own_texts(program);
  }
  const auto expected =
      claims.expected(compiled.module.providers.front().mappings.front().transforms, path);
  // An object is no value of any kind: invalid.
  const ParsedJson result("{\"r\":" + (expected ? to_text(*expected) : "{}") + "}");
  if (!result.is_good()) return {};  // too long for one JSON text
  bind_mappings(program, 1, 1, result.root(), slots);
  outcome = outcome_of(slots, 0);
  if (outcome != outcome_of(slots, 1)) {
    return "the VM says " + std::to_string(static_cast<int>(outcome)) + ": " +
           slots.describe_invalid(AttributeId(0)) + "; the reference " +
           (expected ? to_text(*expected) : "invalid");
  }
  const bool agree =
      outcome != Outcome::Value || are_equal(kind, slots.view().slots[0], slots.view().slots[1]);
  return agree ? "" : "another value than " + to_text(*expected);
}

std::vector<Kind> kinds_after(const std::vector<Transform>& chain, const Path& path) {
  FormSet forms = path.is_each ? FormSet(Form::List) : kJsonForms;
  for (const Transform transform : chain) forms = forms_after(get_transform_row(transform), forms);
  std::vector<Kind> kinds;
  for (const KindRow& row : kKinds) {
    const bool is_of_values = row.is_of_attributes && row.kind != Kind::Presence;
    if (is_of_values && !forms.empty() && can_become(forms, row.kind)) kinds.push_back(row.kind);
  }
  return kinds;
}

void try_chain(Generator& generator, Counts& counts) {
  const Path& path = generator.random().pick(kPaths);
  const std::vector<Transform> chain = generator.chain();
  const std::vector<Kind> kinds = kinds_after(chain, path);
  if (kinds.empty()) return;
  const Kind kind = generator.random().pick(kinds);
  const std::string prefix = generator.prefix();
  SCOPED_TRACE(path.text + " " + transforms_text(chain, prefix) + " as " +
               std::string(spelling_of(kind)));
  const Compiled compiled = compile_pair(path, kind, chain, prefix);
  ASSERT_EQ(compiled.problem, "");
  for (int i = 0; i < 12; ++i) {
    const Claims claims(generator, path, chain.front());
    Outcome outcome = Outcome::Null;
    const std::string difference = compare(compiled, kind, path, claims, outcome);
    ASSERT_EQ(difference, "") << claims.text().substr(0, 2000);
    for (const Transform transform : chain) ++counts[transform][static_cast<std::size_t>(outcome)];
  }
}

// VERDICT_DIFFERENTIAL_CHAINS asks for more.
std::uint64_t num_chains_to_try() {
  const char* asked = std::getenv("VERDICT_DIFFERENTIAL_CHAINS");
  return asked != nullptr ? std::strtoull(asked, nullptr, 10) : testing::scaled(3000);
}

TEST(TransformAgreement, OnGeneratedChains) {
  Counts counts;
  const std::uint64_t num_chains = num_chains_to_try();
  for (std::uint64_t seed = 0; seed < num_chains && !HasFatalFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Generator generator(seed);
    try_chain(generator, counts);
  }
  for (const TransformRow& row : kTransforms) {
    const auto& [nulls, invalids, values] = counts[row.transform];
    RecordProperty(std::string(row.spelling), std::to_string(nulls) + " null, " +
                                                  std::to_string(invalids) + " invalid, " +
                                                  std::to_string(values) + " values");
    EXPECT_GT(nulls, 0U) << row.spelling;
    EXPECT_GT(invalids, 0U) << row.spelling;
    EXPECT_GT(values, 0U) << row.spelling;
  }
}

}  // namespace
}  // namespace verdict::differential
