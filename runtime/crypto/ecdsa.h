// The two forms of an ECDSA signature: r and s of fixed length (RFC 7518, section 3.4), and the DER
// that OpenSSL wants. Needs no OpenSSL.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace verdict {

// SEQUENCE { INTEGER r, INTEGER s } of the longest curve, P-521.
struct DerSignature {
  static constexpr std::size_t kMaxSize = 3 + 2 * (2 + 66);

  std::array<char, kMaxSize> bytes;
  std::size_t size = 0;  // 0: there is none

  [[nodiscard]] std::string_view view() const { return {bytes.data(), size}; }
};

// Nothing unless `signature` is two numbers of the length of `order`, both at least 1 and below it.
DerSignature to_der(std::string_view signature, std::string_view order) noexcept;

}  // namespace verdict
