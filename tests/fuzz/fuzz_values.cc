// F10: the texts of values that policies and claims hold. The first byte says of which sort; a
// glob stands on the first line, what it is asked of behind it.
#include <algorithm>
#include <cctype>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "vm/base/check.h"
#include "vm/base/limits.h"
#include "vm/base/text.h"
#include "vm/value/network.h"
#include "vm/value/pattern.h"
#include "vm/value/scalar.h"
#include "vm/value/text_match.h"
#include "vm/value/time.h"

namespace {

using namespace verdict;

// The same form as a regular expression.
std::string expression_of(std::string_view glob) {
  std::string text = "(?s)";
  for (std::size_t i = 0; i < glob.size(); ++i) {
    if (glob[i] == '*' || glob[i] == '?') {
      text += glob[i] == '*' ? ".*" : ".";
      continue;
    }
    if (glob[i] == '\\') ++i;
    const bool is_letter =
        static_cast<unsigned char>(glob[i]) >= 0x80 || std::isalnum(glob[i]) != 0;
    text += is_letter ? "" : "\\";
    text += glob[i];
  }
  return text;
}

void check_glob(std::string_view input) {
  const std::size_t end = std::min(input.find('\n'), input.size());
  const std::string_view glob = input.substr(0, end);
  const std::string_view text = input.substr(std::min(end + 1, input.size()));
  const bool is_text = !find_invalid_utf8(input) && input.find('\0') == std::string_view::npos;
  if (!is_text || glob.size() > limits::kMaxGlobBytes || find_glob_error(glob)) return;
  const auto pattern = Pattern::compile(expression_of(glob));
  if (!pattern) return;  // its automaton is too large
  VERDICT_CHECK(pattern->matches(text) == truth_of(matches_glob(text, glob, Case::Exact)));
  const bool is_alike = matches_glob(text, glob, Case::Ignore);
  VERDICT_CHECK(is_alike || pattern->matches(text) == Truth::False);
}

// What is read is written as a text that is read as the same value, and written so again.
void check_round_trip(Kind kind, std::string_view input) {
  const auto value = parse(kind, input);
  if (!value) return;
  const std::string text = format(kind, slot_of(*value));
  const auto again = parse(kind, text);
  VERDICT_CHECK(again.has_value() && *again == *value);
  VERDICT_CHECK(format(kind, slot_of(*again)) == text);
}

// A network holds its own address and no host bits; its text is one.
void check_network(std::string_view input) {
  check_round_trip(Kind::Network, input);
  const ParsedNetwork parsed = parse_network(input);
  const auto& network = parsed.value ? parsed.value : parsed.nearest;
  if (!network) return;
  VERDICT_CHECK(is_sound(*network));
  const bool is_wide = network->prefix_length < 96;
  VERDICT_CHECK(contains(*network, network->address) || is_wide);
  VERDICT_CHECK(!is_before(*network, network->address));
}

// Seconds since 1970 with a fraction, which stay in their order when they become text.
void check_numeric_date(std::string_view input) {
  const auto time = parse_numeric_date(input);
  if (!time) return;
  VERDICT_CHECK(*time >= kMinTimestamp && *time <= kMaxTimestamp);
  VERDICT_CHECK(parse_rfc3339(format_rfc3339(*time)) == time);
}

constexpr std::pair<char, Kind> kSorts[] = {{'a', Kind::Ip},        {'d', Kind::Duration},
                                            {'t', Kind::Timestamp}, {'c', Kind::TimeOfDay},
                                            {'w', Kind::DayOfWeek}, {'#', Kind::Number}};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  if (input.empty()) return 0;
  const std::string_view rest = input.substr(1);
  if (input.front() == 'g') check_glob(rest);
  if (input.front() == 'n') check_network(rest);
  if (input.front() == 's') check_numeric_date(rest);
  for (const auto& [sort, kind] : kSorts) {
    if (input.front() == sort) check_round_trip(kind, rest);
  }
  return 0;
}
