#include "runtime/jwt/key_set.h"

#include <algorithm>
#include <array>
#include <utility>

#include "runtime/crypto/base64url.h"
#include "runtime/json/reader.h"
#include "vm/base/limits.h"
#include "vm/base/text.h"

namespace verdict {
namespace {

constexpr std::size_t kMaxShownKid = 64;

// The members that only a private key or a secret has (RFC 7518, section 6; RFC 8037, section 2).
constexpr auto kPrivateMembers =
    std::to_array<std::string_view>({"d", "p", "q", "dp", "dq", "qi", "oth", "k"});

template <class T>
using Read = Expected<T, KeyError>;

Unexpected<KeyError> skip(std::string message) { return Unexpected(KeyError{std::move(message)}); }

std::string in_backticks(std::string_view name) { return "`" + std::string(name) + "`"; }

// ---- members

Read<std::optional<std::string_view>> find_text(JsonRef key, std::string_view name) {
  const std::optional<JsonRef> member = key.find(name);
  if (!member) return std::optional<std::string_view>();
  if (!member->is(ClaimKind::String)) return skip(in_backticks(name) + " is not a string");
  return std::optional(member->text());
}

Read<std::string_view> get_text(JsonRef key, std::string_view name) {
  const auto text = find_text(key, name);
  VERDICT_TRY(text);
  if (!*text) return skip(in_backticks(name) + " is missing");
  return **text;
}

Read<std::string> get_bytes(JsonRef key, std::string_view name) {
  const auto text = get_text(key, name);
  if (!text) return Unexpected(text.error());
  std::optional<std::string> bytes = decode_base64url(*text);
  if (!bytes) return skip(in_backticks(name) + " is not base64url in its canonical form");
  return std::move(*bytes);
}

// A kid that is null is none.
Read<std::optional<std::string_view>> find_kid(JsonRef key) {
  const std::optional<JsonRef> member = key.find("kid");
  if (member && member->is(ClaimKind::Null)) return std::optional<std::string_view>();
  return find_text(key, "kid");
}

// ---- what the key is for

Read<void> check_use(JsonRef key) {
  const auto use = find_text(key, "use");
  if (!use) return Unexpected(use.error());
  if (*use && **use == "enc") return skip("it is for encryption (`use` is `enc`)");
  if (*use && **use != "sig") return skip("`use` is not `sig`");
  return {};
}

// Walks once over the array; JsonRef::at() would for each of them.
std::vector<JsonRef> elements_of(JsonRef array) {
  std::vector<JsonRef> elements;
  for (std::size_t i = 0; i < array.size(); ++i) {
    elements.push_back(i == 0 ? array.at(0) : elements.back().next());
  }
  return elements;
}

Read<std::vector<std::string_view>> get_operations(JsonRef operations) {
  if (!operations.is(ClaimKind::Array)) return skip("`key_ops` is not an array");
  std::vector<std::string_view> names;
  for (const JsonRef& operation : elements_of(operations)) {
    if (!operation.is(ClaimKind::String)) return skip("`key_ops` holds something but strings");
    names.push_back(operation.text());
  }
  return names;
}

// No repeats (RFC 7517, section 4.3).
Read<void> check_operations(JsonRef operations) {
  auto names = get_operations(operations);
  if (!names) return Unexpected(std::move(names).error());
  std::sort(names->begin(), names->end());
  if (std::adjacent_find(names->begin(), names->end()) != names->end()) {
    return skip("`key_ops` names an operation twice");
  }
  if (!std::binary_search(names->begin(), names->end(), "verify")) {
    return skip("`key_ops` does not name `verify`");
  }
  return {};
}

Read<void> check_purpose(JsonRef key) {
  VERDICT_TRY(check_use(key));
  const std::optional<JsonRef> operations = key.find("key_ops");
  return operations ? check_operations(*operations) : Read<void>();
}

// ---- what it is

Read<KeyType> get_type(JsonRef key) {
  const auto kty = get_text(key, "kty");
  if (!kty) return Unexpected(kty.error());
  const auto crv = find_text(key, "crv");
  if (!crv) return Unexpected(crv.error());
  bool is_known = false;
  for (const KeyTypeRow& row : kKeyTypes) {
    if (row.kty != *kty) continue;
    if (row.crv.empty() || row.crv == *crv) return row.type;
    is_known = true;
  }
  if (!is_known) return skip("`kty` is not known");
  return skip(*crv ? "`crv` is not known" : "`crv` is missing");
}

Read<void> check_secrecy(JsonRef key, KeyType type, KeySet::Secrets secrets) {
  if (type == KeyType::Secret) {
    if (secrets == KeySet::Secrets::Allowed) return {};
    return skip("a shared secret (`oct`) has no place in a published set");
  }
  for (const std::string_view name : kPrivateMembers) {
    if (key.find(name)) {
      return skip("it holds the private member " + in_backticks(name) +
                  ": it is published and must be replaced");
    }
  }
  return {};
}

// RFC 7518, section 4.1, and what has been registered since.
bool is_key_management(std::string_view alg) {
  return alg.starts_with("RSA-OAEP") || alg == "RSA1_5" || alg.starts_with("ECDH-ES");
}

Read<std::optional<Algorithm>> get_algorithm(JsonRef key, KeyType type) {
  const auto name = find_text(key, "alg");
  if (!name) return Unexpected(name.error());
  if (!*name) return std::optional<Algorithm>();
  const std::optional<Algorithm> algorithm = find_algorithm(**name);
  if (!algorithm && is_key_management(**name)) return skip("its `alg` is one for encryption");
  if (!algorithm) return skip("`alg` is no signature algorithm that is known");
  if (!takes_key(*algorithm, type)) {
    return skip("`alg` is no signature algorithm of this type of key");
  }
  return algorithm;
}

// Of two members: the larger part of all keys.
template <class Make>
Read<VerificationKey> make_of_two(JsonRef key, std::string_view first, std::string_view second,
                                  Make make) {
  const auto first_bytes = get_bytes(key, first);
  if (!first_bytes) return Unexpected(first_bytes.error());
  const auto second_bytes = get_bytes(key, second);
  if (!second_bytes) return Unexpected(second_bytes.error());
  return make(*first_bytes, *second_bytes);
}

template <class Make>
Read<VerificationKey> make_of_one(JsonRef key, std::string_view name, Make make) {
  const auto bytes = get_bytes(key, name);
  if (!bytes) return Unexpected(bytes.error());
  return make(*bytes);
}

Read<VerificationKey> make_key(JsonRef key, KeyType type) {
  switch (type) {
    case KeyType::Rsa:
      return make_of_two(key, "n", "e", VerificationKey::make_rsa);
    case KeyType::P256:
    case KeyType::P384:
    case KeyType::P521:
      return make_of_two(key, "x", "y", [type](std::string_view x, std::string_view y) {
        return VerificationKey::make_ec(type, x, y);
      });
    case KeyType::Ed25519:
    case KeyType::Ed448:
      return make_of_one(
          key, "x", [type](std::string_view x) { return VerificationKey::make_edwards(type, x); });
    case KeyType::Secret:
      return make_of_one(key, "k", VerificationKey::make_secret);
  }
  return skip("`kty` is not known");
}

// RFC 7517, section 4.7, asks for the numbers beside it.
Read<void> check_is_no_bare_certificate(JsonRef key) {
  const bool has_numbers = key.find("n") || key.find("x");
  if (has_numbers || !key.find("x5c")) return {};
  return skip("it is a certificate chain (`x5c`) alone, without the key's own numbers");
}

Read<KeySet::Key> read_key(JsonRef element, KeySet::Secrets secrets) {
  if (!element.is(ClaimKind::Object)) return skip("it is not an object");
  const auto kid = find_kid(element);
  if (!kid) return Unexpected(kid.error());
  const auto type = get_type(element);
  if (!type) return Unexpected(type.error());
  VERDICT_TRY(check_secrecy(element, *type, secrets));
  VERDICT_TRY(check_purpose(element));
  VERDICT_TRY(check_is_no_bare_certificate(element));
  const auto algorithm = get_algorithm(element, *type);
  if (!algorithm) return Unexpected(algorithm.error());
  auto key = make_key(element, *type);
  if (!key) return Unexpected(std::move(key).error());
  return KeySet::Key{*kid ? std::optional<std::string>(**kid) : std::nullopt, *algorithm,
                     std::move(key).value()};
}

// ---- what a skipped key may have been

// Nothing where the member is missing, or no string.
std::optional<std::string_view> text_of(JsonRef key, std::string_view name) {
  const auto text = find_text(key, name);
  return text ? *text : std::nullopt;
}

// It says of itself that it is no key for verifying signatures.
bool is_for_something_else(JsonRef key) {
  if (const auto use = text_of(key, "use")) return *use != "sig";
  if (const std::optional<JsonRef> operations = key.find("key_ops")) {
    const auto names = get_operations(*operations);
    return names && std::find(names->begin(), names->end(), "verify") == names->end();
  }
  const auto alg = text_of(key, "alg");
  return alg && is_key_management(*alg);
}

// Whether a key may be of that type, for all that it says.
bool may_be(JsonRef key, const KeyTypeRow& type) {
  const auto kty = text_of(key, "kty");
  const auto crv = text_of(key, "crv");
  return (!kty || *kty == type.kty) && (type.crv.empty() || !crv || *crv == type.crv);
}

AlgorithmSet algorithms_of(KeyType type) {
  AlgorithmSet algorithms;
  for (const AlgorithmRow& row : kAlgorithms) {
    if (takes_key(row.algorithm, type)) algorithms.add(row.algorithm);
  }
  return algorithms;
}

// The algorithms that a skipped key may be for: what it does not say, it may be.
AlgorithmSet possible_algorithms(JsonRef key) {
  AlgorithmSet possible;
  if (is_for_something_else(key)) return possible;
  for (const KeyTypeRow& type : kKeyTypes) {
    if (may_be(key, type)) possible.add(algorithms_of(type.type));
  }
  const auto alg = find_algorithm(text_of(key, "alg").value_or(""));
  if (!alg || !possible.contains(*alg)) return possible;
  if (is_edwards(get_row(*alg).key_type)) return possible;
  AlgorithmSet only;
  only.add(*alg);
  return only;
}

// ---- the set

// Of UTF-8: a byte that does not begin a character.
bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

// For whatever the element is.
std::string shown_kid(JsonRef element) {
  if (!element.is(ClaimKind::Object)) return {};
  const auto kid = text_of(element, "kid");
  return kid ? quote_kid(*kid) : std::string();
}

Unexpected<KeySetError> refuse(std::string message) {
  return Unexpected(KeySetError{std::move(message)});
}

// ---- what is no key set

constexpr std::string_view kPem = "-----BEGIN ";

// What stands there in the place of JSON, where it is one of the usual things.
std::optional<std::string_view> known_text(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  const std::string_view first_line = text.substr(0, text.find_first_of("\r\n"));
  if (first_line.starts_with(kPem)) {
    if (first_line.find("PRIVATE KEY") != std::string_view::npos) {
      return "is a private key in PEM, which belongs to nobody but its issuer: put the public key "
             "here as a JSON Web Key";
    }
    if (first_line.find("CERTIFICATE") != std::string_view::npos)
      return "is a certificate in PEM: put its public key here as a JSON Web Key";
    return "is a key in PEM: put it here as a JSON Web Key";
  }
  if (text.starts_with('<')) {
    return "is a page of HTML or XML, such as one that says that nothing was found: fetch the set "
           "from the issuer's `jwks_uri`";
  }
  return std::nullopt;
}

bool is_certificate_map(JsonRef object) {
  if (object.size() == 0) return false;
  JsonRef member = object.at(0);
  for (std::size_t i = 0; i < object.size(); ++i) {
    if (i != 0) member = member.next();
    if (!member.is(ClaimKind::String) || !member.text().starts_with(kPem)) return false;
  }
  return true;
}

// Of JSON that is not an object with an array `keys`.
Unexpected<KeySetError> refuse_shape(JsonRef root) {
  if (root.is(ClaimKind::Array)) {
    return refuse("the key set is a list: put it into an object, `{\"keys\": [...]}`");
  }
  if (!root.is(ClaimKind::Object)) return refuse("the key set is not an object");
  if (root.find("kty")) {
    return refuse("the key set is a single key: put it into a set, `{\"keys\": [...]}`");
  }
  if (root.find("jwks_uri")) {
    return refuse("the key set is the issuer's metadata: the keys stand behind its `jwks_uri`");
  }
  if (is_certificate_map(root)) {
    return refuse(
        "the key set is a map of certificates, which is not read: take the issuer's set of JSON "
        "Web Keys (of Firebase: "
        "https://www.googleapis.com/service_accounts/v1/jwk/"
        "securetoken@system.gserviceaccount.com)");
  }
  return refuse("the key set has no array `keys`");
}

Expected<JsonRef, KeySetError> find_keys(const JsonTree& tree) {
  const JsonRef root(tree);
  const std::optional<JsonRef> keys = root.is(ClaimKind::Object) ? root.find("keys") : std::nullopt;
  if (!keys || !keys->is(ClaimKind::Array)) return refuse_shape(root);
  if (keys->size() == 0) return refuse("the key set holds no key");
  if (keys->size() > limits::kMaxKeys) {
    return refuse("the key set holds more than " + std::to_string(limits::kMaxKeys) + " keys");
  }
  return *keys;
}

// The elements of one set, told apart into keys and skipped ones.
class Sorter {
 public:
  Sorter(std::vector<KeySet::Key>& keys, std::vector<KeySet::SkippedKey>& skipped)
      : keys_(keys), skipped_(skipped) {}

