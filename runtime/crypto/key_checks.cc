#include "runtime/crypto/key_checks.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include <openssl/bn.h>

#include "runtime/crypto/openssl.h"
#include "vm/base/limits.h"

namespace verdict {
namespace {

using Number = openssl::Owner<BIGNUM>;

Unexpected<KeyError> refuse(std::string message) {
  return Unexpected(KeyError{std::move(message)});
}

unsigned to_byte(char character) { return static_cast<unsigned char>(character); }

bool is_odd(std::string_view number) { return (to_byte(number.back()) & 1U) != 0; }

// ---- RSA

constexpr std::size_t kMaxExponentBytes = 4;  // below 2^32

// Of a number without leading zero bytes.
std::size_t count_bits(std::string_view number) {
  return 8 * (number.size() - 1) + static_cast<std::size_t>(std::bit_width(to_byte(number[0])));
}

// The primes that Infineon's generator made are 65537^a modulo a product of small primes, so the
// modulus is a power of 65537 modulo each of them. Nemec, Sys, Svenda, Klinec, Matyas: "The Return
// of Coppersmith's Attack", CCS 2017, sections 2 and 3; these are the odd primes of the product for
// the smallest keys, which divide those for all larger ones.
constexpr auto kRocaPrimes = std::to_array<std::uint32_t>(
    {3,  5,  7,  11, 13, 17,  19,  23,  29,  31,  37,  41,  43,  47,  53,  59,  61,  67,  71,
     73, 79, 83, 89, 97, 101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167});

bool is_power_of_65537(std::uint32_t residue, std::uint32_t prime) {
  std::uint32_t power = 1;
  do {
    if (power == residue) return true;
    power = power * (65537U % prime) % prime;
  } while (power != 1);
  return false;
}

std::uint32_t get_residue(std::string_view number, std::uint32_t prime) {
  std::uint32_t residue = 0;
  for (const char byte : number) residue = (residue << 8U | to_byte(byte)) % prime;
  return residue;
}

Expected<void, KeyError> check_modulus(std::string_view modulus) {
  if (modulus.empty() || modulus[0] == '\0') {
    return refuse("the modulus is empty or starts with a zero byte");
  }
  const std::size_t num_bits = count_bits(modulus);
  if (num_bits < limits::kMinRsaBits || num_bits > limits::kMaxRsaBits) {
    return refuse("the modulus has " + std::to_string(num_bits) + " bits, not " +
                  std::to_string(limits::kMinRsaBits) + " to " +
                  std::to_string(limits::kMaxRsaBits));
  }
  if (!is_odd(modulus)) return refuse("the modulus is even");
  if (has_roca_fingerprint(modulus)) {
    return refuse("the modulus was made by a faulty generator (ROCA, CVE-2017-15361)");
  }
  return {};
}

Expected<void, KeyError> check_exponent(std::string_view exponent) {
  if (exponent.empty() || exponent[0] == '\0') {
    return refuse("the exponent is empty or starts with a zero byte");
  }
  if (exponent.size() > kMaxExponentBytes) return refuse("the exponent is above 2^32");
  if (!is_odd(exponent)) return refuse("the exponent is even");
  if (exponent == "\x01") return refuse("the exponent is 1");
  return {};
}

// ---- Ed25519

constexpr std::size_t kPointSize = 32;
using Point = std::array<unsigned char, kPointSize>;

constexpr Point from_hex(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  Point point{};
  for (std::size_t i = 0; i < point.size(); ++i) {
    point[i] =
        static_cast<unsigned char>(kDigits.find(text[2 * i]) * 16 + kDigits.find(text[2 * i + 1]));
  }
  return point;
}

// Little-endian, the sign of x left out.
constexpr std::array<Point, 5> kSmallOrder = {
    from_hex("0100000000000000000000000000000000000000000000000000000000000000"),   // order 1
    from_hex("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),   // 2
    from_hex("0000000000000000000000000000000000000000000000000000000000000000"),   // 4
    from_hex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),   // 8
    from_hex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")};  // 8
// The prime of the field and the d of the curve, big-endian (RFC 8032, section 5.1).
constexpr Point kPrime =
    from_hex("7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed");
constexpr Point kCurveD =
    from_hex("52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3");

Number to_number(const Point& big_endian) {
  return Number(BN_bin2bn(big_endian.data(), kPointSize, nullptr));
}

struct FreeContext {
  void operator()(BN_CTX* context) const { BN_CTX_free(context); }
};

// There is an x for y: x^2 = (y^2 - 1) / (d y^2 + 1), so numerator times denominator is a square.
bool has_x(const BIGNUM* y, const BIGNUM* prime) {
  const std::unique_ptr<BN_CTX, FreeContext> context(BN_CTX_new());
  const Number d = to_number(kCurveD);
  const Number numerator(BN_new());
  const Number denominator(BN_new());
  BIGNUM* u = numerator.get();
  BIGNUM* v = denominator.get();
  BN_CTX* work = context.get();
  const bool done = work != nullptr && d && u != nullptr && v != nullptr &&
                    BN_mod_sqr(u, y, prime, work) == 1 &&
                    BN_mod_mul(v, u, d.get(), prime, work) == 1 && BN_sub_word(u, 1) == 1 &&
                    BN_add_word(v, 1) == 1 && BN_mod_mul(u, u, v, prime, work) == 1;
  return done && BN_kronecker(u, prime, work) >= 0;
}

bool is_on_curve(const Point& point) {
  const Number y(BN_lebin2bn(point.data(), kPointSize, nullptr));
  const Number prime = to_number(kPrime);
  return y && prime && BN_cmp(y.get(), prime.get()) < 0 && has_x(y.get(), prime.get());
}

}  // namespace

bool has_roca_fingerprint(std::string_view modulus) noexcept {
  return std::all_of(kRocaPrimes.begin(), kRocaPrimes.end(), [modulus](std::uint32_t prime) {
    return is_power_of_65537(get_residue(modulus, prime), prime);
  });
}

Expected<void, KeyError> check_rsa(std::string_view modulus, std::string_view exponent) {
  VERDICT_TRY(check_modulus(modulus));
  return check_exponent(exponent);
}

Expected<void, KeyError> check_ed25519(std::string_view x) {
  if (x.size() != kPointSize) return refuse("the public key is not 32 bytes long");
  Point point{};
  std::copy(x.begin(), x.end(), point.begin());
  point.back() &= 0x7FU;  // the sign of x
  const openssl::ErrorMark mark;
  if (std::find(kSmallOrder.begin(), kSmallOrder.end(), point) != kSmallOrder.end()) {
    return refuse("the public key is a point of small order");
  }
  if (!is_on_curve(point)) return refuse("the public key is no point of the curve");
  return {};
}

}  // namespace verdict
