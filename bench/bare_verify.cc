#include "bench/bare_verify.h"

#include <vector>

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

namespace verdict::bench {

struct BareVerify::State {
  EVP_PKEY* key = nullptr;
  EVP_MD* digest = nullptr;  // none for EdDSA
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  std::vector<unsigned char> message;
  std::vector<unsigned char> signature = std::vector<unsigned char>(512);
};

namespace {

EVP_PKEY* make_key(Algorithm algorithm) {
  if (algorithm == Algorithm::RS256) return EVP_RSA_gen(2048);
  if (algorithm == Algorithm::ES256) return EVP_EC_gen("P-256");
  return EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
}

}  // namespace

BareVerify::BareVerify(Algorithm algorithm, std::size_t message_size)
    : state_(std::make_unique<State>()) {
  State& state = *state_;
  state.key = make_key(algorithm);
  if (algorithm != Algorithm::EdDSA) state.digest = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  state.message.assign(message_size, 'm');
  std::size_t size = state.signature.size();
  const char* const digest = state.digest == nullptr ? nullptr : "SHA256";
  const bool is_signed = EVP_DigestSignInit_ex(state.context, nullptr, digest, nullptr, nullptr,
                                               state.key, nullptr) == 1 &&
                         EVP_DigestSign(state.context, state.signature.data(), &size,
                                        state.message.data(), message_size) == 1;
  state.signature.resize(is_signed ? size : 0);
}

BareVerify::~BareVerify() {
  EVP_MD_CTX_free(state_->context);
  EVP_MD_free(state_->digest);
  EVP_PKEY_free(state_->key);
}

bool BareVerify::verify() const {
  State& state = *state_;
  EVP_MD_CTX_reset(state.context);
  return EVP_DigestVerifyInit(state.context, nullptr, state.digest, nullptr, state.key) == 1 &&
         EVP_DigestVerify(state.context, state.signature.data(), state.signature.size(),
                          state.message.data(), state.message.size()) == 1;
}

}  // namespace verdict::bench
