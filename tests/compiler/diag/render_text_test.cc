// Exact expectations: what an author sees is part of the product.
#include "compiler/diag/render_text.h"

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "compiler/diag/emitter.h"
#include "vm/base/limits.h"

namespace verdict::compiler {
namespace {

using namespace std::string_literals;

class RenderText : public testing::Test {
 protected:
  FileId add(std::string name, std::string text) {
    return sources_.add(std::move(name), std::move(text));
  }

  // The place of the first `needle` at or after `from`.
  Span find(FileId file, std::string_view needle, std::size_t from = 0) const {
    const std::size_t begin = sources_.text(file).find(needle, from);
    EXPECT_NE(begin, std::string_view::npos) << needle;
    return {file, static_cast<std::uint32_t>(begin),
            static_cast<std::uint32_t>(begin + needle.size())};
  }
  Span end_of(FileId file) const {
    const auto size = static_cast<std::uint32_t>(sources_.text(file).size());
    return {file, size, size};
  }

  DiagnosticBuilder emit(Span span, std::string_view what = "x") {
    return emitter_.emit(Code::JsonUnknownWord, span, {what});
  }

  std::string render(const TextOptions& options = {}) const {
    return render_text(consumer_.diagnostics, sources_, options);
  }

  Sources sources_;
  CollectingConsumer consumer_;
  Emitter emitter_{consumer_};
};

TEST_F(RenderText, NothingIsEmpty) { EXPECT_EQ(render(), ""); }

TEST_F(RenderText, TheWholeForm) {
  const FileId file = add("policies/approve_orders.json", R"({ "name": "approve_orders",
  "specification": {
    "rules": [
      { "rule_id": "org-admin-allow", "effect": "Allow",
        "conditions": [
          { "function": "string_equal", "attribute": "org_role", "value": "admin" } ] } ] } }
)");
  emit(find(file, "org_role"), "org_role")
      .here("not declared by any mapping")
      .help("did you mean `ext_org_role`?");
  EXPECT_EQ(render(), R"(error[V117]: `org_role` is not a JSON value
  --> policies/approve_orders.json:6:55
   |
 6 |           { "function": "string_equal", "attribute": "org_role", "value": "admin" } ] } ] } }
   |                                                       ^^^^^^^^ not declared by any mapping
   = help: did you mean `ext_org_role`?

1 error
)");
}

TEST_F(RenderText, WithoutAPlaceThereIsNoSource) {
  emit(Span{}).help("first").help("second");
  EXPECT_EQ(render(), R"(error[V117]: `x` is not a JSON value
   = help: first
   = help: second

1 error
)");
}

TEST_F(RenderText, ALabelWithoutAPlaceIsANote) {
  const FileId file = add("<stdin>", "[x]");
  emit(find(file, "x")).label(Span{}, "the default comes from the provider type");
  EXPECT_EQ(render(), R"(error[V117]: `x` is not a JSON value
  --> <stdin>:1:2
   |
 1 | [x]
   |  ^
   = note: the default comes from the provider type

1 error
)");
}

TEST_F(RenderText, SecondLabelBeforeIsHungBelow) {
  const FileId file = add("a", R"({ "a": 1, "a": 2 })");
  emit(find(file, "\"a\"", 8)).here("again here").label(find(file, "\"a\""), "first here");
  EXPECT_EQ(render(), R"(error[V117]: `x` is not a JSON value
  --> a:1:11
   |
 1 | { "a": 1, "a": 2 }
   |   ---     ^^^ again here
   |   |
   |   first here

1 error
)");
}

TEST_F(RenderText, ThreeLabelsHangFromRightToLeft) {
  const FileId file = add("a", R"(aaa bbb ccc)");
  emit(find(file, "aaa"))
      .here("one")
      .label(find(file, "bbb"), "two")
      .label(find(file, "ccc"), "three");
  EXPECT_EQ(render(), R"(error[V117]: `x` is not a JSON value
  --> a:1:1
   |
 1 | aaa bbb ccc
   | ^^^ --- --- three
   | |   |
   | |   two
   | one

1 error
)");
}

TEST_F(RenderText, OverlappingMarksKeepThePrimaryOnTop) {
  const FileId file = add("a", R"(outer inner outer)");
  emit(find(file, "inner")).here("this").label(find(file, "outer inner outer"), "in this");
  EXPECT_EQ(render(), R"(error[V117]: `x` is not a JSON value
  --> a:1:7
   |
 1 | outer inner outer
   | ------^^^^^------
   | |     |
   | |     this
   | in this

1 error
)");
}

