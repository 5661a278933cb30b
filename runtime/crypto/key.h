// Keys that signatures are verified with, and the verification itself. Knows no JSON.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "runtime/crypto/algorithm.h"
#include <verdict/expected.h>

namespace verdict {

// Why a key cannot be used: words for whoever reads the log. Holds no key material.
struct KeyError {
  std::string message;
};

// A key whose parameters have passed the checks that OpenSSL leaves out. Owns it. Move-only.
class VerificationKey {
 public:
  // Big-endian bytes, exactly as a JWK spells them (RFC 7518, section 6.3.1). Refused: a modulus
  // under 2048 or over 8192 bits, even, with leading zero bytes, or with the ROCA fingerprint; an
  // exponent that is even, under 3 or above 2^32.
  static Expected<VerificationKey, KeyError> make_rsa(std::string_view modulus,
                                                      std::string_view exponent);
  // `type` is P256, P384 or P521. Coordinates of exactly the field's length (RFC 7518, section
  // 6.2.1), below the prime, a point on the curve.
  static Expected<VerificationKey, KeyError> make_ec(KeyType type, std::string_view x,
                                                     std::string_view y);
  // `type` is Ed25519 or Ed448. 32 or 57 bytes (RFC 8037, section 2): a point of the curve that is
  // not of small order.
  static Expected<VerificationKey, KeyError> make_edwards(KeyType type, std::string_view x);
  // A shared secret of at least 32 bytes, and for a hash of n bits at least n bits long (RFC 7518,
  // section 3.2): the second is checked when it is used.
  static Expected<VerificationKey, KeyError> make_secret(std::string_view bytes);

  VerificationKey(VerificationKey&&) noexcept;
  VerificationKey& operator=(VerificationKey&&) noexcept;
  VerificationKey(const VerificationKey&) = delete;
  VerificationKey& operator=(const VerificationKey&) = delete;
  ~VerificationKey();

  [[nodiscard]] KeyType type() const;

  // Whether `signature` is this key's over `message`. False too where the algorithm does not take
  // this type of key, where the signature's length is not the algorithm's (ECDSA: r and s of fixed
  // length, RFC 7518, section 3.4; RSA: the modulus's), and where OpenSSL fails. Secrets are
  // compared in constant time. Thread-safe.
  [[nodiscard]] bool verify(Algorithm algorithm, std::string_view message,
                            std::string_view signature) const;

  // Whether they are of one type and verify the same signatures. False too where OpenSSL cannot
  // tell. Secrets are compared in constant time.
  friend bool operator==(const VerificationKey& a, const VerificationKey& b);

 private:
  struct State;
  explicit VerificationKey(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace verdict
