// Wrong texts and what is said of them: one line per diagnostic, "CODE line:column `underlined`
// message".
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "compiler/syntax/json.h"
#include "vm/base/text.h"

namespace verdict::compiler {
namespace {

using namespace std::string_literals;
using Lines = std::vector<std::string>;

struct Outcome {
  Lines lines;
  std::vector<Diagnostic> diagnostics;
};

Outcome read(const std::string& text) {
  Sources sources;
  const FileId file = sources.add("a.json", text);
  CollectingConsumer consumer;
  Emitter emitter(consumer);
  EXPECT_FALSE(read_json(sources, file, emitter).has_value()) << text;
  Outcome outcome;
  for (const Diagnostic& diagnostic : consumer.diagnostics) {
    const LineColumn place = sources.locate(file, diagnostic.span.begin);
    outcome.lines.push_back(std::string(get_info(diagnostic.code).number) + " " +
                            std::to_string(place.line) + ":" + std::to_string(place.column) + " `" +
                            escape_for_display(sources.text(diagnostic.span)) + "` " +
                            diagnostic.message());
  }
  outcome.diagnostics = consumer.diagnostics;
  return outcome;
}

struct Case {
  std::string text;
  Lines expected;
};

void expect_all(const std::vector<Case>& cases) {
  for (const Case& c : cases)
    EXPECT_EQ(read(c.text).lines, c.expected) << escape_for_display(c.text);
}

TEST(JsonProblems, WholeFile) {
  expect_all({
      {"", {"V102 1:1 `` found no JSON value, expected one"}},
      {" \n\t", {"V102 2:2 `` found no JSON value, expected one"}},
      {"\xEF\xBB\xBF{}", {"V106 1:1 `\\ufeff` found a byte-order mark at the start of the file"}},
      {"\xFF\xFE{\0}\0"s, {"V105 1:1 `\\xff` found UTF-16 text, expected UTF-8 text"}},
      {"\0{\0}"s, {"V105 1:1 `\\u0000` found UTF-16 text, expected UTF-8 text"}},
      {"{} {}", {"V109 1:4 `{` found `{`, expected the end of the file"}},
      {"{}}", {"V109 1:3 `}` found `}`, expected the end of the file"}},
      {"1 \"abc", {"V109 1:3 `\"abc` found `\"abc`, expected the end of the file"}},
      {"]", {"V101 1:1 `]` found `]`, expected a value"}},
  });
}

TEST(JsonProblems, Encoding) {
  expect_all({
      {"[\"ab\xE9\", \"\xE8\"]",
       {"V105 1:5 `\\xe9` found byte 0xE9, expected UTF-8 text"}},  // the first only
      {"[\"\xC0\x80\"]", {"V105 1:3 `\\xc0` found byte 0xC0, expected UTF-8 text"}},  // overlong
      {"[\"\xED\xA0\x80\"]",
       {"V105 1:3 `\\xed` found byte 0xED, expected UTF-8 text"}},  // a surrogate
      {"[\xFF]",
       {"V105 1:2 `\\xff` found byte 0xFF, expected UTF-8 text"}},  // one cause, one diagnostic
      {"[1]\xFF", {"V105 1:4 `\\xff` found byte 0xFF, expected UTF-8 text"}},
      {"[\"\xE9\", x]",
       {"V105 1:3 `\\xe9` found byte 0xE9, expected UTF-8 text",
        "V117 1:7 `x` `x` is not a JSON value"}},
  });
}

TEST(JsonProblems, Strings) {
  expect_all({
      {"[\"a\tb\tc\"]",
       {"V107 1:4 `\\t` found control character U+0009 in a string, expected an escape"}},
      {"[\"\0\"]"s,
       {"V107 1:3 `\\u0000` found control character U+0000 in a string, expected an escape"}},
      {R"(["\d+\x"])",
       {"V118 1:3 `\\d` `\\d` is not an escape of JSON",
        "V118 1:6 `\\x` `\\x` is not an escape of JSON"}},
      {R"(["\u12G4"])", {"V118 1:3 `\\u12` `\\u12` is not an escape of JSON"}},
      {R"(["\ud800"])", {"V119 1:3 `\\ud800` `\\ud800` is half of a surrogate pair"}},
      {R"(["\udc00\ud800"])", {"V119 1:3 `\\udc00` `\\udc00` is half of a surrogate pair"}},
      {R"(["\ud83\ude00"])", {"V118 1:3 `\\ud83` `\\ud83` is not an escape of JSON"}},
      {R"(["\ud800x\ud800"])",
       {"V119 1:3 `\\ud800` `\\ud800` is half of a surrogate pair",
        "V119 1:10 `\\ud800` `\\ud800` is half of a surrogate pair"}},
      {R"(["\ud800\u0041"])", {"V119 1:3 `\\ud800` `\\ud800` is half of a surrogate pair"}},
      {R"({"\ud800": 1})", {"V119 1:3 `\\ud800` `\\ud800` is half of a surrogate pair"}},
      {"{\"a\": \"b,\n \"c\": 1, \"f\": x}",
       {"V120 1:10 `` found the end of the line, expected a closing `\"`",
        "V117 2:15 `x` `x` is not a JSON value"}},
      {"[\"a]", {"V120 1:5 `` found the end of the line, expected a closing `\"`"}},
      {"[\"a\\", {"V120 1:5 `` found the end of the line, expected a closing `\"`"}},
      {"{\"a", {"V120 1:4 `` found the end of the line, expected a closing `\"`"}},
      {"[\"two\nlines\", 2]", {"V120 1:6 `` found the end of the line, expected a closing `\"`"}},
  });
}

TEST(JsonProblems, Quotes) {
  expect_all({
      {"['a', 'b']",
       {"V114 1:2 `'a'` found text in single quotes, expected double quotes",
        "V114 1:7 `'b'` found text in single quotes, expected double quotes"}},
      {"[`a`]", {"V114 1:2 ``a`` found text in backtick quotes, expected double quotes"}},
      {"{'a': 1}", {"V114 1:2 `'a'` found text in single quotes, expected double quotes"}},
      {"[\xE2\x80\x9C"
       "a\xE2\x80\x9D]",
       {"V114 1:2 `\xE2\x80\x9C"
        "a\xE2\x80\x9D` found text in typographic quotes, expected double quotes"}},
      {"['a]", {"V114 1:2 `'a]` found text in single quotes, expected double quotes"}},
  });
}

TEST(JsonProblems, Numbers) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"+1", "a plus sign is not allowed"},
      {"-", "a digit must follow the sign"},
      {"+", "a digit must follow the sign"},
      {"01", "leading zeros are not allowed"},
      {"-00", "leading zeros are not allowed"},
      {".5", "a digit must stand before the dot"},
      {"-.5", "a digit must stand before the dot"},
      {"1.", "a digit must follow the dot"},
      {"1.e5", "a digit must follow the dot"},
      {"1e", "a digit must follow the exponent's `e`"},
      {"1e+", "a digit must follow the exponent's `e`"},
      {"0x1F", "numbers are decimal"},
      {"0b11", "numbers are decimal"},
      {"1_000", "digits cannot be grouped with `_`"},
      {"1.2.3", "it does not read as a number"},
      {"15m", "it does not read as a number"},
      {"2026-01-02", "it does not read as a number"},
      {"NaN", "JSON has no `NaN` and no `Infinity`"},
      {"-Infinity", "JSON has no `NaN` and no `Infinity`"},
      {"inf", "JSON has no `NaN` and no `Infinity`"},
  };
  for (const auto& [number, reason] : cases) {
    const std::string line =
        "V116 1:2 `" + number + "` `" + number + "` is not a JSON number: " + reason;
    EXPECT_EQ(read("[" + number + ", 2]").lines, Lines{line});
  }
}

