#include "vm/assembly/listing_names.h"

#include <algorithm>

#include "vm/base/text.h"
#include "vm/program/constant.h"
#include "vm/value/scalar.h"

namespace verdict {
namespace {

constexpr std::size_t kMaxDescribedElements = 4;

// The start of a long text, cut between code points, for comments.
std::string shortened(std::string_view text) {
  if (text.size() <= kMaxInlineBytes) return std::string(text);
  std::size_t end = kMaxInlineBytes;
  while (end > 0 && !decode_code_point(text.substr(end)).valid) --end;
  return std::string(text.substr(0, end)) + "...";
}

// Constants that are recognised by how they are spelt.
bool has_spelling(const ConstantRecord& constant) {
  const ConstantType type = type_of(constant);
  return type.shape == Shape::One &&
         (type.kind == Kind::String || type.kind == Kind::Number || type.kind == Kind::Boolean);
}

}  // namespace

ListingNames::ListingNames(const ProgramView& view) : view_(view) {
  for (std::size_t i = 0; i < view.Attributes.size(); ++i)
    symbols_.attributes.add({view.Attributes[i].name, 0}, i);
  for (std::size_t i = 0; i < view.Policies.size(); ++i)
    symbols_.policies.add({view.Policies[i].name, 0}, i);
  for (std::size_t i = 0; i < view.Rules.size(); ++i)
    symbols_.rules.add({view.Rules[i].policy, view.Rules[i].id}, i);
  for (std::size_t i = 0; i < view.Constants.size(); ++i) {
    const ConstantRecord& constant = view.Constants[i];
    if (!has_words(constant)) symbols_.constants.add(constant_key(constant), i);
  }
}

void ListingNames::append_row(std::string& out, std::uint64_t row) const {
  out += '#' + std::to_string(row);
}

void ListingNames::append_text(std::string& out, std::uint32_t string) const {
  const std::string_view text = view_.string(string);
  if (text.size() > kMaxInlineBytes) return append_row(out, string);
  append_quoted(out, text);
}

void ListingNames::append_name(std::string& out, std::uint32_t string) const {
  const std::string_view text = view_.string(string);
  if (text.size() > kMaxInlineBytes || !is_identifier(text)) return append_text(out, string);
  out += text;
}

void ListingNames::append_attribute(std::string& out, std::uint32_t attribute) const {
  const std::uint32_t name = view_.Attributes[attribute].name;
  const bool is_first = symbols_.attributes.find({name, 0}) == attribute;
  if (!is_first || view_.string(name).size() > kMaxInlineBytes) return append_row(out, attribute);
  append_name(out, name);
}

void ListingNames::append_policy(std::string& out, std::uint32_t policy) const {
  const std::uint32_t name = view_.Policies[policy].name;
  const bool is_first = symbols_.policies.find({name, 0}) == policy;
  if (!is_first || view_.string(name).size() > kMaxInlineBytes) return append_row(out, policy);
  append_name(out, name);
}

void ListingNames::append_function(std::string& out, std::uint32_t function) const {
  const FunctionRecord& record = view_.Functions[function];
  if (record.kind != static_cast<U8>(FunctionKind::Policy)) return append_row(out, function);
  std::string name;
  append_policy(name, record.owner);
  if (name.front() == '#' || view_.Policies[record.owner].function != function)
    return append_row(out, function);
  out += name;
}

void ListingNames::append_rule(std::string& out, std::uint32_t policy, std::uint32_t rule) const {
  const std::uint32_t id = view_.Rules[rule].id;
  const bool is_first = symbols_.rules.find({policy, id}) == rule;
  if (!is_first || view_.string(id).size() > kMaxInlineBytes) return append_row(out, rule);
  append_text(out, id);
}

bool ListingNames::is_shown_by_value(std::uint32_t constant, std::uint32_t end) const {
  const ConstantRecord& record = view_.Constants[constant];
  if (constant >= end || !has_spelling(record)) return false;
  if (symbols_.constants.find(constant_key(record)) != constant) return false;
  return type_of(record).kind != Kind::String ||
         view_.string(static_cast<std::uint32_t>(record.payload)).size() <= kMaxInlineBytes;
}

void ListingNames::append_constant(std::string& out, std::uint32_t constant,
                                   std::uint32_t end) const {
  if (!is_shown_by_value(constant, end)) return append_row(out, constant);
  append_value(out, view_.Constants[constant]);
}

void ListingNames::append_value(std::string& out, const ConstantRecord& constant) const {
  const ConstantType type = type_of(constant);
  if (type.shape != Shape::One) return append_values(out, constant);
  if (held_as(type.kind) == Held::Zone) return append_zone(out, view_.words_of(constant));
  append_element(out, type.kind, value_of(view_, constant));
}

void ListingNames::append_element(std::string& out, Kind kind, const Slot& value) {
  if (is_text(kind)) return append_quoted(out, shortened(value.string.text()));
  out += format(kind, value);
}

void ListingNames::append_values(std::string& out, const ConstantRecord& constant) const {
  const Kind kind = type_of(constant).kind;
  const std::span<const U32> words = words_of_values(view_, constant);
  out += '[';
  for (std::size_t i = 0; i < words.size() && i < kMaxDescribedElements; ++i) {
    if (i > 0) out += ", ";
    append_element(out, kind, element_of_constant(view_, held_as(kind), words[i]));
  }
  if (words.size() > kMaxDescribedElements)
    out += ", ... " + std::to_string(words.size()) + " in all";
  out += ']';
  if (!is_local(kind)) return;
  out += ' ';
  append_value(out, view_.Constants[view_.words_of(constant).front()]);
}

// `Europe/Berlin, tzdata 2025b`
void ListingNames::append_zone(std::string& out, std::span<const U32> words) const {
  const ZoneWords zone = zone_of(words);
  out += escape_for_display(shortened(view_.string(zone.name)));
  if (zone.release == kNone) return;
  out += ", tzdata " + escape_for_display(shortened(view_.string(zone.release)));
}

void ListingNames::append_test(std::string& out, const ConditionRecord& test) const {
  const FunctionRow& row = *find_function(test.function);
  out += std::string(test.is_negated() ? row.twin : row.spelling) + " ";
  append_attribute(out, test.attribute);
  if (test.form == static_cast<U8>(OperandForm::Constant)) {
    out += ' ';
    append_constant(out, test.operand);
  } else if (test.form == static_cast<U8>(OperandForm::Attribute)) {
    out += " slot ";
    append_attribute(out, test.operand);
  }
  const auto append_choice = [&out](std::string_view key, std::string_view choice) {
    out += " " + std::string(key) + " " + std::string(choice);
  };
  if (test.quantifier() != Quantifier::Absent)
    append_choice("quantifier", kQuantifierSpellings[static_cast<std::size_t>(test.quantifier())]);
  if (test.on_null() != OnNull::Unknown)
    append_choice("on_null", kOnNullSpellings[static_cast<std::size_t>(test.on_null())]);
}

std::string ListingNames::describe_constant(std::uint32_t constant) const {
  std::string text;
  if (!is_shown_by_value(constant, kNone)) append_value(text, view_.Constants[constant]);
  return text;
}

std::string ListingNames::describe_path(const MappingRecord& mapping) const {
  std::string text;
  const auto steps = view_.PathSteps.subspan(mapping.first_step, mapping.num_steps);
  for (const PathStepRecord& step :
       steps.first(std::min(steps.size(), 2 * kMaxDescribedElements))) {
    if (step.kind == static_cast<U8>(PathStepKind::Key)) {
      text += (text.empty() ? "" : ".") + escape_for_display(shortened(view_.string(step.value)));
    } else {
      text += step.kind == static_cast<U8>(PathStepKind::Each)
                  ? "[*]"
                  : "[" + std::to_string(step.value) + "]";
    }
  }
  return text;
}

std::string ListingNames::describe_location(const LocationRecord& location) const {
  return escape_for_display(shortened(view_.string(location.file))) + ":" +
         std::to_string(location.line) + ":" + std::to_string(location.column);
}

}  // namespace verdict
