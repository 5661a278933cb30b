#include "runtime/crypto/signing/signing_key.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <utility>

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>

#include "runtime/crypto/openssl.h"
#include "vm/base/limits.h"

namespace verdict {
namespace {

using openssl::bytes_of;
using openssl::ErrorMark;
using openssl::KeyPart;
using openssl::Owner;
using Form = openssl::KeyPart::Form;

constexpr std::size_t kSecretSize = 64;  // enough for every hash

// ---- the parameters of a JWK

enum class Privacy : std::uint8_t { Public, Private };

// A number of a JWK and OpenSSL's name for it. Private ones come last.
struct ParameterRow {
  std::string_view name;
  const char* openssl_name;
  Privacy privacy;
};
constexpr auto kRsaParameters = std::to_array<ParameterRow>({
    {"n", OSSL_PKEY_PARAM_RSA_N, Privacy::Public},
    {"e", OSSL_PKEY_PARAM_RSA_E, Privacy::Public},
    {"d", OSSL_PKEY_PARAM_RSA_D, Privacy::Private},
    {"p", OSSL_PKEY_PARAM_RSA_FACTOR1, Privacy::Private},
    {"q", OSSL_PKEY_PARAM_RSA_FACTOR2, Privacy::Private},
    {"dp", OSSL_PKEY_PARAM_RSA_EXPONENT1, Privacy::Private},
    {"dq", OSSL_PKEY_PARAM_RSA_EXPONENT2, Privacy::Private},
    {"qi", OSSL_PKEY_PARAM_RSA_COEFFICIENT1, Privacy::Private},
});
constexpr auto kEcParameters = std::to_array<ParameterRow>({
    {"x", OSSL_PKEY_PARAM_EC_PUB_X, Privacy::Public},
    {"y", OSSL_PKEY_PARAM_EC_PUB_Y, Privacy::Public},
    {"d", OSSL_PKEY_PARAM_PRIV_KEY, Privacy::Private},
});

std::span<const ParameterRow> rows_of(KeyType type) {
  if (type == KeyType::Rsa) return kRsaParameters;
  if (get_row(type).kty == "EC") return kEcParameters;
  return {};
}

Unexpected<KeyError> refuse(std::string message) {
  return Unexpected(KeyError{std::move(message)});
}

// What from_parameters() was given.
class Parameters {
 public:
  explicit Parameters(const std::vector<KeyParameter>& parameters) : parameters_(parameters) {}

  // Empty where it is not there.
  [[nodiscard]] std::string_view get(std::string_view name) const {
    const auto found = std::find_if(parameters_.begin(), parameters_.end(),
                                    [name](const KeyParameter& p) { return p.name == name; });
    return found == parameters_.end() ? std::string_view() : found->bytes;
  }

  Expected<void, KeyError> require(std::span<const ParameterRow> rows) const {
    for (const ParameterRow& row : rows) {
      if (get(row.name).empty()) return refuse("`" + std::string(row.name) + "` is missing");
    }
    return {};
  }

