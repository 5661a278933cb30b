// The operands with a grammar of their own, whose mistakes are shown within the text.
#include "compiler/ast/object_reader.h"
#include "compiler/check/literals.h"
#include "compiler/diag/suggest.h"
#include "vm/base/limits.h"
#include "vm/value/calendar.h"
#include "vm/value/duration.h"
#include "vm/value/path.h"
#include "vm/value/pattern.h"
#include "vm/value/text_match.h"

namespace verdict::compiler {
namespace {

using ast::quoted;

// `::ffff:10.0.0.0/8`: the length is that of the IPv4 network.
std::optional<Network> network_of_mapped(std::string_view text) {
  constexpr std::string_view kMapped = "::ffff:";
  const bool is_mapped =
      has_prefix(text, kMapped, Case::Ignore) && text.find('.') != std::string_view::npos;
  if (!is_mapped || parse_network(text).error == NetworkError::BadAddress) return std::nullopt;
  const auto network = parse_network(text.substr(kMapped.size())).value;
  return text.find('/') == std::string_view::npos ? std::nullopt : network;
}

// `15M`, `1h 30m`, `15min`.
std::optional<std::string> meant_duration(std::string_view text) {
  std::string meant;
  for (const char c : text) {
    if (c != ' ') meant += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  if (const std::size_t minutes = meant.find("min"); minutes != std::string::npos)
    meant.erase(minutes + 1, 2);
  return parse_duration(meant).value ? std::optional(meant) : std::nullopt;
}

std::string_view describe(DurationError error) {
  switch (error) {
    case DurationError::BadText:
      return " is no duration";
    case DurationError::UnitOrder:
      return " is no duration: the larger unit stands first, and each once";
    case DurationError::Zero:
      return " is no time at all";
    case DurationError::TooLong:
      return " is more than a century";
  }
  return {};
}

}  // namespace

bool LiteralReader::check_length(const JsonNode& node, std::string_view what, std::size_t limit) {
  const std::size_t size = node.text().size();
  if (size <= limit) return true;
  emitter_.emit(Code::LimitExceeded, node.span(),
                {std::string(what), std::to_string(size), std::to_string(limit)});
  return false;
}

// Any text would begin with, end with and hold the empty one.
std::optional<ir::Literal> LiteralReader::read_part(const JsonNode& node) {
  if (!node.is(JsonKind::String)) return refuse_type(node, Kind::Part);
  if (!node.text().empty()) return ir::Literal(Kind::Part, Shape::One, {std::string(node.text())});
  emitter_.emit(Code::InvalidConstant, node.span(), {"the operand is empty"})
      .help("every string would do: leave the condition out, or say what is looked for");
  return std::nullopt;
}

std::optional<ir::Literal> LiteralReader::read_path(const JsonNode& node, Kind kind) {
  if (!node.is(JsonKind::String)) return refuse_type(node, kind);
  const std::string_view text = node.text();
  const auto error = kind == Kind::PathForm ? find_path_pattern_error(text) : std::nullopt;
  if (error) {
    emitter_.emit(Code::InvalidConstant, node.span_of_text(error->offset, error->offset + 1),
                  {std::string(error->message)});
    return std::nullopt;
  }
  if (kind == Kind::PathForm || is_plain_path(text))
    return ir::Literal(kind, Shape::One, {std::string(text)});
  emitter_.emit(Code::InvalidConstant, node.span(), {quoted(text) + " is no plain path"})
      .help(
          "a path begins with `/` and has no segment that is empty, `.` or `..`, no `\\`, and "
          "neither `%2f` nor `%2e`");
  return std::nullopt;
}

std::optional<ir::Literal> LiteralReader::read_glob(const JsonNode& node) {
  if (!node.is(JsonKind::String)) return refuse_type(node, Kind::Glob);
  if (!check_length(node, "bytes of a pattern", limits::kMaxGlobBytes)) return std::nullopt;
  const std::string_view text = node.text();
  const std::optional<std::size_t> error = find_glob_error(text);
  if (!error) return ir::Literal(Kind::Glob, Shape::One, {std::string(text)});
  emitter_
      .emit(Code::InvalidConstant, node.span_of_text(*error, *error + 1),
            {"`\\` escapes nothing here"})
      .help("it stands before `*`, `?` or another `\\`; in JSON each `\\` is written twice");
  return std::nullopt;
}

std::optional<ir::Literal> LiteralReader::read_regex(const JsonNode& node) {
  if (!node.is(JsonKind::String)) return refuse_type(node, Kind::Regex);
  if (!check_length(node, "bytes of a regular expression", limits::kMaxPatternBytes))
    return std::nullopt;
  const auto pattern = Pattern::compile(node.text());
  if (pattern) return ir::Literal(Kind::Regex, Shape::One, {std::string(node.text())});
  const PatternError& error = pattern.error();
  emitter_
      .emit(Code::InvalidConstant, node.span_of_text(error.offset, error.offset + error.length),
            {"no regular expression: " + error.message})
      .help(error.is_too_large
                ? "repetitions are of at most 1000, those within others counted together, and the "
                  "automaton takes at most " +
                      std::to_string(limits::kMaxPatternMemory / 1024) + " KiB"
                : std::string("the syntax is that of RE2, without look-around and back "
                              "references; in JSON each `\\` is written twice"));
  return std::nullopt;
}

std::optional<ir::Literal> LiteralReader::read_network(const JsonNode& node) {
  if (!node.is(JsonKind::String)) return refuse_type(node, Kind::Network);
  const std::string_view text = node.text();
  const ParsedNetwork parsed = parse_network(text);
  if (parsed.value) return ir::literal(*parsed.value);
  const std::size_t slash = std::min(text.find('/'), text.size());
  if (const auto meant = network_of_mapped(text)) {
    emitter_
        .emit(Code::InvalidConstant, node.span_of_text(slash + 1, text.size()),
              {quoted(text.substr(slash + 1)) +
               " is the prefix of an IPv6 network, which holds no IPv4 address"})
        .did_you_mean(node.span_of_text(0, text.size()), format_network(*meant));
  } else if (parsed.error == NetworkError::HostBitsSet) {
    emitter_
        .emit(Code::InvalidConstant, node.span_of_text(0, slash),
              {quoted(text) + " has bits behind its prefix"})
        .help("the network is `" + format_network(*parsed.nearest) + "`, the one address `" +
              std::string(text.substr(0, slash)) + "`");
  } else if (parsed.error == NetworkError::BadLength) {
    emitter_
        .emit(Code::InvalidConstant, node.span_of_text(slash + 1, text.size()),
              {quoted(text.substr(slash + 1)) + " is no length of a prefix"})
        .help("an integer of bits, at most " + std::string(text.find(':') < slash ? "128" : "32"));
  } else {
    emitter_
        .emit(Code::InvalidConstant, node.span_of_text(0, slash),
              {quoted(text.substr(0, slash)) + " is no IP address"})
        .help("a network is an address, `/` and the length of its prefix: `10.0.0.0/8`");
  }
  return std::nullopt;
}

std::optional<ir::Literal> LiteralReader::read_duration(const JsonNode& node) {
  if (!node.is(JsonKind::String)) return refuse_type(node, Kind::Duration);
  const std::string_view text = node.text();
  const ParsedDuration parsed = parse_duration(text);
  if (parsed.value) return ir::Literal(Kind::Duration, Shape::One, {Timestamp{*parsed.value}});
  const bool is_all = parsed.error == DurationError::Zero || parsed.offset >= text.size();
  const Span place = is_all ? node.span() : node.span_of_text(parsed.offset, text.size());
  auto diagnostic = emitter_.emit(Code::InvalidConstant, place,
                                  {quoted(text) + std::string(describe(parsed.error))});
  if (const auto meant = meant_duration(text)) {
    diagnostic.did_you_mean(node.span_of_text(0, text.size()), *meant);
  } else {
    diagnostic.help(
        "integers with their units, such as `15m`, `1h30m` or `7d`; the units are `w`, `d`, `h`, "
        "`m`, `s` and `ms`");
  }
  return std::nullopt;
}

std::optional<ir::Literal> LiteralReader::read_time_of_day(const JsonNode& node) {
  if (!node.is(JsonKind::String)) return refuse_type(node, Kind::TimeOfDay);
  const ParsedTimeOfDay time = parse_time_of_day(node.text());
  if (!time.error)
    return ir::Literal(Kind::TimeOfDay, Shape::One, {Number::from_integer(time.seconds)});
  const std::size_t begin = time.error->offset;
  emitter_
      .emit(Code::InvalidConstant, node.span_of_text(begin, begin + time.error->length),
            {quoted(node.text()) + " is no time of day: " + std::string(time.error->message)})
      .help(
          "write two digits each for hours, minutes and, where they matter, seconds: `08:30`, "
          "`22:00:15`; the end may be `24:00`");
  return std::nullopt;
}

std::optional<ir::Literal> LiteralReader::read_day_of_week(const JsonNode& node) {
  if (!node.is(JsonKind::String)) return refuse_type(node, Kind::DayOfWeek);
  const std::string_view text = node.text();
  if (const auto day = parse_day_of_week(text))
    return ir::Literal(Kind::DayOfWeek, Shape::One, {Number::from_integer(*day)});
  auto diagnostic =
      emitter_.emit(Code::UnknownValue, node.span(),
                    {std::string(text), "day of the week", ast::enumerate(kDayNames)});
  if (!diagnostic.is_kept()) return std::nullopt;
  // `monday` and `Tues` begin as the days do.
  auto nearest = find_nearest(text, kDayNames);
  if (!nearest) nearest = find_nearest(text.substr(0, kDayNames[0].size()), kDayNames);
  if (nearest) diagnostic.did_you_mean(ast::inside_quotes(node.span()), std::string(*nearest));
  return std::nullopt;
}

std::optional<ir::Literal> LiteralReader::read_ip(const JsonNode& node) {
  if (!node.is(JsonKind::String)) return refuse_type(node, Kind::Ip);
  if (const auto ip = parse_ip(node.text())) return ir::literal(*ip);
  auto diagnostic = emitter_.emit(Code::InvalidConstant, node.span(),
                                  {quoted(node.text()) + " is no IP address"});
  if (parse_network(node.text()).value)
    diagnostic.help("it is a network: `ip_in` takes networks, in `values`");
  return std::nullopt;
}

}  // namespace verdict::compiler
