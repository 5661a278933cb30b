// The tree, its places, and the limits. What the reader says about wrong texts is in
// json_problems_test.cc.
#include "compiler/syntax/json.h"

#include <string>
#include <string_view>
#include <utility>

#include <gtest/gtest.h>

#include "vm/base/limits.h"

namespace verdict::compiler {
namespace {

using namespace std::string_literals;

// A text and what became of it.
struct Reading {
  explicit Reading(std::string text) : file(sources.add("a.json", std::move(text))) {
    Emitter emitter(consumer);
    document = read_json(sources, file, emitter);
  }
  [[nodiscard]] const JsonNode& root() const { return document->root(); }
  [[nodiscard]] std::string_view source_of(Span span) const { return sources.text(span); }
  [[nodiscard]] Code first_code() const { return consumer.diagnostics.front().code; }

  Sources sources;
  FileId file;
  CollectingConsumer consumer;
  std::optional<JsonDocument> document;
};

TEST(JsonGrammar, HasNoIssues) { EXPECT_EQ(json_grammar_issues(), 0U); }

// Errors that lose nothing leave a whole tree for the steps that follow; those that lose something
// do not.
TEST(FlawedJson, IsReturnedWhereItsTreeIsWhole) {
  const auto read = [](std::string_view text) {
    Sources sources;
    CollectingConsumer consumer;
    Emitter emitter(consumer);
    const auto document =
        read_flawed_json(sources, sources.add("a.json", std::string(text)), emitter);
    EXPECT_TRUE(emitter.has_errors()) << text;
    if (!document) return std::string("nothing");
    const JsonMember* first = document->root().find("a");
    return std::string(first == nullptr ? "no a" : first->value->text());
  };
  EXPECT_EQ(read(R"({"a": 1, "a": 2})"), "1");
  EXPECT_EQ(read(R"({"a": 1, "b": [1, {"c": 1,},],})"), "1");
  EXPECT_EQ(read("{\"a\": 1 /* one */ }"), "1");
  EXPECT_EQ(read("\xEF\xBB\xBF{\"a\": 1}"), "1");
  EXPECT_EQ(read(R"({"a": 1, "b": })"), "nothing");
  EXPECT_EQ(read(R"({"a": 1, "b": 01})"), "nothing");
  EXPECT_EQ(read(R"({"a": 1, "a": 2)"), "nothing");
  EXPECT_EQ(read(R"({"a": 1, "b": tru})"), "nothing");
  std::string many = R"({"a": 1)";
  for (std::size_t i = 0; i <= limits::kMaxJsonErrors; ++i) many += R"(, "a": 1)";
  EXPECT_EQ(read(many + "}"), "nothing");
}

TEST(Json, Scalars) {
  EXPECT_EQ(Reading("null").root().kind(), JsonKind::Null);
  EXPECT_TRUE(Reading(" true ").root().boolean());
  EXPECT_FALSE(Reading("false").root().boolean());
  const Reading number("\n-12.50e+1\t");
  EXPECT_EQ(number.root().kind(), JsonKind::Number);
  EXPECT_EQ(number.root().text(), "-12.50e+1");
  EXPECT_EQ(number.root().span(), (Span{number.file, 1, 10}));
  const Reading string("  \"abc\"");
  EXPECT_EQ(string.root().text(), "abc");
  EXPECT_EQ(string.root().span(), (Span{string.file, 2, 7}));
}

TEST(Json, EmptyContainers) {
  const Reading array("[ ]");
  EXPECT_TRUE(array.root().is(JsonKind::Array));
  EXPECT_TRUE(array.root().elements().empty());
  EXPECT_EQ(array.root().span(), (Span{array.file, 0, 3}));
  const Reading object("{}");
  EXPECT_TRUE(object.root().is(JsonKind::Object));
  EXPECT_TRUE(object.root().members().empty());
  EXPECT_EQ(object.root().find("a"), nullptr);
}

TEST(Json, TreeAndPlaces) {
  const Reading reading(
      R"({ "name": "p", "rules": [ {"id": 1}, [], true ], "x": {"y": {"z": null}} })");
  ASSERT_TRUE(reading.document.has_value());
  const auto members = reading.root().members();
  ASSERT_EQ(members.size(), 3U);
  EXPECT_EQ(members[0].key, "name");
  EXPECT_EQ(reading.source_of(members[0].key_span), "\"name\"");
  EXPECT_EQ(reading.source_of(members[0].value->span()), "\"p\"");
  const JsonNode& rules = *reading.root().find("rules")->value;
  ASSERT_EQ(rules.elements().size(), 3U);
  EXPECT_EQ(reading.source_of(rules.span()), "[ {\"id\": 1}, [], true ]");
  EXPECT_EQ(reading.source_of(rules.elements()[0].span()), "{\"id\": 1}");
  EXPECT_EQ(rules.elements()[0].find("id")->value->text(), "1");
  EXPECT_TRUE(rules.elements()[2].boolean());
  const JsonNode& z = *reading.root().find("x")->value->find("y")->value->find("z")->value;
  EXPECT_TRUE(z.is(JsonKind::Null));
  EXPECT_EQ(reading.root().find("nam"), nullptr);
}

TEST(Json, AccessorsOfOtherKindsAreEmpty) {
  const Reading reading(R"([1, {"a": 2}])");
  EXPECT_EQ(reading.root().text(), "");
  EXPECT_TRUE(reading.root().members().empty());
  EXPECT_EQ(reading.root().find("a"), nullptr);
  EXPECT_TRUE(reading.root().elements()[1].elements().empty());
  EXPECT_TRUE(reading.root().elements()[0].elements().empty());
}

TEST(Json, NodesStayWhereTheyAreWhenTheDocumentMoves) {
  Reading reading(R"({"a": ["x", "\u0041"]})");
  const JsonNode* root = &reading.root();
  const JsonDocument moved = *std::exchange(reading.document, std::nullopt);
  EXPECT_EQ(&moved.root(), root);
  EXPECT_EQ(moved.root().find("a")->value->elements()[1].text(), "A");
}

TEST(Json, Escapes) {
  const Reading reading(
      R"(["\"\\\/\b\f\n\r\t", "\u0041\u00e9\u20AC\ud83d\ude00x", "\u0000", "\uFFFF"])");
  ASSERT_TRUE(reading.document.has_value());
  const auto elements = reading.root().elements();
  EXPECT_EQ(elements[0].text(), "\"\\/\b\f\n\r\t");
  EXPECT_EQ(elements[1].text(), "A\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80x");
  EXPECT_EQ(elements[2].text(), "\0"s);
  EXPECT_EQ(elements[3].text(), "\xEF\xBF\xBF");
}

TEST(Json, SpanOfText) {
  const Reading reading(R"(["org.id", "a\u0041b", 12])");
  const auto elements = reading.root().elements();
  EXPECT_EQ(reading.source_of(elements[0].span_of_text(4, 6)), "id");
  EXPECT_EQ(reading.source_of(elements[0].span_of_text(6, 6)), "");
  EXPECT_EQ(reading.source_of(elements[0].span_of_text(3, 99)), ".id");
  EXPECT_EQ(reading.source_of(elements[1].span_of_text(1, 2)), "\\u0041");
  EXPECT_EQ(reading.source_of(elements[1].span_of_text(2, 3)), "b");
  EXPECT_EQ(reading.source_of(elements[1].span_of_text(0, 9)), "a\\u0041b");
  EXPECT_EQ(elements[2].span_of_text(0, 1), elements[2].span());
}

TEST(Json, DuplicateKeysAreComparedDecoded) {
  const Reading reading(R"({"a": 1, "b": 2, "\u0061": 3})");
  EXPECT_FALSE(reading.document.has_value());
  ASSERT_EQ(reading.consumer.diagnostics.size(), 1U);
  const Diagnostic& diagnostic = reading.consumer.diagnostics[0];
  EXPECT_EQ(diagnostic.code, Code::JsonDuplicateKey);
  EXPECT_EQ(reading.source_of(diagnostic.span), "\"\\u0061\"");
  ASSERT_EQ(diagnostic.labels.size(), 1U);
  EXPECT_EQ(diagnostic.labels[0].span, (Span{reading.file, 1, 4}));
}

TEST(Json, TheSameKeyInOtherObjectsIsNoDuplicate) {
  EXPECT_TRUE(Reading(R"({"a": {"a": 1}, "b": [{"a": 1}, {"a": 2}]})").document.has_value());
}

// An object of keys k0, k1, ... and then, if it is not -1, one of them again.
std::string make_object(int num_keys, int repeated) {
  std::string text = "{";
  for (int i = 0; i < num_keys; ++i) text += "\"k" + std::to_string(i) + "\": 0,";
  text += "\"k" + (repeated < 0 ? std::string("last") : std::to_string(repeated)) + "\": 0}";
  return text;
}

TEST(Json, DuplicatesAreFoundInObjectsOfEverySize) {
  for (const int size : {1, 2, 15, 16, 17, 18, 40}) {
    EXPECT_TRUE(Reading(make_object(size, -1)).document.has_value()) << size;
    for (int repeated = 0; repeated < size; ++repeated) {
      const Reading reading(make_object(size, repeated));
      ASSERT_EQ(reading.consumer.diagnostics.size(), 1U) << size << " " << repeated;
      EXPECT_EQ(reading.source_of(reading.consumer.diagnostics[0].labels[0].span),
                "\"k" + std::to_string(repeated) + "\"");
    }
  }
}

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

TEST(Json, DepthLimit) {
  EXPECT_TRUE(Reading(nested(limits::kMaxJsonDepth - 1)).document.has_value());
  EXPECT_TRUE(Reading(nested(limits::kMaxJsonDepth)).document.has_value());
  const Reading reading(nested(limits::kMaxJsonDepth + 1));
  EXPECT_FALSE(reading.document.has_value());
  ASSERT_EQ(reading.consumer.diagnostics.size(), 1U);
  EXPECT_EQ(reading.first_code(), Code::JsonTooDeep);
  EXPECT_EQ(reading.consumer.diagnostics[0].span.begin, limits::kMaxJsonDepth);
}

TEST(Json, SizeLimit) {
  std::string text(limits::kMaxSourceBytes, ' ');
  text[0] = '1';
  EXPECT_TRUE(Reading(text).document.has_value());
  text += ' ';
  const Reading reading(text);
  EXPECT_FALSE(reading.document.has_value());
  ASSERT_EQ(reading.consumer.diagnostics.size(), 1U);
  EXPECT_EQ(reading.first_code(), Code::JsonTooLarge);
}

std::size_t num_errors_of(std::size_t num_mistakes) {
  std::string text = "[";
  for (std::size_t i = 0; i < num_mistakes; ++i) text += "x,\n";
  return Reading(text + "1]").consumer.diagnostics.size();
}

TEST(Json, ErrorLimit) {
  EXPECT_EQ(num_errors_of(limits::kMaxJsonErrors - 1), limits::kMaxJsonErrors - 1);
  EXPECT_EQ(num_errors_of(limits::kMaxJsonErrors), limits::kMaxJsonErrors);
  EXPECT_EQ(num_errors_of(limits::kMaxJsonErrors + 1),
            limits::kMaxJsonErrors + 1);  // the last one says so
  EXPECT_EQ(num_errors_of(limits::kMaxJsonErrors + 900), limits::kMaxJsonErrors + 1);
}

std::string repeat(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

std::size_t looks_at(std::string text) {
  Sources sources;
  CollectingConsumer consumer;
  Emitter emitter(consumer);
  const FileId file = sources.add("a.json", std::move(text));
  const std::size_t looks = count_json_looks(sources, file, emitter);
  EXPECT_TRUE(emitter.has_errors());
  return looks;
}

// Sixteen times the text takes sixteen times the looks, give or take the ends; quadratic work would
// take 256 times as many.
TEST(Json, HostileTextsAreReadInLinearTime) {
  for (const std::string_view piece :
       {"[", "{\"a\":", "\"a\" ", "'", "\"\n", "/*", "/* */", "#\n", "\\", "]", "}", ",", "x ",
        "1 ", "\xFF", "\"\\", "``", "\"a\":1,", "]["}) {
    for (const std::string_view prefix : {"", "[", "{", "[x ", "{\"a\" x "}) {
      const std::string start(prefix);
      EXPECT_LE(looks_at(start + repeat(piece, 16'000)),
                17 * looks_at(start + repeat(piece, 1'000)))
          << prefix << " " << piece;
    }
  }
}

TEST(Json, ManyDistinctKeys) {
  const Reading reading(make_object(100'000, -1));
  ASSERT_TRUE(reading.document.has_value());
  EXPECT_EQ(reading.root().members().size(), 100'001U);
}

TEST(Json, NeverReadsBeyondTheText) {
  const std::string text =
      R"({"a": [1, -2.5e3, true, null, "x\u00e9\ud83d\ude00"], "b": {}, 'c': NaN} // end)";
  for (std::size_t size = 0; size <= text.size(); ++size) {
    const Reading reading(text.substr(0, size));
    for (const Diagnostic& diagnostic : reading.consumer.diagnostics) {
      EXPECT_LE(diagnostic.span.begin, diagnostic.span.end);
      EXPECT_LE(diagnostic.span.end, size);
    }
    EXPECT_FALSE(reading.document.has_value()) << size;
    EXPECT_FALSE(reading.consumer.diagnostics.empty()) << size;
  }
}

TEST(Json, DescribesKinds) {
  EXPECT_EQ(describe(JsonKind::Null), "null");
  EXPECT_EQ(describe(JsonKind::Array), "an array");
  EXPECT_EQ(describe(JsonKind::Object), "an object");
}

}  // namespace
}  // namespace verdict::compiler
