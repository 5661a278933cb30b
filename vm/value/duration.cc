#include "vm/value/duration.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <system_error>

namespace verdict {
namespace {

struct Unit {
  std::string_view name;
  std::int64_t microseconds;
};
constexpr std::int64_t kSecond = 1000000;
constexpr auto kUnits = std::to_array<Unit>({{"w", 7 * 24 * 3600 * kSecond},
                                             {"d", 24 * 3600 * kSecond},
                                             {"h", 3600 * kSecond},
                                             {"m", 60 * kSecond},
                                             {"s", kSecond},
                                             {"ms", 1000}});

// One integer and its unit at the front of a text.
class Part {
 public:
  explicit Part(std::string_view text) {
    const std::size_t digits = std::min(text.find_first_not_of(kDigits), text.size());
    text_ = text.substr(0, std::min(text.find_first_of(kDigits, digits), text.size()));
    unit_offset_ = digits;
    const std::string_view name = text_.substr(digits);
    const auto* const found = std::find_if(kUnits.begin(), kUnits.end(),
                                           [&](const Unit& unit) { return unit.name == name; });
    if (digits > 0 && found != kUnits.end()) unit_ = found;
  }

  [[nodiscard]] std::size_t size() const { return text_.size(); }
  [[nodiscard]] std::size_t unit_offset() const { return unit_offset_; }
  [[nodiscard]] const Unit* unit() const { return unit_; }  // nullptr: it is no part
  // Nothing beyond a century.
  [[nodiscard]] std::optional<std::int64_t> microseconds() const {
    std::int64_t count = 0;
    const auto [end, error] = std::from_chars(text_.data(), text_.data() + unit_offset_, count);
    if (error != std::errc() || count > kMaxDuration / unit_->microseconds) return std::nullopt;
    return count * unit_->microseconds;
  }

 private:
  static constexpr std::string_view kDigits = "0123456789";
  std::string_view text_;
  std::size_t unit_offset_ = 0;
  const Unit* unit_ = nullptr;
};

}  // namespace

ParsedDuration parse_duration(std::string_view text) {
  std::int64_t total = 0;
  const Unit* last = nullptr;
  for (std::size_t at = 0; at < text.size() || last == nullptr;) {
    const Part part(text.substr(at));
    const std::size_t unit = at + part.unit_offset();
    if (part.unit() == nullptr) return {std::nullopt, DurationError::BadText, unit};
    if (last != nullptr && part.unit() <= last)
      return {std::nullopt, DurationError::UnitOrder, unit};
    const std::optional<std::int64_t> microseconds = part.microseconds();
    if (!microseconds || total > kMaxDuration - *microseconds)
      return {std::nullopt, DurationError::TooLong, at};
    total += *microseconds;
    last = part.unit();
    at += part.size();
  }
  if (total == 0) return {std::nullopt, DurationError::Zero, 0};
  return {total};
}

std::string format_duration(std::int64_t microseconds) {
  std::string text;
  for (const Unit& unit : kUnits) {
    const std::int64_t count = microseconds / unit.microseconds;
    if (count != 0) text += std::to_string(count) + std::string(unit.name);
    microseconds %= unit.microseconds;
  }
  return text;
}

}  // namespace verdict
