#include "compiler/policyc/workbench/tokens.h"

#include <algorithm>
#include <array>

#include "compiler/diag/emitter.h"
#include "compiler/driver/compile.h"
#include "compiler/policyc/workbench/json_copy.h"
#include "compiler/policyc/workbench/report.h"
#include "compiler/source/secrets.h"
#include "runtime/crypto/base64url.h"
#include "runtime/engine/engine_error.h"
#include "runtime/jwt/token_error.h"
#include "runtime/jwt/verifier.h"
#include "vm/value/time.h"

namespace verdict::policyc {
namespace {

using compiler::JsonKind;
using compiler::JsonMember;
using compiler::JsonNode;

Unexpected<TokenInputError> refuse_input(std::string message) {
  return Unexpected(TokenInputError{std::move(message)});
}

// A JSON text with its document; what is wrong with it is the first diagnostic's message.
class Text {
 public:
  Text(std::string name, std::string_view text) : emitter_(consumer_) {
    file_ = sources_.add(std::move(name), std::string(text), {}, compiler::Quoting::Forbidden);
    document_ = read_json(sources_, file_, emitter_);
  }

  [[nodiscard]] const JsonNode* root() const { return document_ ? &document_->root() : nullptr; }
  [[nodiscard]] bool is_sound() const { return document_ && !emitter_.has_errors(); }
  [[nodiscard]] std::string problem() const {
    return first_problem(consumer_.diagnostics, sources_);
  }
  [[nodiscard]] std::string_view source(const JsonNode& node) const {
    return sources_.text(node.span());
  }

