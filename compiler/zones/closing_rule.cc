// The closing line of a time zone file.
#include "compiler/zones/zone_file.h"

namespace verdict::compiler {
namespace {

constexpr std::int32_t kHour = 3600;

// Takes what is expected off the front; once something is not there, all else is refused too.
class RuleReader {
 public:
  explicit RuleReader(std::string_view text) : rest_(text) {}

  std::optional<ClosingRule> read() {
    ClosingRule rule;
    read_name();
    rule.standard = -read_time(24);
    rule.daylight = rule.standard;
    if (!rest_.empty()) read_daylight(rule);
    if (failed_ || !rest_.empty()) return std::nullopt;
    if (!rule.has_daylight()) rule.start = rule.end = {};
    return rule;
  }

 private:
  void read_daylight(ClosingRule& rule) {
    read_name();
    rule.daylight = is_next(',') ? rule.standard + kHour : -read_time(24);
    rule.start = read_switch();
    rule.end = read_switch();
  }

  [[nodiscard]] bool is_next(char c) const { return !rest_.empty() && rest_.front() == c; }
  bool accept(char c) {
    if (!is_next(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void expect(char c) { failed_ = !accept(c) || failed_; }

  static bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
  static bool is_digit(char c) { return c >= '0' && c <= '9'; }

  // Letters, or in angle brackets letters, digits and signs; three at least.
  void read_name() {
    const bool is_quoted = accept('<');
    std::size_t length = 0;
    while (length < rest_.size() && is_of_name(rest_[length], is_quoted)) ++length;
    failed_ = length < 3 || failed_;
    rest_.remove_prefix(length);
    if (is_quoted) expect('>');
  }
  static bool is_of_name(char c, bool is_quoted) {
    return is_letter(c) || (is_quoted && (is_digit(c) || c == '+' || c == '-'));
  }

  // At most three digits.
  std::int32_t read_number(std::int32_t low, std::int32_t high) {
    std::int32_t value = 0;
    std::size_t length = 0;
    while (length < 3 && length < rest_.size() && is_digit(rest_[length]))
      value = value * 10 + (rest_[length++] - '0');
    failed_ = length == 0 || value < low || value > high || failed_;
    rest_.remove_prefix(length);
    return value;
  }

  // [+-]h[:mm[:ss]], in seconds.
  std::int32_t read_time(std::int32_t max_hours) {
    const bool is_negative = accept('-');
    if (!is_negative) accept('+');
    std::int32_t seconds = read_number(0, max_hours) * kHour;
    if (accept(':')) {
      seconds += read_number(0, 59) * 60;
      if (accept(':')) seconds += read_number(0, 59);
    }
    return is_negative ? -seconds : seconds;
  }

  YearlySwitch read_switch() {
    expect(',');
    YearlySwitch moment = read_day();
    moment.seconds = accept('/') ? read_time(167) : 2 * kHour;
    return moment;
  }

  YearlySwitch read_day() {
    if (accept('J')) return {SwitchDay::Julian, 0, 0, count(1, 365), 0};
    if (!accept('M')) return {SwitchDay::ZeroBased, 0, 0, count(0, 365), 0};
    YearlySwitch moment;
    moment.month = count(1, 12);
    expect('.');
    moment.week = count(1, 5);
    expect('.');
    moment.day = count(0, 6);
    return moment;
  }
  std::uint32_t count(std::int32_t low, std::int32_t high) {
    return static_cast<std::uint32_t>(read_number(low, high));
  }

  std::string_view rest_;
  bool failed_ = false;
};

}  // namespace

std::optional<ClosingRule> parse_closing_rule(std::string_view text) {
  return RuleReader(text).read();
}

}  // namespace verdict::compiler
