// Key pairs for tests: once a process for each type of key, and number work on raw bytes.
#pragma once

#include <cstddef>
#include <map>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/crypto/base64url.h"
#include "runtime/crypto/key.h"
#include "runtime/crypto/signing/signing_key.h"
#include "tests/runtime/crypto/rsa_keys.h"

namespace verdict {

// For GoogleTest, which else prints the bytes, addresses too, into the names of tests.
inline void PrintTo(Algorithm algorithm, std::ostream* out) { *out << get_row(algorithm).name; }
inline void PrintTo(const AlgorithmRow& row, std::ostream* out) { *out << row.name; }

}  // namespace verdict

namespace verdict::testing {

inline std::string find_parameter(const std::vector<KeyParameter>& parameters,
                                  std::string_view name) {
  for (const KeyParameter& parameter : parameters) {
    if (parameter.name == name) return parameter.bytes;
  }
  return {};
}

inline Expected<VerificationKey, KeyError> verification_key(const SigningKey& key) {
  const std::vector<KeyParameter> parts = key.public_parameters();
  switch (key.type()) {
    case KeyType::Rsa:
      return VerificationKey::make_rsa(find_parameter(parts, "n"), find_parameter(parts, "e"));
    case KeyType::P256:
    case KeyType::P384:
    case KeyType::P521:
      return VerificationKey::make_ec(key.type(), find_parameter(parts, "x"),
                                      find_parameter(parts, "y"));
    case KeyType::Ed25519:
    case KeyType::Ed448:
      return VerificationKey::make_edwards(key.type(), find_parameter(parts, "x"));
    case KeyType::Secret:
      break;
  }
  return VerificationKey::make_secret(find_parameter(key.private_parameters(), "k"));
}

struct KeyPair {
  SigningKey signing;
  VerificationKey verification;

  [[nodiscard]] std::string sign(Algorithm algorithm, std::string_view message) const {
    return signing.sign(algorithm, message).value();
  }
  [[nodiscard]] bool verify(Algorithm algorithm, std::string_view message,
                            std::string_view signature) const {
    return verification.verify(algorithm, message, signature);
  }
};

inline KeyPair pair_of(SigningKey signing) {
  VerificationKey verification = verification_key(signing).value();
  return {std::move(signing), std::move(verification)};
}

inline KeyPair make_pair(Algorithm algorithm) {
  return pair_of(SigningKey::generate(algorithm).value());
}

inline KeyPair stored_rsa_pair(std::size_t which) {
  std::vector<KeyParameter> parameters;
  for (const KeyMember& member : kRsaKeys.at(which))
    parameters.push_back({member.name, decode_base64url(member.value).value()});
  return pair_of(SigningKey::from_parameters(KeyType::Rsa, parameters).value());
}

// One pair for each type of key; `which` tells several of one type apart. All but those of RSA are
// fresh.
inline const KeyPair& pair_for(Algorithm algorithm, int which = 0) {
  static std::map<std::pair<KeyType, int>, KeyPair> pairs;
  const std::pair key(get_row(algorithm).key_type, which);
  const auto found = pairs.find(key);
  if (found != pairs.end()) return found->second;
  KeyPair pair = key.first == KeyType::Rsa ? stored_rsa_pair(static_cast<std::size_t>(which))
                                           : make_pair(algorithm);
  return pairs.emplace(key, std::move(pair)).first->second;
}

inline std::string from_hex(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string bytes;
  for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
    bytes += static_cast<char>(kDigits.find(text[i]) * 16 + kDigits.find(text[i + 1]));
  }
  return bytes;
}

inline unsigned byte_at(std::string_view number, std::size_t index) {
  return static_cast<unsigned char>(number[index]);
}

// a - b for big-endian numbers of one length with a >= b.
inline std::string subtract(std::string_view a, std::string_view b) {
  std::string difference(a.size(), '\0');
  unsigned borrow = 0;
  for (std::size_t i = a.size(); i-- > 0;) {
    const unsigned digit = 256U + byte_at(a, i) - byte_at(b, i) - borrow;
    difference[i] = static_cast<char>(digit & 0xFFU);
    borrow = digit < 256U ? 1 : 0;
  }
  return difference;
}

// A number of that value and length.
inline std::string number(std::size_t size, unsigned char value) {
  return std::string(size - 1, '\0') + static_cast<char>(value);
}

inline std::string flip_bit(std::string bytes, std::size_t bit) {
  bytes[bit / 8] = static_cast<char>(byte_at(bytes, bit / 8) ^ (1U << (bit % 8)));
  return bytes;
}

}  // namespace verdict::testing
