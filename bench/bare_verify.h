// OpenSSL alone: the signature check that every path from a token must contain.
#pragma once

#include <cstddef>
#include <memory>

#include "runtime/crypto/algorithm.h"

namespace verdict::bench {

// EVP_DigestVerify with a key that is ready, a digest fetched once and one context that is reset:
// as little as OpenSSL's documented interface allows. Makes its own key and message. Not
// thread-safe.
class BareVerify {
 public:
  // RS256 (2048 bits), ES256 or EdDSA.
  BareVerify(Algorithm algorithm, std::size_t message_size);
  ~BareVerify();
  BareVerify(const BareVerify&) = delete;
  BareVerify& operator=(const BareVerify&) = delete;
  BareVerify(BareVerify&&) = delete;
  BareVerify& operator=(BareVerify&&) = delete;

  [[nodiscard]] bool verify() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace verdict::bench
