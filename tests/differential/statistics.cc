#include "tests/differential/statistics.h"

#include <algorithm>
#include <cstdio>

#include "compiler/reference/functions.h"

namespace verdict::differential {
namespace {

using compiler::reference::Invalid;
using compiler::reference::Null;

bool equal(const Scalar& a, const Scalar& b) {
  const auto* number = std::get_if<Number>(&a);
  const auto* other = std::get_if<Number>(&b);
  if (number == nullptr || other == nullptr) return a == b;
  return compiler::reference::compare_exactly(*number, *other) == 0;
}

// Whether two literals have a value in common.
bool meets(const ir::Literal& a, const ir::Literal& b) {
  return std::any_of(a.scalars.begin(), a.scalars.end(), [&b](const Scalar& scalar) {
    return std::any_of(b.scalars.begin(), b.scalars.end(),
                       [&scalar](const Scalar& other) { return equal(scalar, other); });
  });
}

const Value& value_of(const Workspace& workspace, const Values& values, std::size_t attribute) {
  static const Value null = Null{};
  const auto found = values.find(workspace.attributes[attribute].full_name());
  return found == values.end() ? null : found->second;
}

OperandState state_of(const Workspace& workspace, const Values& values, const Condition& test) {
  const Value& value = value_of(workspace, values, test.attribute);
  const Value& other = test.variable ? value_of(workspace, values, *test.variable) : value;
  if (std::holds_alternative<Invalid>(value) || std::holds_alternative<Invalid>(other))
    return OperandState::Invalid;
  if (std::holds_alternative<Null>(value) && test.on_null != OnNull::Unknown)
    return OperandState::Answered;
  if (std::holds_alternative<Null>(value) || std::holds_alternative<Null>(other))
    return OperandState::Null;
  const auto& literal = std::get<ir::Literal>(value);
  bool is_met = test.variable && meets(literal, std::get<ir::Literal>(other));
  for (const Choice& constant : test.constants) is_met = is_met || meets(literal, constant.value);
  return is_met ? OperandState::Equal : OperandState::Different;
}

std::string percent(double value) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "%5.1f %%", value);
  return text.data();
}

std::string right(const std::string& text, std::size_t width) {
  return std::string(width - std::min(width, text.size()), ' ') + text;
}
std::string left(const std::string& text, std::size_t width) {
  return text + std::string(width - std::min(width, text.size()), ' ');
}

}  // namespace

void Statistics::count_decision(const compiler::reference::Decision& decision) {
  ++num_pairs_;
  if (decision.effect == Effect::Allow) ++num_allowed_;
  if (decision.reason == "undecidable") ++num_undecidable_;
  ++reasons_[std::string(spelling_of(decision.effect)) + " " + decision.reason];
}

void Statistics::count_tests(const Workspace& workspace, const Values& values) {
  for_each_test(workspace, [&](const Condition& test) {
    const OperandState state = state_of(workspace, values, test);
    ++tests_[{test.is_negated ? test.row->twin : test.row->spelling, test.quantifier}]
            [static_cast<std::size_t>(state)];
  });
}

std::uint64_t Statistics::tests(std::string_view function, Quantifier quantifier,
                                OperandState state) const {
  const auto found = tests_.find({function, quantifier});
  return found == tests_.end() ? 0 : found->second[static_cast<std::size_t>(state)];
}

double Statistics::share(std::uint64_t count) const {
  return num_pairs_ == 0 ? 0 : 100.0 * static_cast<double>(count) / static_cast<double>(num_pairs_);
}

std::string Statistics::to_text() const {
  std::string text = std::to_string(num_policies_) + " policies, " + std::to_string(num_pairs_) +
                     " pairs of policies and requests\n";
  for (const auto& [reason, count] : reasons_)
    text += left(reason, 26) + percent(share(count)) + "\n";
  text += left("share of Allow", 26) + percent(share_allowed()) + "\n";
  text += left("share of undecidable", 26) + percent(share_undecidable()) + "\n" + left("", 34);
  for (const std::string_view name : kOperandStateNames) text += right(std::string(name), 12);
  text += "\n";
  for (const auto& [asked, counts] : tests_) {
    const auto& [function, quantifier] = asked;
    text += left(std::string(function), 34 - 5) +
            left(std::string(kQuantifierSpellings.at(static_cast<std::size_t>(quantifier))), 5);
    for (const std::uint64_t count : counts) text += right(std::to_string(count), 12);
    text += "\n";
  }
  return text;
}

}  // namespace verdict::differential
