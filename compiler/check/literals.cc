#include "compiler/check/literals.h"

#include <algorithm>

#include "compiler/ast/object_reader.h"
#include "compiler/diag/suggest.h"
#include "vm/value/calendar.h"
#include "vm/value/scalar.h"
#include "vm/value/text_match.h"

namespace verdict::compiler {
namespace {

using ast::quoted;

KindSet kinds_of_array(const JsonNode& node) {
  const auto all = [&node](JsonKind kind) {
    return std::all_of(node.elements().begin(), node.elements().end(),
                       [kind](const JsonNode& e) { return e.is(kind); });
  };
  KindSet kinds;
  if (all(JsonKind::String)) kinds = kinds | Kind::StringList;
  if (all(JsonKind::Number)) kinds = kinds | Kind::NumberList;
  return kinds;
}

// A to Z as a to z, for Case::Ignore.
std::string fold(std::string_view text) {
  std::string folded(text);
  for (char& c : folded) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return folded;
}

// Numbers that are a time once their last three digits are taken for milliseconds.
std::string help_for_time(const JsonNode& node) {
  const std::string_view text = node.text();
  const bool is_long = node.is(JsonKind::Number) && text.size() > 3;
  const std::string seconds(is_long ? text.substr(0, text.size() - 3) : std::string_view());
  if (const auto time = is_long ? parse_numeric_date(seconds) : std::nullopt)
    return "numbers are seconds since 1970: did you mean `" + seconds + "`, " +
           format_rfc3339(*time) + "?";
  return "a time is RFC 3339 with its offset, `2026-01-31T12:00:00Z`, or a number of seconds since "
         "1970";
}

}  // namespace

bool EnumValues::contains(std::string_view text, Case letters) {
  if (letters == Case::Exact) return list_.find(text).has_value();
  if (folded_.empty()) {
    for (const std::string_view value : list_.names()) folded_.insert(fold(value));
  }
  return folded_.contains(fold(text));
}

KindSet kinds_of_json(const JsonNode& node) {
  switch (node.kind()) {
    case JsonKind::String:
      return Kind::String | Kind::Enum | KindSet(Kind::Timestamp) | Kind::Ip;
    case JsonKind::Number:
      return Kind::Number | Kind::Timestamp;
    case JsonKind::Boolean:
      return Kind::Boolean;
    case JsonKind::Array:
      return kinds_of_array(node);
    case JsonKind::Null:
    case JsonKind::Object:
      break;
  }
  return {};
}

std::nullopt_t LiteralReader::refuse_type(const JsonNode& node, Kind kind) {
  auto diagnostic = emitter_.emit(
      Code::OperandType, node.span(),
      {where_, std::string(get_kind_row(kind).article), std::string(describe(node.kind()))});
  if (attribute_.span.file.has_value()) {
    diagnostic.label(attribute_.span, quoted(attribute_.name) + " is " +
                                          std::string(get_kind_row(attribute_.kind).article));
  }
  if (node.is(JsonKind::Null)) diagnostic.help("to ask for an absent claim write `is_null`");
  return std::nullopt;
}

std::optional<ir::Literal> LiteralReader::read(const JsonNode& node, Kind kind) {
  switch (kind) {
    case Kind::String:
    case Kind::Enum:
    case Kind::Rank:
    case Kind::Folded:
      return read_text(node, kind);
    case Kind::Part:
      return read_part(node);
    case Kind::PathForm:
    case Kind::Path:
      return read_path(node, kind);
    case Kind::Glob:
      return read_glob(node);
    case Kind::Regex:
      return read_regex(node);
    case Kind::Network:
      return read_network(node);
    case Kind::Duration:
      return read_duration(node);
    case Kind::Number:
      return read_number(node, kind);
    case Kind::Length:
    case Kind::Bits:
      return read_integer(node, kind);
    case Kind::Boolean:
      if (!node.is(JsonKind::Boolean)) return refuse_type(node, kind);
      return ir::literal(node.boolean());
    case Kind::Timestamp:
      return read_timestamp(node);
    case Kind::TimeOfDay:
      return read_time_of_day(node);
    case Kind::DayOfWeek:
      return read_day_of_week(node);
    case Kind::Ip:
      return read_ip(node);
    case Kind::StringList:
    case Kind::NumberList:
      return read_list(node, element_of(kind));
    case Kind::Presence:
    case Kind::TimeZone:
      break;
  }
  return refuse_type(node, kind);
}

std::optional<ir::Literal> LiteralReader::read_text(const JsonNode& node, Kind kind) {
  if (!node.is(JsonKind::String)) return refuse_type(node, kind);
  const bool is_of_enum = attribute_.kind == Kind::Enum;
  const Case letters = kind == Kind::Folded ? Case::Ignore : Case::Exact;
  if (is_of_enum && !values_.contains(node.text(), letters)) {
    report_unknown_enum_value(node);
    return std::nullopt;
  }
  return ir::Literal(constant_kind(kind), Shape::One, {std::string(node.text())});
}

void LiteralReader::report_unknown_enum_value(const JsonNode& node) {
  auto diagnostic =
      emitter_.emit(Code::NotAnEnumValue, node.span(), {node.text(), attribute_.name});
  if (!diagnostic.is_kept()) return;
  NameList& values = values_.list();
  if (attribute_.span.file.has_value())
    diagnostic.label(attribute_.span, "declared with " + ast::enumerate(values.names()));
  suggest(diagnostic, ast::inside_quotes(node.span()), node.text(), values.spellings());
}

std::optional<ir::Literal> LiteralReader::read_integer(const JsonNode& node, Kind kind) {
  std::optional<ir::Literal> number = read_number(node, kind);
  if (!number) return std::nullopt;
  number->kind = kind;
  if (is_valid(kind, slot_of(number->scalars.front()))) return number;
  emitter_.emit(Code::InvalidConstant, node.span(),
                {quoted(node.text()) + " is no such operand, expected " +
                 std::string(get_kind_row(kind).article)});
  return std::nullopt;
}

std::optional<ir::Literal> LiteralReader::read_number(const JsonNode& node, Kind kind) {
  if (!node.is(JsonKind::Number)) return refuse_type(node, kind);
  const ParsedNumber parsed = parse_number(node.text());
  if (parsed.value) return ir::literal(*parsed.value);
  const bool is_integer = parsed.error == NumberError::IntegerOutOfRange;
  emitter_.emit(
      Code::InvalidConstant, node.span(),
      {is_integer ? "the integer does not fit 64 bits"
                  : "a number with a fraction must lie below 2^53 = 9007199254740992: beyond, it "
                    "would become another one"});
  return std::nullopt;
}

std::optional<ir::Literal> LiteralReader::read_timestamp(const JsonNode& node) {
  if (!node.is(JsonKind::String) && !node.is(JsonKind::Number))
    return refuse_type(node, Kind::Timestamp);
  const auto time =
      node.is(JsonKind::String) ? parse_rfc3339(node.text()) : parse_numeric_date(node.text());
  if (time) return ir::literal(Timestamp{*time});
  emitter_.emit(Code::InvalidConstant, node.span(), {quoted(node.text()) + " is no time"})
      .help(help_for_time(node));
  return std::nullopt;
}

std::optional<ir::Literal> LiteralReader::read_list(const JsonNode& node, Kind element) {
  if (node.is(JsonKind::String) && element == Kind::String)
    return ir::list_literal(element, {std::string(node.text())});
  if (!node.is(JsonKind::Array)) return refuse_type(node, *list_of(element));
  return read_elements(node, element, Shape::List);
}

// The values of an array, whatever their number.
std::optional<ir::Literal> LiteralReader::read_elements(const JsonNode& array, Kind kind,
                                                        Shape shape) {
  ir::Literal elements(constant_kind(kind), shape, {});
  for (const JsonNode& element : array.elements()) {
    const std::optional<ir::Literal> literal = read(element, kind);
    if (literal) elements.scalars.push_back(literal->scalars.front());
  }
  if (elements.scalars.size() != array.elements().size()) return std::nullopt;
  return elements;
}

std::optional<ir::Literal> LiteralReader::read_set(const JsonNode& array, Kind kind) {
  if (!array.elements().empty()) return read_elements(array, kind, Shape::Set);
  emitter_.emit(Code::EmptyGroup, array.span(), {"values"});
  return std::nullopt;
}

std::optional<ir::Literal> LiteralReader::read_pair(const JsonNode& array, Kind kind, Shape shape,
                                                    std::string_view ends) {
  if (array.elements().size() == 2) return read_elements(array, kind, shape);
  emitter_.emit(Code::OperandType, array.span(),
                {where_, "two values, " + std::string(ends),
                 "a list of " + std::to_string(array.elements().size())});
  return std::nullopt;
}

std::optional<ir::Literal> LiteralReader::read_range(const JsonNode& array, Kind kind) {
  std::optional<ir::Literal> range = read_pair(array, kind, Shape::Range, "[low, high]");
  if (!range) return std::nullopt;
  const Slot low = slot_of(range->scalars[0]);
  const Slot high = slot_of(range->scalars[1]);
  if (!is_less(held_as(kind), high, low)) return range;
  emitter_.emit(Code::EmptyRange, array.span(), {format(kind, low), format(kind, high)});
  return std::nullopt;
}

// Of times of day.
std::optional<ir::Literal> LiteralReader::read_window(const JsonNode& array, Kind kind) {
  std::optional<ir::Literal> window = read_pair(array, kind, Shape::Window, "[from, to]");
  if (!window) return std::nullopt;
  const JsonNode& from = array.elements()[0];
  if (window->get<Number>().integer() == kEndOfDay) {
    emitter_.emit(Code::InvalidConstant, from.span(), {quoted(from.text()) + " is no start"})
        .help("the day begins at `00:00`; `24:00` can only be the end");
    return std::nullopt;
  }
  if (window->scalars[0] != window->scalars[1]) return window;
  emitter_
      .emit(Code::InvalidConstant, array.span(),
            {"from and to are the same time, " + quoted(from.text())})
      .help("for the whole day write `[\"00:00\", \"24:00\"]`, or leave the condition out");
  return std::nullopt;
}

}  // namespace verdict::compiler