 private:
  const std::vector<KeyParameter>& parameters_;
};

// ---- keys from their parameters

std::vector<KeyPart> rsa_parts(const Parameters& parameters) {
  std::vector<KeyPart> parts;
  parts.reserve(kRsaParameters.size());
  for (const ParameterRow& row : kRsaParameters) {
    parts.push_back({row.openssl_name, Form::Number, parameters.get(row.name)});
  }
  return parts;
}

Expected<Owner<EVP_PKEY>, KeyError> checked_pair(Owner<EVP_PKEY> key) {
  const Owner<EVP_PKEY_CTX> context(key ? EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr)
                                        : nullptr);
  if (!context || EVP_PKEY_pairwise_check(context.get()) != 1) {
    return refuse("the private key does not belong to the public one");
  }
  return key;
}

Expected<Owner<EVP_PKEY>, KeyError> import_rsa(const Parameters& parameters) {
  VERDICT_TRY(parameters.require(kRsaParameters));
  VERDICT_TRY(VerificationKey::make_rsa(parameters.get("n"), parameters.get("e")));
  return checked_pair(openssl::import_key("RSA", rsa_parts(parameters), openssl::Parts::Pair));
}

Expected<Owner<EVP_PKEY>, KeyError> import_ec(KeyType type, const Parameters& parameters) {
  VERDICT_TRY(parameters.require(kEcParameters));
  const std::string_view x = parameters.get("x");
  const std::string_view y = parameters.get("y");
  VERDICT_TRY(VerificationKey::make_ec(type, x, y));
  const std::string point = std::string("\x04").append(x).append(y);
  const auto parts =
      std::to_array<KeyPart>({{OSSL_PKEY_PARAM_GROUP_NAME, Form::Text, get_row(type).crv},
                              {OSSL_PKEY_PARAM_PUB_KEY, Form::Octets, point},
                              {OSSL_PKEY_PARAM_PRIV_KEY, Form::Number, parameters.get("d")}});
  return checked_pair(openssl::import_key("EC", parts, openssl::Parts::Pair));
}

std::string raw_public_key(KeyType type, const EVP_PKEY* key) {
  std::string bytes(get_row(type).coordinate_size, '\0');
  std::size_t size = bytes.size();
  auto* out = reinterpret_cast<unsigned char*>(bytes.data());
  return EVP_PKEY_get_raw_public_key(key, out, &size) == 1 ? bytes : std::string();
}

std::string raw_private_key(KeyType type, const EVP_PKEY* key) {
  std::string bytes(get_row(type).coordinate_size, '\0');
  std::size_t size = bytes.size();
  auto* out = reinterpret_cast<unsigned char*>(bytes.data());
  return EVP_PKEY_get_raw_private_key(key, out, &size) == 1 ? bytes : std::string();
}

// OpenSSL computes the public key; what the JWK says must be the same.
Expected<Owner<EVP_PKEY>, KeyError> import_edwards(KeyType type, const Parameters& parameters) {
  const std::string_view d = parameters.get("d");
  Owner<EVP_PKEY> key(EVP_PKEY_new_raw_private_key_ex(nullptr, openssl::name_of_curve(type),
                                                      nullptr, bytes_of(d), d.size()));
  if (!key) {
    return refuse("`d` is missing or not " + std::to_string(get_row(type).coordinate_size) +
                  " bytes long");
  }
  if (raw_public_key(type, key.get()) != parameters.get("x")) {
    return refuse("the private key does not belong to the public one");
  }
  return key;
}

Expected<Owner<EVP_PKEY>, KeyError> import_pair(KeyType type, const Parameters& parameters) {
  if (type == KeyType::Rsa) return import_rsa(parameters);
  if (is_edwards(type)) return import_edwards(type, parameters);
  return import_ec(type, parameters);
}

// ---- fresh keys

Owner<EVP_PKEY> generate_pair(KeyType type) {
  if (type == KeyType::Rsa) return Owner<EVP_PKEY>(EVP_RSA_gen(limits::kMinRsaBits));
  if (is_edwards(type)) {
    return Owner<EVP_PKEY>(EVP_PKEY_Q_keygen(nullptr, nullptr, openssl::name_of_curve(type)));
  }
  std::string curve(get_row(type).crv);
  return Owner<EVP_PKEY>(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", curve.data()));
}

std::string generate_secret() {
  std::string secret(kSecretSize, '\0');
  auto* out = reinterpret_cast<unsigned char*>(secret.data());
  return RAND_priv_bytes(out, static_cast<int>(secret.size())) == 1 ? secret : std::string();
}

// ---- signatures

using Signature = std::optional<std::string>;

std::string make_room(std::size_t size) { return std::string(size, '\0'); }

Signature sign_digest(const AlgorithmRow& row, EVP_PKEY* key, std::string_view message) {
  openssl::Hasher hasher(row.digest);
  const Owner<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
  const bool ready = hasher && context && EVP_PKEY_sign_init(context.get()) == 1 &&
                     openssl::configure(context.get(), row);
  if (!ready) return std::nullopt;
  const auto digest = hasher.hash(message);
  std::size_t size = static_cast<std::size_t>(EVP_PKEY_get_size(key));
  std::string signature = make_room(size);
  auto* out = reinterpret_cast<unsigned char*>(signature.data());
  if (digest.empty() ||
      EVP_PKEY_sign(context.get(), out, &size, digest.data(), digest.size()) != 1) {
    return std::nullopt;
  }
  signature.resize(size);
  return signature;
}

// From the DER that OpenSSL makes to r and s of the length of a coordinate.
Signature to_fixed_length(std::string_view der, std::size_t size) {
  const unsigned char* at = bytes_of(der);
  const Owner<ECDSA_SIG> parsed(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())));
  if (!parsed) return std::nullopt;
  std::string signature = make_room(2 * size);
  auto* out = reinterpret_cast<unsigned char*>(signature.data());
  const int length = static_cast<int>(size);
  const bool done = BN_bn2binpad(ECDSA_SIG_get0_r(parsed.get()), out, length) == length &&
                    BN_bn2binpad(ECDSA_SIG_get0_s(parsed.get()), out + size, length) == length;
  return done ? Signature(std::move(signature)) : std::nullopt;
}

Signature sign_eddsa(KeyType type, EVP_PKEY* key, std::string_view message) {
  const Owner<EVP_MD_CTX> context(EVP_MD_CTX_new());
  std::size_t size = 2 * get_row(type).coordinate_size;
  std::string signature = make_room(size);
  auto* out = reinterpret_cast<unsigned char*>(signature.data());
  const bool done =
      context && EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key) == 1 &&
      EVP_DigestSign(context.get(), out, &size, bytes_of(message), message.size()) == 1;
  return done ? Signature(std::move(signature)) : std::nullopt;
}