TEST_F(RenderText, LabelsOfOnePlaceStandBelowEachOther) {
  const FileId file = add("a", R"(key)");
  emit(find(file, "key")).here("one").label(find(file, "key"), "two");
  EXPECT_EQ(render(), R"(error[V117]: `x` is not a JSON value
  --> a:1:1
   |
 1 | key
   | ^^^
   | |
   | one
   | two

1 error
)");
}

TEST_F(RenderText, LinesBetweenAreShownOrLeftOut) {
  const FileId file = add("a", "a\nline 2\nb\nline 4\nline 5\nc\nline 7\nline 8\nline 9\nd\n");
  emit(find(file, "d"))
      .label(find(file, "a"), "1")
      .label(find(file, "b"), "2")
      .label(find(file, "c"), "3");
  EXPECT_EQ(render(), R"(error[V117]: `x` is not a JSON value
   --> a:10:1
    |
  1 | a
    | - 1
  2 | line 2
  3 | b
    | - 2
  4 | line 4
  5 | line 5
  6 | c
    | - 3
...
 10 | d
    | ^

1 error
)");
}

TEST_F(RenderText, LabelsInOtherFiles) {
  const FileId policy = add("policies/p.json", "{\n  \"attribute\": \"ext_plan\"\n}\n");
  const FileId provider =
      add("providers/clerk.json", "\n\n{ \"attribute\": \"plan\", \"type\": \"string\" }\n");
  const FileId other = add("providers/okta.json", "{ \"type\": \"number\" }");
  emit(find(policy, "\"ext_plan\""))
      .label(find(provider, "\"string\""), "a string here")
      .label(find(other, "\"number\""), "a number here")
      .label(find(provider, "\"plan\""), "declared here");
  EXPECT_EQ(render(), R"(error[V117]: `x` is not a JSON value
  --> policies/p.json:2:16
   |
 2 |   "attribute": "ext_plan"
   |                ^^^^^^^^^^
   |
  ::: providers/clerk.json:3:32
   |
 3 | { "attribute": "plan", "type": "string" }
   |                ------          -------- a string here
   |                |
   |                declared here
   |
  ::: providers/okta.json:1:11
   |
 1 | { "type": "number" }
   |           -------- a number here

1 error
)");
}

TEST_F(RenderText, SeveralLinesThatStartTheirLine) {
  const FileId file = add("a", "[\n  {\n    \"b\": 1\n  },\n  2\n]\n");
  emit(find(file, "{\n    \"b\": 1\n  }")).here("this rule");
  EXPECT_EQ(render(), R"(error[V117]: `x` is not a JSON value
  --> a:2:3
   |
 2 | /   {
 3 | |     "b": 1
 4 | |   },
   | |___^ this rule

1 error
)");
}

TEST_F(RenderText, SeveralLinesThatStartWithinALine) {
  const FileId file = add("a", "{ \"all\": [\n 1,\n 2,\n 3,\n 4 ] }\n");
  emit(find(file, "[\n 1,\n 2,\n 3,\n 4 ]")).here("this group");
  EXPECT_EQ(render(), R"(error[V117]: `x` is not a JSON value
  --> a:1:10
   |
 1 |   { "all": [
   |  __________^
...  |
 5 | |  4 ] }
   | |____^ this group

1 error
)");
}

TEST_F(RenderText, SeveralLinesInsideSeveralLines) {
  const FileId file = add("a", "{\n  \"a\": {\n    \"b\": 1\n  }\n}\n");
  emit(find(file, "{\n    \"b\": 1\n  }"))
      .here("inner")
      .label(find(file, sources_.text(file).substr(0, 27)), "outer");
  EXPECT_EQ(render(), R"(error[V117]: `x` is not a JSON value
  --> a:2:8
   |
 1 | /  {
 2 | |    "a": {
   | | ________^
 3 | ||     "b": 1
 4 | ||   }
   | ||___^ inner
 5 | |  }
   | |__- outer

1 error
)");
}

TEST_F(RenderText, TabsAreFourColumns) {
  const FileId file = add("a", "\t\"a\":\tfoo,\tb");
  emit(find(file, "foo")).here("here");
  EXPECT_EQ(render(), R"(error[V117]: `x` is not a JSON value
  --> a:1:7
   |
 1 |     "a":    foo,    b
   |             ^^^ here

1 error
)");
}

TEST_F(RenderText, WideAndCombiningCodePoints) {
  const FileId file =
      add("a", "[\"\xE6\xBC\xA2\xE5\xAD\x97\", \"e\xCC\x81\", \"\xF0\x9F\x98\x80\", foo]");
  emit(find(file, "foo")).here("here").label(find(file, "\xE6\xBC\xA2\xE5\xAD\x97"), "wide");
  EXPECT_EQ(render(),
            "error[V117]: `x` is not a JSON value\n"
            "  --> a:1:19\n"
            "   |\n"
            " 1 | [\"\xE6\xBC\xA2\xE5\xAD\x97\", \"e\xCC\x81\", \"\xF0\x9F\x98\x80\", foo]\n"
            "   |   ----              ^^^ here\n"
            "   |   |\n"
            "   |   wide\n"
            "\n"
            "1 error\n");
}

