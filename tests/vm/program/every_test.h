// The program that holds every test, printed from the rows: each fast test in its four modes, each
// function with each form of operand, quantifier and answer for null; as conditions, and as code.
// Header only.
#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "vm/program/opcode.h"
#include "vm/value/function.h"

namespace verdict::testing {

// Two values of a kind, the lesser one first, as assembly has them.
inline std::array<std::string, 2> two_values(Kind kind) {
  if (kind == Kind::TimeOfDay) return {"\"08:30\"", "\"22:00:15\""};
  if (kind == Kind::DayOfWeek) return {"\"mon\"", "\"sun\""};
  if (kind == Kind::PathForm || kind == Kind::Path) return {"\"/x\"", "\"/y\""};
  if (kind == Kind::Duration) return {"\"1m\"", "\"1h30m\""};
  switch (held_as(kind)) {
    case Held::Number:
      return {"1", "2"};
    case Held::Boolean:
      return {"false", "true"};
    case Held::Time:
      return {"\"2026-01-31T12:00:00Z\"", "\"2026-01-31T12:00:01Z\""};
    case Held::Address:
      return {"\"10.0.0.1\"", "\"10.0.0.2\""};
    case Held::Network:
      return {"\"10.0.0.0/8\"", "\"192.0.2.1\""};
    case Held::Nothing:
    case Held::Text:
    case Held::List:
    case Held::Zone:
      break;
  }
  return {"\"x\"", "\"y\""};
}

// New York since 1996, after one transition.
inline constexpr std::string_view kZone =
    "\"x\" \"y\" 4294949534, 814953600, 0, 4294949296, 4294952896, 0, 3, 2, 0, 7200, 0, 11, 1, 0, "
    "7200, "
    "1577316496, 4294967295, 4294949296";

// Every constant that there can be: each kind in each shape, `x` and `y` where it is one of texts.
class AllConstants {
 public:
  AllConstants() {
    for (const KindRow& row : kKinds) {
      const bool is_of_constants = row.held != Held::Nothing && row.held != Held::List &&
                                   constant_kind(row.kind) == row.kind;
      if (is_of_constants) add_kind(row.kind);
    }
  }
  // The rows of `.constants`.
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] std::size_t size() const { return types_.size(); }
  // The number of the first of that type; size() where there is none.
  [[nodiscard]] std::size_t find(ConstantType type) const {
    return static_cast<std::size_t>(std::find(types_.begin(), types_.end(), type) - types_.begin());
  }

 private:
  void add_kind(Kind kind) {
    if (held_as(kind) == Held::Zone) return add({kind, Shape::One}, std::string(kZone));
    const auto values = two_values(kind);
    const std::size_t first = types_.size();
    for (const std::string& value : values) add({kind, Shape::One}, value);
    const std::string both = is_text(kind) ? values[0] + ", " + values[1]
                                           : zone_of(kind) + "#" + std::to_string(first) + ", #" +
                                                 std::to_string(first + 1);
    add({kind, Shape::List}, both);
    if (held_as(kind) != Held::Boolean) add({kind, Shape::Set}, both);
    if (held_as(kind) == Held::Boolean || held_as(kind) == Held::Network || is_text(kind)) return;
    add({kind, Shape::Range}, both);
    add({kind, Shape::Window}, both);
  }
  // Stands in front of local values.
  [[nodiscard]] std::string zone_of(Kind kind) const {
    if (!is_local(kind)) return {};
    return "#" + std::to_string(find({Kind::TimeZone, Shape::One})) + ", ";
  }
  void add(ConstantType type, const std::string& values) {
    const std::string shape =
        type.shape == Shape::One ? "" : std::string(spelling_of(type.shape)) + " ";
    text_ += "  " + std::string(spelling_of(type.kind)) + " " + shape + values + "\n";
    types_.push_back(type);
  }

  std::string text_;
  std::vector<ConstantType> types_;
};

class EveryTest {
 public:
  [[nodiscard]] std::string text() {
    print_rule();
    print_code();
    return "; Every test: each function in each form, with each quantifier and each answer for "
           "null, "
           "as a condition and as\n; an instruction; before them the fast tests in their four "
           "modes. "
           "Printed from the rows by every_test.h.\n.strings\n  \"x\"\n  \"y\"\n  \"/x\"\n  "
           "\"/y\"\n\n.constants\n" +
           constants_.text() + "\n.attributes\n" + attributes() +
           "\n.policies\n  tests Deny deny_overrides #0 rules #0+1\n\n" + text_;
  }