TEST(JsonProblems, Words) {
  expect_all({
      {"[True, None]",
       {"V117 1:2 `True` `True` is not a JSON value",
        "V117 1:8 `None` `None` is not a JSON value"}},
      {"{\"effect\": Allow}", {"V117 1:12 `Allow` `Allow` is not a JSON value"}},
      {"[hello world, 1]", {"V117 1:2 `hello` `hello` is not a JSON value"}},
  });
}

TEST(JsonProblems, Comments) {
  expect_all({
      {"// one\n// two\n{} # three\n",
       {"V110 1:1 `// one\\n// two` found a comment, JSON has no comments",
        "V110 3:4 `# three` found a comment, JSON has no comments"}},
      {"[1, /* a\n b */ 2]", {"V110 1:5 `/* a\\n b */` found a comment, JSON has no comments"}},
      {"[1] /* open", {"V110 1:5 `/* open` found a comment, JSON has no comments"}},
  });
}

TEST(JsonProblems, Commas) {
  expect_all({
      {"[1, 2,]", {"V111 1:6 `,` found a trailing comma before `]`"}},
      {"{\"a\": 1,}", {"V111 1:8 `,` found a trailing comma before `}`"}},
      {"[1,,2]", {"V101 1:4 `,` found `,`, expected a value"}},
      {"[1,,,,]", {"V101 1:4 `,` found `,`, expected a value"}},
      {"[,]", {"V101 1:2 `,` found `,`, expected a value or `]`"}},
      {"{,}", {"V101 1:2 `,` found `,`, expected a key or `}`"}},
      {"[1 2, 3 4]",
       {"V112 1:3 `` found `2`, expected `,` before it",
        "V112 1:8 `` found `4`, expected `,` before it"}},
      {"[{} {}]", {"V112 1:4 `` found `{`, expected `,` before it"}},
      {"{\"a\": 1\n \"b\": 2\n \"c\": 3}",
       {"V112 1:8 `` found `\"b\"`, expected `,` before it",
        "V112 2:8 `` found `\"c\"`, expected `,` before it"}},
      {"{\"a\": {\"b\": [1 2]} \"c\": x}",
       {"V112 1:15 `` found `2`, expected `,` before it",
        "V112 1:19 `` found `\"c\"`, expected `,` before it",
        "V117 1:25 `x` `x` is not a JSON value"}},
      {"[1; 2]", {"V101 1:3 `;` found `;`, expected `,` or `]`"}},
      {"{\"a\": 1 2, \"b\": x}",
       {"V101 1:9 `2` found `2`, expected `,` or `}`", "V117 1:17 `x` `x` is not a JSON value"}},
  });
}

