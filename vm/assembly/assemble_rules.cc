// Rules: a head, then the nodes of its condition tree with braces around groups.
#include <algorithm>
#include <array>
#include <string>

#include "vm/assembly/assembler.h"
#include "vm/value/function.h"

namespace verdict {
namespace {

// The spellings of all functions: each, and then its twin. Rows may share one.
constexpr auto kFunctionSpellings = [] {
  std::array<std::string_view, 2 * kFunctions.size()> spellings{};
  for (std::size_t i = 0; i < kFunctions.size(); ++i) {
    spellings[2 * i] = kFunctions[i].spelling;
    spellings[2 * i + 1] = kFunctions[i].twin;
  }
  return spellings;
}();

}  // namespace

void Assembler::begin_rule() {
  RuleRecord record{};
  read_record(Section::Rules, reinterpret_cast<U8*>(&record));
  in_rule_ = true;
  has_rule_range_ = has_range_;
  if (!has_rule_range_)
    record.first_condition = static_cast<std::uint32_t>(tables_.Conditions.size());
  read_location(rule_locations_);
  symbols_.rules.add({record.policy, record.id}, tables_.Rules.size());
  tables_.Rules.push_back(record);
}

void Assembler::end_rule() {
  in_rule_ = false;
  if (!open_groups_.empty()) return reader_.fail_expected(reader_.peek(), "`}`");
  if (has_rule_range_) return;
  RuleRecord& record = tables_.Rules.back();
  record.num_conditions =
      static_cast<std::uint32_t>(tables_.Conditions.size()) - record.first_condition;
}

void Assembler::read_condition() {
  if (reader_.peek().is_mark("}")) return close_group();
  read_label(tables_.Conditions.size());
  ConditionRecord node{};
  const auto& groups = field_names::kConditionNames;
  const auto group = std::find(groups.begin() + 1, groups.end(), reader_.peek().text);
  if (reader_.peek().kind == TokenKind::Word && group != groups.end()) {
    node.kind = static_cast<U8>(group - groups.begin());
    reader_.take();
  } else {
    read_test(node);
  }
  const bool has_end = reader_.accept_word("end");
  node.end = has_end ? static_cast<std::uint32_t>(reader_.expect_number(kNone))
                     : static_cast<std::uint32_t>(tables_.Conditions.size() + 1);
  read_location(condition_locations_);
  tables_.Conditions.push_back(node);
  if (reader_.accept("{"))
    open_groups_.push_back({static_cast<std::uint32_t>(tables_.Conditions.size() - 1), has_end});
}

void Assembler::close_group() {
  if (open_groups_.empty()) return reader_.fail(reader_.peek(), "no group is open here");
  reader_.take();
  const OpenGroup group = open_groups_.back();
  open_groups_.pop_back();
  if (!group.has_end)
    tables_.Conditions[group.node].end = static_cast<std::uint32_t>(tables_.Conditions.size());
}

// A function or its twin, an attribute, an operand, a quantifier, and what null is.
void Assembler::read_test(ConditionRecord& node) {
  const FunctionRow* named = nullptr;
  bool is_negated = false;
  if (reader_.peek().kind == TokenKind::Row) {
    node.function = static_cast<U8>(reader_.expect_number(0xFF));
  } else {
    const std::size_t which =
        reader_.expect_word(kFunctionSpellings, "a function, `all`, `any` or `not`");
    named = &kFunctions[which / 2];
    is_negated = which % 2 == 1;
  }
  node.attribute = read_named(symbols_.attributes, "the name of an attribute");
  read_test_operand(node);
  const auto quantifier = static_cast<Quantifier>(read_choice("quantifier", kQuantifierSpellings));
  const auto on_null = static_cast<OnNull>(read_choice("on_null", kOnNullSpellings));
  node.flags = ConditionRecord::make_flags(is_negated, on_null, quantifier);
  if (named != nullptr) node.function = static_cast<U8>(overload_of(*named, node.attribute));
}

// The row of that spelling that takes the attribute, or an element of it; else the row itself.
Function Assembler::overload_of(const FunctionRow& row, std::uint32_t attribute) const {
  if (attribute >= tables_.Attributes.size() || tables_.Attributes[attribute].kind >= kNumKinds)
    return row.function;
  const auto kind = static_cast<Kind>(tables_.Attributes[attribute].kind);
  const FunctionRow* overload = find_overload(row.spelling, kind);
  if (overload == nullptr) overload = find_overload(row.spelling, element_of(kind));
  return overload == nullptr ? row.function : overload->function;
}

// What stands behind a key, as its place among `names`; 0 where the key is missing.
std::size_t Assembler::read_choice(std::string_view key, std::span<const std::string_view> names) {
  if (!reader_.accept_word(key)) return 0;
  return reader_.expect_word(names, "what `" + std::string(key) + "` may be");
}

void Assembler::read_test_operand(ConditionRecord& node) {
  constexpr auto kBehind = std::to_array<std::string_view>({"end", "quantifier", "on_null"});
  const Token& token = reader_.peek();
  const bool is_behind = token.kind == TokenKind::End || token.kind == TokenKind::Mark ||
                         (token.kind == TokenKind::Word &&
                          std::find(kBehind.begin(), kBehind.end(), token.text) != kBehind.end());
  if (is_behind) return;
  const bool is_slot = reader_.accept_word("slot");
  node.form = static_cast<U8>(is_slot ? OperandForm::Attribute : OperandForm::Constant);
  node.operand = is_slot ? read_named(symbols_.attributes, "the name of an attribute")
                         : read_constant_reference();
}

// @"file":line:column, or @line:column in the same file as before. May be left out.
void Assembler::read_location(std::vector<LocationRecord>& locations) {
  if (!reader_.accept("@")) return;
  const TokenKind kind = reader_.peek().kind;
  if (kind == TokenKind::String || kind == TokenKind::Row) {
    location_file_ = read_text("a string", false);
    reader_.expect(":");
  }
  LocationRecord location{};
  location.file = location_file_;
  location.line = static_cast<std::uint32_t>(reader_.expect_number(kNone));
  reader_.expect(":");
  location.column = static_cast<std::uint32_t>(reader_.expect_number(kNone));
  locations.push_back(location);
}

}  // namespace verdict
