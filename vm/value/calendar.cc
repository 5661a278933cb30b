#include "vm/value/calendar.h"

#include <algorithm>

namespace verdict {
namespace {

// Reads pairs of digits from the left; stops at the first error.
class TimeReader {
 public:
  explicit TimeReader(std::string_view text) : text_(text) {}

  ParsedTimeOfDay read() {
    seconds_ = read_pair(24, "the last hour of a day is 23") * 3600;
    read_colon();
    seconds_ += read_pair(59, "the last minute of an hour is 59") * 60;
    if (at_ < text_.size()) {
      read_colon();
      seconds_ += read_pair(59, "the last second of a minute is 59");
    }
    if (at_ < text_.size()) fail(at_, text_.size() - at_, "nothing may stand behind the seconds");
    if (seconds_ > kEndOfDay) fail(0, text_.size(), "the day ends at `24:00`");
    return {seconds_, error_};
  }

 private:
  // The first error counts.
  void fail(std::size_t offset, std::size_t length, std::string_view message) {
    if (!error_) error_ = TimeOfDayError{offset, length, message};
  }

  std::int64_t read_pair(std::int64_t most, std::string_view too_much) {
    const std::size_t begin = at_;
    const std::int64_t tens = read_digit();
    const std::int64_t value = tens * 10 + read_digit();
    if (value > most) fail(begin, 2, too_much);
    return value;
  }
  std::int64_t read_digit() {
    const char c = at_ < text_.size() ? text_[at_] : '\0';
    if (c < '0' || c > '9') fail(at_, 1, "a digit is expected here");
    ++at_;
    return error_ ? 0 : c - '0';
  }
  void read_colon() {
    if (at_ >= text_.size() || text_[at_] != ':') fail(at_, 1, "`:` is expected here");
    ++at_;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::int64_t seconds_ = 0;
  std::optional<TimeOfDayError> error_;
};

std::string two_digits(std::int64_t value) {
  return {static_cast<char>('0' + value / 10), static_cast<char>('0' + value % 10)};
}

}  // namespace

ParsedTimeOfDay parse_time_of_day(std::string_view text) { return TimeReader(text).read(); }

std::string format_time_of_day(std::int64_t seconds) {
  std::string text = two_digits(seconds / 3600) + ":" + two_digits(seconds / 60 % 60);
  if (seconds % 60 != 0) text += ":" + two_digits(seconds % 60);
  return text;
}

std::optional<std::int64_t> parse_day_of_week(std::string_view text) {
  const auto* const found = std::find(kDayNames.begin(), kDayNames.end(), text);
  if (found == kDayNames.end()) return std::nullopt;
  return found - kDayNames.begin();
}

}  // namespace verdict
