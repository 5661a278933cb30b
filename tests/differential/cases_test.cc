// Every case of tests/functions/*.cases, through the compiler: the VM in all four directions of a
// jump, the explanation, which asks the general form, and the reference evaluator. Its twin too.
#include "tests/support/cases.h"

#include <map>
#include <set>

#include <gtest/gtest.h>

#include "compiler/diag/render_text.h"
#include "tests/differential/vm_side.h"
#include "vm/explain/explain.h"

namespace verdict::differential {
namespace {

using compiler::reference::Invalid;
using compiler::reference::Null;
using testing::Case;

bool is_json(const std::string& text) { return text != "null" && text != "invalid"; }

// Whether JSON of that sort can be a value of that kind; anything can be null or invalid.
bool can_hold(Kind kind, const std::string& json) {
  if (!is_json(json)) return true;
  const char first = json.front() == '[' ? json[1] : json.front();
  const bool is_text_like = first == '"';
  const bool is_number_like = first == '-' || (first >= '0' && first <= '9');
  const bool is_empty = json == "[]";
  if ((json.front() == '[') != is_list(kind)) return false;
  switch (held_as(element_of(kind))) {
    case Held::Text:
    case Held::Address:
    case Held::Network:
      return is_text_like || is_empty;
    case Held::Number:
      return is_number_like || is_empty;
    case Held::Time:
      return is_text_like || is_number_like;
    case Held::Boolean:
      return first == 't' || first == 'f';
    case Held::Nothing:
    case Held::List:
    case Held::Zone:
      break;
  }
  return false;
}

// The kinds of the two attributes of a case, and the row that takes them.
struct Kinds {
  const FunctionRow* row = nullptr;
  Kind attribute = Kind::Presence;
  Kind slot = Kind::String;
};

std::optional<Kind> find_slot_kind(const FunctionRow& row, const Case& read) {
  if (!read.is_slot) return Kind::String;
  for (const KindRow& kind : kKinds) {
    if (kind.is_of_attributes && variable_operand(row).contains(kind.kind) &&
        can_hold(kind.kind, read.operand))
      return kind.kind;
  }
  return std::nullopt;
}

bool can_be_operand(const FunctionRow& row, const Case& read) {
  if (read.is_slot || read.operand.empty()) return true;
  const Kind kind = constant_kind(row.operand_kind);
  if (is_local(kind)) return true;
  const bool is_array = read.operand.front() == '[';
  const std::string first = is_array ? read.operand.substr(1) : read.operand;
  return can_hold(kind, first);
}

std::optional<Kinds> find_kinds(const Case& read) {
  for (const FunctionRow* row : testing::find_named(read.function).rows) {
    for (const KindRow& kind : kKinds) {
      if (!kind.is_of_attributes || kind.kind == Kind::Presence) continue;
      const bool is_read = row->reads.contains(asked_kind(kind.kind, read.quantifier)) &&
                           (read.quantifier == Quantifier::Absent || is_list(kind.kind));
      const std::optional<Kind> slot = find_slot_kind(*row, read);
      if (is_read && slot && can_hold(kind.kind, read.attribute) && can_be_operand(*row, read))
        return Kinds{row, kind.kind, *slot};
    }
  }
  return std::nullopt;
}

// ---- values

Value to_value(Kind kind, const compiler::JsonNode& node) {
  ir::Literal literal{element_of(kind), is_list(kind) ? Shape::List : Shape::One, {}};
  const auto add = [&](const compiler::JsonNode& element) {
    const std::string_view text = element.is(compiler::JsonKind::Boolean)
                                      ? (element.boolean() ? "true" : "false")
                                      : element.text();
    std::optional<Scalar> scalar = parse(element_of(kind), text);
    if (kind == Kind::Timestamp && element.is(compiler::JsonKind::Number)) {
      const auto time = parse_numeric_date(text);
      scalar = time ? std::optional<Scalar>(Timestamp{*time}) : std::nullopt;
    }
    if (scalar) literal.scalars.push_back(*scalar);
    return scalar.has_value();
  };
  if (!is_list(kind)) return add(node) ? Value(literal) : Value(Invalid{});
  for (const compiler::JsonNode& element : node.elements()) {
    if (!add(element)) return Invalid{};
  }
  return literal;
}

Value to_value(Kind kind, const std::string& json) {
  if (json == "null") return Null{};
  if (json == "invalid") return Invalid{};
  compiler::Sources sources;
  compiler::CollectingConsumer consumer;
  compiler::Emitter emitter(consumer);
  const auto document = compiler::read_json(sources, sources.add("case", json), emitter);
  if (!document) return Invalid{};  // what no JSON of an author may be, a claim cannot use either
  return to_value(kind, document->root());
}

// ---- policies

std::string mapping(const std::string& name, Kind kind) {
  const std::string values =
      kind == Kind::Enum ? R"(, "values": ["low", "medium", "high"], "ordered": true)" : "";
  return R"({"jwtPath": ")" + name + R"(", "attribute": ")" + name + R"(", "type": ")" +
         std::string(spelling_of(kind)) + "\"" + values + "}";
}

std::string condition_of(const Case& read, const FunctionRow& row, bool is_twin) {
  const auto member = [](std::string_view key, const std::string& json) {
    return ", \"" + std::string(key) + "\": " + json;
  };
  const auto word = [&](std::string_view key, std::string_view text) {
    return member(key, "\"" + std::string(text) + "\"");
  };
  std::string text = R"({"function": ")" + std::string(is_twin ? row.twin : row.spelling) +
                     R"(", "attribute": "ext_x")";
  if (read.is_slot) {
    text += word("value_attribute", "ext_y");
  } else if (!read.operand.empty()) {
    text += member(row.operand == OperandShape::One ? "value" : "values", read.operand);
  }
  if (read.quantifier != Quantifier::Absent)
    text += word("quantifier", kQuantifierSpellings.at(static_cast<std::size_t>(read.quantifier)));
  if (!read.time_zone.empty()) text += word("time_zone", read.time_zone);
  if (read.on_null != OnNull::Unknown)
    text += word("on_null", kOnNullSpellings.at(static_cast<std::size_t>(read.on_null)));
  return text + "}";
}

