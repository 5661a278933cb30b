// What a provider file sets beside its mappings: each checked for what would make verification
// weaker than it looks.
#include <algorithm>
#include <array>

#include "compiler/ast/key_set.h"
#include "compiler/ast/read.h"
#include "compiler/diag/suggest.h"
#include "compiler/providers/providers.h"
#include "vm/value/number.h"

namespace verdict::compiler::ast {
namespace {

constexpr std::int64_t kDefaultClockSkewSeconds = 5;

constexpr const SettingRow& row_of(Setting setting) {
  return *find_setting(static_cast<std::uint32_t>(setting));
}
constexpr std::string_view key_of(Setting setting) { return row_of(setting).key; }

bool is_symmetric(std::string_view algorithm) {
  return std::find(kSymmetricAlgorithms.begin(), kSymmetricAlgorithms.end(), algorithm) !=
         kSymmetricAlgorithms.end();
}

class SettingsReader {
 public:
  SettingsReader(const ReadContext& context, ObjectReader& reader, const Provider& provider)
      : context_(context),
        reader_(reader),
        provider_(provider),
        row_(find_provider(provider.type.value)) {}

  std::vector<SettingValue> read() {
    read_audiences();
    read_keys();
    read_algorithms();
    read_clock();
    read_texts(Setting::AuthorizedParties);
    read_types();
    read_required_claims();
    check_sizes();
    report_not_available();
    return std::move(settings_);
  }

 private:
  // What the loader would refuse for its size. Integers have been checked where they were read.
  void check_sizes() {
    for (const SettingValue& value : settings_) {
      const SettingRow& row = row_of(value.setting);
      const bool is_list = row.constant.shape == Shape::List;
      if (row.constant.kind != Kind::String) continue;
      const std::size_t size = is_list ? value.texts.size() : value.text.size();
      if (size <= static_cast<std::size_t>(row.most)) continue;
      refuse(value.setting, value.span,
             std::to_string(size) + (is_list ? " elements" : " bytes") + ", at most " +
                 std::to_string(row.most) + " are allowed");
    }
  }

  // What the runtime cannot enforce yet, where nothing else is wrong.
  void report_not_available() {
    if (has_refused_) return;
    if (find(Setting::JwksUrl) != nullptr) {
      context_.emitter.emit(Code::NotAvailable, reader_.find("jwksUrl")->key_span, {"jwksUrl"})
          .help("pin the keys with `jwks` or `jwksFile`");
    }
    if (find_secret() != nullptr) {
      context_.emitter.emit(Code::NotAvailable, reader_.find("hmacSecret")->key_span,
                            {"hmacSecret"});
    }
  }

  // Reports that a setting has a value that cannot be.
  void refuse(Setting setting, Span span, std::string_view why) {
    refuse(key_of(setting), span, why);
  }
  void refuse(std::string_view key, Span span, std::string_view why) {
    has_refused_ = true;
    context_.emitter.emit(Code::InvalidSetting, span, {key, why});
  }

  SettingValue& add(Setting setting, Span span) {
    settings_.push_back({setting, span, false, 0, {}, {}});
    return settings_.back();
  }
  [[nodiscard]] const SettingValue* find(Setting setting) const {
    const auto found =
        std::find_if(settings_.begin(), settings_.end(),
                     [setting](const SettingValue& value) { return value.setting == setting; });
    return found == settings_.end() ? nullptr : &*found;
  }

  // A list of non-empty strings; an empty list is refused.
  void read_texts(Setting setting) {
    const JsonMember* member = reader_.get(key_of(setting), JsonKind::Array);
    if (member == nullptr) return;
    if (member->value->elements().empty()) {
      return refuse(setting, member->value->span(),
                    "the list is empty, so no token could be accepted");
    }
    std::vector<std::string> texts;
    for (const Text& text : reader_.get_texts(*member)) {
      if (text.value.empty()) refuse(setting, text.span, "an empty string can match nothing");
      if (setting == Setting::AllowedAudiences) check_audience(text);
      if (text.value.size() > limits::kMaxSettingTextBytes) {
        refuse(setting, text.span,
               std::to_string(text.value.size()) + " bytes, at most " +
                   std::to_string(limits::kMaxSettingTextBytes) + " are allowed");
      }
      texts.push_back(text.value);
    }
    add(setting, member->value->span()).texts = std::move(texts);
  }

