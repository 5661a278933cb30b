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

// ---- Edwards curves

// a x^2 + y^2 = 1 + d x^2 y^2 (RFC 8032, sections 5.1 and 5.2). Numbers in hexadecimal.
struct EdwardsCurve {
  const char* prime;
  bool a_is_minus_one;  // else it is 1
  const char* d;
  std::array<const char*, 5>
      small_order;  // y of the points of small order; null where there is none
};
constexpr EdwardsCurve kEdwards25519 = {
    "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed",
    true,
    "52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3",
    {"1", "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec", "0",
     "05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826",
     "7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7"}};
constexpr EdwardsCurve kEdwards448 = {
    "fffffffffffffffffffffffffffffffffffffffffffffffffffffffe"
    "ffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    false,
    "fffffffffffffffffffffffffffffffffffffffffffffffffffffffe"
    "ffffffffffffffffffffffffffffffffffffffffffffffffffff6756",
    {"1",
     "fffffffffffffffffffffffffffffffffffffffffffffffffffffffe"
     "fffffffffffffffffffffffffffffffffffffffffffffffffffffffe",
     "0", nullptr, nullptr}};

Number to_number(const char* hex) {
  BIGNUM* number = nullptr;
  BN_hex2bn(&number, hex);
  return Number(number);
}

struct FreeContext {
  void operator()(BN_CTX* context) const { BN_CTX_free(context); }
};

// There is an x for y: x^2 = (y^2 - 1) / (d y^2 - a), so numerator times denominator is a square.
bool has_x(const EdwardsCurve& curve, const BIGNUM* y, const BIGNUM* prime) {
  const std::unique_ptr<BN_CTX, FreeContext> context(BN_CTX_new());
  const Number d = to_number(curve.d);
  const Number numerator(BN_new());
  const Number denominator(BN_new());
  BIGNUM* u = numerator.get();
  BIGNUM* v = denominator.get();
  BN_CTX* work = context.get();
  const bool done = work != nullptr && d && u != nullptr && v != nullptr &&
                    BN_mod_sqr(u, y, prime, work) == 1 &&
                    BN_mod_mul(v, u, d.get(), prime, work) == 1 && BN_sub_word(u, 1) == 1 &&
                    (curve.a_is_minus_one ? BN_add_word(v, 1) : BN_sub_word(v, 1)) == 1 &&
                    BN_mod_mul(u, u, v, prime, work) == 1;
  return done && BN_kronecker(u, prime, work) >= 0;
}

// True too where OpenSSL cannot tell.
bool may_be_of_small_order(const EdwardsCurve& curve, const BIGNUM* y) {
  return std::any_of(curve.small_order.begin(), curve.small_order.end(), [y](const char* hex) {
    if (hex == nullptr) return false;
    const Number small = to_number(hex);
    return !small || BN_cmp(small.get(), y) == 0;
  });
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

Expected<void, KeyError> check_edwards(KeyType type, std::string_view x) {
  const std::size_t size = get_row(type).coordinate_size;
  if (x.size() != size) {
    return refuse("the public key is not " + std::to_string(size) + " bytes long");
  }
  std::string little_endian(x);
  little_endian.back() = static_cast<char>(to_byte(x.back()) & 0x7FU);  // without the sign of x
  const openssl::ErrorMark mark;
  const EdwardsCurve& curve = type == KeyType::Ed448 ? kEdwards448 : kEdwards25519;
  const Number y(BN_lebin2bn(openssl::bytes_of(little_endian), static_cast<int>(size), nullptr));
  const Number prime = to_number(curve.prime);
  if (y && may_be_of_small_order(curve, y.get())) {
    return refuse("the public key is a point of small order");
  }
  const bool is_point =
      y && prime && BN_cmp(y.get(), prime.get()) < 0 && has_x(curve, y.get(), prime.get());
  if (!is_point) return refuse("the public key is no point of the curve");
  return {};
}

}  // namespace verdict
