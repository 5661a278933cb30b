#include "runtime/jwt/token_error.h"

#include <algorithm>
#include <array>

#include "vm/base/text.h"

namespace verdict {
namespace {

enum class Outside : std::uint8_t { UnknownIssuer, ValidationFailed };

struct CauseRow {
  std::string_view spelling;
  Outside outside;
  std::string_view meaning;
};
constexpr auto kCauses = std::to_array<CauseRow>({
#define VERDICT_TOKEN_CAUSE(name, spelling, outside, meaning) {spelling, Outside::outside, meaning},
#include <verdict/token_causes.def>
});

constexpr const CauseRow& get_row(TokenCause cause) {
  return kCauses[static_cast<std::size_t>(cause)];
}

constexpr std::size_t kMaxQuoted = 200;
constexpr std::size_t kMaxEnumerated = 8;

struct Unit {
  std::int64_t seconds;
  std::string_view name;
};
constexpr auto kUnits = std::to_array<Unit>({{86400, " d"}, {3600, " h"}, {60, " min"}, {1, " s"}});

}  // namespace

std::string_view spelling_of(TokenCause cause) noexcept { return get_row(cause).spelling; }

std::string_view describe(TokenCause cause) noexcept { return get_row(cause).meaning; }

std::string_view TokenError::public_message() const noexcept {
  return get_row(cause).outside == Outside::UnknownIssuer ? "Unknown issuer"
                                                          : "Token validation failed";
}

std::string quote(std::string_view text) {
  const bool is_cut = text.size() > kMaxQuoted;
  return "`" + escape_for_display(text.substr(0, kMaxQuoted)) + (is_cut ? "...`" : "`");
}

std::string enumerate(const std::vector<std::string>& texts) {
  std::string list;
  for (std::size_t i = 0; i < std::min(texts.size(), kMaxEnumerated); ++i)
    list += (i == 0 ? "" : ", ") + quote(texts[i]);
  return list + (texts.size() > kMaxEnumerated ? ", ..." : "");
}

std::string duration_text(std::int64_t microseconds) {
  std::int64_t rest = microseconds / 1'000'000;
  std::string text;
  int num_parts = 0;
  for (const Unit& unit : kUnits) {
    const std::int64_t count = rest / unit.seconds;
    if ((count == 0 && !(unit.seconds == 1 && text.empty())) || num_parts == 2) continue;
    text += (text.empty() ? "" : " ") + std::to_string(count) + std::string(unit.name);
    rest %= unit.seconds;
    ++num_parts;
  }
  return text;
}

}  // namespace verdict