Signature sign_mac(const AlgorithmRow& row, std::string_view secret, std::string_view message) {
  openssl::MacMaker maker(row.digest);
  if (!maker || secret.size() < digest_size(row.digest)) return std::nullopt;
  const auto mac = maker.make(secret, message);
  if (mac.empty()) return std::nullopt;
  return std::string(mac.begin(), mac.end());
}

}  // namespace

struct SigningKey::State {
  explicit State(KeyType key_type) : type(key_type) {}
  ~State() { OPENSSL_cleanse(secret.data(), secret.size()); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  State(State&&) = delete;
  State& operator=(State&&) = delete;

  const KeyType type;
  Owner<EVP_PKEY> key;  // none for a secret
  std::string secret;

  [[nodiscard]] std::vector<KeyParameter> parameters(Privacy privacy) const {
    if (is_edwards(type)) {
      return privacy == Privacy::Public ? single("x", raw_public_key(type, key.get()))
                                        : single("d", raw_private_key(type, key.get()));
    }
    if (type == KeyType::Secret) {
      return privacy == Privacy::Private ? single("k", secret) : std::vector<KeyParameter>();
    }
    std::vector<KeyParameter> found;
    for (const ParameterRow& row : rows_of(type)) {
      if (row.privacy == privacy) found.push_back({row.name, number(row)});
    }
    return found;
  }

  [[nodiscard]] Signature sign(const AlgorithmRow& row, std::string_view message) const {
    switch (type) {
      case KeyType::Rsa:
        return sign_digest(row, key.get(), message);
      case KeyType::P256:
      case KeyType::P384:
      case KeyType::P521: {
        const Signature der = sign_digest(row, key.get(), message);
        return der ? to_fixed_length(*der, get_row(type).coordinate_size) : std::nullopt;
      }
      case KeyType::Ed25519:
      case KeyType::Ed448:
        return sign_eddsa(type, key.get(), message);
      case KeyType::Secret:
        return sign_mac(row, secret, message);
    }
    return std::nullopt;
  }

 private:
  static std::vector<KeyParameter> single(std::string_view name, std::string bytes) {
    std::vector<KeyParameter> parameters;
    parameters.push_back({name, std::move(bytes)});
    return parameters;
  }

  // The numbers of a curve have one length, those of RSA the length that they need.
  [[nodiscard]] std::string number(const ParameterRow& row) const {
    return openssl::get_number(key.get(), row.openssl_name, get_row(type).coordinate_size);
  }
};

Expected<SigningKey, KeyError> SigningKey::generate(Algorithm algorithm) {
  const ErrorMark mark;
  auto state = std::make_unique<State>(get_row(algorithm).key_type);
  if (is_symmetric(algorithm)) {
    state->secret = generate_secret();
  } else {
    state->key = generate_pair(state->type);
  }
  if (!state->key && state->secret.empty()) return refuse("OpenSSL could not make a key");
  return SigningKey(std::move(state));
}

Expected<SigningKey, KeyError> SigningKey::from_parameters(
    KeyType type, const std::vector<KeyParameter>& parameters) {
  const ErrorMark mark;
  const Parameters given(parameters);
  auto state = std::make_unique<State>(type);
  if (type == KeyType::Secret) {
    VERDICT_TRY(VerificationKey::make_secret(given.get("k")));
    state->secret = given.get("k");
    return SigningKey(std::move(state));
  }
  auto key = import_pair(type, given);
  if (!key) return Unexpected(std::move(key).error());
  state->key = std::move(key).value();
  return SigningKey(std::move(state));
}

SigningKey::SigningKey(std::unique_ptr<State> state) : state_(std::move(state)) {}
SigningKey::SigningKey(SigningKey&&) noexcept = default;
SigningKey& SigningKey::operator=(SigningKey&&) noexcept = default;
SigningKey::~SigningKey() = default;

KeyType SigningKey::type() const { return state_->type; }

std::vector<KeyParameter> SigningKey::public_parameters() const {
  const ErrorMark mark;
  return state_->parameters(Privacy::Public);
}

std::vector<KeyParameter> SigningKey::private_parameters() const {
  const ErrorMark mark;
  return state_->parameters(Privacy::Private);
}

Expected<std::string, KeyError> SigningKey::sign(Algorithm algorithm,
                                                 std::string_view message) const {
  const AlgorithmRow& row = get_row(algorithm);
  if (!takes_key(algorithm, state_->type)) {
    return refuse("the key is not of the type that " + std::string(row.name) + " takes");
  }
  const ErrorMark mark;
  Signature signature = state_->sign(row, message);
  if (!signature) return refuse("OpenSSL could not sign");
  return std::move(*signature);
}

}  // namespace verdict