  void sort(JsonRef elements, KeySet::Secrets secrets) {
    std::size_t index = 0;
    for (const JsonRef& element : elements_of(elements)) add(index++, element, secrets);
    for (std::size_t i = 0; i < keys_.size(); ++i) compare_with_earlier(i);
    for (KeySet::Key& key : keys_) contest(key);
  }

 private:
  // A skipped key whose kid others may have.
  struct BrokenKey {
    std::string_view kid;
    AlgorithmSet possible;
  };

  void add(std::size_t index, JsonRef element, KeySet::Secrets secrets) {
    auto key = read_key(element, secrets);
    if (key) {
      keys_.push_back(std::move(key).value());
      return;
    }
    const bool is_object = element.is(ClaimKind::Object);
    skipped_.push_back({index, shown_kid(element), std::move(key).error().message,
                        is_object && is_for_something_else(element)});
    if (!is_object) return;
    if (const auto kid = text_of(element, "kid"))
      broken_.push_back({*kid, possible_algorithms(element)});
  }

  void compare_with_earlier(std::size_t index) {
    KeySet::Key& key = keys_[index];
    key.material = index;
    for (std::size_t i = 0; i < index; ++i) {
      KeySet::Key& earlier = keys_[i];
      if (key.material == index && earlier.key == key.key) key.material = earlier.material;
      if (!key.kid || earlier.kid != key.kid || earlier.material == key.material) continue;
      const AlgorithmSet common = algorithms_of(key).common_with(algorithms_of(earlier));
      key.contested.add(common);
      earlier.contested.add(common);
    }
  }

