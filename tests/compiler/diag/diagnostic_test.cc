#include "compiler/diag/diagnostic.h"

#include <set>
#include <string>

#include <gtest/gtest.h>

#include "compiler/diag/emitter.h"

namespace verdict::compiler {
namespace {

TEST(Diagnostics, EveryRowIsFoundByItsNumberAndCode) {
  std::set<std::string_view> names;
  for (const DiagnosticInfo* row : all_diagnostics()) {
    EXPECT_EQ(find_diagnostic(row->number), row);
    EXPECT_EQ(&get_info(row->code), row);
    EXPECT_TRUE(names.insert(row->name).second) << row->name;
  }
  EXPECT_GE(names.size(), 23U);
}

TEST(Diagnostics, NumbersAreFoundInAnyCase) {
  ASSERT_NE(find_diagnostic("v101"), nullptr);
  EXPECT_EQ(find_diagnostic("v101")->code, Code::JsonUnexpected);
  EXPECT_EQ(find_diagnostic("V999"), nullptr);
  EXPECT_EQ(find_diagnostic("V10"), nullptr);
  EXPECT_EQ(find_diagnostic(""), nullptr);
}

// Two to six sentences: what it means, why it matters, how to repair it.
TEST(Diagnostics, EveryStoryIsAStory) {
  for (const DiagnosticInfo* row : all_diagnostics()) {
    EXPECT_GE(row->story.size(), 80U) << row->number;
    EXPECT_NE(row->story.find(' '), std::string_view::npos) << row->number;
    EXPECT_EQ(row->story.find("  "), std::string_view::npos) << row->number;
  }
}

TEST(Diagnostics, MessageFillsInArguments) {
  const Diagnostic diagnostic{
      Code::JsonUnexpected, Severity::Error, {}, {"`{1}`", "`]`"}, {}, {}, {}, {}};
  EXPECT_EQ(diagnostic.message(),
            "found `{1}`, expected `]`");  // arguments are not looked at again
}

TEST(Emitter, CountsAndHandsOnInOrder) {
  CollectingConsumer consumer;
  Emitter emitter(consumer);
  EXPECT_FALSE(emitter.has_errors());
  emitter.emit(Code::JsonEmpty, Span{});
  const Span span{FileId(0), 1, 2};
  emitter.emit(Code::JsonDuplicateKey, span, {"a"})
      .here("again")
      .label(Span{FileId(0), 5, 6}, "first")
      .help("remove one")
      .did_you_mean(span, "b");
  ASSERT_EQ(consumer.diagnostics.size(), 2U);
  EXPECT_EQ(emitter.num_errors(), 2U);
  EXPECT_EQ(emitter.num_warnings(), 0U);
  const Diagnostic& diagnostic = consumer.diagnostics[1];
  EXPECT_EQ(diagnostic.severity, Severity::Error);
  EXPECT_EQ(diagnostic.span, span);
  EXPECT_EQ(diagnostic.message(), "key `a` occurs twice in one object");
  EXPECT_EQ(diagnostic.primary_label, "again");
  ASSERT_EQ(diagnostic.labels.size(), 1U);
  EXPECT_EQ(diagnostic.labels[0].text, "first");
  EXPECT_EQ(diagnostic.helps, (std::vector<std::string>{"remove one", "did you mean `b`?"}));
  ASSERT_TRUE(diagnostic.fix.has_value());
  EXPECT_EQ(diagnostic.fix->replacement, "b");
}

}  // namespace
}  // namespace verdict::compiler