  void check_audience(const Text& audience) {
    const bool is_shared = row_ != nullptr && !row_->shared_audience.empty() &&
                           audience.value == row_->shared_audience;
    if (!is_shared || reader_.find(key_of(Setting::AuthorizedParties)) != nullptr) return;
    context_.emitter.emit(Code::SharedAudience, audience.span, {audience.value, row_->title})
        .help("accept an audience of your own, or name your clients in `authorizedParties`");
  }

  void read_text(Setting setting) {
    const std::optional<Text> text = reader_.get_text(key_of(setting));
    if (!text) return;
    if (text->value.empty()) return refuse(setting, text->span, "the string is empty");
    add(setting, text->span).text = text->value;
  }

  void read_audiences() {
    read_texts(Setting::AllowedAudiences);
    read_text(Setting::AudienceClaim);
    if (find(Setting::AudienceClaim) == nullptr)
      add(Setting::AudienceClaim, provider_.span).text = "aud";
    const JsonMember* any = reader_.get(key_of(Setting::AllowAnyAudience), JsonKind::Boolean);
    const bool allows_any = any != nullptr && any->value->boolean();
    if (any != nullptr) add(Setting::AllowAnyAudience, any->value->span()).boolean = allows_any;
    const bool has_list = reader_.find(key_of(Setting::AllowedAudiences)) != nullptr;
    if (allows_any && has_list) {
      refuse(Setting::AllowAnyAudience, any->key_span, "it contradicts `allowedAudiences`");
    } else if (!allows_any && !has_list && !has_broken_audience(any)) {
      report_missing_audience();
    }
  }

  // Whether something is wrong with what was to say it, and has been reported.
  [[nodiscard]] bool has_broken_audience(const JsonMember* any) const {
    const bool is_wrong =
        any == nullptr && reader_.find(key_of(Setting::AllowAnyAudience)) != nullptr;
    return is_wrong || reader_.is_misspelt(key_of(Setting::AllowAnyAudience)) ||
           reader_.is_misspelt(key_of(Setting::AllowedAudiences));
  }

  void report_missing_audience() {
    const bool is_usual = row_ != nullptr && !row_->has_audience;
    if (is_usual) add(Setting::AllowAnyAudience, provider_.span).boolean = true;
    context_.emitter
        .emit(is_usual ? Code::NoAudience : Code::MissingAudience, provider_.name.span,
              {provider_.name.value})
        .help("add `\"allowedAudiences\": [\"...\"]`, or `\"allowAnyAudience\": true`");
  }

  void read_keys() {
    const JsonMember* jwks = reader_.get("jwks", JsonKind::Object);
    if (jwks != nullptr) read_key_set(*jwks->value);
    if (const std::optional<Text> file = reader_.get_text("jwksFile")) read_key_file(*file, jwks);
    const std::optional<Text> url = reader_.get_text(key_of(Setting::JwksUrl));
    if (url && url->value.rfind("https://", 0) != 0) {
      refuse(Setting::JwksUrl, url->span, "keys are fetched over https only");
    } else if (url) {
      add(Setting::JwksUrl, url->span).text = url->value;
    }
    read_secret();
  }

  // The set's own text is kept: its keys are checked where they are used.
  void read_key_set(const JsonNode& node) {
    if (!report_secrets(node)) return;
    const JsonMember* keys = node.find("keys");
    if (keys == nullptr || !keys->value->is(JsonKind::Array)) {
      return refuse(Setting::Jwks, node.span(), no_key_set(node));
    }
    add(Setting::Jwks, node.span()).text = std::string(context_.sources.text(node.span()));
  }

  static std::string no_key_set(const JsonNode& object) {
    if (object.find("kty") != nullptr)
      return "this is a single key: put it into a set, `{\"keys\": [...]}`";
    if (object.find("jwks_uri") != nullptr)
      return "this is the issuer's metadata: the keys stand behind its `jwks_uri`";
    const auto& members = object.members();
    const bool is_certificate_map =
        !members.empty() &&
        std::all_of(members.begin(), members.end(), [](const JsonMember& member) {
          return member.value->is(JsonKind::String) && is_pem(member.value->text());
        });
    if (is_certificate_map) {
      return "this is a map of certificates, which is not read: take the issuer's set of JSON Web "
             "Keys";
    }
    return "a key set is an object with an array `keys` (RFC 7517, section 5)";
  }

  static bool is_pem(std::string_view text) { return text.starts_with("-----BEGIN "); }