// An Allow rule asks whether a condition is definitely true, a Deny rule whether it is not
// definitely false; `not` turns the jump round.
struct Asked {
  std::string_view name;
  Effect effect;
  bool is_negated;
};
constexpr auto kAsked = std::to_array<Asked>({{"allow", Effect::Allow, false},
                                              {"allow_not", Effect::Allow, true},
                                              {"deny", Effect::Deny, false},
                                              {"deny_not", Effect::Deny, true}});

std::string policy(const Asked& asked, const std::string& condition) {
  const Effect fallback = asked.effect == Effect::Allow ? Effect::Deny : Effect::Allow;
  return R"({"name": ")" + std::string(asked.name) +
         R"(", "specification": {"rules": [{"rule_id": "r", "effect": ")" +
         std::string(spelling_of(asked.effect)) + R"(", "conditions": [)" +
         (asked.is_negated ? R"({"not": )" + condition + "}" : condition) +
         R"(]}], "default": {"effect": ")" + std::string(spelling_of(fallback)) + R"("}}})";
}

Effect expected_effect(const Asked& asked, Truth truth) {
  const Truth asked_truth = asked.is_negated ? negate(truth) : truth;
  if (asked.effect == Effect::Allow)
    return asked_truth == Truth::True ? Effect::Allow : Effect::Deny;
  return asked_truth == Truth::False ? Effect::Allow : Effect::Deny;
}

void check(const Case& read, const Kinds& kinds, bool is_twin, Truth truth) {
  const std::string condition = condition_of(read, *kinds.row, is_twin);
  SCOPED_TRACE(read.place + ": " + condition + " of " + read.attribute + " and " + read.operand);
  std::string policies;
  for (const Asked& asked : kAsked)
    policies += (policies.empty() ? "[" : ", ") + policy(asked, condition);
  const Compiled compiled = compile({{{"provider.json", "[" + mapping("x", kinds.attribute) + ", " +
                                                            mapping("y", kinds.slot) + "]"}},
                                     {{"policies.json", policies + "]"}},
                                     {},
                                     {}});
  ASSERT_EQ(compiled.problem, "");
  Values values = {{"ext_x", to_value(kinds.attribute, read.attribute)},
                   {"req_time", ir::literal(Timestamp{testing::kNowOfCases})}};
  if (read.is_slot) values.emplace("ext_y", to_value(kinds.slot, read.operand));
  const Slots slots = fill(*compiled.program, values);
  for (const Asked& asked : kAsked) {
    const std::string name(asked.name);
    const Effect expected = expected_effect(asked, truth);
    EXPECT_EQ(decide_policy_with_vm(*compiled.program, name, slots.view())->effect, expected)
        << "the VM, " << name;
    EXPECT_EQ(decide_policy(compiled.module, name, values)->effect, expected)
        << "the reference, " << name;
  }
  EXPECT_EQ(truth_of_rule(compiled.program->view(), slots.view(), RuleId(0)), truth)
      << "the explanation";
}

// What the twin of a condition without quantifier is: what `on_null` says is about it as well.
Truth twin_of(const Case& read) {
  const bool is_answered = read.attribute == "null" && read.on_null != OnNull::Unknown;
  return is_answered ? read.truth : negate(read.truth);
}

TEST(FunctionCases, EveryEvaluatorAgrees) {
  for (const Case& read : testing::read_cases()) {
    const auto kinds = find_kinds(read);
    ASSERT_TRUE(kinds.has_value()) << read.place << ": no function takes these";
    const bool is_twin = testing::find_named(read.function).is_twin;
    check(read, *kinds, is_twin, read.truth);
    if (read.quantifier == Quantifier::Absent) check(read, *kinds, !is_twin, twin_of(read));
    if (::testing::Test::HasFatalFailure()) return;
  }
}

// Of every function there are cases of every sort, and with a quantifier where it takes one.
TEST(FunctionCases, EveryFunctionHasThem) {
  std::map<std::string, std::set<std::string>> labels;
  std::map<std::string, std::set<Truth>> truths;
  std::map<std::string, std::set<Quantifier>> quantifiers;
  for (const Case& read : testing::read_cases()) {
    const std::string spelling(testing::find_named(read.function).rows.at(0)->spelling);
    labels[spelling].insert(read.label);
    truths[spelling].insert(read.truth);
    quantifiers[spelling].insert(read.quantifier);
  }
  for (const FunctionRow& row : kFunctions) {
    const std::string spelling(row.spelling);
    EXPECT_EQ(labels[spelling].size(), 5U) << spelling;
    EXPECT_EQ(truths[spelling].size(), 3U) << spelling;
    for (const Kind element : {Kind::String, Kind::Number}) {
      const bool is_quantified =
          row.reads.contains(element) && !row.reads.contains(*list_of(element));
      EXPECT_TRUE(!is_quantified || quantifiers[spelling].size() == 4U) << spelling;
    }
  }
}

}  // namespace
}  // namespace verdict::differential
