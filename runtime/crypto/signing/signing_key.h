// Private keys: made, written down and signed with. For local tests and `policyc keygen` and `sign`
// only; a target of its own, which the runtime library does not contain.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/crypto/key.h"

namespace verdict {

// One parameter of a JWK: `n`, `e`, `d`, ... with its bytes.
struct KeyParameter {
  std::string_view name;
  std::string bytes;
};

// Owns the private key. Move-only.
class SigningKey {
 public:
  // A fresh key for that algorithm: RSA 2048 bits, the algorithm's curve, or 64 random bytes.
  static Expected<SigningKey, KeyError> generate(Algorithm algorithm);
  // From the parameters of a private JWK (RFC 7518, section 6; RFC 8037, section 2): n e d p q dp
  // dq qi; x y d; x d; k.
  static Expected<SigningKey, KeyError> from_parameters(
      KeyType type, const std::vector<KeyParameter>& parameters);

  SigningKey(SigningKey&&) noexcept;
  SigningKey& operator=(SigningKey&&) noexcept;
  SigningKey(const SigningKey&) = delete;
  SigningKey& operator=(const SigningKey&) = delete;
  ~SigningKey();

  [[nodiscard]] KeyType type() const;
  // In the order in which a JWK lists them, the private ones last.
  [[nodiscard]] std::vector<KeyParameter> public_parameters() const;
  [[nodiscard]] std::vector<KeyParameter> private_parameters() const;

  // The signature in the form of a JWS (ECDSA: r and s of fixed length).
  [[nodiscard]] Expected<std::string, KeyError> sign(Algorithm algorithm,
                                                     std::string_view message) const;

 private:
  struct State;
  explicit SigningKey(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace verdict