 private:
  compiler::Sources sources_;
  compiler::CollectingConsumer consumer_;
  compiler::Emitter emitter_;
  compiler::FileId file_;
  std::optional<compiler::JsonDocument> document_;
};

constexpr auto kTimes = std::to_array<std::string_view>({"iat", "nbf", "exp"});

std::string describe_time(std::string_view name, std::int64_t time, std::int64_t now) {
  const std::string distance =
      time <= now ? duration_text(now - time) + " ago" : "in " + duration_text(time - now);
  return std::string(name) + " is " + format_rfc3339(time) + ", " + distance;
}

bool is_template_text(std::string_view text) {
  return text.starts_with("{{") && text.ends_with("}}");
}

std::vector<std::string> remarks_of(const JsonNode& claims, std::int64_t now) {
  std::vector<std::string> remarks;
  for (const JsonMember& member : claims.members()) {
    const JsonNode& value = *member.value;
    const bool is_time = std::find(kTimes.begin(), kTimes.end(), member.key) != kTimes.end();
    if (is_time && value.is(JsonKind::Number)) {
      if (const auto time = parse_numeric_date(value.text()))
        remarks.push_back(describe_time(member.key, *time, now));
    }
    if (value.is(JsonKind::String) && is_template_text(value.text())) {
      remarks.push_back(quote(member.key) + " holds the template text " + quote(value.text()) +
                        ": the provider did not fill it in");
    }
  }
  return remarks;
}

// Who publishes the public keys of such a set gives its secrets away.
bool mixes_secrets(const KeySet& set) {
  const auto num_secrets =
      std::count_if(set.keys().begin(), set.keys().end(),
                    [](const KeySet::Key& key) { return key.type() == KeyType::Secret; });
  return num_secrets != 0 && static_cast<std::size_t>(num_secrets) != set.keys().size();
}

Expected<std::string, TokenError> decode(std::string_view segment, std::string_view what) {
  auto bytes = decode_base64url(segment);
  if (bytes) return std::move(*bytes);
  return refuse(TokenCause::Malformed,
                "the " + std::string(what) + " is no canonical base64url without padding");
}

}  // namespace

Expected<DecodedToken, TokenError> decode_token(std::string_view token, std::int64_t now) {
  const auto jws = split_token(token);
  if (!jws) return Unexpected(jws.error());
  DecodedToken decoded{JsonValue::object(), {}};
  for (const auto& [name, segment] :
       {std::pair("header", jws->header), std::pair("claims", jws->payload)}) {
    const auto bytes = decode(segment, name);
    if (!bytes) return Unexpected(bytes.error());
    const Text text(name, *bytes);
    if (!text.is_sound())
      return refuse(TokenCause::Malformed, "the " + std::string(name) + ": " + text.problem());
    decoded.json.set(name, copy(*text.root()));
    if (std::string_view(name) == "claims" && text.root()->is(JsonKind::Object))
      decoded.remarks = remarks_of(*text.root(), now);
  }
  return decoded;
}

Expected<VerifiedClaims, TokenError> verify_claims(std::string_view token,
                                                   const ProgramState& program, std::int64_t now) {
  TokenScratch scratch;
  const auto verified = verify_token(token, program.providers, now, scratch);
  if (!verified) return Unexpected(verified.error());
  return VerifiedClaims{std::string(verified->claims_text()), verified->provider().name};
}

Expected<std::shared_ptr<const ProgramState>, TokenInputError> provider_program(
    std::string_view provider_json, const std::optional<std::string>& jwks) {
  constexpr std::string_view kPolicy = R"({"name": "none", "specification": {"rules": []}})";
  compiler::Sources sources;
  compiler::CollectingConsumer consumer;
  compiler::Emitter emitter(consumer);
  const compiler::WorkspaceFiles files = {{sources.add("provider", std::string(provider_json))},
                                          {sources.add("policy", std::string(kPolicy))},
                                          {},
                                          {}};
  const compiler::Compilation compiled = compile(sources, files, {}, emitter);
  if (!compiled.bytes) {
    const auto error = std::find_if(
        consumer.diagnostics.begin(), consumer.diagnostics.end(),
        [](const auto& diagnostic) { return diagnostic.severity == compiler::Severity::Error; });
    return refuse_input("the provider: " + (error == consumer.diagnostics.end()
                                                ? "cannot be compiled"
                                                : error->message()));
  }
  auto program = Program::load(*compiled.bytes);
  if (!program) return refuse_input("the provider: " + program.error().message);
  return program_with_keys(std::move(program).value(), jwks, std::nullopt);
}

Expected<std::shared_ptr<const ProgramState>, TokenInputError> program_with_keys(
    std::shared_ptr<const Program> program, const std::optional<std::string>& jwks,
    const std::optional<std::string>& provider) {
  const ProgramView& view = program->view();
  std::vector<ProviderKeys> keys;
  if (jwks) {
    if (!provider && view.Providers.size() != 1)
      return refuse_input(
          "the program has several providers; name the one of --jwks with --provider");
    const std::string name(provider ? *provider : view.string(view.Providers[0].name));
    keys.push_back({name, *jwks});
  }
  auto state = make_program_state(std::move(program), keys);
  if (!state) {
    return Unexpected(
        TokenInputError{std::string(state.error().summary) + ": " + state.error().message,
                        state.error().code == get_row(EngineErrorCode::InvalidKeySet).code});
  }
  return std::move(state).value();
}

Expected<std::optional<TokenError>, TokenInputError> verify_signature_alone(std::string_view token,
                                                                            std::string_view jwks,
                                                                            Keys keys) {
  const bool has_secrets = keys == Keys::PublicAndSecret;
  const auto set =
      KeySet::parse(jwks, has_secrets ? KeySet::Secrets::Allowed : KeySet::Secrets::Refused);
  AlgorithmSet algorithms;
  for (const AlgorithmRow& row : kAlgorithms) {
    if (has_secrets || !is_symmetric(row.algorithm)) algorithms.add(row.algorithm);
  }
  TokenScratch scratch;
  if (!set) {
    // Without a key no signature holds; a set that is empty is no mistake of who asks.
    return std::optional(TokenError{TokenCause::KeysUnavailable, set.error().message});
  }
  if (mixes_secrets(*set)) {
    return std::optional(TokenError{TokenCause::KeysUnavailable,
                                    "the key set mixes shared secrets with public keys"});
  }
  const auto verified = verify_signature(token, *set, algorithms, scratch);
  return verified ? std::optional<TokenError>() : std::optional(verified.error());
}

namespace {

class VerifyLine {
 public:
  VerifyLine(std::string_view line, std::int64_t now, Keys keys)
      : text_("<line>", line), now_(now), keys_(keys) {}

