// OpenSSL's contexts cost as much to make as a tenth of an RSA verification: each key keeps those
// that it has made, by algorithm.
#include "runtime/crypto/key.h"

#include <array>
#include <utility>

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "runtime/crypto/context_pool.h"
#include "runtime/crypto/ecdsa.h"
#include "runtime/crypto/key_checks.h"
#include "runtime/crypto/openssl.h"

namespace verdict {
namespace {

using openssl::bytes_of;
using openssl::ErrorMark;
using openssl::Hasher;
using openssl::KeyPart;
using openssl::MacMaker;
using openssl::Owner;

constexpr std::size_t kMinSecretSize = digest_size(Digest::Sha256);

Unexpected<KeyError> refuse(std::string_view message) {
  return Unexpected(KeyError{std::string(message)});
}

// Verifies digests: RSA and the NIST curves.
class DigestVerifier {
 public:
  DigestVerifier(const AlgorithmRow& row, EVP_PKEY* key) noexcept
      : hasher_(row.digest), context_(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr)) {
    const bool ready = hasher_ && context_ && EVP_PKEY_verify_init(context_.get()) == 1 &&
                       openssl::configure(context_.get(), row);
    if (!ready) context_.reset();
  }
  explicit operator bool() const { return context_ != nullptr; }

  bool verify(std::string_view message, std::string_view signature) noexcept {
    const auto digest = hasher_.hash(message);
    return !digest.empty() && EVP_PKEY_verify(context_.get(), bytes_of(signature), signature.size(),
                                              digest.data(), digest.size()) == 1;
  }

 private:
  Hasher hasher_;
  Owner<EVP_PKEY_CTX> context_;
};

}  // namespace

