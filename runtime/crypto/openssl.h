// OpenSSL's objects with owners, without its headers: for runtime/crypto only. Every function
// leaves a failure as a null pointer or false; who calls OpenSSL holds an ErrorMark.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "runtime/crypto/algorithm.h"

struct bignum_st;
struct ECDSA_SIG_st;
struct evp_mac_ctx_st;
struct evp_mac_st;
struct evp_md_ctx_st;
struct evp_md_st;
struct evp_pkey_ctx_st;
struct evp_pkey_st;
struct ossl_param_bld_st;
struct ossl_param_st;

namespace verdict::openssl {

struct Free {
  void operator()(bignum_st* number) const noexcept;  // numbers are overwritten first
  void operator()(ECDSA_SIG_st* signature) const noexcept;
  void operator()(evp_mac_ctx_st* context) const noexcept;
  void operator()(evp_mac_st* mac) const noexcept;
  void operator()(evp_md_ctx_st* context) const noexcept;
  void operator()(evp_md_st* digest) const noexcept;
  void operator()(evp_pkey_ctx_st* context) const noexcept;
  void operator()(evp_pkey_st* key) const noexcept;
  void operator()(ossl_param_bld_st* builder) const noexcept;
  void operator()(ossl_param_st* params) const noexcept;
};
template <class T>
using Owner = std::unique_ptr<T, Free>;

// Takes the errors of its scope out of this thread's error queue and leaves those before it.
class ErrorMark {
 public:
  ErrorMark() noexcept;
  ~ErrorMark();
  ErrorMark(const ErrorMark&) = delete;
  ErrorMark& operator=(const ErrorMark&) = delete;
  ErrorMark(ErrorMark&&) = delete;
  ErrorMark& operator=(ErrorMark&&) = delete;
};

inline const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

Owner<evp_md_st> fetch_digest(Digest digest) noexcept;

// The digest of a message, with a context that is used again.
class Hasher {
 public:
  // False from operator bool if OpenSSL has no such digest.
  explicit Hasher(Digest digest) noexcept;
  explicit operator bool() const { return context_ != nullptr; }
  // Of digest_size() bytes, valid until the next call; empty if OpenSSL fails.
  std::span<const unsigned char> hash(std::string_view message) noexcept;

 private:
  std::size_t size_;
  Owner<evp_md_st> digest_;
  Owner<evp_md_ctx_st> context_;
  std::array<unsigned char, kMaxDigestSize> bytes_{};
};

// A MAC of RFC 2104, with a context that is used again.
class MacMaker {
 public:
  explicit MacMaker(Digest digest);
  explicit operator bool() const { return context_ != nullptr; }
  // As Hasher::hash(). The secret is not empty.
  std::span<const unsigned char> make(std::string_view secret, std::string_view message) noexcept;

 private:
  std::size_t size_;
  Owner<evp_mac_st> mac_;
  Owner<evp_mac_ctx_st> context_;
  std::array<unsigned char, kMaxDigestSize> bytes_{};
};

// Sets what an RSA or elliptic-curve algorithm says on a context that has been made ready for
// signing or verifying digests. PSS: MGF1 of the same hash, a salt of its length (RFC 7518, section
// 3.5).
bool configure(evp_pkey_ctx_st* context, const AlgorithmRow& row) noexcept;

// OpenSSL's name of a type of Edwards key.
constexpr const char* name_of_curve(KeyType type) {
  return type == KeyType::Ed448 ? "ED448" : "ED25519";
}

// One parameter of a key, under OpenSSL's name for it. A number is big-endian.
struct KeyPart {
  enum class Form { Number, Octets, Text };
  const char* name;
  Form form;
  std::string_view bytes;
};

// A key of OpenSSL's `type`, public unless `parts` hold private ones and `Parts` says so. Null if
// OpenSSL refuses it.
enum class Parts { Public, Pair };
Owner<evp_pkey_st> import_key(const char* type, std::span<const KeyPart> parts, Parts which);

// A number of a key, big-endian in exactly `size` bytes, or in as many as it needs where that is 0;
// empty if there is no such number.
std::string get_number(const evp_pkey_st* key, const char* name, std::size_t size = 0);

}  // namespace verdict::openssl
