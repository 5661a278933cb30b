// A JSON Web Key Set (RFC 7517): the keys of it that signatures may be verified with, and which one
// a token asks for. Knows neither where the set comes from nor what a token is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/crypto/algorithm.h"
#include "runtime/crypto/key.h"
#include <verdict/expected.h>

namespace verdict {

class JsonReader;

// Why a whole set was refused, in words for the log that quote nothing of it: what it is instead,
// where that is known, and what to do.
struct KeySetError {
  std::string message;
};

// Why a set has no key for a token.
enum class KeyLookupError : std::uint8_t {
  UnknownKid,         // no usable key has this id; or no id is asked for and there is no usable key
  NoKidAndSeveral,    // no id is asked for, and more than one key would do
  AlgorithmMismatch,  // the keys of that id, or without an id every key, take other algorithms
  SeveralOfKid,       // different keys of that id take the algorithm
  BrokenOfKid,        // beside the key of that id a broken one may be meant
};

// Immutable once parsed, so any number of threads may read one. Owns its keys. Move-only.
class KeySet {
 public:
  // Whether shared secrets (`oct`) are keys of this set. A set that is published never holds any.
  enum class Secrets : std::uint8_t { Refused, Allowed };

  struct Key {
    std::optional<std::string> kid;
    std::optional<Algorithm> algorithm;  // `alg`: what the key is for, if it says so
    VerificationKey key;
    // Of the set that the key is in: the index of its first key of the same material, and the
    // algorithms for which another key of the same kid may be meant.
    std::size_t material = 0;
    AlgorithmSet contested = {};

    [[nodiscard]] KeyType type() const { return key.type(); }
    // Any of its type's, or the one that it names; EdDSA and the name of the key's curve (RFC 9864)
    // are two names of one.
    [[nodiscard]] bool takes(Algorithm wanted) const {
      return takes_key(wanted, type()) &&
             (!algorithm || *algorithm == wanted || is_edwards(type()));
    }
    // Wherever they are.
    friend bool operator==(const Key& a, const Key& b) {
      return a.kid == b.kid && a.algorithm == b.algorithm && a.key == b.key;
    }
  };

  // A member of `keys` that is not used.
  struct SkippedKey {
    std::size_t index = 0;  // in `keys`, from 0
    std::string kid;        // fit for a log: see quote_kid(); empty where there is none
    std::string reason;     // quotes nothing of the key
    // It says of itself that it is for something else, such as encryption: nothing is wrong.
    bool is_for_something_else = false;
  };

  // Refused as a whole: over limits::kMaxKeySetBytes, no JSON of the strict kind (see JsonReader),
  // not an object with an array `keys` of 1 to limits::kMaxKeys elements. Otherwise each element
  // becomes a key, or is skipped with a reason: bad or missing members, private members, a `use`,
  // `key_ops` or `alg` that is not about verifying signatures with this type of key. All of them
  // may have been skipped. A `kid` that is null is none.
  static Expected<KeySet, KeySetError> parse(std::string_view json,
                                             Secrets secrets = Secrets::Refused);
  // The same with a reader of the caller's, for many sets. What it read before is lost.
  static Expected<KeySet, KeySetError> parse(JsonReader& reader, std::string_view json,
                                             Secrets secrets = Secrets::Refused);

  // In the order of the set.
  [[nodiscard]] const std::vector<Key>& keys() const { return keys_; }
  [[nodiscard]] const std::vector<SkippedKey>& skipped() const { return skipped_; }

  // The one key for a token with that `kid` and `alg`; lives as long as the set. With a kid: the
  // key of exactly that kid, so never one without, that takes the algorithm. Without: the key that
  // takes the algorithm. It must be the only one: a key that is listed twice counts once, and of a
  // kid no skipped key may be there that could be meant too, for all that can be read of it: its
  // type is the same, and nothing says that it is for something else. Allocates nothing.
  [[nodiscard]] Expected<const Key*, KeyLookupError> find(std::optional<std::string_view> kid,
                                                          Algorithm algorithm) const noexcept;
  // Whether a key of this set has the same kid, the same `alg` and the same material, and is the
  // one that its kid means for this algorithm.
  [[nodiscard]] bool contains(const Key& key, Algorithm algorithm) const;

 private:
  KeySet() = default;

  [[nodiscard]] Expected<const Key*, KeyLookupError> find_named(std::string_view kid,
                                                                Algorithm algorithm) const noexcept;
  [[nodiscard]] Expected<const Key*, KeyLookupError> find_only(Algorithm algorithm) const noexcept;
  // Whether a different key of the same kid takes the algorithm too.
  [[nodiscard]] bool has_rival(const Key& key, Algorithm algorithm) const noexcept;

  std::vector<Key> keys_;
  std::vector<SkippedKey> skipped_;
};

// A kid as a log may show it: in double quotes, cut to 64 bytes, with control characters and
// whatever else moves or hides text escaped.
std::string quote_kid(std::string_view kid);

// "key 2 (kid "a"): `n` is not base64url"
std::string to_text(const KeySet::SkippedKey& key);

}  // namespace verdict
