#include "vm/assembly/listing_names.h"

#include <algorithm>
#include <bit>

#include "vm/base/text.h"
#include "vm/program/constant_value.h"
#include "vm/value/network.h"
#include "vm/value/number.h"
#include "vm/value/time.h"

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

bool has_words(const ConstantRecord& constant) {
  return constant.kind >= static_cast<U8>(ConstantKind::Ip);
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
    if (!has_words(constant)) symbols_.constants.add({constant.kind, constant.payload}, i);
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
  if (constant >= end || has_words(record) ||
      record.kind == static_cast<U8>(ConstantKind::Timestamp))
    return false;
  if (symbols_.constants.find({record.kind, record.payload}) != constant) return false;
  return record.kind != static_cast<U8>(ConstantKind::String) ||
         view_.string(static_cast<std::uint32_t>(record.payload)).size() <= kMaxInlineBytes;
}

void ListingNames::append_constant(std::string& out, std::uint32_t constant,
                                   std::uint32_t end) const {
  if (!is_shown_by_value(constant, end)) return append_row(out, constant);
  append_value(out, view_.Constants[constant]);
}

void ListingNames::append_value(std::string& out, const ConstantRecord& constant) const {
  const std::uint64_t payload = constant.payload;
  switch (static_cast<ConstantKind>(constant.kind)) {
    case ConstantKind::Boolean:
      out += payload != 0 ? "true" : "false";
      return;
    case ConstantKind::Integer:
      out += std::to_string(std::bit_cast<std::int64_t>(payload));
      return;
    case ConstantKind::Double:
      out += to_text(*Number::from_double(std::bit_cast<double>(payload)));
      return;
    case ConstantKind::Timestamp:
      out += format_rfc3339(std::bit_cast<std::int64_t>(payload));
      return;
    case ConstantKind::String:
      append_quoted(out, shortened(view_.string(static_cast<std::uint32_t>(payload))));
      return;
    case ConstantKind::Ip:
      out += format_ip(ip_of(view_.words_of(constant)));
      return;
    case ConstantKind::None:
    case ConstantKind::StringList:
    case ConstantKind::StringSet:
    case ConstantKind::NumberList:
    case ConstantKind::NumberSet:
    case ConstantKind::NumberRange:
      break;
  }
  append_words(out, constant);
}

void ListingNames::append_words(std::string& out, const ConstantRecord& constant) const {
  const auto kind = static_cast<ConstantKind>(constant.kind);
  const bool is_text = kind == ConstantKind::StringList || kind == ConstantKind::StringSet;
  const std::span<const U32> words = view_.words_of(constant);
  out += '[';
  for (std::size_t i = 0; i < words.size() && i < kMaxDescribedElements; ++i) {
    if (i > 0) out += ", ";
    if (is_text) {
      append_quoted(out, shortened(view_.string(words[i])));
    } else {
      append_value(out, view_.Constants[words[i]]);
    }
  }
  if (words.size() > kMaxDescribedElements)
    out += ", ... " + std::to_string(words.size()) + " in all";
  out += ']';
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
