#include "compiler/reference/functions.h"

#include <cmath>
#include <regex>

#include "compiler/reference/local_time.h"

namespace verdict::compiler::reference {
namespace {

int sign_of_difference(std::int64_t a, std::int64_t b) { return a < b ? -1 : a > b ? 1 : 0; }
int sign_of_difference(double a, double b) { return a < b ? -1 : a > b ? 1 : 0; }

// A double beyond int64 decides by its sign. Within, its floor is an int64 exactly, and what is
// left over it decides where the floors are equal.
int compare_integer_with_double(std::int64_t integer, double real) {
  if (real >= 0x1p63) return -1;
  if (real < -0x1p63) return 1;
  const double floor = std::floor(real);
  const int whole = sign_of_difference(integer, static_cast<std::int64_t>(floor));
  return whole != 0 || floor == real ? whole : -1;
}

const std::string& string(const ir::Literal& literal) { return literal.get<std::string>(); }
const Number& number(const ir::Literal& literal) { return literal.get<Number>(); }

bool equal(const Scalar& a, const Scalar& b) {
  const auto* number = std::get_if<Number>(&a);
  return number != nullptr ? compare_exactly(*number, std::get<Number>(b)) == 0 : a == b;
}

bool contains(const ir::Literal& list, const Scalar& value) {
  for (const Scalar& element : list.scalars) {
    if (equal(element, value)) return true;
  }
  return false;
}
bool contains(const ir::Literal& list, const ir::Literal& value) {
  return contains(list, value.scalars.at(0));
}

bool contains_any(const ir::Literal& list, const ir::Literal& members) {
  for (const Scalar& member : members.scalars) {
    if (contains(list, member)) return true;
  }
  return false;
}
bool contains_all(const ir::Literal& list, const ir::Literal& members) {
  for (const Scalar& member : members.scalars) {
    if (!contains(list, member)) return false;
  }
  return true;
}

Truth truth(bool holds) { return holds ? Truth::True : Truth::False; }

// Bit by bit.
Truth has_bits(const Number& value, const Number& mask) {
  if (!value.is_integer() || !mask.is_integer()) return Truth::Unknown;
  if (value.integer() < 0 || mask.integer() <= 0) return Truth::Unknown;
  std::int64_t rest = value.integer();
  for (std::int64_t bits = mask.integer(); bits > 0; bits /= 2, rest /= 2) {
    if (bits % 2 == 1 && rest % 2 == 0) return Truth::False;
  }
  return Truth::True;
}

std::size_t rank(const std::vector<std::string>& order, const ir::Literal& value) {
  std::size_t place = 0;
  while (order.at(place) != string(value)) ++place;
  return place;
}

std::string lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return text;
}

ir::Literal lower_all(ir::Literal texts) {
  for (Scalar& scalar : texts.scalars) scalar = lower(std::get<std::string>(scalar));
  return texts;
}

// An empty part can only be an attribute's: as a constant it is an error.
Truth starts_with(const std::string& text, const std::string& part) {
  return part.empty() ? Truth::Unknown : truth(text.substr(0, part.size()) == part);
}
Truth ends_with(const std::string& text, const std::string& part) {
  if (part.empty()) return Truth::Unknown;
  return truth(text.size() >= part.size() && text.substr(text.size() - part.size()) == part);
}
Truth has_part(const std::string& text, const std::string& part) {
  return part.empty() ? Truth::Unknown : truth(text.find(part) != std::string::npos);
}

// Every byte but those that go on with a code point.
std::size_t count_points(const std::string& text) {
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1U : 0U;
  return count;
}

bool between(const Number& value, const ir::Literal& range) {
  const auto ends = range.get_all<Number>();
  return compare_exactly(ends.at(0), value) <= 0 && compare_exactly(value, ends.at(1)) <= 0;
}

// What stands between the slashes: `/a/b/` is a, b and nothing.
std::vector<std::string> segments_of(const std::string& path) {
  std::vector<std::string> segments;
  for (const char c : path) {
    if (c == '/') {
      segments.emplace_back();
    } else {
      segments.back() += c;
    }
  }
  return segments;
}

bool is_plain(const std::string& path) {
  if (path.empty() || path[0] != '/') return false;
  const std::string folded = lower(path);
  for (const char* part : {"\\", "%2f", "%2e", "//"}) {
    if (folded.find(part) != std::string::npos) return false;
  }
  for (const std::string& segment : segments_of(path)) {
    if (segment == "." || segment == "..") return false;
  }
  return true;
}

bool has_form(const std::string& path, const std::string& form) {
  const std::vector<std::string> segments = segments_of(path);
  const std::vector<std::string> expected = segments_of(form);
  const bool is_open = expected.back() == "**";
  if (is_open ? segments.size() < expected.size() : segments.size() != expected.size())
    return false;
  for (std::size_t i = 0; i < expected.size() - (is_open ? 1U : 0U); ++i) {
    const bool is_any = expected[i] == "*" || (!expected[i].empty() && expected[i][0] == '{');
    if (is_any ? segments[i].empty() : segments[i] != expected[i]) return false;
  }
  return true;
}

bool is_below(const std::string& path, const std::string& prefix) {
  const std::string folder = prefix.back() == '/' ? prefix : prefix + "/";
  return path == prefix || path.substr(0, folder.size()) == folder;
}

std::int64_t time(const ir::Literal& literal) { return literal.get<Timestamp>().microseconds; }

bool is_from_to(const std::vector<Timestamp>& ends, std::int64_t time) {
  return ends.at(0).microseconds <= time && time <= ends.at(1).microseconds;
}

// Whether a time lies between two others, one of which is the request's.
Truth is_near(const Operands& o, std::int64_t before, std::int64_t behind) {
  if (!o.now) return Truth::Unknown;
  const std::int64_t difference = time(o.value) - *o.now;
  return truth(-before <= difference && difference <= behind);
}

// Bit by bit, from the first one on.
bool bit(const IpValue& ip, unsigned i) { return ((ip.at(i / 8) >> (7 - i % 8)) & 1U) != 0; }

bool lies_in(const IpValue& ip, const Network& network) {
  for (unsigned i = 0; i < network.prefix_length; ++i) {
    if (bit(ip, i) != bit(network.address, i)) return false;
  }
  return true;
}

// Every text that a glob stands for: a `*` for nothing or for one byte more, a `?` for one
// character.
bool has_glob(const std::string& text, const std::string& glob) {
  // ends[i]: whether text[0, i) has the form of the glob so far.
  std::vector<bool> ends(text.size() + 1, false);
  ends[0] = true;
  for (std::size_t g = 0; g < glob.size(); ++g) {
    std::vector<bool> next(ends.size(), false);
    const bool is_escaped = glob[g] == '\\';
    if (is_escaped) ++g;
    for (std::size_t i = 0; i < ends.size(); ++i) {
      if (!is_escaped && glob[g] == '*') {
        next[i] = ends[i] || (i > 0 && next[i - 1]);
      } else if (ends[i] && i < text.size() && !is_escaped && glob[g] == '?') {
        std::size_t end = i + 1;
        while (end < text.size() && count_points(text.substr(end, 1)) == 0) ++end;
        next[end] = true;
      } else if (ends[i] && i < text.size() && text[i] == glob[g]) {
        next[i + 1] = true;
      }
    }
    ends = next;
  }
  return ends.back();
}

std::wstring code_points(const std::string& text) {
  std::wstring wide;
  for (std::size_t i = 0; i < text.size();) {
    const std::uint32_t lead = static_cast<unsigned char>(text[i]);
    const std::size_t more = lead < 0xC0 ? 0 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
    std::uint32_t point = more == 0 ? lead : lead & (0x3FU >> more);
    for (std::size_t j = 1; j <= more; ++j)
      point = point * 64 + (static_cast<unsigned char>(text[i + j]) & 0x3FU);
    wide += static_cast<wchar_t>(point);
    i += more + 1;
  }
  return wide;
}

// By the standard library's, which means the same where both take an expression, but for `.` on
// carriage returns and U+2028 and U+2029.
Truth has_regex(const std::string& text, const std::string& expression) {
  try {
    return truth(std::regex_match(code_points(text), std::wregex(code_points(expression))));
  } catch (const std::regex_error&) {
    return Truth::Unknown;
  }
}

Clock clock(const Operands& o) { return clock_at(o.operand->zone->rules, time(o.value)); }

// Second by second from the first time to the second; at the end of the day another one begins.
bool is_in_window(const std::vector<Number>& ends, std::int64_t second) {
  constexpr std::int64_t kDay = 86400;
  const std::int64_t to = ends.at(1).integer() % kDay;
  std::int64_t at = ends.at(0).integer();
  do {
    if (at == second) return true;
    at = (at + 1) % kDay;
  } while (at != to);
  return false;
}

const IpValue& address(const ir::Literal& literal) { return literal.get<IpValue>(); }

bool is_ipv4(const IpValue& ip) {
  for (std::size_t i = 0; i < 10; ++i) {
    if (ip.at(i) != 0) return false;
  }
  return ip[10] == 0xFF && ip[11] == 0xFF;
}
bool is_private(const IpValue& ip) {
  if (!is_ipv4(ip)) return ip[0] == 0xFC || ip[0] == 0xFD;
  return ip[12] == 10 || (ip[12] == 172 && ip[13] >= 16 && ip[13] <= 31) ||
         (ip[12] == 192 && ip[13] == 168);
}
// A wide IPv6 network holds no IPv4 address, which only looks like one within it.
bool is_in_one_of(const IpValue& ip, const std::vector<Network>& networks) {
  for (const Network& network : networks) {
    const bool is_of_its_family = is_ipv4(network.address) || !is_ipv4(ip);
    if (is_of_its_family && lies_in(ip, network)) return true;
  }
  return false;
}
bool is_loopback(const IpValue& ip) {
  IpValue one{};
  one[15] = 1;
  return ip == one || (is_ipv4(ip) && ip[12] == 127);
}

Truth is_count_between(std::size_t count, const ir::Literal& range) {
  return truth(between(Number::from_integer(static_cast<std::int64_t>(count)), range));
}

}  // namespace