  // What stands in a file in the place of JSON, where it is one of the usual things.
  static std::optional<std::string> no_json(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
    if (is_pem(text)) return "the file is PEM: pin the public key as a JSON Web Key, in a key set";
    if (text.starts_with('<'))
      return "the file is HTML or XML: fetch the key set from the issuer's `jwks_uri`";
    return std::nullopt;
  }

  // Once for each key that has secret members, none of which is ever shown. False if there is one.
  bool report_secrets(const JsonNode& set) {
    const JsonMember* keys = set.find("keys");
    const bool is_set = keys != nullptr && keys->value->is(JsonKind::Array);
    bool is_public = true;
    for (const JsonNode& key : is_set ? keys->value->elements() : std::span(&set, 1)) {
      const std::vector<const JsonMember*> secrets = find_secret_members(key);
      for (const JsonMember* secret : secrets) context_.sources.hide(secret->value->span());
      if (!secrets.empty()) report_secret(*secrets.front());
      is_public = is_public && secrets.empty();
    }
    return is_public;
  }

  void report_secret(const JsonMember& secret) {
    has_refused_ = true;
    context_.emitter.emit(Code::SecretKey, secret.key_span, {std::string(secret.key)})
        .help("pin the public part alone, as the provider publishes it")
        .help(
            "who could read this file could sign tokens: make a new key in the place of this one");
  }

  void read_key_file(const Text& path, const JsonMember* jwks) {
    if (jwks != nullptr)
      return refuse("jwksFile", path.span, "`jwks` and `jwksFile` exclude each other");
    const Expected<FileId, std::string> file =
        context_.read_file ? context_.read_file(path.span.file, path.value)
                           : Unexpected(std::string("files are not read here"));
    if (!file) return refuse("jwksFile", path.span, file.error());
    if (auto problem = no_json(context_.sources.text(*file)))
      return refuse("jwksFile", path.span, std::move(*problem));
    const std::optional<JsonDocument> document =
        read_json(context_.sources, *file, context_.emitter);
    if (!document) return;
    if (document->root().is(JsonKind::Array)) {
      return refuse("jwksFile", path.span,
                    "the file holds a list: put it into an object, `{\"keys\": [...]}`");
    }
    if (!document->root().is(JsonKind::Object))
      return refuse("jwksFile", path.span, "the file holds no key set");
    read_key_set(document->root());
  }

  // A name that the engine resolves; the secret itself never enters a program.
  void read_secret() {
    const JsonMember* secret = reader_.get("hmacSecret", JsonKind::Object);
    if (secret == nullptr) return;
    constexpr std::array<std::string_view, 2> kKnown = {"env", "file"};
    ObjectReader reader(context_.emitter, *secret->value, "`hmacSecret`", kKnown);
    const std::optional<Text> env = reader.get_text("env");
    const std::optional<Text> file = reader.get_text("file");
    if (!env && !file && !secret->value->members().empty())
      return;  // each of its keys has been reported
    if (env.has_value() == file.has_value()) {
      return refuse("hmacSecret", secret->value->span(),
                    "exactly one of `env` and `file` names the secret");
    }
    const Setting setting = env ? Setting::HmacSecretEnv : Setting::HmacSecretFile;
    const Text& name = env ? *env : *file;
    if (name.value.empty()) return refuse(setting, name.span, "the name is empty");
    add(setting, secret->value->span()).text = name.value;
  }

  void read_algorithms() {
    const JsonMember* member = reader_.get(key_of(Setting::Algorithms), JsonKind::Array);
    if (member == nullptr) {
      if (row_ != nullptr) add_default_algorithms();
      if (const SettingValue* secret = find_secret()) {
        refuse("hmacSecret", secret->span,
               "it needs `algorithms` that use it, such as `[\"HS256\"]`");
      }
      return;
    }
    const std::vector<Text> algorithms = reader_.get_texts(*member);
    if (member->value->elements().empty())
      refuse(Setting::Algorithms, member->value->span(), "the list is empty");
    SettingValue& setting = add(Setting::Algorithms, member->value->span());
    for (const Text& algorithm : algorithms) setting.texts.push_back(algorithm.value);
    for (const Text& algorithm : algorithms) check_algorithm(algorithm);
    check_families(algorithms, member->value->span());
  }

  void add_default_algorithms() {
    SettingValue& setting = add(Setting::Algorithms, provider_.span);
    std::string_view rest = row_->algorithms;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(' '), rest.size());
      setting.texts.emplace_back(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }

  void check_algorithm(const Text& algorithm) {
    const auto is_known = [&algorithm](const auto& names) {
      return std::find(names.begin(), names.end(), algorithm.value) != names.end();
    };
    if (is_known(kAsymmetricAlgorithms) || is_known(kSymmetricAlgorithms)) return;
    if (algorithm.value == "none") {
      return refuse(Setting::Algorithms, algorithm.span,
                    "`none` means unsigned tokens, which are never accepted");
    }
    auto diagnostic = context_.emitter.emit(
        Code::UnknownValue, algorithm.span,
        {algorithm.value, "signature algorithm", enumerate(kAsymmetricAlgorithms)});
    suggest(diagnostic, inside_quotes(algorithm.span), algorithm.value, kAsymmetricAlgorithms);
  }

  void check_families(const std::vector<Text>& algorithms, Span span) {
    const auto num_symmetric =
        std::count_if(algorithms.begin(), algorithms.end(),
                      [](const Text& algorithm) { return is_symmetric(algorithm.value); });
    const bool has_jwks = find(Setting::Jwks) != nullptr || find(Setting::JwksUrl) != nullptr;
    if (num_symmetric == 0) {
      if (find_secret() != nullptr)
        refuse(Setting::Algorithms, span, "`hmacSecret` is given, but no algorithm uses it");
    } else if (static_cast<std::size_t>(num_symmetric) != algorithms.size()) {
      refuse(Setting::Algorithms, span,
             "a shared secret beside public keys lets a public key pass for the secret");
    } else if (has_jwks) {
      refuse(Setting::Algorithms, span, "symmetric algorithms cannot stand beside a key set");
    } else if (reader_.find("hmacSecret") == nullptr) {
      refuse(Setting::Algorithms, span, "symmetric algorithms need `hmacSecret`");
    }
  }

  [[nodiscard]] const SettingValue* find_secret() const {
    const SettingValue* env = find(Setting::HmacSecretEnv);
    return env != nullptr ? env : find(Setting::HmacSecretFile);
  }

  void read_clock() {
    read_seconds(Setting::ClockSkewSeconds);
    if (find(Setting::ClockSkewSeconds) == nullptr) {
      add(Setting::ClockSkewSeconds, provider_.span).integer = kDefaultClockSkewSeconds;
    }
    read_seconds(Setting::MaxTokenAgeSeconds);
  }

  void read_seconds(Setting setting) {
    const JsonMember* member = reader_.find(key_of(setting));
    if (member == nullptr) return;
    const SettingRow& row = row_of(setting);
    const std::int64_t seconds = reader_.get_integer(key_of(setting), row.least);
    if (seconds < row.least || seconds > row.most) {
      return refuse(setting, member->value->span(),
                    "the value lies outside of " + std::to_string(row.least) + " to " +
                        std::to_string(row.most) + " seconds");
    }
    add(setting, member->value->span()).integer = seconds;
  }

  void read_types() {
    read_texts(Setting::AcceptedTypes);
    if (find(Setting::AcceptedTypes) == nullptr)
      add(Setting::AcceptedTypes, provider_.span).texts = {"JWT"};
  }

  void read_required_claims() {
    const JsonMember* member = reader_.get(key_of(Setting::RequiredClaims), JsonKind::Object);
    if (member == nullptr) return;
    for (const JsonMember& claim : member->value->members()) {
      if (claim.value->is(JsonKind::Object) || claim.value->is(JsonKind::Array) ||
          claim.value->is(JsonKind::Null)) {
        refuse(Setting::RequiredClaims, claim.value->span(),
               "a claim can be required to be a string, a number or a boolean");
      } else if (claim.value->is(JsonKind::Number) && !parse_number(claim.value->text()).value) {
        refuse(Setting::RequiredClaims, claim.value->span(),
               "no number of a token can be `" + std::string(claim.value->text()) + "`");
      }
    }
    add(Setting::RequiredClaims, member->value->span()).text =
        std::string(context_.sources.text(member->value->span()));
  }

  const ReadContext& context_;
  ObjectReader& reader_;
  const Provider& provider_;
  const ProviderRow* row_;
  std::vector<SettingValue> settings_;
  bool has_refused_ = false;
};

}  // namespace

std::vector<SettingValue> read_settings(const ReadContext& context, ObjectReader& reader,
                                        const Provider& provider) {
  return SettingsReader(context, reader, provider).read();
}

}  // namespace verdict::compiler::ast