TEST_F(RenderText, HiddenCharactersAreMadeVisibleEverywhere) {
  const FileId file = add("a\x1b]0;title\x07.json", "[\"\x1b[31m\xE2\x80\xAE\xFF\", foo]\r\n");
  emit(find(file, "foo"), "\x1b[2J")
      .here("line\nbreak")
      .label(find(file, "\x1b[31m\xE2\x80\xAE\xFF"), "\x07")
      .help("\xE2\x80\xAEhelp");
  EXPECT_EQ(render(), R"(error[V117]: `\u001b[2J` is not a JSON value
  --> a\u001b]0;title\u0007.json:1:13
   |
 1 | ["\u001b[31m\u202e\xff", foo]
   |   --------------------   ^^^ line\nbreak
   |   |
   |   \u0007
   = help: \u202ehelp

1 error
)");
}

TEST_F(RenderText, EmptySpansHaveAnUnderline) {
  const FileId file = add("a", "[1 2]");
  emit(Span{file, 2, 2}).here("add `,` here");
  EXPECT_EQ(render(), R"(error[V117]: `x` is not a JSON value
  --> a:1:3
   |
 1 | [1 2]
   |   ^ add `,` here

1 error
)");
}

TEST_F(RenderText, EndOfFileWithoutALineBreak) {
  const FileId file = add("a", "[1,");
  emit(end_of(file)).here("here");
  EXPECT_EQ(render(), R"(error[V117]: `x` is not a JSON value
  --> a:1:4
   |
 1 | [1,
   |    ^ here

1 error
)");
}

TEST_F(RenderText, EndOfFileBehindALineBreak) {
  const FileId file = add("a", "[1,\n");
  emit(end_of(file)).here("here");
  EXPECT_EQ(render(), R"(error[V117]: `x` is not a JSON value
  --> a:2:1
   |
 2 |
   | ^ here

1 error
)");
}

TEST_F(RenderText, EmptyFile) {
  const FileId file = add("a", "");
  emit(end_of(file));
  EXPECT_EQ(render(), R"(error[V117]: `x` is not a JSON value
  --> a:1:1
   |
 1 |
   | ^

1 error
)");
}

TEST_F(RenderText, ASpanOverALineBreakEndsWithItsLine) {
  const FileId file = add("a", "abc\r\ndef");
  emit(find(file, "c\r\n")).here("here");
  EXPECT_EQ(render(), R"(error[V117]: `x` is not a JSON value
  --> a:1:3
   |
 1 | abc
   |   ^ here

1 error
)");
}

TEST_F(RenderText, SpansBeyondTheEndAreCutOff) {
  const FileId file = add("a", "abc");
  emit(Span{file, 1, 900}).label(Span{file, 800, 900}, "far");
  EXPECT_EQ(render(), R"(error[V117]: `x` is not a JSON value
  --> a:1:2
   |
 1 | abc
   |  ^^- far

1 error
)");
}

TEST_F(RenderText, LongLinesAreCutAroundTheSpan) {
  const FileId file = add("a", std::string(500, 'a') + "foo" + std::string(500, 'b'));
  emit(find(file, "foo")).here("here");
  EXPECT_EQ(render(),
            "error[V117]: `x` is not a JSON value\n"
            "  --> a:1:501\n"
            "   |\n"
            " 1 | ..." +
                std::string(40, 'a') + "foo" + std::string(40, 'b') +
                "...\n"
                "   | " +
                std::string(43, ' ') +
                "^^^ here\n\n"
                "1 error\n");
}

TEST_F(RenderText, LongLinesKeepEachPlaceAndTheEndsOfLongOnes) {
  const FileId file = add(
      "a", "foo" + std::string(500, 'a') + "[" + std::string(500, 'b') + "]" + std::string(9, 'c'));
  emit(find(file, "[" + std::string(500, 'b') + "]"))
      .here("here")
      .label(find(file, "foo"), "there");
  EXPECT_EQ(render(),
            "error[V117]: `x` is not a JSON value\n"
            "  --> a:1:504\n"
            "   |\n"
            " 1 | foo" +
                std::string(40, 'a') + "..." + std::string(40, 'a') + "[" + std::string(39, 'b') +
                "..." + std::string(39, 'b') + "]" + std::string(9, 'c') +
                "\n"
                "   | ---" +
                std::string(83, ' ') + std::string(83, '^') +
                " here\n"
                "   | |\n"
                "   | there\n\n"
                "1 error\n");
}

TEST_F(RenderText, LongLinesAreNotCutWithinACodePoint) {
  std::string text;
  for (int i = 0; i < 200; ++i) text += "\xE2\x82\xAC";
  const FileId file = add("a", text + "foo" + text);
  emit(find(file, "foo"));
  const std::string rendered = render();
  EXPECT_EQ(rendered.find("\\x"), std::string::npos) << rendered;
  EXPECT_NE(rendered.find("foo"), std::string::npos);
  EXPECT_LT(rendered.size(), 400U);
}

TEST_F(RenderText, AHugeLineIsNoBurden) {
  const FileId file = add("a", std::string(std::size_t{8} << 20, ' ') + "foo");
  for (int i = 0; i < 20; ++i) emit(find(file, "foo"));
  EXPECT_LT(render().size(), 20000U);
}

TEST_F(RenderText, ErrorsBeyondTheLimitAreCounted) {
  const FileId file = add("a", "[x]");
  for (int i = 0; i < 5; ++i) emit(find(file, "x"));
  EXPECT_EQ(render({Color::Off, 1}), R"(error[V117]: `x` is not a JSON value
  --> a:1:2
   |
 1 | [x]
   |  ^

... and 4 more errors

5 errors
)");
  EXPECT_NE(render({Color::Off, 4}).find("\n... and 1 more error\n"), std::string::npos);
  EXPECT_EQ(render({Color::Off, 5}).find("more error"), std::string::npos);
}

TEST_F(RenderText, WarningsHaveALimitOfTheirOwn) {
  for (int i = 0; i < 5; ++i) emitter_.emit(Code::AlwaysAllows, Span{}, {"r"});
  emit(Span{});
  EXPECT_EQ(render({.max_errors = 1, .max_warnings = 1}),
            R"(warning[V401]: rule `r` has no conditions and allows everybody

error[V117]: `x` is not a JSON value

... and 4 more warnings

1 error, 5 warnings
)");
  EXPECT_NE(render({.max_warnings = 4}).find("\n... and 1 more warning\n"), std::string::npos);
  EXPECT_EQ(render().find("more warning"), std::string::npos);
}

// Those that were never made stand among the rest.
TEST_F(RenderText, WhatWasLeftOutIsCounted) {
  for (std::size_t i = 0; i < limits::kMaxDiagnostics + 234; ++i) emit(Span{});
  const std::string rest = "... and " + std::to_string(limits::kMaxDiagnostics + 214) +
                           " more errors\n\n" + std::to_string(limits::kMaxDiagnostics + 234) +
                           " errors\n";
  EXPECT_TRUE(render().ends_with("\n\n" + rest)) << render();
  EXPECT_EQ(render().find("V001"), std::string::npos);
}

TEST_F(RenderText, SeveritiesAndTotals) {
  for (const Severity severity :
       {Severity::Warning, Severity::Error, Severity::Note, Severity::Error}) {
    consumer_.consume(Diagnostic{Code::JsonEmpty, severity, {}, {}, {}, {}, {}, {}});
  }
  EXPECT_EQ(render(), R"(warning[V102]: found no JSON value, expected one

error[V102]: found no JSON value, expected one

note[V102]: found no JSON value, expected one

error[V102]: found no JSON value, expected one

2 errors, 1 warning, 1 note
)");
}

TEST_F(RenderText, ColorOnlyIfAskedFor) {
  const FileId file = add("a", "[foo, y]");
  emit(find(file, "foo")).here("here").label(find(file, "y"), "there").help("try");
  EXPECT_EQ(render().find('\x1b'), std::string::npos);
  EXPECT_EQ(
      render({Color::On, 20}),
      "\x1b[1;31merror[V117]\x1b[0m\x1b[1m: `x` is not a JSON value\x1b[0m\n"
      "\x1b[1;34m  --> \x1b[0ma:1:2\n"
      "\x1b[1;34m   |\x1b[0m\n"
      "\x1b[1;34m 1 | \x1b[0m[foo, y]\n"
      "\x1b[1;34m   | \x1b[0m \x1b[1;31m^^^\x1b[0m  \x1b[1;34m-\x1b[0m \x1b[1;34mthere\x1b[0m\n"
      "\x1b[1;34m   | \x1b[0m \x1b[1;31m|\x1b[0m\n"
      "\x1b[1;34m   | \x1b[0m \x1b[1;31mhere\x1b[0m\n"
      "\x1b[1;34m   = \x1b[0m\x1b[1mhelp:\x1b[0m try\n"
      "\n"
      "\x1b[1m1 error\x1b[0m\n");
}

}  // namespace
}  // namespace verdict::compiler
