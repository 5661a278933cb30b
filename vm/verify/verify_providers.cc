// Providers and what they demand of tokens.
#include <bit>

#include "vm/program/settings.h"
#include "vm/verify/verify_records.h"

namespace verdict {
namespace {

using Result = Expected<void, Error>;

// What `least` and `most` of a row are about. INVARIANT: a number is an integer.
std::int64_t size_of(const ProgramView& view, const ConstantRecord& constant) {
  if (type_of(constant).shape != Shape::One) return constant.count;
  if (!is_text(type_of(constant).kind)) return std::bit_cast<std::int64_t>(constant.payload.get());
  const auto string = static_cast<std::uint32_t>(constant.payload);
  return static_cast<std::int64_t>(view.string(string).size());
}

// The texts of a list are as long as one text may be. Each list once, however many settings share
// it.
class ListTexts {
 public:
  explicit ListTexts(const ProgramView& view) : view_(view), is_checked_(view.Constants.size()) {}

  bool are_short(std::uint32_t constant) {
    if (is_checked_[constant]) return true;
    is_checked_[constant] = true;
    const auto words = view_.words_of(view_.Constants[constant]);
    return std::all_of(words.begin(), words.end(), [this](std::uint32_t text) {
      return view_.string(text).size() <= limits::kMaxSettingTextBytes;
    });
  }

 private:
  const ProgramView& view_;
  std::vector<bool> is_checked_;
};

Result verify_setting(const ProgramView& view, std::size_t index, ListTexts& texts) {
  const SettingRecord& setting = view.Settings[index];
  const SettingRow* row = find_setting(setting.number);
  if (row == nullptr)
    return refuse_at(view, LoadError::Feature, Section::Settings, index, "unknown setting");
  if (!is_constant(view, setting.constant, row->constant) ||
      view.Constants[setting.constant].flags != 0) {
    return refuse_at(view, LoadError::Tables, Section::Settings, index,
                     "the value is of the wrong kind");
  }
  const std::int64_t size = size_of(view, view.Constants[setting.constant]);
  const bool is_list = row->constant.shape == Shape::List;
  if (is_list && !texts.are_short(setting.constant)) {
    return refuse_at(view, LoadError::Tables, Section::Settings, index,
                     std::string(row->key) + ": a text is too long");
  }
  if (size >= row->least && size <= row->most) return {};
  return refuse_at(view, LoadError::Tables, Section::Settings, index,
                   std::string(row->key) + ": " + std::to_string(size) + " lies outside of " +
                       std::to_string(row->least) + " to " + std::to_string(row->most));
}

// The settings of one provider after the other: in range, none twice. As with mappings, all
// together are at most as many as there are.
class OwnedSettings {
 public:
  explicit OwnedSettings(const ProgramView& view) : view_(view), seen_(kMaxNumber + 1) {}

  bool are_sound(const ProviderRecord& provider, std::uint32_t owner) {
    num_settings_ += provider.num_settings;
    if (!is_range(provider.first_setting, provider.num_settings, view_.Settings.size()) ||
        num_settings_ > view_.Settings.size())
      return false;
    const auto settings = view_.Settings.subspan(provider.first_setting, provider.num_settings);
    return std::none_of(settings.begin(), settings.end(), [&](const SettingRecord& setting) {
      return seen_.see(setting.number, owner);
    });
  }

 private:
  static constexpr std::size_t kMaxNumber = static_cast<std::size_t>(kSettings.back().setting);

  const ProgramView& view_;
  SeenBy seen_;
  std::uint64_t num_settings_ = 0;
};

Result verify_provider(const ProgramView& view, std::uint32_t index, OwnedSettings& settings,
                       OwnedMappings& mappings) {
  const ProviderRecord& provider = view.Providers[index];
  const auto wrong = [&](std::string_view why) {
    return refuse_at(view, LoadError::Tables, Section::Providers, index, why);
  };
  if (!is_attribute_text(view, provider.name) || !is_string(view, provider.type) ||
      !is_string_or_none(view, provider.issuer))
    return wrong("a reference of the provider is wrong");
  if (!settings.are_sound(provider, index))
    return wrong("its settings lie outside of the table, are shared, or repeat one");
  const std::string_view fault = mappings.find_fault(provider.first_mapping, provider.num_mappings);
  return fault.empty() ? Result() : wrong(fault);
}

// Claims belong to a provider by its issuer, and principals by its name.
Result verify_provider_names(const ProgramView& view) {
  SeenBy names(view.num_strings());
  SeenBy issuers(view.num_strings());
  for (std::size_t i = 0; i < view.Providers.size(); ++i) {
    const ProviderRecord& provider = view.Providers[i];
    if (names.see(provider.name, 0) ||
        (provider.issuer != kNone && issuers.see(provider.issuer, 0))) {
      return refuse_at(view, LoadError::Tables, Section::Providers, i,
                       "a second provider of that name or issuer");
    }
  }
  return {};
}

}  // namespace

Expected<void, Error> verify_provider_tables(const ProgramView& view) {
  ListTexts texts(view);
  for (std::size_t i = 0; i < view.Settings.size(); ++i)
    VERDICT_TRY(verify_setting(view, i, texts));
  OwnedSettings settings(view);
  OwnedMappings mappings(view, AttributeSource::Claim);
  for (std::uint32_t i = 0; i < view.Providers.size(); ++i)
    VERDICT_TRY(verify_provider(view, i, settings, mappings));
  return verify_provider_names(view);
}

}  // namespace verdict