struct VerificationKey::State {
  explicit State(KeyType key_type) : type(key_type) {}
  ~State() { OPENSSL_cleanse(secret.data(), secret.size()); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  State(State&&) = delete;
  State& operator=(State&&) = delete;

  template <class T>
  using Pools = std::array<ContextPool<T>, kAlgorithms.size()>;

  const KeyType type;
  Owner<EVP_PKEY> key;  // none for a secret
  std::string secret;
  std::size_t size = 0;  // of an RSA modulus
  std::string order;     // of an elliptic curve
  Pools<DigestVerifier> verifiers;
  Pools<MacMaker> mac_makers;

  // Lends `use` a context made by `make`, or one that was made before. False if there is none.
  template <class T, class Make, class Use>
  static bool with(ContextPool<T>& pool, Make make, Use use) {
    std::unique_ptr<T> context = pool.take();
    if (!context) context = make();
    if (!*context) return false;
    const bool answer = use(*context);
    pool.give(std::move(context));
    return answer;
  }

  bool verify_digest(const AlgorithmRow& row, std::string_view message,
                     std::string_view signature) {
    return with(
        verifiers[static_cast<std::size_t>(row.algorithm)],
        [&] { return std::make_unique<DigestVerifier>(row, key.get()); },
        [&](DigestVerifier& verifier) { return verifier.verify(message, signature); });
  }

  bool verify_rsa(const AlgorithmRow& row, std::string_view message, std::string_view signature) {
    return signature.size() == size && verify_digest(row, message, signature);
  }

  bool verify_ec(const AlgorithmRow& row, std::string_view message, std::string_view signature) {
    const DerSignature der = to_der(signature, order);
    return der.size != 0 && verify_digest(row, message, der.view());
  }

  // A context of this sort verifies once: making it anew is little beside the curve's arithmetic.
  [[nodiscard]] bool verify_eddsa(std::string_view message, std::string_view signature) const {
    const Owner<EVP_MD_CTX> context(EVP_MD_CTX_new());
    return context &&
           EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
           EVP_DigestVerify(context.get(), bytes_of(signature), signature.size(), bytes_of(message),
                            message.size()) == 1;
  }

  bool verify_mac(const AlgorithmRow& row, std::string_view message, std::string_view signature) {
    const std::size_t mac_size = digest_size(row.digest);
    if (secret.size() < mac_size || signature.size() != mac_size) return false;
    return with(
        mac_makers[static_cast<std::size_t>(row.algorithm)],
        [&] { return std::make_unique<MacMaker>(row.digest); },
        [&](MacMaker& maker) {
          const auto mac = maker.make(secret, message);
          return mac.size() == mac_size &&
                 CRYPTO_memcmp(mac.data(), signature.data(), mac_size) == 0;
        });
  }

  bool verify(const AlgorithmRow& row, std::string_view message, std::string_view signature) {
    switch (type) {
      case KeyType::Rsa:
        return verify_rsa(row, message, signature);
      case KeyType::P256:
      case KeyType::P384:
      case KeyType::P521:
        return verify_ec(row, message, signature);
      case KeyType::Ed25519:
      case KeyType::Ed448:
        return verify_eddsa(message, signature);
      case KeyType::Secret:
        return verify_mac(row, message, signature);
    }
    return false;
  }
};

Expected<VerificationKey, KeyError> VerificationKey::make_rsa(std::string_view modulus,
                                                              std::string_view exponent) {
  const ErrorMark mark;
  VERDICT_TRY(check_rsa(modulus, exponent));
  auto state = std::make_unique<State>(KeyType::Rsa);
  const auto parts =
      std::to_array<KeyPart>({{OSSL_PKEY_PARAM_RSA_N, KeyPart::Form::Number, modulus},
                              {OSSL_PKEY_PARAM_RSA_E, KeyPart::Form::Number, exponent}});
  state->key = openssl::import_key("RSA", parts, openssl::Parts::Public);
  state->size = modulus.size();
  if (!state->key) return refuse("OpenSSL refuses the key");
  return VerificationKey(std::move(state));
}

Expected<VerificationKey, KeyError> VerificationKey::make_ec(KeyType type, std::string_view x,
                                                             std::string_view y) {
  const ErrorMark mark;
  const KeyTypeRow& row = get_row(type);
  if (row.kty != "EC") return refuse("not the type of an elliptic-curve key");
  if (x.size() != row.coordinate_size || y.size() != row.coordinate_size) {
    return refuse("a coordinate has not the length of the curve's field");
  }
  constexpr std::string_view kUncompressed = "\x04";
  const std::string point = std::string(kUncompressed).append(x).append(y);
  const auto parts =
      std::to_array<KeyPart>({{OSSL_PKEY_PARAM_GROUP_NAME, KeyPart::Form::Text, row.crv},
                              {OSSL_PKEY_PARAM_PUB_KEY, KeyPart::Form::Octets, point}});
  auto state = std::make_unique<State>(type);
  state->key = openssl::import_key("EC", parts, openssl::Parts::Public);
  if (!state->key) return refuse("the coordinates are no point of the curve");
  state->order =
      openssl::get_number(state->key.get(), OSSL_PKEY_PARAM_EC_ORDER, row.coordinate_size);
  if (state->order.empty()) return refuse("OpenSSL does not know the curve");
  return VerificationKey(std::move(state));
}

Expected<VerificationKey, KeyError> VerificationKey::make_edwards(KeyType type,
                                                                  std::string_view x) {
  const ErrorMark mark;
  if (!is_edwards(type)) return refuse("not the type of an Edwards key");
  VERDICT_TRY(check_edwards(type, x));
  auto state = std::make_unique<State>(type);
  state->key.reset(EVP_PKEY_new_raw_public_key_ex(nullptr, openssl::name_of_curve(type), nullptr,
                                                  bytes_of(x), x.size()));
  if (!state->key) return refuse("OpenSSL refuses the key");
  return VerificationKey(std::move(state));
}

Expected<VerificationKey, KeyError> VerificationKey::make_secret(std::string_view bytes) {
  if (bytes.size() < kMinSecretSize) return refuse("the secret is shorter than 32 bytes");
  auto state = std::make_unique<State>(KeyType::Secret);
  state->secret = bytes;
  return VerificationKey(std::move(state));
}

VerificationKey::VerificationKey(std::unique_ptr<State> state) : state_(std::move(state)) {}
VerificationKey::VerificationKey(VerificationKey&&) noexcept = default;
VerificationKey& VerificationKey::operator=(VerificationKey&&) noexcept = default;
VerificationKey::~VerificationKey() = default;

KeyType VerificationKey::type() const { return state_->type; }

bool VerificationKey::verify(Algorithm algorithm, std::string_view message,
                             std::string_view signature) const {
  const AlgorithmRow& row = get_row(algorithm);
  if (!takes_key(algorithm, state_->type)) return false;
  const ErrorMark mark;
  return state_->verify(row, message, signature);
}

bool operator==(const VerificationKey& a, const VerificationKey& b) {
  const VerificationKey::State& x = *a.state_;
  const VerificationKey::State& y = *b.state_;
  if (x.type != y.type) return false;
  if (x.type == KeyType::Secret) {
    return x.secret.size() == y.secret.size() &&
           CRYPTO_memcmp(x.secret.data(), y.secret.data(), x.secret.size()) == 0;
  }
  const ErrorMark mark;
  return EVP_PKEY_eq(x.key.get(), y.key.get()) == 1;
}

}  // namespace verdict
