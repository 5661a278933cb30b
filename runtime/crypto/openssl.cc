#include "runtime/crypto/openssl.h"

#include <vector>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

namespace verdict::openssl {
namespace {

constexpr std::array<const char*, 4> kDigestNames = {nullptr, "SHA2-256", "SHA2-384", "SHA2-512"};

const char* name_of(Digest digest) { return kDigestNames[static_cast<std::size_t>(digest)]; }

// What a builder refers to until it has built: OpenSSL takes numbers as its own objects.
using Numbers = std::vector<Owner<BIGNUM>>;

bool push_number(OSSL_PARAM_BLD* builder, const KeyPart& part, Numbers& numbers) {
  Owner<BIGNUM> number(
      BN_bin2bn(bytes_of(part.bytes), static_cast<int>(part.bytes.size()), nullptr));
  if (!number || OSSL_PARAM_BLD_push_BN(builder, part.name, number.get()) != 1) return false;
  numbers.push_back(std::move(number));
  return true;
}

bool push(OSSL_PARAM_BLD* builder, const KeyPart& part, Numbers& numbers) {
  switch (part.form) {
    case KeyPart::Form::Number:
      return push_number(builder, part, numbers);
    case KeyPart::Form::Octets:
      return OSSL_PARAM_BLD_push_octet_string(builder, part.name, part.bytes.data(),
                                              part.bytes.size()) == 1;
    case KeyPart::Form::Text:
      return OSSL_PARAM_BLD_push_utf8_string(builder, part.name, part.bytes.data(),
                                             part.bytes.size()) == 1;
  }
  return false;
}

Owner<OSSL_PARAM> make_params(std::span<const KeyPart> parts) {
  const Owner<OSSL_PARAM_BLD> builder(OSSL_PARAM_BLD_new());
  Numbers numbers;
  for (const KeyPart& part : parts) {
    if (!builder || !push(builder.get(), part, numbers)) return nullptr;
  }
  return Owner<OSSL_PARAM>(OSSL_PARAM_BLD_to_param(builder.get()));
}

}  // namespace

void Free::operator()(bignum_st* number) const noexcept { BN_clear_free(number); }
void Free::operator()(ECDSA_SIG_st* signature) const noexcept { ECDSA_SIG_free(signature); }
void Free::operator()(evp_mac_ctx_st* context) const noexcept { EVP_MAC_CTX_free(context); }
void Free::operator()(evp_mac_st* mac) const noexcept { EVP_MAC_free(mac); }
void Free::operator()(evp_md_ctx_st* context) const noexcept { EVP_MD_CTX_free(context); }
void Free::operator()(evp_md_st* digest) const noexcept { EVP_MD_free(digest); }
void Free::operator()(evp_pkey_ctx_st* context) const noexcept { EVP_PKEY_CTX_free(context); }
void Free::operator()(evp_pkey_st* key) const noexcept { EVP_PKEY_free(key); }
void Free::operator()(ossl_param_bld_st* builder) const noexcept { OSSL_PARAM_BLD_free(builder); }
void Free::operator()(ossl_param_st* params) const noexcept { OSSL_PARAM_free(params); }

ErrorMark::ErrorMark() noexcept { ERR_set_mark(); }
ErrorMark::~ErrorMark() { ERR_pop_to_mark(); }

Owner<evp_md_st> fetch_digest(Digest digest) noexcept {
  return Owner<EVP_MD>(EVP_MD_fetch(nullptr, name_of(digest), nullptr));
}

Hasher::Hasher(Digest digest) noexcept : size_(digest_size(digest)), digest_(fetch_digest(digest)) {
  if (digest_) context_.reset(EVP_MD_CTX_new());
}

std::span<const unsigned char> Hasher::hash(std::string_view message) noexcept {
  const bool done = EVP_DigestInit_ex2(context_.get(), digest_.get(), nullptr) == 1 &&
                    EVP_DigestUpdate(context_.get(), message.data(), message.size()) == 1 &&
                    EVP_DigestFinal_ex(context_.get(), bytes_.data(), nullptr) == 1;
  return std::span(bytes_).first(done ? size_ : 0);
}

MacMaker::MacMaker(Digest digest)
    : size_(digest_size(digest)), mac_(EVP_MAC_fetch(nullptr, OSSL_MAC_NAME_HMAC, nullptr)) {
  if (mac_) context_.reset(EVP_MAC_CTX_new(mac_.get()));
  std::string name = name_of(digest);
  const std::array<OSSL_PARAM, 2> params = {
      OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name.data(), 0),
      OSSL_PARAM_construct_end()};
  if (context_ && EVP_MAC_CTX_set_params(context_.get(), params.data()) != 1) context_.reset();
}

std::span<const unsigned char> MacMaker::make(std::string_view secret,
                                              std::string_view message) noexcept {
  const bool done = EVP_MAC_init(context_.get(), bytes_of(secret), secret.size(), nullptr) == 1 &&
                    EVP_MAC_update(context_.get(), bytes_of(message), message.size()) == 1 &&
                    EVP_MAC_final(context_.get(), bytes_.data(), nullptr, bytes_.size()) == 1;
  return std::span(bytes_).first(done ? size_ : 0);
}

bool configure(evp_pkey_ctx_st* context, const AlgorithmRow& row) noexcept {
  const Owner<EVP_MD> digest = fetch_digest(row.digest);
  if (!digest || EVP_PKEY_CTX_set_signature_md(context, digest.get()) != 1) return false;
  switch (row.padding) {
    case RsaPadding::None:
      return true;
    case RsaPadding::Pkcs1:
      return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1;
    case RsaPadding::Pss:
      return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1 &&
             EVP_PKEY_CTX_set_rsa_mgf1_md(context, digest.get()) == 1 &&
             EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) == 1;
  }
  return false;
}

Owner<evp_pkey_st> import_key(const char* type, std::span<const KeyPart> parts, Parts which) {
  const Owner<OSSL_PARAM> params = make_params(parts);
  const Owner<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
  EVP_PKEY* key = nullptr;
  if (!params || !context || EVP_PKEY_fromdata_init(context.get()) != 1) return nullptr;
  const int selection = which == Parts::Public ? EVP_PKEY_PUBLIC_KEY : EVP_PKEY_KEYPAIR;
  const bool done = EVP_PKEY_fromdata(context.get(), &key, selection, params.get()) == 1;
  Owner<EVP_PKEY> owner(key);
  return done ? std::move(owner) : nullptr;
}

std::string get_number(const evp_pkey_st* key, const char* name, std::size_t size) {
  BIGNUM* number = nullptr;
  if (EVP_PKEY_get_bn_param(key, name, &number) != 1) return {};
  const Owner<BIGNUM> owner(number);
  std::string bytes(size != 0 ? size : static_cast<std::size_t>(BN_num_bytes(number)), '\0');
  auto* out = reinterpret_cast<unsigned char*>(bytes.data());
  return BN_bn2binpad(number, out, static_cast<int>(bytes.size())) < 0 ? std::string() : bytes;
}

}  // namespace verdict::openssl
