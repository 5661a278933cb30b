#include "runtime/engine/program_state.h"

#include <algorithm>
#include <bit>
#include <map>

#include "runtime/engine/engine_error.h"
#include "runtime/json/reader.h"
#include "vm/program/settings.h"

namespace verdict {
namespace {

// One setting of a provider, read from its constant.
class SettingReader {
 public:
  SettingReader(const ProgramView& view, const SettingRecord& record)
      : view_(view), constant_(view.Constants[record.constant]) {}

  [[nodiscard]] std::string text() const {
    return std::string(view_.string(static_cast<std::uint32_t>(constant_.payload)));
  }
  [[nodiscard]] std::vector<std::string> texts() const {
    std::vector<std::string> texts;
    for (const U32& id : view_.words_of(constant_)) texts.emplace_back(view_.string(id));
    return texts;
  }
  [[nodiscard]] std::int64_t integer() const {
    return std::bit_cast<std::int64_t>(constant_.payload.get());
  }
  [[nodiscard]] std::int64_t microseconds() const { return integer() * 1'000'000; }

 private:
  const ProgramView& view_;
  const ConstantRecord& constant_;
};

std::string quoted(std::string_view text) { return "`" + std::string(text) + "`"; }

Expected<KeySet, Error> parse_keys(std::string_view provider, std::string_view jwks) {
  auto keys = KeySet::parse(jwks);
  if (keys) return std::move(keys).value();
  return refuse(EngineErrorCode::InvalidKeySet,
                "the key set of provider " + quoted(provider) + ": " + keys.error().message);
}

// A provider's record to the settings that tokens are checked by.
class ProviderReader {
 public:
  ProviderReader(const ProgramView& view, const ProviderRecord& record)
      : view_(view), record_(record) {}

  Expected<TokenSettings, Error> read(const std::string* jwks) {
    settings_.name = view_.string(record_.name);
    if (record_.issuer != kNone) settings_.issuer = view_.string(record_.issuer);
    if (jwks != nullptr) jwks_ = *jwks;
    for (const SettingRecord& setting :
         view_.Settings.subspan(record_.first_setting, record_.num_settings)) {
      VERDICT_TRY(
          read_setting(static_cast<Setting>(setting.number.get()), SettingReader(view_, setting)));
    }
    VERDICT_TRY(read_keys());
    find_sensitive();
    return std::move(settings_);
  }

 private:
  Expected<void, Error> read_setting(Setting setting, const SettingReader& reader) {
    switch (setting) {
      case Setting::AllowedAudiences:
        settings_.audiences = reader.texts();
        std::sort(settings_.audiences.begin(), settings_.audiences.end());
        break;
      case Setting::AllowAnyAudience:
        settings_.any_audience = reader.integer() != 0;  // then there is no list
        break;
      case Setting::AudienceClaim:
        settings_.audience_claim = reader.text();
        break;
      case Setting::Jwks:
        if (!jwks_) jwks_ = reader.text();
        break;
      case Setting::JwksUrl:  // keys are not fetched yet; those of the host stand in
        settings_.jwks_url = reader.text();
        if (jwks_) break;
        return refuse_setting(setting);
      case Setting::HmacSecretEnv:
      case Setting::HmacSecretFile:
        return refuse_setting(setting);
      case Setting::Algorithms:
        return read_algorithms(reader.texts());
      case Setting::ClockSkewSeconds:
        settings_.clock_skew = reader.microseconds();
        break;
      case Setting::MaxTokenAgeSeconds:
        settings_.max_age = reader.microseconds();
        break;
      case Setting::AuthorizedParties:
        settings_.parties = reader.texts();
        break;
      case Setting::AcceptedTypes:
        settings_.types = reader.texts();
        break;
      case Setting::RequiredClaims:
        return read_required(reader.text());
    }
    return {};
  }

  [[nodiscard]] Unexpected<Error> refuse_setting(Setting setting) const {
    return refuse(EngineErrorCode::NotAvailable,
                  "provider " + quoted(settings_.name) + " sets " +
                      quoted(find_setting(static_cast<std::uint32_t>(setting))->key));
  }

  Expected<void, Error> read_algorithms(const std::vector<std::string>& names) {
    for (const std::string& name : names) {
      const std::optional<Algorithm> algorithm = find_algorithm(name);
      if (!algorithm || is_symmetric(*algorithm)) return refuse_setting(Setting::Algorithms);
      settings_.algorithms.add(*algorithm);
    }
    return {};
  }

