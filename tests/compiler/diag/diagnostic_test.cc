#include "compiler/diag/diagnostic.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "compiler/diag/emitter.h"
#include "vm/base/limits.h"

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

// ---- more than anybody reads: V001 and V002

// What is kept of so many errors, and what the last of it says.
std::vector<Diagnostic> kept_of(std::size_t num_errors) {
  CollectingConsumer consumer;
  Emitter emitter(consumer);
  for (std::size_t i = 0; i < num_errors; ++i) emitter.emit(Code::JsonEmpty, Span{});
  EXPECT_EQ(emitter.num_errors(), num_errors);
  EXPECT_EQ(count(consumer.diagnostics, Severity::Error), num_errors);
  return std::move(consumer.diagnostics);
}

TEST(Emitter, ErrorsBeyondTheLimitAreCounted) {
  constexpr std::size_t kLimit = limits::kMaxDiagnostics;
  EXPECT_EQ(kept_of(kLimit - 1).size(), kLimit - 1);
  EXPECT_EQ(kept_of(kLimit).size(), kLimit);
  EXPECT_EQ(kept_of(kLimit + 1).size(), kLimit + 1);
  const std::vector<Diagnostic> many = kept_of(kLimit + 234);
  EXPECT_EQ(many.size(), kLimit + 1);
  EXPECT_EQ(many.back().code, Code::MoreErrors);
  EXPECT_EQ(many.back().severity, Severity::Error);
  EXPECT_EQ(many.back().message(), "234 more errors were counted and left out");
}

TEST(Emitter, ManyAreLeftOutAtOnce) {
  CollectingConsumer consumer;
  Emitter emitter(consumer);
  EXPECT_FALSE(emitter.leave_out(Code::JsonEmpty, 5));
  EXPECT_EQ(emitter.num_errors(), 0U);
  for (std::size_t i = 0; i < limits::kMaxDiagnostics; ++i) emitter.emit(Code::JsonEmpty, Span{});
  EXPECT_TRUE(emitter.leave_out(Code::JsonEmpty, 0));
  EXPECT_EQ(consumer.diagnostics.size(), limits::kMaxDiagnostics);
  EXPECT_TRUE(emitter.leave_out(Code::JsonEmpty, 5));
  EXPECT_EQ(emitter.num_errors(), limits::kMaxDiagnostics + 5);
  EXPECT_EQ(consumer.diagnostics.back().message(), "5 more errors were counted and left out");
  EXPECT_FALSE(emitter.leave_out(Code::AlwaysAllows, 1));
}

TEST(Emitter, LongTextsAreCutAtACodePoint) {
  CollectingConsumer consumer;
  Emitter emitter(consumer);
  const std::string text = std::string(4095, 'x') + "\xE2\x82\xAC" + std::string(1 << 20, 'y');
  emitter.emit(Code::JsonDuplicateKey, Span{}, {text}).here(text).label(Span{}, text).help(text);
  const std::string cut = std::string(4095, 'x') + "...";
  const Diagnostic& diagnostic = consumer.diagnostics.front();
  EXPECT_EQ(diagnostic.message(), "key `" + cut + "` occurs twice in one object");
  EXPECT_EQ(diagnostic.primary_label, cut);
  EXPECT_EQ(diagnostic.labels.front().text, cut);
  EXPECT_EQ(diagnostic.helps.front(), cut);
  emitter.emit(Code::JsonDuplicateKey, Span{}, {std::string(4096, 'x')});
  EXPECT_EQ(consumer.diagnostics.back().arguments.front(), std::string(4096, 'x'));
}

TEST(Emitter, WarningsTakeNoErrorsPlace) {
  CollectingConsumer consumer;
  Emitter emitter(consumer);
  for (std::size_t i = 0; i < 2 * limits::kMaxDiagnostics; ++i)
    emitter.emit(Code::AlwaysAllows, Span{}, {"r"}).here("x").label(Span{}, "y").help("z");
  emitter.emit(Code::JsonEmpty, Span{});
  EXPECT_TRUE(emitter.has_errors());
  ASSERT_EQ(consumer.diagnostics.size(), limits::kMaxDiagnostics + 2);
  EXPECT_EQ(consumer.diagnostics.back().code, Code::JsonEmpty);
  EXPECT_EQ(consumer.diagnostics[limits::kMaxDiagnostics].code, Code::MoreWarnings);
  EXPECT_EQ(count(consumer.diagnostics, Severity::Warning), 2 * limits::kMaxDiagnostics);
}

}  // namespace
}  // namespace verdict::compiler
