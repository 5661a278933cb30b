#include "runtime/jwt/verifier.h"

#include <algorithm>

#include "runtime/crypto/base64url.h"
#include "runtime/jwt/claims.h"
#include "runtime/jwt/missing_key.h"
#include "runtime/jwt/token_error.h"
#include "vm/base/limits.h"

namespace verdict {
namespace {

// A segment's bytes into the reader's buffer.
Expected<std::string_view, TokenError> decode_segment(std::string_view segment,
                                                      std::string_view what, JsonReader& reader) {
  const std::size_t size = decoded_length(segment.size());
  char* const buffer = reader.buffer(size);
  if (!decode_base64url(segment, buffer)) {
    return refuse(TokenCause::Malformed,
                  "the " + std::string(what) + " is no canonical base64url without padding");
  }
  return std::string_view(buffer, size);
}

Expected<const JsonTree*, TokenError> read_segment(std::string_view segment, std::string_view what,
                                                   JsonReader& reader) {
  const auto bytes = decode_segment(segment, what, reader);
  if (!bytes) return Unexpected(bytes.error());
  auto tree = reader.read_buffer(bytes->size());
  if (!tree) {
    return refuse(TokenCause::Malformed,
                  "the " + std::string(what) + ": " + std::string(tree.error().message));
  }
  return *tree;
}

// Into scratch.header. The same text again is not read again.
Expected<void, TokenError> read_token_header(std::string_view segment, TokenScratch& scratch) {
  if (segment == scratch.header_text) return {};
  scratch.header_text.clear();
  const auto tree = read_segment(segment, "header", scratch.header_reader);
  if (!tree) return Unexpected(tree.error());
  const auto header = read_header(JsonRef(**tree));
  if (!header) return Unexpected(header.error());
  scratch.header = *header;
  scratch.header_text = segment;
  return {};
}

Expected<void, TokenError> decode_signature(std::string_view segment, std::string& signature) {
  if (segment.size() > limits::kMaxSignatureBytes * 2)
    return refuse(TokenCause::BadSignature, "the signature is longer than any");
  signature.resize(decoded_length(segment.size()));
  if (decode_base64url(segment, signature.data())) return {};
  return refuse(TokenCause::Malformed, "the signature is no canonical base64url without padding");
}

std::string names_of(AlgorithmSet algorithms) {
  std::vector<std::string> names;
  for (const AlgorithmRow& row : kAlgorithms) {
    if (algorithms.contains(row.algorithm)) names.emplace_back(row.name);
  }
  return names.empty() ? "none" : enumerate(names);
}

Expected<Algorithm, TokenError> check_algorithm(std::string_view name, AlgorithmSet allowed) {
  const std::optional<Algorithm> algorithm = find_algorithm(name);
  if (algorithm && allows(allowed, *algorithm)) return *algorithm;
  return refuse(TokenCause::AlgorithmNotAllowed,
                "`alg` is " + quote(name) + ", allowed are " + names_of(allowed));
}

// RFC 8725, section 3.11. A token without `typ` passes where JWT is accepted.
Expected<void, TokenError> check_type(std::optional<std::string_view> type,
                                      const TokenSettings& settings) {
  const bool is_accepted = std::any_of(
      settings.types.begin(), settings.types.end(),
      [&](const std::string& accepted) { return is_same_type(type.value_or("JWT"), accepted); });
  if (is_accepted) return {};
  return refuse(TokenCause::TypeNotAccepted, "`typ` is " + (type ? quote(*type) : "absent") +
                                                 ", the provider accepts " +
                                                 enumerate(settings.types));
}

// The key that the signature is by.
Expected<const KeySet::Key*, TokenError> check_signature(const CompactJws& jws,
                                                         const JwsHeader& header,
                                                         const KeySet& keys, Algorithm algorithm,
                                                         TokenScratch& scratch) {
  VERDICT_TRY(decode_signature(jws.signature, scratch.signature));
  const auto key = keys.find(header.kid, algorithm);
  if (!key) {
    return refuse(TokenCause::UnknownKey,
                  describe_missing_key(keys, key.error(), header.kid, algorithm));
  }
  if ((*key)->key.verify(algorithm, jws.signed_text(), scratch.signature)) return *key;
  return refuse(TokenCause::BadSignature,
                "the signature does not verify with the key " +
                    (header.kid ? quote_kid(*header.kid) : std::string("of the set")));
}

}  // namespace

// The only maker of a VerifiedToken.
class TokenVerifier {
 public:
  TokenVerifier(std::string_view token, std::span<const TokenSettings> providers, std::int64_t now,
                TokenScratch& scratch)
      : token_(token), providers_(providers), now_(now), scratch_(scratch) {}

