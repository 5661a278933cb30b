// Good texts with random damage: whatever the bytes, the reader ends, is consistent and shows
// nothing harmful.
#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "compiler/diag/render_text.h"
#include "compiler/syntax/json.h"
#include "tests/support/budget.h"
#include "vm/base/text.h"

namespace verdict::compiler {
namespace {

using Random = std::mt19937;

constexpr std::string_view kGood = R"({
  "name": "approve \u00e9\ud83d\ude00", "list": [1, -2.5e+3, true, false, null, "", {}, []],
  "rules": [ { "effect": "Allow", "conditions": [ { "all": [ { "x": "y" }, { "z": [[0]] } ] } ] } ]
})";

constexpr std::array<std::string_view, 40> kPieces = {"{",
                                                      "}",
                                                      "[",
                                                      "]",
                                                      ",",
                                                      ":",
                                                      "\"",
                                                      "\\",
                                                      "'",
                                                      "`",
                                                      "//",
                                                      "/*",
                                                      "*/",
                                                      "#",
                                                      "\n",
                                                      "\r",
                                                      "\t",
                                                      "\x1b",
                                                      "\0",
                                                      "\xFF",
                                                      "\xC3",
                                                      "\xE2",
                                                      "1",
                                                      "0",
                                                      "-",
                                                      "+",
                                                      ".",
                                                      "e",
                                                      "a",
                                                      "_",
                                                      " ",
                                                      "NaN",
                                                      "\\ud83d",
                                                      "\\u",
                                                      "true",
                                                      "\xE2\x80\x9C",
                                                      "\xE2\x80\xAE",
                                                      "\xEF\xBB\xBF",
                                                      ";",
                                                      "="};

std::size_t below(Random& random, std::size_t limit) { return random() % limit; }

std::string damage(std::string text, Random& random) {
  for (std::size_t times = 1 + below(random, 4); times > 0; --times) {
    const std::size_t offset = below(random, text.size() + 1);
    switch (below(random, 3)) {
      case 0:
        text.insert(offset, kPieces[below(random, kPieces.size())]);
        break;
      case 1:
        text.erase(offset, 1 + below(random, 4));
        break;
      default:
        text = text.substr(0, offset) + text.substr(below(random, text.size() + 1));
        break;
    }
  }
  return text;
}

void expect_in_range(const Sources& sources, Span span) {
  EXPECT_LE(span.begin, span.end);
  EXPECT_LE(span.end, sources.text(span.file).size());
}

void expect_harmless(std::string_view rendered) {
  EXPECT_EQ(find_invalid_utf8(rendered), std::nullopt);
  for (; !rendered.empty(); rendered.remove_prefix(decode_code_point(rendered).size)) {
    const char32_t value = decode_code_point(rendered).value;
    EXPECT_TRUE(value == U'\n' || !is_hidden(value)) << static_cast<std::uint32_t>(value);
  }
}

TEST(JsonMutation, AnyBytesAreReadAndShownSafely) {
  Random random(20240131);
  for (std::uint64_t i = 0; i < testing::scaled(4000); ++i) {
    Sources sources;
    const FileId file = sources.add("a.json", damage(std::string(kGood), random));
    CollectingConsumer consumer;
    Emitter emitter(consumer);
    const bool accepted = read_json(sources, file, emitter).has_value();
    EXPECT_EQ(accepted, consumer.diagnostics.empty()) << sources.text(file);
    for (const Diagnostic& diagnostic : consumer.diagnostics) {
      expect_in_range(sources, diagnostic.span);
      for (const Label& label : diagnostic.labels) expect_in_range(sources, label.span);
      if (diagnostic.fix.has_value()) expect_in_range(sources, diagnostic.fix->span);
    }
    expect_harmless(render_text(consumer.diagnostics, sources, {}));
  }
}

}  // namespace
}  // namespace verdict::compiler
