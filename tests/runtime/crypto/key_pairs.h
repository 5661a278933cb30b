// Key pairs for tests: made once a process for each algorithm, and number work on raw bytes.
#pragma once

#include <cstddef>
#include <map>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/crypto/key.h"
#include "runtime/crypto/signing/signing_key.h"

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
      return VerificationKey::make_ed25519(find_parameter(parts, "x"));
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

inline KeyPair make_pair(Algorithm algorithm) {
  SigningKey signing = SigningKey::generate(algorithm).value();
  VerificationKey verification = verification_key(signing).value();
  return {std::move(signing), std::move(verification)};
}

// One pair for each type of key; `which` tells several of one type apart.
inline const KeyPair& pair_for(Algorithm algorithm, int which = 0) {
  static std::map<std::pair<KeyType, int>, KeyPair> pairs;
  const std::pair key(get_row(algorithm).key_type, which);
  const auto found = pairs.find(key);
  return found != pairs.end() ? found->second
                              : pairs.emplace(key, make_pair(algorithm)).first->second;
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