 private:
  static std::string attribute(Kind kind, std::string_view prefix) {
    return std::string(prefix) + std::string(spelling_of(kind));
  }

  // Two of each kind.
  [[nodiscard]] std::string attributes() const {
    std::string text;
    for (const std::string_view prefix : {"a_", "b_"}) {
      for (const KindRow& row : kKinds) {
        if (!row.is_of_attributes) continue;
        text += "  " + attribute(row.kind, prefix) + " " + std::string(row.spelling) + " claim" +
                (row.kind == Kind::Enum ? " values " + number({Kind::String, Shape::List}) : "") +
                " nullable\n";
      }
    }
    return text;
  }
  [[nodiscard]] std::string number(ConstantType type) const {
    return "#" + std::to_string(constants_.find(type));
  }

  static Kind first_of(KindSet kinds) {
    for (const KindRow& row : kKinds) {
      if (row.is_of_attributes && kinds.contains(row.kind)) return row.kind;
    }
    return Kind::Presence;
  }

  // Calls `visit` with the text behind a function's spelling, for everything that can stand there.
  template <class Visit>
  void for_each_form(const FunctionRow& row, const Visit& visit) const {
    const std::string constant =
        row.operand == OperandShape::None ? "" : " " + number(constant_operand(row));
    const std::string own = " " + attribute(first_of(row.reads), "a_");
    visit(own + constant, true);
    const KindSet variables = variable_operand(row);
    const std::string slot = " slot " + attribute(first_of(variables), "b_");
    if (!variables.empty()) visit(own + slot, false);
    for (const KindRow& kind : kKinds) {
      if (!kind.is_of_attributes || !takes(row, kind.kind, Quantifier::Any)) continue;
      const std::string list = " " + attribute(kind.kind, "a_");
      visit(list + constant + " quantifier any", true);
      visit(list + constant + " quantifier all", true);
      if (!variables.empty()) visit(list + slot + " quantifier all", false);
    }
  }

  // A function, then a twin, and so on, so that a walk over all of them stays within the budget.
  void print_rule() {
    text_ += ".rule \"any\" Allow tests\n  all {\n";
    bool is_twin = false;
    for (const FunctionRow& row : kFunctions) {
      for_each_form(row, [&](const std::string& form, bool may_answer) {
        if (form.find(is_twin ? "quantifier any" : "quantifier all") != std::string::npos) return;
        const bool is_answered = is_twin && may_answer && row.function != Function::IsNull;
        text_ += "    " + std::string(is_twin ? row.twin : row.spelling) + form +
                 (is_answered ? " on_null match" : "") + "\n";
        is_twin = !is_twin;
      });
    }
    text_ += "  }\n\n";
  }

  void print_code() {
    text_ += ".function policy tests\n";
    for (const OpcodeRow& row : kOpcodeRows) {
      if (row.is_test) print_fast(row);
    }
    for (const FunctionRow& row : kFunctions) {
      for_each_form(row, [&](const std::string& form, bool may_answer) {
        print_ask(std::string(row.spelling) + form);
        const bool is_quantified = form.find("quantifier") != std::string::npos;
        if (is_quantified) print_ask(std::string(row.twin) + form);
        if (may_answer && row.function != Function::IsNull)
          print_ask(std::string(row.spelling) + form + " on_null no_match");
      });
    }
    text_ += "  otherwise Deny, tests\nL0:\n  allow \"any\"\n";
  }

  void print_fast(const OpcodeRow& row) {
    const auto operand = [&]() -> std::string {
      if (row.b.kind == OperandKind::None) return "";
      if (row.b.kind == OperandKind::String) return ", \"x\"";
      if (row.b.kind == OperandKind::Boolean) return ", true";
      if (row.b.kind == OperandKind::Constant) return ", " + number(row.b.constant);
      return ", " + attribute(first_of(row.b.attribute_kinds), "b_");
    };
    for (const std::string_view suffix : kJumpSuffixes) {
      text_ += "  " + std::string(row.mnemonic) + std::string(suffix) + " " +
               attribute(first_of(row.a.attribute_kinds), "a_") + operand() + " -> L0\n";
    }
  }
  // In one mode of jump after the other.
  void print_ask(const std::string& test) {
    text_ += "  ask" + std::string(kJumpSuffixes[num_asked_++ % kNumJumpModes]) + " " + test +
             " -> L0\n";
  }

  AllConstants constants_;
  std::string text_;
  std::size_t num_asked_ = 0;
};

}  // namespace verdict::testing
