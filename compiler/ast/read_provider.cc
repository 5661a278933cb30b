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

// What is odd about an issuer, and what was most likely meant (empty: nobody knows).
struct OddIssuer {
  std::string_view why;
  std::string meant;
};

std::optional<OddIssuer> find_oddity(const ProviderRow& row, const std::string& issuer) {
  const std::size_t blank = issuer.find_first_of(" \t\r\n");
  const std::size_t document = issuer.find("/.well-known/");
  if (blank != std::string::npos) {
    const bool is_behind = issuer.find_first_not_of(" \t\r\n", blank) == std::string::npos;
    return OddIssuer{"there is a blank in it", is_behind ? issuer.substr(0, blank) : ""};
  }
  if (issuer.starts_with("pk_test_") || issuer.starts_with("pk_live_"))
    return OddIssuer{"it is a publishable key", ""};
  if (document != std::string::npos)
    return OddIssuer{"it is the address of a document below the issuer",
                     issuer.substr(0, document) + (row.slash == Slash::Needed ? "/" : "")};
  if (row.slash == Slash::Never && issuer.ends_with("/"))
    return OddIssuer{"there is a slash at its end", issuer.substr(0, issuer.size() - 1)};
  if (row.slash == Slash::Needed && !issuer.ends_with("/"))
    return OddIssuer{"there is no slash at its end", issuer + "/"};
  if (issuer.find(row.issuer_part) == std::string::npos)
    return OddIssuer{"a part of it is missing", ""};
  return std::nullopt;
}

void check_issuer(const ReadContext& context, const Provider& provider) {
  const ProviderRow* row = find_provider(provider.type.value);
  if (row == nullptr || !provider.issuer) return;
  const Text& issuer = *provider.issuer;
  const auto odd = find_oddity(*row, issuer.value);
  if (!odd) return;
  auto diagnostic =
      context.emitter.emit(Code::OddIssuer, issuer.span, {row->title, issuer.value, odd->why});
  if (!odd->meant.empty()) diagnostic.did_you_mean(inside_quotes(issuer.span), odd->meant);
  if (issuer.value.find(row->issuer_part) == std::string::npos)
    diagnostic.help("each of its issuers has `" + std::string(row->issuer_part) + "` in it");
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
  check_issuer(context, provider);
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