  Expected<VerifiedToken, TokenError> verify() {
    VERDICT_TRY(read());
    VERDICT_TRY(check_provider());
    const auto validity = check_claims(verified_.claims_, *verified_.provider_, now_);
    if (!validity) return Unexpected(validity.error());
    verified_.valid_from_ = validity->from;
    verified_.valid_until_ = validity->until;
    return verified_;
  }

 private:
  Expected<void, TokenError> read() {
    auto jws = split_token(token_);
    VERDICT_TRY(jws);
    jws_ = *jws;
    VERDICT_TRY(read_token_header(jws_.header, scratch_));
    const auto claims_tree = read_segment(jws_.payload, "claims", scratch_.claims);
    if (!claims_tree) return Unexpected(claims_tree.error());
    verified_.claims_ = JsonRef(**claims_tree);
    verified_.claims_text_ = (*claims_tree)->source;
    if (!verified_.claims_.is(ClaimKind::Object))
      return refuse(TokenCause::Malformed, "the claims are no JSON object");
    return {};
  }

  Expected<void, TokenError> check_provider() {
    const auto provider = find_provider(verified_.claims_, providers_);
    if (!provider) return Unexpected(provider.error());
    const TokenSettings& settings = **provider;
    verified_.provider_ = &settings;
    const auto algorithm = check_algorithm(scratch_.header.algorithm, settings.algorithms);
    if (!algorithm) return Unexpected(algorithm.error());
    VERDICT_TRY(check_type(scratch_.header.type, settings));
    if (!settings.keys) {
      return refuse(TokenCause::KeysUnavailable, "provider " + quote(settings.name) +
                                                     " has no pinned keys (`jwks`, `jwksFile`)");
    }
    const auto key = check_signature(jws_, scratch_.header, *settings.keys, *algorithm, scratch_);
    if (!key) return Unexpected(key.error());
    verified_.key_ = *key;
    verified_.algorithm_ = *algorithm;
    return {};
  }

  std::string_view token_;
  std::span<const TokenSettings> providers_;
  std::int64_t now_;
  TokenScratch& scratch_;
  CompactJws jws_;
  VerifiedToken verified_;
};

Expected<VerifiedToken, TokenError> verify_token(std::string_view token,
                                                 std::span<const TokenSettings> providers,
                                                 std::int64_t now, TokenScratch& scratch) {
  return TokenVerifier(token, providers, now, scratch).verify();
}

Expected<void, TokenError> verify_signature(std::string_view token, const KeySet& keys,
                                            AlgorithmSet algorithms, TokenScratch& scratch) {
  const auto jws = split_jws(token);
  if (!jws) return Unexpected(jws.error());
  VERDICT_TRY(read_token_header(jws->header, scratch));
  const auto payload = decode_segment(jws->payload, "payload", scratch.claims);
  if (!payload) return Unexpected(payload.error());
  const auto algorithm = check_algorithm(scratch.header.algorithm, algorithms);
  if (!algorithm) return Unexpected(algorithm.error());
  VERDICT_TRY(check_signature(*jws, scratch.header, keys, *algorithm, scratch));
  return {};
}

}  // namespace verdict