  LineVerdict answer() {
    const auto error = verify();
    JsonValue json = JsonValue::object();
    const JsonNode* const id = get("id");
    json.set("id", id == nullptr ? JsonValue() : copy(*id))
        .set("verdict", error ? "invalid" : "valid")
        .set("reason", error ? JsonValue(compiler::conceal_tokens(*error)) : JsonValue());
    return {json.line(), !error, !error || !error->starts_with(kBadLine)};
  }

 private:
  static constexpr std::string_view kBadLine = "bad_line: ";

  static std::string bad_line(const std::string& why) { return std::string(kBadLine) + why; }

  [[nodiscard]] const JsonNode* get(std::string_view key) const {
    if (text_.root() == nullptr || !text_.root()->is(JsonKind::Object)) return nullptr;
    const JsonMember* const member = text_.root()->find(key);
    return member == nullptr ? nullptr : member->value;
  }

  // What is wrong, if anything is: a token's cause and detail, or what is wrong with the line.
  std::optional<std::string> verify() {
    if (const auto problem = line_problem()) return bad_line(*problem);
    std::optional<std::string> jwks;
    if (const JsonNode* const keys = get("jwks")) jwks = text_.source(*keys);
    const std::string_view token = get("token")->text();
    if (const JsonNode* const provider = get("provider"))
      return verify_with_provider(token, text_.source(*provider), jwks);
    const auto checked = verify_signature_alone(token, *jwks, keys_);
    if (!checked) return bad_line(checked.error().message);
    return *checked ? std::optional(words_of(**checked)) : std::nullopt;
  }

  std::optional<std::string> verify_with_provider(std::string_view token, std::string_view provider,
                                                  const std::optional<std::string>& jwks) {
    const auto program = provider_program(provider, jwks);
    if (!program) return bad_line(program.error().message);
    const auto verified = verify_claims(token, **program, now_);
    return verified ? std::nullopt : std::optional(words_of(verified.error()));
  }

  std::optional<std::string> line_problem() {
    if (!text_.is_sound()) return text_.problem();
    if (!text_.root()->is(JsonKind::Object)) return "the line is no object";
    if (get("token") == nullptr || !get("token")->is(JsonKind::String))
      return "the line lacks a string `token`";
    for (const std::string_view key : {"jwks", "provider"}) {
      if (get(key) != nullptr && !get(key)->is(JsonKind::Object))
        return quote(key) + " is no object";
    }
    if (get("jwks") == nullptr && get("provider") == nullptr)
      return "the line lacks `jwks` or `provider`";
    return read_now();
  }

  std::optional<std::string> read_now() {
    const JsonNode* const node = get("now");
    if (node == nullptr) return std::nullopt;
    const bool is_text = node->is(JsonKind::String);
    const auto now = is_text ? parse_rfc3339(node->text()) : parse_numeric_date(node->text());
    if (!now || (!is_text && !node->is(JsonKind::Number))) return "`now` is no time";
    now_ = *now;
    return std::nullopt;
  }

  static std::string words_of(const TokenError& error) {
    return std::string(spelling_of(error.cause)) + ": " + error.detail;
  }

  Text text_;
  std::int64_t now_;
  Keys keys_;
};

}  // namespace

LineVerdict verify_line(std::string_view line, std::int64_t now, Keys keys) {
  return VerifyLine(line, now, keys).answer();
}

}  // namespace verdict::policyc
