#include "compiler/policyc/workbench/signing.h"

#include <algorithm>
#include <array>

#include "compiler/ast/key_set.h"
#include "compiler/diag/emitter.h"
#include "compiler/policyc/workbench/json_copy.h"
#include "compiler/policyc/workbench/report.h"
#include "compiler/syntax/json.h"
#include "runtime/crypto/base64url.h"
#include "runtime/crypto/signing/signing_key.h"
#include "vm/base/hash.h"

namespace verdict::policyc {
namespace {

using compiler::JsonKind;
using compiler::JsonMember;
using compiler::JsonNode;

constexpr std::int64_t kMicroseconds = 1'000'000;

Unexpected<SigningError> refuse(std::string message) {
  return Unexpected(SigningError{std::move(message)});
}

const KeyTypeRow& row_of(KeyType type) {
  return *std::find_if(kKeyTypes.begin(), kKeyTypes.end(),
                       [type](const KeyTypeRow& row) { return row.type == type; });
}

std::string hex(std::uint64_t value) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (int shift = 60; shift >= 0; shift -= 4) text += kDigits[(value >> shift) & 15U];
  return text;
}

// A name that differs where public keys differ. Nothing of a secret enters a name.
std::string default_kid(const std::vector<KeyParameter>& parameters) {
  if (parameters.empty()) return "secret";
  std::string text;
  for (const KeyParameter& parameter : parameters) text += parameter.bytes;
  return hex(hash_text(text));
}

JsonValue make_jwk(const SigningKey& key, Algorithm algorithm, const std::string& kid,
                   const std::vector<KeyParameter>& parameters) {
  const KeyTypeRow& row = row_of(key.type());
  JsonValue jwk = JsonValue::object();
  jwk.set("kty", row.kty);
  if (!row.crv.empty()) jwk.set("crv", row.crv);
  jwk.set("kid", kid).set("use", "sig").set("alg", get_row(algorithm).name);
  for (const KeyParameter& parameter : parameters)
    jwk.set(parameter.name, encode_base64url(parameter.bytes));
  return jwk;
}

// A JSON object that was given, and what is wrong with it.
class ObjectText {
 public:
  ObjectText(std::string name, std::string_view text) : name_(name), emitter_(consumer_) {
    const compiler::FileId file =
        sources_.add(std::move(name), std::string(text), {}, compiler::Quoting::Forbidden);
    document_ = read_json(sources_, file, emitter_);
  }

  [[nodiscard]] std::optional<std::string> problem() const {
    if (!document_ || emitter_.has_errors())
      return name_ + ": " + first_problem(consumer_.diagnostics, sources_);
    if (!document_->root().is(JsonKind::Object)) return name_ + ": expected a JSON object";
    return std::nullopt;
  }
  [[nodiscard]] const JsonNode& root() const { return document_->root(); }
  [[nodiscard]] std::optional<std::string_view> text(std::string_view key) const {
    const JsonMember* const member = root().find(key);
    if (member == nullptr || !member->value->is(JsonKind::String)) return std::nullopt;
    return member->value->text();
  }

 private:
  std::string name_;
  compiler::Sources sources_;
  compiler::CollectingConsumer consumer_;
  compiler::Emitter emitter_;
  std::optional<compiler::JsonDocument> document_;
};

constexpr auto kParameterNames =
    std::to_array<std::string_view>({"n", "e", "d", "p", "q", "dp", "dq", "qi", "x", "y", "k"});

Expected<SigningKey, SigningError> read_key(const ObjectText& jwk) {
  const auto row = std::find_if(kKeyTypes.begin(), kKeyTypes.end(), [&](const KeyTypeRow& type) {
    return jwk.text("kty") == type.kty && jwk.text("crv").value_or("") == type.crv;
  });
  if (row == kKeyTypes.end()) return refuse("the key: its `kty` and `crv` are of no known kind");
  std::vector<KeyParameter> parameters;
  for (const std::string_view name : kParameterNames) {
    const auto text = jwk.text(name);
    if (!text) continue;
    auto bytes = decode_base64url(*text);
    if (!bytes) return refuse("the key: `" + std::string(name) + "` is no base64url");
    parameters.push_back({name, std::move(*bytes)});
  }
  auto key = SigningKey::from_parameters(row->type, parameters);
  if (!key) return refuse("the key: " + key.error().message);
  return std::move(key).value();
}

JsonValue claims_of(const JsonNode& claims, const SigningRequest& request) {
  constexpr auto kTimes = std::to_array<std::string_view>({"iat", "nbf", "exp"});
  JsonValue json = JsonValue::object();
  for (const JsonMember& member : claims.members()) {
    const bool is_time = std::find(kTimes.begin(), kTimes.end(), member.key) != kTimes.end();
    if (!is_time || !request.lifetime_seconds) json.set(member.key, copy(*member.value));
  }
  if (request.lifetime_seconds) {
    const std::int64_t now = request.now / kMicroseconds;
    json.set("iat", now).set("nbf", now).set("exp", now + *request.lifetime_seconds);
  }
  return json;
}

}  // namespace

Expected<KeyPair, SigningError> generate_keys(Algorithm algorithm,
                                              const std::optional<std::string>& kid) {
  auto key = SigningKey::generate(algorithm);
  if (!key) return refuse(key.error().message);
  const std::vector<KeyParameter> shown = key->public_parameters();
  std::vector<KeyParameter> all = shown;
  for (KeyParameter& parameter : key->private_parameters()) all.push_back(std::move(parameter));
  const std::string name = kid ? *kid : default_kid(shown);
  JsonValue keys = JsonValue::array();
  if (!is_symmetric(algorithm)) keys.push(make_jwk(*key, algorithm, name, shown));
  JsonValue set = JsonValue::object();
  set.set("keys", std::move(keys));
  return KeyPair{make_jwk(*key, algorithm, name, all).pretty(), set.pretty()};
}

bool is_public_key_set(std::string_view text) {
  const ObjectText set("the key set", text);
  return !set.problem() && set.root().find("keys") != nullptr &&
         compiler::ast::find_secret_members(set.root()).empty();
}

Expected<std::string, SigningError> sign_token(const SigningRequest& request) {
  const ObjectText jwk("the key", request.private_jwk);
  if (const auto problem = jwk.problem()) return refuse(*problem);
  const ObjectText claims("the claims", request.claims);
  if (const auto problem = claims.problem()) return refuse(*problem);
  const auto algorithm = find_algorithm(jwk.text("alg").value_or(""));
  if (jwk.root().find("keys") != nullptr)
    return refuse("the key: this is a key set; one private key is needed, as `keygen` writes it");
  if (!algorithm) return refuse("the key: its `alg` names no algorithm");
  const auto key = read_key(jwk);
  if (!key) return Unexpected(key.error());
  JsonValue header = JsonValue::object();
  header.set("alg", get_row(*algorithm).name).set("typ", request.type);
  if (const auto kid = jwk.text("kid")) header.set("kid", *kid);
  const std::string text = encode_base64url(header.line()) + "." +
                           encode_base64url(claims_of(claims.root(), request).line());
  const auto signature = key->sign(*algorithm, text);
  if (!signature) return refuse("the key: " + signature.error().message);
  return text + "." + encode_base64url(*signature);
}

}  // namespace verdict::policyc
