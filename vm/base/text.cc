// Plain loops: the fast path is the eight-byte test for ASCII, which nearly all claims and policies
// are.
#include "vm/base/text.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "vm/base/check.h"

namespace verdict {
namespace {

constexpr std::size_t kWord = sizeof(std::uint64_t);
constexpr std::uint64_t kOnes = 0x0101010101010101U;
constexpr std::uint64_t kHighBits = 0x80 * kOnes;

std::uint64_t load_word(const char* bytes) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, kWord);
  return word;
}

// The number of bytes before the first one that is not ASCII, rounded down to words; all if there
// is none in a word.
std::size_t skip_ascii_words(std::string_view text, std::size_t offset) {
  while (text.size() - offset >= kWord && (load_word(text.data() + offset) & kHighBits) == 0) {
    offset += kWord;
  }
  return offset;
}

// The number of bytes whose highest bit is set. The baseline processor has no popcount; the
// product's top byte is the sum.
std::size_t count_marks(std::uint64_t word) { return (((word & kHighBits) >> 7U) * kOnes) >> 56U; }

std::size_t count_zero_bytes(std::uint64_t word) {
  return count_marks(~(((word & ~kHighBits) + ~kHighBits) | word));
}

// The sum of `of_word` over whole words and of `of_byte` over the rest.
template <class OfWord, class OfByte>
std::size_t sum_words(std::string_view text, OfWord of_word, OfByte of_byte) {
  std::size_t sum = 0;
  for (; text.size() >= kWord; text.remove_prefix(kWord)) sum += of_word(load_word(text.data()));
  for (const char c : text) sum += of_byte(c) ? 1U : 0U;
  return sum;
}

unsigned byte_at(std::string_view text, std::size_t offset) {
  return static_cast<unsigned char>(text[offset]);
}

bool is_continuation(std::string_view text, std::size_t offset) {
  return offset < text.size() && (byte_at(text, offset) & 0xC0U) == 0x80U;
}

CodePoint invalid_byte(std::string_view text) {
  return {static_cast<char32_t>(byte_at(text, 0)), 1, false};
}

// What a lead byte promises: the length of the sequence, its own payload, and the smallest value
// that needs this length.
struct Lead {
  std::uint8_t size;
  std::uint32_t payload;
  std::uint32_t smallest;
};

// Size 0: not a lead byte.
Lead classify_lead(unsigned byte) {
  if (byte >= 0xC2 && byte <= 0xDF) return {2, byte & 0x1FU, 0x80};
  if (byte >= 0xE0 && byte <= 0xEF) return {3, byte & 0x0FU, 0x800};
  if (byte >= 0xF0 && byte <= 0xF4) return {4, byte & 0x07U, 0x10000};
  return {0, 0, 0};
}

bool is_scalar_value(std::uint32_t value) {
  return value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
}

struct Range {
  char32_t first;
  char32_t last;
};

// Sorted. Soft hyphen, Arabic letter mark, Mongolian vowel separator, zero-width and bidirectional
// controls, separators, invisible operators, byte-order mark, interlinear annotations, tags.
constexpr std::array<Range, 11> kHidden = {{{0x00, 0x1F},
                                            {0x7F, 0x9F},
                                            {0xAD, 0xAD},
                                            {0x61C, 0x61C},
                                            {0x180E, 0x180E},
                                            {0x200B, 0x200F},
                                            {0x2028, 0x202E},
                                            {0x2060, 0x206F},
                                            {0xFEFF, 0xFEFF},
                                            {0xFFF9, 0xFFFB},
                                            {0xE0000, 0xE007F}}};

void append_hex(std::string& text, std::uint32_t value, int digits) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
    text.push_back(kDigits[(value >> static_cast<unsigned>(shift)) & 0xFU]);
  }
}

// The letter of a short JSON escape; 0 if there is none.
char short_escape(char32_t code_point) {
  switch (code_point) {
    case U'\b':
      return 'b';
    case U'\f':
      return 'f';
    case U'\n':
      return 'n';
    case U'\r':
      return 'r';
    case U'\t':
      return 't';
    default:
      return 0;
  }
}

void append_unit_escape(std::string& text, std::uint32_t unit) {
  text += "\\u";
  append_hex(text, unit, 4);
}

