// The rows of algorithms.def, the types of keys and digests in them, and sets of algorithms.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace verdict {

enum class KeyType : std::uint8_t { Rsa, P256, P384, P521, Ed25519, Ed448, Secret };
enum class Digest : std::uint8_t { None, Sha256, Sha384, Sha512 };
enum class RsaPadding : std::uint8_t { None, Pkcs1, Pss };

// How a JWK names a type of key (RFC 7518, section 6; RFC 8037, section 2), and how many bytes one
// coordinate of its public point takes.
struct KeyTypeRow {
  KeyType type;
  std::string_view kty;
  std::string_view crv;
  std::size_t coordinate_size;
};
inline constexpr auto kKeyTypes = std::to_array<KeyTypeRow>({
    {KeyType::Rsa, "RSA", "", 0},
    {KeyType::P256, "EC", "P-256", 32},
    {KeyType::P384, "EC", "P-384", 48},
    {KeyType::P521, "EC", "P-521", 66},
    {KeyType::Ed25519, "OKP", "Ed25519", 32},
    {KeyType::Ed448, "OKP", "Ed448", 57},
    {KeyType::Secret, "oct", "", 0},
});

constexpr const KeyTypeRow& get_row(KeyType type) {
  return kKeyTypes[static_cast<std::size_t>(type)];
}
static_assert([] {
  for (const KeyTypeRow& row : kKeyTypes) {
    if (&get_row(row.type) != &row) return false;
  }
  return true;
}());

// A key of one of the two Edwards curves.
constexpr bool is_edwards(KeyType type) {
  return type == KeyType::Ed25519 || type == KeyType::Ed448;
}

// Bytes of a digest.
constexpr std::size_t digest_size(Digest digest) {
  constexpr std::array<std::size_t, 4> kSizes = {0, 32, 48, 64};
  return kSizes[static_cast<std::size_t>(digest)];
}
inline constexpr std::size_t kMaxDigestSize = digest_size(Digest::Sha512);

enum class Algorithm : std::uint8_t {
#define VERDICT_ALGORITHM(name, key_type, hash, padding) name,
#include "runtime/crypto/algorithms.def"
};

struct AlgorithmRow {
  Algorithm algorithm;
  std::string_view name;
  KeyType key_type;
  Digest digest;
  RsaPadding padding;
};
inline constexpr auto kAlgorithms = std::to_array<AlgorithmRow>({
#define VERDICT_ALGORITHM(name, key_type, hash, padding) \
  {Algorithm::name, #name, KeyType::key_type, Digest::hash, RsaPadding::padding},
#include "runtime/crypto/algorithms.def"
});

constexpr const AlgorithmRow& get_row(Algorithm algorithm) {
  return kAlgorithms[static_cast<std::size_t>(algorithm)];
}
constexpr bool is_symmetric(Algorithm algorithm) {
  return get_row(algorithm).key_type == KeyType::Secret;
}

// Whether an algorithm is used with keys of that type. EdDSA is with either curve (RFC 8037,
// section 3.1); Ed25519 and Ed448 name one of them each (RFC 9864).
constexpr bool takes_key(Algorithm algorithm, KeyType type) {
  return get_row(algorithm).key_type == type ||
         (algorithm == Algorithm::EdDSA && type == KeyType::Ed448);
}

// Exactly that spelling.
constexpr std::optional<Algorithm> find_algorithm(std::string_view name) {
  for (const AlgorithmRow& row : kAlgorithms) {
    if (row.name == name) return row.algorithm;
  }
  return std::nullopt;
}

// A set of algorithms: one bit each.
class AlgorithmSet {
 public:
  constexpr AlgorithmSet() = default;
  constexpr void add(Algorithm algorithm) { bits_ |= bit(algorithm); }
  constexpr void add(AlgorithmSet others) { bits_ |= others.bits_; }
  [[nodiscard]] constexpr bool contains(Algorithm algorithm) const {
    return (bits_ & bit(algorithm)) != 0;
  }
  [[nodiscard]] constexpr AlgorithmSet common_with(AlgorithmSet other) const {
    other.bits_ &= bits_;
    return other;
  }
  friend constexpr bool operator==(AlgorithmSet, AlgorithmSet) = default;

 private:
  static constexpr std::uint32_t bit(Algorithm algorithm) {
    return std::uint32_t{1} << static_cast<unsigned>(algorithm);
  }
  std::uint32_t bits_ = 0;
};

// Whether a list of algorithms that holds these allows that one: EdDSA stands for its curves too.
constexpr bool allows(AlgorithmSet listed, Algorithm algorithm) {
  return listed.contains(algorithm) ||
         (is_edwards(get_row(algorithm).key_type) && listed.contains(Algorithm::EdDSA));
}

}  // namespace verdict
