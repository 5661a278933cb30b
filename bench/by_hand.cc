#include "bench/by_hand.h"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <fnmatch.h>
#include <functional>
#include <span>
#include <strings.h>

#include "bench/bare_pattern.h"

namespace verdict::bench::hand {
namespace {

using namespace std::string_view_literals;
using Ip = std::array<std::uint8_t, 16>;

// ---- texts

// The C library's functions look no further than a NUL, which these claims do not have.
bool has_prefix_folded(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() &&
         strncasecmp(text.data(), prefix.data(), prefix.size()) == 0;
}
bool has_suffix_folded(std::string_view text, std::string_view suffix) {
  return text.size() >= suffix.size() &&
         has_prefix_folded(text.substr(text.size() - suffix.size()), suffix);
}
bool is_equal_folded(std::string_view a, std::string_view b) {
  return a.size() == b.size() && has_prefix_folded(a, b);
}

char fold(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

// ---- paths

bool is_encoded_slash_or_dot(std::string_view text) {
  return text.size() >= 3 && text[1] == '2' && (fold(text[2]) == 'f' || fold(text[2]) == 'e');
}

// Nothing that means another path to somebody else.
bool is_plain(std::string_view path) {
  if (!path.starts_with('/')) return false;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const std::string_view rest = path.substr(i);
    if (rest[0] == '\\' || (rest[0] == '%' && is_encoded_slash_or_dot(rest))) return false;
    if (rest[0] != '/') continue;
    if (rest.starts_with("//") || rest.starts_with("/./") || rest.starts_with("/../") ||
        rest == "/." || rest == "/..")
      return false;
  }
  return true;
}

// ---- lists

bool has(const auto& list, const auto& value) {
  return std::ranges::find(list, value) != std::ranges::end(list);
}
bool has_any(const auto& list, const auto& values) {
  return std::ranges::any_of(list, [&](const auto& element) { return has(values, element); });
}
bool has_all(const auto& list, const auto& values) {
  return std::ranges::all_of(values, [&](const auto& value) { return has(list, value); });
}
bool is_subset(const auto& list, const auto& values) {
  return !list.empty() && has_all(values, list);
}

// ---- addresses

constexpr std::uint32_t v4(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d) {
  return (a << 24U) | (b << 16U) | (c << 8U) | d;
}
constexpr Ip mapped(std::uint32_t ip) {
  return {0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0xFF,
          0xFF,
          static_cast<std::uint8_t>(ip >> 24U),
          static_cast<std::uint8_t>(ip >> 16U),
          static_cast<std::uint8_t>(ip >> 8U),
          static_cast<std::uint8_t>(ip)};
}
bool is_v4(const Ip& ip) {
  constexpr Ip kMapped = mapped(0);
  return std::memcmp(ip.data(), kMapped.data(), 12) == 0;
}
std::uint32_t v4_of(const Ip& ip) { return v4(ip[12], ip[13], ip[14], ip[15]); }

struct V4Network {
  std::uint32_t address;
  std::uint32_t mask;
};
constexpr std::uint32_t kSixteenBits = 0xFFFF0000;
constexpr auto kNetworks = [] {
  std::array<V4Network, 16> networks{};
  for (std::uint32_t i = 0; i < networks.size(); ++i)
    networks.at(i) = {v4(10, 16 * i, 0, 0), kSixteenBits};
  return networks;
}();
bool is_in(std::uint32_t ip, const V4Network& network) {
  return (ip & network.mask) == network.address;
}

// ---- times

using std::chrono::sys_seconds;
using std::chrono::sys_time;

constexpr std::int64_t to_micros(sys_seconds time) {
  return time.time_since_epoch().count() * 1'000'000;
}
constexpr sys_seconds day(int year, unsigned month, unsigned day_of_month) {
  return std::chrono::sys_days(std::chrono::year(year) / static_cast<int>(month) /
                               static_cast<int>(day_of_month));
}
constexpr std::int64_t kJanuary = to_micros(day(2026, 1, 1));
constexpr std::int64_t kJune = to_micros(day(2026, 6, 1));
constexpr std::int64_t kQuarterHour = std::int64_t{15} * 60 * 1'000'000;

// The switches of Berlin's clocks, which the European Union has had on these Sundays since 1996.
struct Switch {
  sys_seconds at;
  std::chrono::seconds offset;
};
constexpr int kFirstYear = 1996;
constexpr auto kBerlin = [] {
  using namespace std::chrono;
  std::array<Switch, 200> switches{};
  for (std::size_t i = 0; i < switches.size(); ++i) {
    const auto month = i % 2 == 0 ? March : October;
    const year_month_weekday_last sunday =
        year(kFirstYear + static_cast<int>(i / 2)) / month / Sunday[last];
    switches.at(i) = {sys_days(sunday) + hours(1), hours(i % 2 == 0 ? 2 : 1)};
  }
  return switches;
}();

// Since 1970 by the clocks of Berlin.
std::chrono::seconds berlin_time(std::int64_t micros) {
  using namespace std::chrono;
  const auto at = floor<seconds>(sys_time<microseconds>(microseconds(micros)));
  const auto* const next = std::ranges::upper_bound(kBerlin, at, {}, &Switch::at);
  return at.time_since_epoch() + std::prev(next)->offset;
}

}  // namespace

bool is_null(const HandClaims& claims) { return !claims.text; }
bool boolean_equal(const HandClaims& claims) { return claims.flag && *claims.flag; }

bool string_equal(const HandClaims& claims) { return claims.text && *claims.text == "admin"sv; }
bool string_in(const HandClaims& claims) {
  static constexpr std::array kRoles = {"admin"sv, "owner"sv, "manager"sv, "auditor"sv};
  return claims.text && has(kRoles, std::string_view(*claims.text));
}
bool string_starts_with(const HandClaims& claims) {
  return claims.text && claims.text->starts_with("https://app."sv);
}
bool string_starts_with_ignore_case(const HandClaims& claims) {
  return claims.text && has_prefix_folded(*claims.text, "https://app."sv);
}
bool string_contains(const HandClaims& claims) {
  return claims.text && claims.text->find("+internal"sv) != std::string::npos;
}
bool string_contains_ignore_case(const HandClaims& claims) {
  static constexpr std::string_view kPart = "+internal";
  const auto is_same = [](char a, char b) { return fold(a) == b; };
  return claims.text && std::search(claims.text->begin(), claims.text->end(), kPart.begin(),
                                    kPart.end(), is_same) != claims.text->end();
}
bool string_ends_with(const HandClaims& claims) {
  return claims.text && claims.text->ends_with("@example.com"sv);
}
bool string_ends_with_ignore_case(const HandClaims& claims) {
  return claims.text && has_suffix_folded(*claims.text, "@example.com"sv);
}
bool string_equal_ignore_case(const HandClaims& claims) {
  return claims.text && is_equal_folded(*claims.text, "ada.adler@example.com"sv);
}
bool string_in_ignore_case(const HandClaims& claims) {
  static constexpr std::array kRoles = {"admin"sv, "owner"sv, "manager"sv, "auditor"sv};
  return claims.text && std::ranges::any_of(kRoles, [&](std::string_view role) {
           return is_equal_folded(*claims.text, role);
         });
}
bool string_length_between(const HandClaims& claims) {
  if (!claims.text) return false;
  const auto length = std::ranges::count_if(*claims.text, std::not_fn(is_continuation));
  return 3 <= length && length <= 24;
}
bool string_like(const HandClaims& claims) {
  return claims.text && fnmatch("*@*.example.com", claims.text->c_str(), 0) == 0;
}
bool string_like_ignore_case(const HandClaims& claims) {
  return claims.text && fnmatch("*@*.example.com", claims.text->c_str(), FNM_CASEFOLD) == 0;
}
bool string_matches(const HandClaims& claims) {
  static const BarePattern kOrder("[A-Z]{2}-[0-9]{4}-[0-9]{6}");
  return claims.text && kOrder.matches(*claims.text);
}
bool path_matches(const HandClaims& claims) {
  if (!claims.text || !is_plain(*claims.text) || !claims.text->starts_with("/orders/"sv))
    return false;
  const std::string_view rest = std::string_view(*claims.text).substr("/orders/"sv.size());
  const std::size_t slash = rest.find('/');
  return slash != 0 && slash != std::string_view::npos && slash + 1 < rest.size() &&
         rest.find('/', slash + 1) == std::string_view::npos;
}
bool path_has_prefix(const HandClaims& claims) {
  static constexpr std::string_view kPrefix = "/orders";
  return claims.text && is_plain(*claims.text) && claims.text->starts_with(kPrefix) &&
         (claims.text->size() == kPrefix.size() || (*claims.text)[kPrefix.size()] == '/');
}

bool number_equal(const HandClaims& claims) { return claims.number && *claims.number == 5; }
bool number_in(const HandClaims& claims) {
  static constexpr std::array kNumbers = {1.0, 2.0, 3.0, 5.0, 8.0, 13.0};
  return claims.number && has(kNumbers, *claims.number);
}
bool number_less_than(const HandClaims& claims) { return claims.number && *claims.number < 100; }
bool number_less_than_or_equal(const HandClaims& claims) {
  return claims.number && *claims.number <= 100;
}
bool number_greater_than(const HandClaims& claims) { return claims.number && *claims.number > 100; }
bool number_greater_than_or_equal(const HandClaims& claims) {
  return claims.number && *claims.number >= 100;
}
bool number_between(const HandClaims& claims) {
  return claims.number && 1 <= *claims.number && *claims.number <= 10;
}
bool number_has_bits(const HandClaims& claims) {
  if (!claims.number || *claims.number < 0 || *claims.number >= 0x1p63) return false;
  const auto bits = static_cast<std::uint64_t>(*claims.number);
  return static_cast<double>(bits) == *claims.number && (bits & 5U) == 5;
}

bool enum_equal(const HandClaims& claims) { return claims.level == Level::Medium; }
bool enum_in(const HandClaims& claims) {
  return claims.level == Level::Low || claims.level == Level::Medium;
}
bool enum_at_least(const HandClaims& claims) {
  return claims.level && *claims.level >= Level::Medium;
}
bool enum_at_most(const HandClaims& claims) {
  return claims.level && *claims.level <= Level::Medium;
}

bool list_contains_text(const HandClaims& claims) {
  return claims.texts && has(*claims.texts, "approver"sv);
}
bool list_contains_number(const HandClaims& claims) {
  return claims.numbers && has(*claims.numbers, 5.0);
}
bool list_contains_any_text(const HandClaims& claims) {
  static constexpr std::array kRoles = {"admin"sv, "approver"sv, "owner"sv};
  return claims.texts && has_any(*claims.texts, kRoles);
}
bool list_contains_any_number(const HandClaims& claims) {
  static constexpr std::array kNumbers = {2.0, 4.0, 5.0};
  return claims.numbers && has_any(*claims.numbers, kNumbers);
}
bool list_contains_all_text(const HandClaims& claims) {
  static constexpr std::array kRoles = {"approver"sv, "buyer"sv};
  return claims.texts && has_all(*claims.texts, kRoles);
}
bool list_contains_all_number(const HandClaims& claims) {
  static constexpr std::array kNumbers = {1.0, 5.0};
  return claims.numbers && has_all(*claims.numbers, kNumbers);
}
bool list_is_subset_of_text(const HandClaims& claims) {
  static constexpr std::array kRoles = {"approver"sv, "auditor"sv, "buyer"sv, "viewer"sv};
  return claims.texts && is_subset(*claims.texts, kRoles);
}
bool list_is_subset_of_number(const HandClaims& claims) {
  static constexpr std::array kNumbers = {1.0, 3.0, 5.0, 7.0};
  return claims.numbers && is_subset(*claims.numbers, kNumbers);
}
bool list_is_empty(const HandClaims& claims) { return claims.texts && claims.texts->empty(); }
bool list_size_between(const HandClaims& claims) {
  return claims.texts && 1 <= claims.texts->size() && claims.texts->size() <= 3;
}

bool timestamp_before(const HandClaims& claims) { return claims.time && *claims.time < kJune; }
bool timestamp_after(const HandClaims& claims) { return claims.time && *claims.time > kJune; }
bool timestamp_between(const HandClaims& claims) {
  return claims.time && kJanuary <= *claims.time && *claims.time <= kJune;
}
bool timestamp_within_last(const HandClaims& claims) {
  return claims.time && claims.now - kQuarterHour <= *claims.time && *claims.time <= claims.now;
}
bool timestamp_within_next(const HandClaims& claims) {
  return claims.time && claims.now <= *claims.time && *claims.time <= claims.now + kQuarterHour;
}
bool time_of_day_between(const HandClaims& claims) {
  using namespace std::chrono_literals;
  if (!claims.time) return false;
  const auto of_day = berlin_time(*claims.time) % std::chrono::days(1);
  return 8h <= of_day && of_day < 17h;
}
bool day_of_week_in(const HandClaims& claims) {
  if (!claims.time) return false;
  const std::chrono::sys_days date(floor<std::chrono::days>(berlin_time(*claims.time)));
  return std::chrono::weekday(date).iso_encoding() <= 5;
}

bool ip_equal(const HandClaims& claims) {
  static constexpr Ip kHost = mapped(v4(192, 0, 2, 1));
  return claims.ip && *claims.ip == kHost;
}
bool ip_is_private(const HandClaims& claims) {
  if (!claims.ip) return false;
  if (!is_v4(*claims.ip)) return ((*claims.ip)[0] & 0xFEU) == 0xFC;
  const std::uint32_t ip = v4_of(*claims.ip);
  return (ip & 0xFF000000) == v4(10, 0, 0, 0) || (ip & 0xFFF00000) == v4(172, 16, 0, 0) ||
         (ip & 0xFFFF0000) == v4(192, 168, 0, 0);
}
bool ip_is_loopback(const HandClaims& claims) {
  static constexpr Ip kSix = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
  if (!claims.ip) return false;
  return is_v4(*claims.ip) ? (*claims.ip)[12] == 127 : *claims.ip == kSix;
}
bool ip_in(const HandClaims& claims) {
  if (!claims.ip || !is_v4(*claims.ip)) return false;
  const std::uint32_t ip = v4_of(*claims.ip);
  return std::ranges::any_of(kNetworks,
                             [ip](const V4Network& network) { return is_in(ip, network); });
}

}  // namespace verdict::bench::hand
