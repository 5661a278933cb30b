// Providers: one object, or a bare array of claim mappings.
#include <algorithm>
#include <array>

#include "compiler/ast/read.h"
#include "compiler/diag/suggest.h"
#include "compiler/providers/providers.h"

namespace verdict::compiler::ast {
namespace {

constexpr auto kProviderKeys = std::to_array<std::string_view>(
    {"name", "type", "issuer", "claimMappings", "allowedAudiences", "allowAnyAudience",
     "audienceClaim", "jwks", "jwksFile", "jwksUrl", "algorithms", "hmacSecret", "clockSkewSeconds",
     "maxTokenAgeSeconds", "authorizedParties", "acceptedTypes", "requiredClaims"});

constexpr auto kTypeNames = [] {
  std::array<std::string_view, kProviders.size()> names;
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = kProviders[i].spelling;
  return names;
}();

std::string lower(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return text;
}

Text read_type(const ReadContext& context, ObjectReader& reader) {
  std::optional<Text> type = reader.get_text("type");
  if (!type) return {"oidc", reader.node().span()};
  type->value = lower(type->value);
  if (find_provider(type->value) != nullptr) return *type;
  auto diagnostic = context.emitter.emit(Code::UnknownValue, type->span,
                                         {type->value, "provider type", enumerate(kTypeNames)});
  suggest(diagnostic, inside_quotes(type->span), type->value, kTypeNames);
  return *type;
}

Provider read_bare_mappings(const ReadContext& context, const JsonNode& node) {
  Provider provider;
  provider.span = node.span();
  provider.is_bare = true;
  provider.name = {"mappings", node.span()};
  provider.type = {"oidc", node.span()};
  provider.mappings = read_mappings(context, node, "jwtPath");
  return provider;
}

}  // namespace

const SettingValue* Provider::find(Setting setting) const {
  const auto found =
      std::find_if(settings.begin(), settings.end(),
                   [setting](const SettingValue& value) { return value.setting == setting; });
  return found == settings.end() ? nullptr : &*found;
}

std::optional<Provider> read_provider(const ReadContext& context, const JsonNode& node) {
  if (node.is(JsonKind::Array)) return read_bare_mappings(context, node);
  ObjectReader reader(context.emitter, node, "a provider", kProviderKeys);
  if (!reader.is_object()) return std::nullopt;
  Provider provider;
  provider.span = node.span();
  const std::optional<Text> name = reader.require_name("name");
  provider.name = name.value_or(Text{"", node.span()});
  provider.type = read_type(context, reader);
  provider.issuer = reader.require_name("issuer");
  if (const JsonMember* mappings = reader.require("claimMappings", JsonKind::Array)) {
    provider.mappings = read_mappings(context, *mappings->value, "jwtPath");
  } else {
    provider.mappings.is_complete = false;
  }
  provider.settings = read_settings(context, reader, provider);
  return provider;
}

void report_duplicates(Emitter& emitter, std::string_view what,
                       const std::vector<const Text*>& names) {
  std::vector<const Text*> sorted = names;
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Text* a, const Text* b) { return a->value < b->value; });
  std::vector<std::pair<const Text*, const Text*>> repeated;  // the second use, the first use
  for (std::size_t i = 1, first = 0; i < sorted.size(); ++i) {
    if (sorted[i]->value != sorted[first]->value) {
      first = i;
    } else {
      repeated.emplace_back(sorted[i], sorted[first]);
    }
  }
  std::sort(repeated.begin(), repeated.end(), [](const auto& a, const auto& b) {
    return std::pair(a.first->span.file, a.first->span.begin) <
           std::pair(b.first->span.file, b.first->span.begin);
  });
  for (const auto& [again, first] : repeated) {
    emitter.emit(Code::DuplicateName, again->span, {std::string(what), again->value})
        .label(first->span, "first used here");
  }
}

}  // namespace verdict::compiler::ast