int compare_exactly(const Number& a, const Number& b) {
  if (a.is_integer() && b.is_integer()) return sign_of_difference(a.integer(), b.integer());
  if (a.is_integer()) return compare_integer_with_double(a.integer(), b.real());
  if (b.is_integer()) return -compare_integer_with_double(b.integer(), a.real());
  return sign_of_difference(a.real(), b.real());
}

Truth truth_of(const Operands& o) {
  switch (o.function) {
    case Function::IsNull:
      return Truth::False;
    case Function::BooleanEqual:
      return truth(o.value.get<bool>() == o.operand->get<bool>());
    case Function::StringEqual:
      return truth(string(o.value) == string(*o.operand));
    case Function::StringIn:
    case Function::NumberIn:
      return truth(contains(*o.operand, o.value));
    case Function::StringStartsWith:
      return starts_with(string(o.value), string(*o.operand));
    case Function::StringStartsWithIgnoreCase:
      return starts_with(lower(string(o.value)), lower(string(*o.operand)));
    case Function::StringEndsWith:
      return ends_with(string(o.value), string(*o.operand));
    case Function::StringEndsWithIgnoreCase:
      return ends_with(lower(string(o.value)), lower(string(*o.operand)));
    case Function::StringContains:
      return has_part(string(o.value), string(*o.operand));
    case Function::StringContainsIgnoreCase:
      return has_part(lower(string(o.value)), lower(string(*o.operand)));
    case Function::StringEqualIgnoreCase:
      return truth(lower(string(o.value)) == lower(string(*o.operand)));
    case Function::StringInIgnoreCase:
      return truth(contains(lower_all(*o.operand), lower_all(o.value)));
    case Function::StringLengthBetween:
      return is_count_between(count_points(string(o.value)), *o.operand);
    case Function::StringLike:
      return truth(has_glob(string(o.value), string(*o.operand)));
    case Function::StringMatches:
      return has_regex(string(o.value), string(*o.operand));
    case Function::StringLikeIgnoreCase:
      return truth(has_glob(lower(string(o.value)), lower(string(*o.operand))));
    case Function::NumberEqual:
      return truth(compare_exactly(number(o.value), number(*o.operand)) == 0);
    case Function::NumberLess:
      return truth(compare_exactly(number(o.value), number(*o.operand)) < 0);
    case Function::NumberLessEqual:
      return truth(compare_exactly(number(o.value), number(*o.operand)) <= 0);
    case Function::NumberGreater:
      return truth(compare_exactly(number(o.value), number(*o.operand)) > 0);
    case Function::NumberGreaterEqual:
      return truth(compare_exactly(number(o.value), number(*o.operand)) >= 0);
    case Function::NumberBetween:
      return truth(between(number(o.value), *o.operand));
    case Function::NumberHasBits:
      return has_bits(number(o.value), number(*o.operand));
    case Function::EnumEqual:
      return truth(string(o.value) == string(*o.operand));
    case Function::EnumIn:
      return truth(contains(*o.operand, o.value));
    case Function::EnumAtLeast:
      return truth(rank(o.order, o.value) >= rank(o.order, *o.operand));
    case Function::EnumAtMost:
      return truth(rank(o.order, o.value) <= rank(o.order, *o.operand));
    case Function::PathMatches:
      return is_plain(string(o.value)) ? truth(has_form(string(o.value), string(*o.operand)))
                                       : Truth::Unknown;
    case Function::PathHasPrefix:
      return is_plain(string(o.value)) && is_plain(string(*o.operand))
                 ? truth(is_below(string(o.value), string(*o.operand)))
                 : Truth::Unknown;
    case Function::TimestampBefore:
      return truth(time(o.value) < time(*o.operand));
    case Function::TimestampAfter:
      return truth(time(o.value) > time(*o.operand));
    case Function::TimestampBetween:
      return truth(is_from_to(o.operand->get_all<Timestamp>(), time(o.value)));
    case Function::TimestampWithinLast:
      return is_near(o, time(*o.operand), 0);
    case Function::TimestampWithinNext:
      return is_near(o, 0, time(*o.operand));
    case Function::IpIn:
      return truth(is_in_one_of(address(o.value), o.operand->get_all<Network>()));
    case Function::TimeOfDayBetween:
      return truth(is_in_window(o.operand->get_all<Number>(), clock(o).second_of_day));
    case Function::DayOfWeekIn:
      return truth(contains(*o.operand, Number::from_integer(clock(o).day_of_week)));
    case Function::IpEqual:
      return truth(address(o.value) == address(*o.operand));
    case Function::IpIsPrivate:
      return truth(is_private(address(o.value)));
    case Function::IpIsLoopback:
      return truth(is_loopback(address(o.value)));
    case Function::ListContainsString:
    case Function::ListContainsNumber:
      return truth(contains(o.value, *o.operand));
    case Function::ListContainsAnyString:
    case Function::ListContainsAnyNumber:
      return truth(contains_any(o.value, *o.operand));
    case Function::ListContainsAllString:
    case Function::ListContainsAllNumber:
      return o.operand->scalars.empty() ? Truth::Unknown : truth(contains_all(o.value, *o.operand));
    case Function::ListIsSubsetOfString:
    case Function::ListIsSubsetOfNumber:
      return truth(!o.value.scalars.empty() && contains_all(*o.operand, o.value));
    case Function::ListIsEmpty:
      return truth(o.value.scalars.empty());
    case Function::ListSizeBetween:
      return is_count_between(o.value.scalars.size(), *o.operand);
  }
  return Truth::Unknown;
}

}  // namespace verdict::compiler::reference
