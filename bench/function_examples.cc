#include "bench/function_examples.h"

#include <algorithm>

#include "bench/by_hand.h"
#include "bench/workspace.h"

namespace verdict::bench {
namespace {

constexpr std::string_view kSixteenNetworks =
    R"(,"values":["10.0.0.0/16","10.16.0.0/16","10.32.0.0/16","10.48.0.0/16","10.64.0.0/16",)"
    R"("10.80.0.0/16","10.96.0.0/16","10.112.0.0/16","10.128.0.0/16","10.144.0.0/16",)"
    R"("10.160.0.0/16","10.176.0.0/16","10.192.0.0/16","10.208.0.0/16","10.224.0.0/16",)"
    R"("10.240.0.0/16"])";

// clang-format off
constexpr FunctionExample kExamples[] = {
    {Function::IsNull, "text", "", "null", R"("a")", hand::is_null},
    {Function::BooleanEqual, "flag", R"(,"value":true)", "true", "false", hand::boolean_equal},

    {Function::StringEqual, "text", R"(,"value":"admin")", R"("admin")", R"("audit")", hand::string_equal},
    {Function::StringIn, "text", R"(,"values":["admin","owner","manager","auditor"])", R"("manager")", R"("members")", hand::string_in},
    {Function::StringStartsWith, "text", R"(,"value":"https://app.")", R"("https://app.example.com/orders")", R"("https://api.example.com/orders")", hand::string_starts_with},
    {Function::StringStartsWithIgnoreCase, "text", R"(,"value":"https://app.")", R"("HTTPS://App.example.com/orders")", R"("https://api.example.com/orders")", hand::string_starts_with_ignore_case},
    {Function::StringContains, "text", R"(,"value":"+internal")", R"("ada.adler+internal@example.com")", R"("ada.adler+external@example.com")", hand::string_contains},
    {Function::StringContainsIgnoreCase, "text", R"(,"value":"+internal")", R"("Ada.Adler+Internal@example.com")", R"("Ada.Adler+External@example.com")", hand::string_contains_ignore_case},
    {Function::StringEndsWith, "text", R"(,"value":"@example.com")", R"("ada.adler@example.com")", R"("ada.adler@example.org")", hand::string_ends_with},
    {Function::StringEndsWithIgnoreCase, "text", R"(,"value":"@example.com")", R"("Ada.Adler@Example.com")", R"("Ada.Adler@Example.org")", hand::string_ends_with_ignore_case},
    {Function::StringEqualIgnoreCase, "text", R"(,"value":"ada.adler@example.com")", R"("Ada.Adler@Example.com")", R"("Ada.Adler@Example.org")", hand::string_equal_ignore_case},
    {Function::StringInIgnoreCase, "text", R"(,"values":["admin","owner","manager","auditor"])", R"("Manager")", R"("Members")", hand::string_in_ignore_case},
    {Function::StringLengthBetween, "text", R"(,"values":[3,24])", R"("ada.adler@example.com")", R"("ada.augusta.adler@example.com")", hand::string_length_between},
    {Function::StringLike, "text", R"(,"value":"*@*.example.com")", R"("ada.adler@mail.example.com")", R"("ada.adler@mail.example.org")", hand::string_like},
    {Function::StringLikeIgnoreCase, "text", R"(,"value":"*@*.example.com")", R"("Ada.Adler@Mail.example.com")", R"("Ada.Adler@Mail.example.org")", hand::string_like_ignore_case},
    {Function::StringMatches, "text", R"(,"value":"[A-Z]{2}-[0-9]{4}-[0-9]{6}")", R"("DE-2026-000417")", R"("DE-2026-00041x")", hand::string_matches},
    {Function::PathMatches, "text", R"(,"value":"/orders/{id}/*")", R"("/orders/17/items")", R"("/orders/17")", hand::path_matches},
    {Function::PathHasPrefix, "text", R"(,"value":"/orders")", R"("/orders/17/items")", R"("/order/17/items")", hand::path_has_prefix},

    {Function::NumberEqual, "number", R"(,"value":5)", "5", "6", hand::number_equal},
    {Function::NumberIn, "number", R"(,"values":[1,2,3,5,8,13])", "8", "9", hand::number_in},
    {Function::NumberLess, "number", R"(,"value":100)", "99.5", "100", hand::number_less_than},
    {Function::NumberLessEqual, "number", R"(,"value":100)", "100", "101", hand::number_less_than_or_equal},
    {Function::NumberGreater, "number", R"(,"value":100)", "101", "100", hand::number_greater_than},
    {Function::NumberGreaterEqual, "number", R"(,"value":100)", "100", "99.5", hand::number_greater_than_or_equal},
    {Function::NumberBetween, "number", R"(,"values":[1,10])", "5", "11", hand::number_between},
    {Function::NumberHasBits, "number", R"(,"value":5)", "7", "6", hand::number_has_bits},

    {Function::EnumEqual, "level", R"(,"value":"medium")", R"("medium")", R"("high")", hand::enum_equal},
    {Function::EnumIn, "level", R"(,"values":["low","medium"])", R"("medium")", R"("high")", hand::enum_in},
    {Function::EnumAtLeast, "level", R"(,"value":"medium")", R"("high")", R"("low")", hand::enum_at_least},
    {Function::EnumAtMost, "level", R"(,"value":"medium")", R"("low")", R"("high")", hand::enum_at_most},

    {Function::ListContainsString, "texts", R"(,"value":"approver")", R"(["buyer","viewer","approver","auditor"])", R"(["buyer","viewer","approved","auditor"])", hand::list_contains_text},
    {Function::ListContainsNumber, "numbers", R"(,"value":5)", "[1,3,5,7]", "[1,3,6,7]", hand::list_contains_number},
    {Function::ListContainsAnyString, "texts", R"(,"values":["admin","approver","owner"])", R"(["buyer","viewer","approver","auditor"])", R"(["buyer","viewer","approved","auditor"])", hand::list_contains_any_text},
    {Function::ListContainsAnyNumber, "numbers", R"(,"values":[2,4,5])", "[1,3,5,7]", "[1,3,6,7]", hand::list_contains_any_number},
    {Function::ListContainsAllString, "texts", R"(,"values":["approver","buyer"])", R"(["buyer","viewer","approver","auditor"])", R"(["buyer","viewer","approved","auditor"])", hand::list_contains_all_text},
    {Function::ListContainsAllNumber, "numbers", R"(,"values":[1,5])", "[1,3,5,7]", "[1,3,6,7]", hand::list_contains_all_number},
    {Function::ListIsSubsetOfString, "texts", R"(,"values":["approver","auditor","buyer","viewer"])", R"(["buyer","viewer","approver"])", R"(["buyer","viewer","admin"])", hand::list_is_subset_of_text},
    {Function::ListIsSubsetOfNumber, "numbers", R"(,"values":[1,3,5,7])", "[1,3,5]", "[1,3,6]", hand::list_is_subset_of_number},
    {Function::ListIsEmpty, "texts", "", "[]", R"(["buyer"])", hand::list_is_empty},
    {Function::ListSizeBetween, "texts", R"(,"values":[1,3])", R"(["buyer","viewer"])", R"(["buyer","viewer","approver","auditor"])", hand::list_size_between},

    {Function::TimestampBefore, "time", R"(,"value":"2026-06-01T00:00:00Z")", R"("2026-05-31T23:59:59Z")", R"("2026-06-01T00:00:00Z")", hand::timestamp_before},
    {Function::TimestampAfter, "time", R"(,"value":"2026-06-01T00:00:00Z")", R"("2026-06-01T00:00:01Z")", R"("2026-06-01T00:00:00Z")", hand::timestamp_after},
    {Function::TimestampBetween, "time", R"(,"values":["2026-01-01T00:00:00Z","2026-06-01T00:00:00Z"])", R"("2026-02-03T04:05:06Z")", R"("2026-06-01T00:00:01Z")", hand::timestamp_between},
    {Function::TimestampWithinLast, "time", R"(,"value":"15m")", R"("2026-01-31T11:50:00Z")", R"("2026-01-31T11:40:00Z")", hand::timestamp_within_last},
    {Function::TimestampWithinNext, "time", R"(,"value":"15m")", R"("2026-01-31T12:10:00Z")", R"("2026-01-31T12:20:00Z")", hand::timestamp_within_next},
    {Function::TimeOfDayBetween, "time", R"(,"values":["08:00","17:00"],"time_zone":"Europe/Berlin")", R"("2026-06-01T12:00:00Z")", R"("2026-06-01T16:00:00Z")", hand::time_of_day_between},
    {Function::DayOfWeekIn, "time", R"(,"values":["mon","tue","wed","thu","fri"],"time_zone":"Europe/Berlin")", R"("2026-06-01T12:00:00Z")", R"("2026-06-05T23:00:00Z")", hand::day_of_week_in},

    {Function::IpEqual, "ip", R"(,"value":"192.0.2.1")", R"("192.0.2.1")", R"("192.0.2.2")", hand::ip_equal},
    {Function::IpIsPrivate, "ip", "", R"("192.168.0.1")", R"("192.0.2.1")", hand::ip_is_private},
    {Function::IpIsLoopback, "ip", "", R"("127.0.0.1")", R"("192.0.2.1")", hand::ip_is_loopback},
    {Function::IpIn, "ip", kSixteenNetworks, R"("10.128.3.4")", R"("10.129.3.4")", hand::ip_in},
};
// clang-format on

const FunctionExample& find_example(const FunctionRow& row) {
  const auto* const found = std::ranges::find(kExamples, row.function, &FunctionExample::function);
  if (found == std::end(kExamples))
    give_up(std::string(row.spelling) + " has no example in bench/function_examples.cc");
  return *found;
}

struct HandClaim {
  Kind kind;
  std::string_view name;
};
constexpr auto kClaims = std::to_array<HandClaim>({{Kind::String, "text"},
                                                   {Kind::Number, "number"},
                                                   {Kind::Boolean, "flag"},
                                                   {Kind::Enum, "level"},
                                                   {Kind::Timestamp, "time"},
                                                   {Kind::Ip, "ip"},
                                                   {Kind::StringList, "texts"},
                                                   {Kind::NumberList, "numbers"}});

double to_double(const Number& number) {
  return number.is_integer() ? static_cast<double>(number.integer()) : number.real();
}

Level to_level(std::string_view text) {
  if (text == "low") return Level::Low;
  return text == "medium" ? Level::Medium : Level::High;
}

template <class Element, class Convert>
std::vector<Element> to_vector(const ListValue& list, const Convert& convert) {
  std::vector<Element> elements;
  for (const Slot& element : elements_of(list)) elements.push_back(convert(element));
  return elements;
}

void set_claim(HandClaims& claims, Kind kind, const Slot& slot) {
  const auto text_of = [](const Slot& text) { return std::string(text.string.text()); };
  const auto number_of = [](const Slot& number) { return to_double(number.number); };
  if (kind == Kind::String) claims.text = text_of(slot);
  if (kind == Kind::Number) claims.number = number_of(slot);
  if (kind == Kind::Boolean) claims.flag = slot.boolean;
  if (kind == Kind::Enum) claims.level = to_level(slot.string.text());
  if (kind == Kind::Timestamp) claims.time = slot.timestamp;
  if (kind == Kind::Ip) claims.ip = slot.ip;
  if (kind == Kind::StringList) claims.texts = to_vector<std::string>(slot.list, text_of);
  if (kind == Kind::NumberList) claims.numbers = to_vector<double>(slot.list, number_of);
}

}  // namespace

std::vector<FunctionExample> function_examples() {
  std::vector<FunctionExample> examples;
  for (const FunctionRow& row : kFunctions) examples.push_back(find_example(row));
  return examples;
}

std::string name_of(const FunctionExample& example) {
  const std::string_view spelling = get_function_row(example.function).spelling;
  const auto shared = std::ranges::count(kFunctions, spelling, &FunctionRow::spelling);
  return std::string(spelling) + (shared > 1 ? " (" + std::string(example.claim) + ")" : "");
}

std::string condition_of(const FunctionExample& example) {
  return R"({"function":")" + std::string(get_function_row(example.function).spelling) +
         R"(","attribute":"ext_)" + std::string(example.claim) + "\"" +
         std::string(example.operand) + "}";
}

std::string claims_of(const FunctionExample& example, bool is_hit) {
  return R"({")" + std::string(example.claim) + R"(":)" +
         std::string(is_hit ? example.hit : example.miss) + "}";
}

std::string provider_of_examples() {
  std::string json;
  for (const auto& [kind, claim] : kClaims) {
    const std::string name(claim);
    json += (json.empty() ? "[" : ",") + (R"({"jwtPath":")" + name) + R"(","attribute":")" + name +
            R"(","required":false,"type":")" + std::string(spelling_of(kind)) + "\"";
    if (kind == Kind::Enum) json += R"(,"values":["low","medium","high"],"ordered":true)";
    json += "}";
  }
  return json + "]";
}

HandClaims hand_claims(const Program& program, const SlotView& slots) {
  HandClaims claims;
  claims.now = slots.now.value_or(0);
  for (const auto& [kind, name] : kClaims) {
    const auto attribute = program.find_attribute("ext_" + std::string(name));
    if (!attribute || slots.is_unknown(attribute->value())) continue;
    set_claim(claims, kind, slots.slots[attribute->index()]);
  }
  return claims;
}

}  // namespace verdict::bench