  Expected<void, Error> read_keys() {
    if (!jwks_) return {};
    auto keys = parse_keys(settings_.name, *jwks_);
    if (!keys) return Unexpected(std::move(keys).error());
    settings_.keys = std::move(keys).value();
    return {};
  }

  Expected<void, Error> read_required(const std::string& json) {
    JsonReader reader;
    const auto tree = reader.read(json);
    if (!tree || !JsonRef(**tree).is(ClaimKind::Object))
      return refuse_setting(Setting::RequiredClaims);
    const JsonRef object(**tree);
    if (object.size() == 0) return {};
    JsonRef member = object.at(0);
    for (std::size_t i = 0; i < object.size(); ++i) {
      if (i > 0) member = member.next();
      RequiredClaim claim{std::string(member.key()), {}};
      if (member.is(ClaimKind::String)) {
        claim.value = std::string(member.text());
      } else if (member.is(ClaimKind::Number) && member.number()) {
        claim.value = *member.number();
      } else if (member.is(ClaimKind::Boolean)) {
        claim.value = member.boolean();
      } else {
        return refuse_setting(Setting::RequiredClaims);
      }
      settings_.required.push_back(std::move(claim));
    }
    return {};
  }

  // The top-level claims that a sensitive attribute is mapped from.
  void find_sensitive() {
    for (const MappingRecord& mapping :
         view_.Mappings.subspan(record_.first_mapping, record_.num_mappings)) {
      const AttributeRecord& attribute = view_.Attributes[mapping.attribute];
      if ((attribute.flags & AttributeRecord::kSensitive) == 0) continue;
      if (mapping.literal != kNone) settings_.sensitive.emplace_back(view_.string(mapping.literal));
      if (mapping.num_steps == 0) continue;
      const PathStepRecord& step = view_.PathSteps[mapping.first_step];
      if (step.kind == static_cast<U8>(PathStepKind::Key))
        settings_.sensitive.emplace_back(view_.string(step.value));
    }
  }

  const ProgramView& view_;
  const ProviderRecord& record_;
  TokenSettings settings_;
  std::optional<std::string> jwks_;  // the host's, or the pinned one
};

// The keys that the host gives, by the name of their provider.
class HostKeys {
 public:
  // Refuses two sets for one provider.
  Expected<void, Error> add_all(std::span<const ProviderKeys> keys) {
    for (const ProviderKeys& entry : keys) {
      if (!by_provider_.try_emplace(entry.provider, &entry.jwks).second)
        return refuse(EngineErrorCode::DuplicateKeys, quoted(entry.provider));
    }
    return {};
  }

  // Those of a provider, which are idle no longer; nullptr where there are none.
  const std::string* take(std::string_view provider) {
    const auto found = by_provider_.extract(provider);
    return found.empty() ? nullptr : found.mapped();
  }

  // Keys whose provider the program does not have.
  [[nodiscard]] Expected<void, Error> check_idle(IdleKeys idle) const {
    for (const auto& [provider, jwks] : by_provider_) {
      if (idle == IdleKeys::Refused)
        return refuse(EngineErrorCode::UnknownProvider, quoted(provider));
      VERDICT_TRY(parse_keys(std::string(provider), *jwks));  // so that no later program fails
    }
    return {};
  }

 private:
  std::map<std::string_view, const std::string*> by_provider_;
};

}  // namespace

const TokenSettings* ProgramState::find(std::string_view provider) const {
  const std::optional<ProviderId> id = program->find_provider(provider);
  return id ? &providers[id->index()] : nullptr;
}

Expected<std::shared_ptr<const ProgramState>, Error> make_program_state(
    std::shared_ptr<const Program> program, const std::vector<ProviderKeys>& keys, IdleKeys idle) {
  const ProgramView& view = program->view();
  auto state = std::make_shared<ProgramState>();
  HostKeys host_keys;
  VERDICT_TRY(host_keys.add_all(keys));
  for (const ProviderRecord& record : view.Providers) {
    auto settings = ProviderReader(view, record).read(host_keys.take(view.string(record.name)));
    if (!settings) return Unexpected(settings.error());
    state->providers.push_back(std::move(settings).value());
  }
  VERDICT_TRY(host_keys.check_idle(idle));
  state->reads_requests = std::any_of(
      view.Attributes.begin(), view.Attributes.end(), [](const AttributeRecord& attribute) {
        return attribute.source != static_cast<U8>(AttributeSource::Claim);
      });
  state->program = std::move(program);
  return std::shared_ptr<const ProgramState>(std::move(state));
}

}  // namespace verdict