TEST(JsonProblems, KeysAndColons) {
  expect_all({
      {"{a: 1, b-c: 2}",
       {"V115 1:2 `a` found key `a` without quotes",
        "V115 1:8 `b-c` found key `b-c` without quotes"}},
      {"{1: 1}", {"V115 1:2 `1` found key `1` without quotes"}},
      {"{null: 1}", {"V115 1:2 `null` found key `null` without quotes"}},
      {"{\"a\" 1, \"b\" [2]}",
       {"V113 1:5 `` found `1`, expected `:` before it",
        "V113 1:12 `` found `[`, expected `:` before it"}},
      {"{\"a\" \"b\": 1}", {"V101 1:6 `\"b\"` found `\"b\"`, expected `:`"}},
      {"{\"a\" = 1, \"b\": 2}", {"V101 1:6 `=` found `=`, expected `:`"}},
      {"{\"a\", \"b\": 1}", {"V101 1:5 `,` found `,`, expected `:`"}},
      {"{\"a\"}", {"V101 1:5 `}` found `}`, expected `:`"}},
      {"{\"a\": }", {"V101 1:7 `}` found `}`, expected a value"}},
      {"{\"a\": , \"b\": x}",
       {"V101 1:7 `,` found `,`, expected a value", "V117 1:14 `x` `x` is not a JSON value"}},
      {"{\"a\":: 1}", {"V101 1:6 `:` found `:`, expected a value"}},
      {"{: 1}", {"V101 1:2 `:` found `:`, expected a key or `}`"}},
      {"{[1, {\"x\": y}]: 2, \"a\": z}",
       {"V101 1:2 `[` found `[`, expected a key or `}`", "V117 1:25 `z` `z` is not a JSON value"}},
      {"[\"a\": 1]", {"V101 1:5 `:` found `:`, expected `,` or `]`"}},
      {"{\"a\": 1, \"a\": 2, \"a\": 3}",
       {"V108 1:10 `\"a\"` key `a` occurs twice in one object",
        "V108 1:18 `\"a\"` key `a` occurs twice in one object"}},
      {"{\"a\": x, \"a\": 2}",
       {"V117 1:7 `x` `x` is not a JSON value",
        "V108 1:10 `\"a\"` key `a` occurs twice in one object"}},
  });
}

