// What a public key must be beyond what OpenSSL asks for: 3.0 takes RSA keys with an exponent of 1
// (the signature is the message), short ones, ROCA keys, a modulus of 0, and any 32 bytes as an
// Ed25519 or 57 bytes as an Ed448 key.
#pragma once

#include <string_view>

#include "runtime/crypto/key.h"
#include <verdict/expected.h>

namespace verdict {

// Both big-endian. The conditions are those of VerificationKey::make_rsa().
Expected<void, KeyError> check_rsa(std::string_view modulus, std::string_view exponent);

// Whether the primes of a modulus are of the form that Infineon's faulty generator made
// (CVE-2017-15361): such a modulus can be factored. One of 2^28 others looks like it.
bool has_roca_fingerprint(std::string_view modulus) noexcept;

// The coding of a point of that Edwards curve (RFC 8032, sections 5.1.3 and 5.2.3) whose order is
// not small: for the few points of small order anybody can make signatures.
Expected<void, KeyError> check_edwards(KeyType type, std::string_view x);

}  // namespace verdict
