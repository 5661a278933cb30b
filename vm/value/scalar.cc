#include "vm/value/scalar.h"

#include "vm/base/limits.h"
#include "vm/value/calendar.h"
#include "vm/value/duration.h"
#include "vm/value/path.h"
#include "vm/value/text_match.h"

namespace verdict {
namespace {

Slot to_slot(bool value) {
  Slot slot;
  slot.boolean = value;
  return slot;
}
Slot to_slot(const Number& value) {
  Slot slot;
  slot.number = value;
  return slot;
}
Slot to_slot(const std::string& value) {
  Slot slot;
  slot.string = {value.data(), static_cast<std::uint32_t>(value.size()), kNone};
  return slot;
}
Slot to_slot(const Timestamp& value) {
  Slot slot;
  slot.timestamp = value.microseconds;
  return slot;
}
Slot to_slot(const IpValue& value) {
  Slot slot;
  slot.ip = value;
  return slot;
}
Slot to_slot(const Network& value) {
  Slot slot;
  slot.network = value_of(value);
  return slot;
}

template <class T>
std::optional<Scalar> to_scalar(const std::optional<T>& value) {
  return value ? std::optional<Scalar>(*value) : std::nullopt;
}

std::optional<Scalar> parse_held(Held held, std::string_view text) {
  switch (held) {
    case Held::Text:
      return std::string(text);
    case Held::Number:
      return to_scalar(parse_number(text).value);
    case Held::Boolean:
      if (text != "true" && text != "false") return std::nullopt;
      return text == "true";
    case Held::Time: {
      const std::optional<std::int64_t> time = parse_rfc3339(text);
      return time ? std::optional<Scalar>(Timestamp{*time}) : std::nullopt;
    }
    case Held::Address:
      return to_scalar(parse_ip(text));
    case Held::Network:
      return to_scalar(parse_network(text).value);
    case Held::Nothing:
    case Held::List:
    case Held::Zone:
      break;
  }
  return std::nullopt;
}

// Those first that have a grammar of their own.
std::optional<Scalar> parse_unchecked(Kind kind, std::string_view text) {
  if (kind == Kind::Duration) {
    const auto duration = parse_duration(text).value;
    return duration ? std::optional<Scalar>(Timestamp{*duration}) : std::nullopt;
  }
  if (kind == Kind::DayOfWeek) {
    const auto day = parse_day_of_week(text);
    return day ? std::optional<Scalar>(Number::from_integer(*day)) : std::nullopt;
  }
  if (kind != Kind::TimeOfDay) return parse_held(held_as(kind), text);
  const ParsedTimeOfDay time = parse_time_of_day(text);
  return time.error ? std::nullopt : std::optional<Scalar>(Number::from_integer(time.seconds));
}

bool is_integer_between(const Number& number, std::int64_t low, std::int64_t high) {
  return number.is_integer() && low <= number.integer() && number.integer() <= high;
}

}  // namespace

Slot slot_of(const Scalar& scalar) {
  return std::visit([](const auto& value) { return to_slot(value); }, scalar);
}

bool is_valid(Kind kind, const Slot& value) {
  switch (kind) {
    case Kind::String:
    case Kind::Enum:
    case Kind::Rank:
    case Kind::Folded:
    case Kind::Number:
    case Kind::Boolean:
    case Kind::Ip:
      return true;
    case Kind::Timestamp:
      return value.timestamp >= kMinTimestamp && value.timestamp <= kMaxTimestamp;
    case Kind::Part:
      return value.string.length > 0;
    case Kind::PathForm:
      return !find_path_pattern_error(value.string.text());
    case Kind::Path:
      return is_plain_path(value.string.text());
    case Kind::Glob:
      return value.string.length <= limits::kMaxGlobBytes && !find_glob_error(value.string.text());
    case Kind::Regex:  // whether it is one is asked once, where it is compiled
      return value.string.length <= limits::kMaxPatternBytes;
    case Kind::Network:
      return is_sound(network_of(value.network));
    case Kind::Duration:
      return value.timestamp > 0 && value.timestamp <= kMaxDuration && value.timestamp % 1000 == 0;
    case Kind::Length:
      return value.number.is_integer() && value.number.integer() >= 0;
    case Kind::Bits:
      return value.number.is_integer() && value.number.integer() > 0;
    case Kind::TimeOfDay:
      return is_integer_between(value.number, 0, kEndOfDay);
    case Kind::DayOfWeek:
      return is_integer_between(value.number, 0, std::int64_t{kDayNames.size()} - 1);
    case Kind::Presence:
    case Kind::StringList:
    case Kind::NumberList:
    case Kind::TimeZone:
      break;
  }
  return false;
}

bool is_less(Held held, const Slot& a, const Slot& b) {
  switch (held) {
    case Held::Number:
      return a.number < b.number;
    case Held::Time:
      return a.timestamp < b.timestamp;
    case Held::Address:
      return a.ip < b.ip;
    case Held::Network:
      return is_before(network_of(a.network), network_of(b.network));
    case Held::Nothing:
    case Held::Text:
    case Held::Boolean:
    case Held::List:
    case Held::Zone:
      break;
  }
  return false;
}

std::string format(Kind kind, const Slot& value) {
  if (kind == Kind::TimeOfDay) return format_time_of_day(value.number.integer());
  if (kind == Kind::DayOfWeek)
    return std::string(kDayNames.at(static_cast<std::size_t>(value.number.integer())));
  switch (held_as(kind)) {
    case Held::Text:
      return std::string(value.string.text());
    case Held::Number:
      return to_text(value.number);
    case Held::Boolean:
      return value.boolean ? "true" : "false";
    case Held::Time:
      return kind == Kind::Duration ? format_duration(value.timestamp)
                                    : format_rfc3339(value.timestamp);
    case Held::Address:
      return format_ip(value.ip);
    case Held::Network:
      return format_network(network_of(value.network));
    case Held::Nothing:
    case Held::List:
    case Held::Zone:
      break;
  }
  return {};
}

std::optional<Scalar> parse(Kind kind, std::string_view text) {
  std::optional<Scalar> scalar = parse_unchecked(kind, text);
  if (scalar && !is_valid(kind, slot_of(*scalar))) return std::nullopt;
  return scalar;
}

}  // namespace verdict