TEST(JsonProblems, Brackets) {
  expect_all({
      {"[", {"V121 1:2 `` found the end of the file, expected `]`"}},
      {"{\"a\": [1, {\"b\":\n\n", {"V121 1:16 `` found the end of the file, expected `}`"}},
      {"[1}", {"V122 1:3 `}` found `}`, expected `]`"}},
      {"{\"a\": [1, 2}", {"V122 1:12 `}` found `}`, expected `]`"}},
      {"{\"a\": [1, 2}, \"b\": x}",
       {"V122 1:12 `}` found `}`, expected `]`", "V117 1:20 `x` `x` is not a JSON value"}},
      {"[{\"a\": 1], [x]",
       {"V122 1:9 `]` found `]`, expected `}`", "V117 1:13 `x` `x` is not a JSON value"}},
      {"{\"a\": [1,}", {"V122 1:10 `}` found `}`, expected `]`"}},
      {"[1)", {"V101 1:3 `)` found `)`, expected `,` or `]`"}},
  });
}

// One slip, one diagnostic: nothing that only follows from it.
TEST(JsonProblems, NoCascades) {
  expect_all({
      // A bracket is missing at the start of an array or object.
      {"{\"a\": 1, 2, x, \"s\", null], \"b\": y}",
       {"V101 1:10 `2` found `2`, expected a key", "V117 1:33 `y` `y` is not a JSON value"}},
      {"{\"r\": [\"e\": \"A\", \"c\": [1]}], \"b\": 2}",
       {"V101 1:11 `:` found `:`, expected `,` or `]`"}},
      // One is too many.
      {"{\"a\": [{1, 2, true, \"s\", []], \"b\": y}",
       {"V101 1:9 `1` found `1`, expected a key or `}`", "V117 1:36 `y` `y` is not a JSON value"}},
      // An array ends too early, or not at all.
      {"{\"a\": [1], 2, 3], \"b\": y}",
       {"V101 1:12 `2` found `2`, expected a key", "V117 1:24 `y` `y` is not a JSON value"}},
      {"{\"a\": [1, 2, \"b\": {\"c\": 3}}", {"V101 1:17 `:` found `:`, expected `,` or `]`"}},
      // A stray character.
      {"{\"a\"x: 1, \"b\": 2}", {"V101 1:5 `x` found `x`, expected `:`"}},
      {"{\"a\": 1, x\"b\": 2}", {"V101 1:10 `x` found `x`, expected a key"}},
      {"[1\", 2, 3]", {"V101 1:3 `\", 2, 3]` found `\", 2, 3]`, expected `,` or `]`"}},
      {"[1 x, 2]", {"V101 1:4 `x` found `x`, expected `,` or `]`"}},
      {"[{} 01, 2]", {"V101 1:5 `01` found `01`, expected `,` or `]`"}},
      {"[1{, 2, 3]", {"V101 1:3 `{` found `{`, expected `,` or `]`"}},
      {"{1, 2, 3}", {"V101 1:2 `1` found `1`, expected a key or `}`"}},
  });
}