  void contest(KeySet::Key& key) const {
    for (const BrokenKey& broken : broken_) {
      if (key.kid == broken.kid) key.contested.add(algorithms_of(key).common_with(broken.possible));
    }
  }

  static AlgorithmSet algorithms_of(const KeySet::Key& key) {
    AlgorithmSet taken;
    for (const AlgorithmRow& row : kAlgorithms) {
      if (key.takes(row.algorithm)) taken.add(row.algorithm);
    }
    return taken;
  }

  std::vector<KeySet::Key>& keys_;
  std::vector<KeySet::SkippedKey>& skipped_;
  std::vector<BrokenKey> broken_;
};

}  // namespace

Expected<KeySet, KeySetError> KeySet::parse(std::string_view json, Secrets secrets) {
  JsonReader reader;
  return parse(reader, json, secrets);
}

Expected<KeySet, KeySetError> KeySet::parse(JsonReader& reader, std::string_view json,
                                            Secrets secrets) {
  if (json.size() > limits::kMaxKeySetBytes) {
    return refuse("the key set is longer than " + std::to_string(limits::kMaxKeySetBytes) +
                  " bytes");
  }
  const auto tree = reader.read(json);
  if (!tree) {
    return refuse("the key set " + std::string(known_text(json).value_or(tree.error().message)));
  }
  const auto elements = find_keys(**tree);
  if (!elements) return Unexpected(elements.error());
  KeySet set;
  Sorter(set.keys_, set.skipped_).sort(*elements, secrets);
  return set;
}

std::string quote_kid(std::string_view kid) {
  std::size_t size = std::min(kid.size(), kMaxShownKid);
  while (size > 0 && size < kid.size() && is_continuation(kid[size])) --size;
  return "\"" + escape_for_display(kid.substr(0, size)) + (size < kid.size() ? "...\"" : "\"");
}

std::string to_text(const KeySet::SkippedKey& key) {
  const std::string kid = key.kid.empty() ? std::string() : " (kid " + key.kid + ")";
  return "key " + std::to_string(key.index) + kid + ": " + key.reason;
}

Expected<const KeySet::Key*, KeyLookupError> KeySet::find(std::optional<std::string_view> kid,
                                                          Algorithm algorithm) const noexcept {
  return kid ? find_named(*kid, algorithm) : find_only(algorithm);
}

Expected<const KeySet::Key*, KeyLookupError> KeySet::find_named(
    std::string_view kid, Algorithm algorithm) const noexcept {
  bool is_named = false;
  for (const Key& key : keys_) {
    if (key.kid != kid) continue;
    is_named = true;
    if (!key.takes(algorithm)) continue;
    if (!key.contested.contains(algorithm)) return &key;
    return Unexpected(has_rival(key, algorithm) ? KeyLookupError::SeveralOfKid
                                                : KeyLookupError::BrokenOfKid);
  }
  return Unexpected(is_named ? KeyLookupError::AlgorithmMismatch : KeyLookupError::UnknownKid);
}

Expected<const KeySet::Key*, KeyLookupError> KeySet::find_only(Algorithm algorithm) const noexcept {
  const Key* found = nullptr;
  for (const Key& key : keys_) {
    if (!key.takes(algorithm)) continue;
    if (found != nullptr && found->material != key.material)
      return Unexpected(KeyLookupError::NoKidAndSeveral);
    if (found == nullptr) found = &key;
  }
  if (found != nullptr) return found;
  return Unexpected(keys_.empty() ? KeyLookupError::UnknownKid : KeyLookupError::AlgorithmMismatch);
}

bool KeySet::has_rival(const Key& key, Algorithm algorithm) const noexcept {
  return std::any_of(keys_.begin(), keys_.end(), [&](const Key& other) {
    return other.kid == key.kid && other.takes(algorithm) && other.material != key.material;
  });
}

bool KeySet::contains(const Key& key, Algorithm algorithm) const {
  return std::any_of(keys_.begin(), keys_.end(), [&](const Key& own) {
    return own == key && !own.contested.contains(algorithm);
  });
}

}  // namespace verdict
