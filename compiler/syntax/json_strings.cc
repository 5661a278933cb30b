// Written by hand: decoding is one loop, and faults need places that a failing grammar rule does
// not give.
#include "compiler/syntax/json_strings.h"

#include <optional>
#include <string>
#include <utility>

#include "vm/base/text.h"

namespace verdict::compiler {
namespace {

constexpr std::string_view kShortEscapes = "\"\\/bfnrt";
constexpr std::string_view kShortMeanings = "\"\\/\b\f\n\r\t";

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// The number of hexadecimal digits at the start, at most four.
std::size_t count_hex(std::string_view text) {
  std::size_t count = 0;
  while (count < 4 && count < text.size() && hex_value(text[count]) >= 0) ++count;
  return count;
}

std::uint32_t read_hex4(std::string_view text) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i)
    value = value * 16 + static_cast<std::uint32_t>(hex_value(text[i]));
  return value;
}

bool is_unit_escape(std::string_view text) {
  return text.starts_with("\\u") && count_hex(text.substr(2)) == 4;
}

bool is_high(std::uint32_t unit) { return unit >= 0xD800 && unit <= 0xDBFF; }
bool is_low(std::uint32_t unit) { return unit >= 0xDC00 && unit <= 0xDFFF; }

bool starts_low_unit(std::string_view text) {
  return is_unit_escape(text) && is_low(read_hex4(text.substr(2)));
}

// Reads `\uXXXX`, or two of them for a surrogate pair, at the start of `text`; returns their
// length.
std::size_t decode_unit_escape(std::string_view text, std::string& decoded) {
  const std::uint32_t unit = read_hex4(text.substr(2));
  if (!is_high(unit)) {
    append_utf8(decoded, static_cast<char32_t>(unit));
    return 6;
  }
  const std::uint32_t low = read_hex4(text.substr(8));
  append_utf8(decoded,
              static_cast<char32_t>(0x10000U + ((unit - 0xD800U) << 10U) + (low - 0xDC00U)));
  return 12;
}

// Appends what the escape at the start of `text` stands for; returns the escape's length.
std::size_t decode_escape(std::string_view text, std::string& decoded) {
  if (text[1] == 'u') return decode_unit_escape(text, decoded);
  decoded.push_back(kShortMeanings[kShortEscapes.find(text[1])]);
  return 2;
}

// An escape up to its end, and what is wrong with it.
struct Escape {
  std::size_t end;
  std::optional<StringFault> fault;
};

// Of `text`, which is `\u` and four digits, at `begin`.
Escape check_unit_escape(std::string_view text, std::size_t begin) {
  const std::uint32_t unit = read_hex4(text.substr(2));
  if (is_high(unit) && starts_low_unit(text.substr(6))) return {begin + 12, std::nullopt};
  if (is_high(unit) || is_low(unit)) return {begin + 6, StringFault::LoneSurrogate};
  return {begin + 6, std::nullopt};
}

Escape check_escape(std::string_view inside, std::size_t begin) {
  const std::string_view text = inside.substr(begin);
  if (text.size() == 1) return {begin + 1, std::nullopt};  // cut off, which is reported as such
  if (is_unit_escape(text)) return check_unit_escape(text, begin);
  if (kShortEscapes.find(text[1]) != std::string_view::npos) return {begin + 2, std::nullopt};
  const std::string_view letter = text.substr(1);
  const std::size_t size =
      letter[0] == 'u' ? 1 + count_hex(letter.substr(1)) : decode_code_point(letter).size;
  return {begin + 1 + size, StringFault::BadEscape};
}

// Collects faults from left to right, one per cause.
class FaultFinder {
 public:
  explicit FaultFinder(std::string_view inside) : inside_(inside) {}

  std::vector<StringFaultAt> find() {
    for (std::size_t i = 0; i < inside_.size();)
      i = inside_[i] == '\\' ? on_escape(i) : on_plain(i);
    return std::move(faults_);
  }

 private:
  // Where one half of a surrogate pair is misspelt, the other half is lone: one cause.
  std::size_t on_escape(std::size_t begin) {
    const Escape escape = check_escape(inside_, begin);
    if (!escape.fault.has_value()) return escape.end;
    const bool is_unit = inside_[begin + 1] == 'u';
    if (!is_unit || begin != bad_unit_end_) faults_.push_back({*escape.fault, begin, escape.end});
    if (is_unit) bad_unit_end_ = escape.end;
    return escape.end;
  }

  std::size_t on_plain(std::size_t begin) {
    if (static_cast<unsigned char>(inside_[begin]) < 0x20 && !has_control_) {
      faults_.push_back({StringFault::ControlCharacter, begin, begin + 1});
      has_control_ = true;
    }
    return begin + 1;
  }

  std::string_view inside_;
  std::vector<StringFaultAt> faults_;
  std::optional<std::size_t> bad_unit_end_;  // of the last `\u` that is wrong
  bool has_control_ = false;
};

}  // namespace

std::size_t decode_json_string(std::string_view inside, char* buffer) {
  std::size_t length = 0;
  std::string decoded;
  while (!inside.empty()) {
    const std::size_t plain = inside.copy(buffer + length, inside.find('\\'));
    length += plain;
    inside.remove_prefix(plain);
    if (inside.empty()) break;
    decoded.clear();
    inside.remove_prefix(decode_escape(inside, decoded));
    length += decoded.copy(buffer + length, decoded.size());
  }
  return length;
}

std::size_t find_raw_offset(std::string_view inside, std::size_t offset) {
  std::string decoded;
  std::size_t at = 0;
  while (at < inside.size() && decoded.size() < offset) {
    if (inside[at] == '\\') {
      at += decode_escape(inside.substr(at), decoded);
    } else {
      decoded.push_back(inside[at++]);
    }
  }
  return at;
}

std::vector<StringFaultAt> find_string_faults(std::string_view inside) {
  return FaultFinder(inside).find();
}

}  // namespace verdict::compiler