TEST(JsonProblems, CharactersThatAreNotSeen) {
  expect_all({
      {"[1,\xC2\xA0"
       "2]",
       {"V101 1:4 `\xC2\xA0` found `\xC2\xA0` (U+00A0), expected a value"}},
      {"[\x01]", {"V101 1:2 `\\u0001` found control character U+0001, expected a value or `]`"}},
      {"[1\xE2\x80\x8B]",
       {"V101 1:3 `\\u200b` found invisible character U+200B, expected `,` or `]`"}},
      {"[1\0]"s, {"V101 1:3 `\\u0000` found control character U+0000, expected `,` or `]`"}},
  });
}

TEST(JsonProblems, OneFileManyCauses) {
  expect_all({{R"({
  "name": 'p',
  "rules": [
    { "effect": "Allow" "conditions": [] },
    { "effect": Deny, "conditions": [], },
  ],
  "name": "q"
})",
               {"V114 2:11 `'p'` found text in single quotes, expected double quotes",
                "V112 4:24 `` found `\"conditions\"`, expected `,` before it",
                "V117 5:17 `Deny` `Deny` is not a JSON value",
                "V111 5:39 `,` found a trailing comma before `}`",
                "V111 5:42 `,` found a trailing comma before `]`",
                "V108 7:3 `\"name\"` key `name` occurs twice in one object"}}});
}

TEST(JsonProblems, LabelsShowTheOtherPlace) {
  const Outcome outcome = read("{\"a\": [1}");
  ASSERT_EQ(outcome.diagnostics.size(), 1U);
  ASSERT_EQ(outcome.diagnostics[0].labels.size(), 1U);
  EXPECT_EQ(outcome.diagnostics[0].labels[0].span.begin, 6U);
  EXPECT_EQ(outcome.diagnostics[0].labels[0].text, "this `[` is not closed");
}

// The text after the fix of its only diagnostic.
std::string repair(const std::string& text) {
  const Outcome outcome = read(text);
  if (outcome.diagnostics.size() != 1 || !outcome.diagnostics[0].fix.has_value()) return "(no fix)";
  const Fix& fix = *outcome.diagnostics[0].fix;
  return text.substr(0, fix.span.begin) + fix.replacement + text.substr(fix.span.end);
}

TEST(JsonProblems, FixesRepairTheText) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"[1,]", "[1]"},
      {"[1 2]", "[1, 2]"},
      {"{\"a\" 1}", "{\"a\": 1}"},
      {"['a']", "[\"a\"]"},
      {"[\xE2\x80\x9C"
       "a\xE2\x80\x9D]",
       "[\"a\"]"},
      {"{a: 1}", "{\"a\": 1}"},
      {"[True]", "[true]"},
      {"[undefined]", "[null]"},
      {"[flase]", "[false]"},
      {"[admin]", "[\"admin\"]"},
      {"[15m]", "[\"15m\"]"},
      {"[2026-01-02]", "[\"2026-01-02\"]"},
      {"[+5]", "[5]"},
      {"[.5]", "[0.5]"},
      {"[-.5]", "[-0.5]"},
      {"[5.]", "[5]"},
      {"[1_000]", "[1000]"},
      {"[\"\\d\"]", "[\"\\\\d\"]"},
      {"[\"\\'\"]", "[\"'\"]"},
      {"[\"\t\"]", "[\"\\t\"]"},
      {"\xEF\xBB\xBF[]", "[]"},
      {"[010]", "(no fix)"},  // octal or decimal?
      {"['a\"b']", "(no fix)"},
      {"[NaN]", "(no fix)"},
  };
  for (const auto& [text, repaired] : cases) EXPECT_EQ(repair(text), repaired) << text;
}

}  // namespace
}  // namespace verdict::compiler
