// The rows of algorithms.def, and sets of algorithms.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace verdict {

enum class KeyType : std::uint8_t { Rsa, P256, P384, P521, Ed25519, Secret };
enum class Digest : std::uint8_t { None, Sha256, Sha384, Sha512 };
enum class RsaPadding : std::uint8_t { None, Pkcs1, Pss };

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
  [[nodiscard]] constexpr bool contains(Algorithm algorithm) const {
    return (bits_ & bit(algorithm)) != 0;
  }

 private:
  static constexpr std::uint32_t bit(Algorithm algorithm) {
    return std::uint32_t{1} << static_cast<unsigned>(algorithm);
  }
  std::uint32_t bits_ = 0;
};

}  // namespace verdict