// As JSON writes it: above U+FFFF as a surrogate pair.
void append_hidden(std::string& text, char32_t code_point) {
  if (const char letter = short_escape(code_point); letter != 0) {
    text += {'\\', letter};
    return;
  }
  const auto value = static_cast<std::uint32_t>(code_point);
  if (value <= 0xFFFF) return append_unit_escape(text, value);
  append_unit_escape(text, 0xD800U + ((value - 0x10000U) >> 10U));
  append_unit_escape(text, 0xDC00U + ((value - 0x10000U) & 0x3FFU));
}

}  // namespace

bool is_ascii(std::string_view text) noexcept {
  const std::size_t start = skip_ascii_words(text, 0);
  return std::all_of(text.begin() + static_cast<std::ptrdiff_t>(start), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::optional<std::size_t> find_invalid_utf8(std::string_view text) noexcept {
  std::size_t offset = skip_ascii_words(text, 0);
  while (offset < text.size()) {
    if (byte_at(text, offset) < 0x80) {
      offset = skip_ascii_words(text, offset + 1);
      continue;
    }
    const CodePoint code_point = decode_code_point(text.substr(offset));
    if (!code_point.valid) return offset;
    offset += code_point.size;
  }
  return std::nullopt;
}

std::size_t count_byte(std::string_view text, char byte) noexcept {
  const std::uint64_t pattern = static_cast<unsigned char>(byte) * kOnes;
  return sum_words(
      text, [pattern](std::uint64_t word) { return count_zero_bytes(word ^ pattern); },
      [byte](char c) { return c == byte; });
}

std::size_t count_code_points(std::string_view text) noexcept {
  return sum_words(
      text, [](std::uint64_t word) { return kWord - count_marks(word & ~(word << 1U)); },
      [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
}

CodePoint decode_code_point(std::string_view text) noexcept {
  const unsigned first = byte_at(text, 0);
  if (first < 0x80) return {static_cast<char32_t>(first), 1, true};
  const Lead lead = classify_lead(first);
  if (lead.size == 0) return invalid_byte(text);
  std::uint32_t value = lead.payload;
  for (std::size_t i = 1; i < lead.size; ++i) {
    if (!is_continuation(text, i)) return invalid_byte(text);
    value = (value << 6U) | (byte_at(text, i) & 0x3FU);
  }
  if (value < lead.smallest || !is_scalar_value(value)) return invalid_byte(text);
  return {static_cast<char32_t>(value), lead.size, true};
}

void append_utf8(std::string& text, char32_t code_point) {
  const auto value = static_cast<std::uint32_t>(code_point);
  VERDICT_CHECK(is_scalar_value(value));
  const auto append_byte = [&text](std::uint32_t byte) { text.push_back(static_cast<char>(byte)); };
  if (value < 0x80) return append_byte(value);
  if (value < 0x800) {
    append_byte(0xC0U | (value >> 6U));
  } else if (value < 0x10000) {
    append_byte(0xE0U | (value >> 12U));
    append_byte(0x80U | ((value >> 6U) & 0x3FU));
  } else {
    append_byte(0xF0U | (value >> 18U));
    append_byte(0x80U | ((value >> 12U) & 0x3FU));
    append_byte(0x80U | ((value >> 6U) & 0x3FU));
  }
  append_byte(0x80U | (value & 0x3FU));
}

bool is_hidden(char32_t code_point) noexcept {
  const auto* range =
      std::lower_bound(kHidden.begin(), kHidden.end(), code_point,
                       [](const Range& r, char32_t value) { return r.last < value; });
  return range != kHidden.end() && range->first <= code_point;
}

void append_for_display(std::string& text, CodePoint code_point) {
  if (!code_point.valid) {
    text += "\\x";
    append_hex(text, static_cast<std::uint32_t>(code_point.value), 2);
  } else if (is_hidden(code_point.value)) {
    append_hidden(text, code_point.value);
  } else {
    append_utf8(text, code_point.value);
  }
}

std::string escape_for_display(std::string_view text) {
  std::string shown;
  shown.reserve(text.size());
  while (!text.empty()) {
    const CodePoint code_point = decode_code_point(text);
    append_for_display(shown, code_point);
    text.remove_prefix(code_point.size);
  }
  return shown;
}

}  // namespace verdict
