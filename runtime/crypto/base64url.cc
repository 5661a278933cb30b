// Four characters become three bytes by four look-ups and three ORs; a character that is none sets
// a bit that no byte has. It is looked at once, at the end: a token is decoded in full or refused.
#include "runtime/crypto/base64url.h"

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

namespace verdict {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
static_assert(kAlphabet.size() == 64);

// The byte behind the three that a group stands for.
constexpr std::size_t kBadByte = 3;

// Shifts that put byte `index` of the group where memory has it.
constexpr unsigned shift_of(std::size_t index) {
  const std::size_t place = std::endian::native == std::endian::little ? index : 3 - index;
  return static_cast<unsigned>(8 * place);
}
constexpr std::uint32_t kBad = std::uint32_t{1} << shift_of(kBadByte);

// 24 bits in the order of the text -> their bytes in the order of memory.
constexpr std::uint32_t in_memory_order(std::uint32_t bits) {
  return ((bits >> 16U) & 0xFFU) << shift_of(0) | ((bits >> 8U) & 0xFFU) << shift_of(1) |
         (bits & 0xFFU) << shift_of(2);
}

using Table = std::array<std::uint32_t, 256>;

// What a character contributes at place 0 to 3 of a group.
constexpr Table make_table(unsigned place) {
  Table table{};
  table.fill(kBad);
  for (std::uint32_t value = 0; value < kAlphabet.size(); ++value) {
    table[static_cast<unsigned char>(kAlphabet[value])] =
        in_memory_order(value << (6U * (3U - place)));
  }
  return table;
}
constexpr std::array<Table, 4> kTables = {make_table(0), make_table(1), make_table(2),
                                          make_table(3)};

std::uint32_t look_up(std::string_view text, std::size_t at, std::size_t place) {
  return kTables[place][static_cast<unsigned char>(text[at + place])];
}

std::uint32_t decode_group(std::string_view text, std::size_t at) {
  return look_up(text, at, 0) | look_up(text, at, 1) | look_up(text, at, 2) | look_up(text, at, 3);
}

// The last group, of two to four characters: `count` of its bytes are wanted, the others must be
// zero.
std::uint32_t decode_last(std::string_view text, std::size_t at, std::size_t count, char* out) {
  std::uint32_t group = 0;
  for (std::size_t place = 0; at + place < text.size(); ++place) group |= look_up(text, at, place);
  std::array<char, 4> bytes{};
  std::memcpy(bytes.data(), &group, sizeof(group));
  std::memcpy(out, bytes.data(), count);
  bool clean = true;
  for (std::size_t i = count; i < bytes.size(); ++i) clean &= bytes[i] == 0;
  return clean ? 0 : kBad;
}

}  // namespace

bool decode_base64url(std::string_view text, char* out) noexcept {
  if (text.size() % 4 == 1) return false;
  if (text.empty()) return true;
  const std::size_t last = (text.size() - 1) / 4 * 4;
  std::uint32_t seen = 0;
  for (std::size_t at = 0; at < last; at += 4, out += 3) {
    const std::uint32_t group = decode_group(text, at);
    seen |= group;
    std::memcpy(out, &group, sizeof(group));  // its fourth byte is overwritten by what follows
  }
  seen |= decode_last(text, last, decoded_length(text.size() - last), out);
  return (seen & kBad) == 0;
}

std::optional<std::string> decode_base64url(std::string_view text) {
  std::string bytes(decoded_length(text.size()), '\0');
  if (!decode_base64url(text, bytes.data())) return std::nullopt;
  return bytes;
}

std::string encode_base64url(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() * 4 + 2) / 3);
  std::uint32_t bits = 0;
  unsigned num_bits = 0;
  for (const char byte : bytes) {
    bits = bits << 8U | static_cast<unsigned char>(byte);
    for (num_bits += 8; num_bits >= 6; num_bits -= 6) {
      text += kAlphabet[(bits >> (num_bits - 6)) & 63U];
    }
  }
  if (num_bits > 0) text += kAlphabet[(bits << (6 - num_bits)) & 63U];
  return text;
}

}  // namespace verdict
