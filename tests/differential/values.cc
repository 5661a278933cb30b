#include "tests/differential/values.h"

#include <limits>

namespace verdict::differential {
namespace {

Choice text(std::string json, const std::string& value) {
  return {"\"" + std::move(json) + "\"", ir::literal(value), {}};
}
Choice text(const std::string& value) { return text(value, value); }
Choice integer(std::string json, std::int64_t value) {
  return {std::move(json), ir::literal(Number::from_integer(value)), {}};
}
Choice real(std::string json, double value) {
  return {std::move(json), ir::literal(Number::from_double(value).value()), {}};
}
Choice boolean(bool value) { return {value ? "true" : "false", ir::literal(value), {}}; }
Choice time(std::string json, std::int64_t microseconds) {
  return {std::move(json), ir::literal(Timestamp{microseconds}), {}};
}

Choice ip(const std::string& json, IpValue bytes) {
  return {"\"" + json + "\"", ir::literal(bytes), {}};
}
Choice ipv4(const std::string& json, std::uint8_t a, std::uint8_t b, std::uint8_t c,
            std::uint8_t d) {
  return ip(json, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, a, b, c, d});
}

constexpr std::int64_t k2To53 = std::int64_t{1} << 53U;
constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kMin = std::numeric_limits<std::int64_t>::min();

const std::vector<Choice>& strings() {
  static const std::vector<Choice> choices = {text("a"),
                                              text("b"),
                                              text("ab"),
                                              text("A"),
                                              text(""),
                                              text("\\u0061", "a"),
                                              text("\xC3\xA9"),
                                              text("e\\u0301", "e\xCC\x81"),
                                              text("x\\u0000y", std::string("x\0y", 3)),
                                              text("x"),
                                              text("/a"),
                                              text("/a/b"),
                                              text("/a/../b"),
                                              text("*"),
                                              text("\\ud83d\\ude00", "\xF0\x9F\x98\x80"),
                                              text("\\\"\\\\\\/\\n", "\"\\/\n"),
                                              text("thirty-two bytes, and then one: 1"),
                                              text("thirty-two bytes, and then one: 2")};
  return choices;
}

// Numbers that lie close to each other, or are spelt differently and equal.
const std::vector<std::vector<Choice>>& number_clusters() {
  static const std::vector<std::vector<Choice>> clusters = {
      {integer("0", 0), integer("1", 1), real("1.0", 1), integer("2", 2), real("0.5", 0.5),
       real("10e-1", 1)},
      {integer("0", 0), integer("-0", 0), real("-0.0", 0), real("0e5", 0), real("1e-400", 0),
       real("5e-324", 5e-324)},
      {integer("-1", -1), real("-1.5", -1.5), real("-0.5", -0.5), real("-1.0", -1),
       integer("-2", -2)},
      {integer("9007199254740991", k2To53 - 1), integer("9007199254740992", k2To53),
       integer("9007199254740993", k2To53 + 1), integer("9007199254740992.0", k2To53),
       integer("9007199254740993.0", k2To53 + 1), integer("9.007199254740994e15", k2To53 + 2)},
      {integer("9223372036854775807", kMax), integer("9223372036854775807.0", kMax),
       integer("9223372036854775806", kMax - 1), integer("9223372036854774784.0", kMax - 1023),
       integer("922337203685477580600e-2", kMax - 1)},
      {integer("-9223372036854775808", kMin), integer("-9223372036854775808.0", kMin),
       integer("-9223372036854775807", kMin + 1), integer("-9.223372036854775807E+18", kMin + 1)},
      {integer("281674916028284930", 281674916028284930),
       integer("281674916028284928", 281674916028284928),
       integer("2.8167491602828493e+17", 281674916028284930),
       integer("2.81674916028284928e17", 281674916028284928)},
      {real("0.1", 0.1), real("0.10000000000000001", 0.1), real("1e-1", 0.1),
       real("0.30000000000000004", 0.1 + 0.2), real("0.3", 0.3)},
      {real("4503599627370495.5", 4503599627370495.5),
       integer("4611686018427387905", (kMax / 2) + 2),
       integer("4611686018427387904.0", (kMax / 2) + 1),
       integer("4611686018427387904", (kMax / 2) + 1)}};
  return clusters;
}

std::vector<Choice> join(const std::vector<std::vector<Choice>>& groups) {
  std::vector<Choice> all;
  for (const std::vector<Choice>& group : groups) all.insert(all.end(), group.begin(), group.end());
  return all;
}

const std::vector<Choice>& times() {
  static const std::vector<Choice> choices = {time("0", 0),
                                              time("1700000000", 1700000000000000),
                                              time("1700000000.25", 1700000000250000),
                                              time("-0.5", -500000),
                                              time("253402300799", 253402300799000000),
                                              time("-62135596800", -62135596800000000),
                                              time("\"1970-01-01T00:00:00Z\"", 0),
                                              time("\"1970-01-01T01:00:00.5+01:00\"", 500000),
                                              time("\"1969-12-31T19:00:00.000000999-05:00\"", 0),
                                              time("\"2000-02-29T12:00:00Z\"", 951825600000000),
                                              time("\"2045-03-12T07:00:00Z\"", 2372914800000000),
                                              time("\"2045-11-05T05:59:59Z\"", 2393474399000000)};
  return choices;
}

const std::vector<Choice>& ips() {
  static const std::vector<Choice> choices = {
      ipv4("10.0.0.1", 10, 0, 0, 1),
      ipv4("::ffff:10.0.0.1", 10, 0, 0, 1),
      ipv4("::ffff:a00:1", 10, 0, 0, 1),
      ipv4("10.0.0.2", 10, 0, 0, 2),
      ip("::1", {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}),
      ip("2001:DB8::a", {0x20, 0x01, 0x0D, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x0A}),
      ip("2001:db8:0:0:0:0:0:a", {0x20, 0x01, 0x0D, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x0A})};
  return choices;
}

const std::vector<Choice>& counts() {
  static const std::vector<Choice> choices = {integer("0", 0), integer("1", 1), real("2.0", 2),
                                              integer("3", 3),
                                              integer("9223372036854775807", kMax)};
  return choices;
}

const std::vector<Choice>& masks() {
  static const std::vector<Choice> choices = {integer("1", 1),
                                              integer("2", 2),
                                              integer("3", 3),
                                              integer("4.0", 4),
                                              integer("4611686018427387904", (kMax / 2) + 1),
                                              integer("9223372036854775807", kMax)};
  return choices;
}

Choice spelt(const std::string& text, std::int64_t value) {
  return {"\"" + text + "\"", ir::literal(Number::from_integer(value)), {}};
}

const std::vector<Choice>& times_of_day() {
  static const std::vector<Choice> choices = {spelt("00:00", 0),        spelt("00:00:01", 1),
                                              spelt("01:30", 5400),     spelt("02:00", 7200),
                                              spelt("12:00", 43200),    spelt("22:13:20", 80000),
                                              spelt("22:13:21", 80001), spelt("23:59:59", 86399)};
  return choices;
}

const std::vector<Choice>& days_of_week() {
  static const std::vector<Choice> choices = {spelt("mon", 0), spelt("tue", 1), spelt("wed", 2),
                                              spelt("thu", 3), spelt("fri", 4), spelt("sat", 5),
                                              spelt("sun", 6)};
  return choices;
}

const std::vector<Choice>& path_forms() {
  static const std::vector<Choice> choices = {text("/"),   text("/a"),      text("/a/"),
                                              text("/*"),  text("/a/{id}"), text("/a/**"),
                                              text("/**"), text("/{x}/b"),  text("/a/*/c")};
  return choices;
}

const std::vector<Choice>& paths() {
  static const std::vector<Choice> choices = {text("/"),    text("/a"),  text("/a/"),
                                              text("/a/b"), text("/ab"), text("/b/b")};
  return choices;
}

const std::vector<Choice>& globs() {
  static const std::vector<Choice> choices = {text("*"),
                                              text(""),
                                              text("?"),
                                              text("a*"),
                                              text("*b"),
                                              text("a?"),
                                              text("??"),
                                              text("*?*"),
                                              text("A*"),
                                              text("/*/b"),
                                              text("*\\\\*", "*\\*"),
                                              text("thirty*one: ?")};
  return choices;
}

// Such as the second evaluator's library takes too.
const std::vector<Choice>& regexes() {
  static const std::vector<Choice> choices = {
      text(""),       text("a*"),   text("a|b"),      text("[a-b]+"),   text("(a|b)*x?"),
      text("."),      text("[^a]"), text("/a(/.*)?"), text("thirty.*"), text("\\\\*", "\\*"),
      text("a{1,2}b")};
  return choices;
}

Choice network(const std::string& json, IpValue address, std::uint8_t prefix_length) {
  return {"\"" + json + "\"", ir::literal(Network{address, prefix_length}), {}};
}
const std::vector<Choice>& networks() {
  static const std::vector<Choice> choices = {
      network("10.0.0.0/8", {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 10}, 104),
      network("10.0.0.1", {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 10, 0, 0, 1}, 128),
      network("::ffff:10.0.0.2/127", {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 10, 0, 0, 2}, 127),
      network("0.0.0.0/0", {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF}, 96),
      network("::/0", {}, 0),
      network("::1/128", {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 128),
      network("2001:DB8::/32", {0x20, 0x01, 0x0D, 0xB8}, 32)};
  return choices;
}

const std::vector<Choice>& durations() {
  const auto duration = [](const std::string& json, std::int64_t microseconds) {
    return Choice{
        "\"" + json + "\"", ir::Literal(Kind::Duration, Shape::One, {Timestamp{microseconds}}), {}};
  };
  static const std::vector<Choice> choices = {
      duration("1ms", 1000), duration("500ms", 500000), duration("1h30m", 5400000000),
      duration("5217w", std::int64_t{5217} * 7 * 86400 * 1000000)};
  return choices;
}

// Of any JSON: the attribute is there.
const std::vector<Choice>& presences() {
  static const std::vector<Choice> choices = [] {
    std::vector<Choice> all;
    for (const char* json :
         {"0", "false", "\"\"", "[]", "{}", "[null]", "1e400", "99999999999999999999"}) {
      all.push_back({json, ir::literal(true), {}});
    }
    return all;
  }();
  return choices;
}

using Spellings = std::vector<std::string>;

}  // namespace

const std::vector<Choice>& element_choices(Kind kind) {
  static const std::vector<Choice> numbers = join(number_clusters());
  static const std::vector<Choice> booleans = {boolean(true), boolean(false)};
  switch (element_of(kind)) {
    case Kind::Number:
      return numbers;
    case Kind::Boolean:
      return booleans;
    case Kind::Timestamp:
      return times();
    case Kind::Ip:
      return ips();
    case Kind::Presence:
      return presences();
    case Kind::Length:
      return counts();
    case Kind::Bits:
      return masks();
    case Kind::TimeOfDay:
      return times_of_day();
    case Kind::DayOfWeek:
      return days_of_week();
    case Kind::PathForm:
      return path_forms();
    case Kind::Path:
      return paths();
    case Kind::Glob:
      return globs();
    case Kind::Regex:
      return regexes();
    case Kind::Network:
      return networks();
    case Kind::Duration:
      return durations();
    case Kind::Part: {
      static const std::vector<Choice> parts = constants_among(Kind::Part, strings());
      return parts;
    }
    case Kind::String:
    case Kind::Enum:
    case Kind::Rank:
    case Kind::Folded:
    case Kind::StringList:
    case Kind::NumberList:
    case Kind::TimeZone:
      break;
  }
  return strings();
}

const std::vector<Choice>& foreign_strings() {
  static const std::vector<Choice> choices = {text("foreign 1"), text("foreign 2"),
                                              text("\\u0066oreign 1", "foreign 1")};
  return choices;
}

const std::vector<std::string>& invalid_spellings(Kind kind) {
  static const Spellings text = {"5", "true", "[]", "[\"a\"]", "{}", "{\"a\": \"a\"}", "1e400"};
  static const Spellings enums = {"5", "[\"a\"]", "{}", "\"not a value\"", "\"A \"", "false"};
  static const Spellings number = {"9223372036854775808",
                                   "-9223372036854775809",
                                   "1e400",
                                   "-1e999",
                                   "1e19",
                                   "9223372036854775808.0",
                                   "-1.7976931348623157e308",
                                   "9007199254740992.5",
                                   "281674916028284930.25",
                                   "\"1\"",
                                   "true",
                                   "[1]",
                                   "{}",
                                   "\"\"",
                                   "100000000000000000000"};
  static const Spellings boolean = {"0", "1", "\"true\"", "\"\"", "[true]", "{}"};
  static const Spellings time = {"\"2026-01-31T12:00:60Z\"",
                                 "\"2026-01-31T12:00:00\"",
                                 "\"2026-01-31\"",
                                 "\"1700000000\"",
                                 "253402300800",
                                 "-62135596801",
                                 "1700000000000",
                                 "1e18",
                                 "\"2026-02-29T00:00:00Z\"",
                                 "\"0000-12-31T23:59:59Z\"",
                                 "true",
                                 "[0]",
                                 "{}",
                                 "\"\""};
  static const Spellings ip = {
      "\"10.0.0.256\"", "\"10.0.0.1:80\"", "\"fe80::1%eth0\"", "\"10.0.0.0/8\"", "\"\"",
      "\"10.0.0\"",     "\"[::1]\"",       "167772161",        "[\"10.0.0.1\"]", "{}",
      "\"1::2::3\""};
  static const Spellings texts = {
      "5", "true", "{}", "[5]", "[\"a\", null]", "[null]", "[\"a\", [\"b\"]]", "[\"a\", {}]"};
  static const Spellings numbers = {
      "5", "\"1\"", "{}", "[\"1\"]", "[1, null]", "[1, 1e400]", "[9223372036854775808]", "[[1]]"};
  static const Spellings none = {};
  switch (kind) {
    case Kind::String:
      return text;
    case Kind::Enum:
      return enums;
    case Kind::Number:
      return number;
    case Kind::Boolean:
      return boolean;
    case Kind::Timestamp:
      return time;
    case Kind::Ip:
      return ip;
    case Kind::StringList:
      return texts;
    case Kind::NumberList:
      return numbers;
    case Kind::Presence:
    case Kind::Part:
    case Kind::Length:
    case Kind::Bits:
    case Kind::Rank:
    case Kind::Folded:
    case Kind::PathForm:
    case Kind::Path:
    case Kind::Glob:
    case Kind::Regex:
    case Kind::Network:
    case Kind::Duration:
    case Kind::TimeZone:
    case Kind::TimeOfDay:
    case Kind::DayOfWeek:
      break;  // whatever the JSON, or no kind of attributes
  }
  return none;
}

std::vector<Way> ways_to_ask(Kind attribute) {
  std::vector<Way> ways;
  for (const FunctionRow& row : kFunctions) {
    for (std::size_t i = 0; i < kQuantifierSpellings.size(); ++i) {
      const auto quantifier = static_cast<Quantifier>(i);
      if (takes(row, attribute, quantifier)) ways.push_back({&row, quantifier});
    }
  }
  return ways;
}

std::vector<Choice> constants_among(Kind operand_kind, const std::vector<Choice>& values) {
  const Kind kind = constant_kind(operand_kind);
  std::vector<Choice> constants;
  if (is_local(kind)) return constants;  // no attribute's JSON says one
  for (const Choice& choice : values) {
    // These have a grammar of their own.
    const bool has_grammar = kind == Kind::Duration || kind == Kind::Regex;
    const bool is_alike =
        choice.value.kind == kind || (!has_grammar && held_as(choice.value.kind) == held_as(kind));
    if (is_alike && is_valid(kind, slot_of(choice.value.scalars.at(0))))
      constants.push_back(choice);
  }
  return constants;
}

std::vector<Choice> pick_domain(Random& random, Kind element_kind) {
  std::vector<Choice> pool =
      element_kind == Kind::Number ? random.pick(number_clusters()) : element_choices(element_kind);
  random.shuffle(pool);
  pool.resize(std::min<std::size_t>(pool.size(), random.between(2, 4)));
  return pool;
}

Choice make_list(Random& random, Kind kind, const std::vector<Choice>& elements) {
  Choice list{"[", ir::list_literal(element_of(kind), {}), {}};
  for (std::size_t count = random.below(4); count > 0; --count) {
    const Choice& element = random.pick(elements);
    list.json += (list.elements.empty() ? "" : ", ") + element.json;
    list.elements.push_back(element.json);
    list.value.scalars.push_back(element.value.scalars.at(0));
  }
  list.json += "]";
  return list;
}

}  // namespace verdict::differential
