#include "runtime/crypto/ecdsa.h"

#include <algorithm>

#include "vm/base/check.h"

namespace verdict {
namespace {

constexpr char kSequence = 0x30;
constexpr char kInteger = 0x02;
constexpr std::size_t kLongForm = 0x80;  // a length from here on takes a byte more

std::string_view without_leading_zeros(std::string_view number) {
  return number.substr(std::min(number.find_first_not_of('\0'), number.size()));
}

// Big-endian numbers of one length compare as their bytes do.
bool is_in_range(std::string_view number, std::string_view order) {
  return !without_leading_zeros(number).empty() && number < order;
}

// A first bit that is set would be a sign.
bool needs_zero(std::string_view digits) {
  return (static_cast<unsigned char>(digits.front()) & 0x80U) != 0;
}

std::size_t integer_size(std::string_view digits) {
  return 2 + (needs_zero(digits) ? 1U : 0U) + digits.size();
}

class Writer {
 public:
  explicit Writer(DerSignature& der) : der_(der) {}

  void put(char byte) {
    VERDICT_DCHECK(der_.size < der_.bytes.size());
    der_.bytes[der_.size++] = byte;
  }
  void put_length(std::size_t length) {
    if (length >= kLongForm) put(static_cast<char>(kLongForm + 1));
    put(static_cast<char>(length));
  }
  void put_integer(std::string_view digits) {
    put(kInteger);
    put_length(integer_size(digits) - 2);
    if (needs_zero(digits)) put('\0');
    for (const char byte : digits) put(byte);
  }

 private:
  DerSignature& der_;
};

}  // namespace

DerSignature to_der(std::string_view signature, std::string_view order) noexcept {
  DerSignature der;
  if (signature.size() != 2 * order.size()) return der;
  const std::string_view r = signature.substr(0, order.size());
  const std::string_view s = signature.substr(order.size());
  if (!is_in_range(r, order) || !is_in_range(s, order)) return der;
  const std::string_view r_digits = without_leading_zeros(r);
  const std::string_view s_digits = without_leading_zeros(s);
  Writer writer(der);
  writer.put(kSequence);
  writer.put_length(integer_size(r_digits) + integer_size(s_digits));
  writer.put_integer(r_digits);
  writer.put_integer(s_digits);
  return der;
}

}  // namespace verdict
