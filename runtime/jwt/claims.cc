#include "runtime/jwt/claims.h"

#include <algorithm>

#include "runtime/jwt/token_error.h"
#include "vm/value/time.h"

namespace verdict {
namespace {

bool contains(const std::vector<std::string>& texts, std::string_view text) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

// A claim's text as an error may show it.
std::string shown(const TokenSettings& settings, std::string_view claim, std::string_view value) {
  return contains(settings.sensitive, claim) ? "(sensitive)" : quote(value);
}

std::optional<std::int64_t> time_of(const JsonRef& claim) {
  if (!claim.is(ClaimKind::Number)) return std::nullopt;
  const std::optional<Number> number = claim.number();
  if (number && number->is_integer()) return numeric_date(number->integer());
  return parse_numeric_date(claim.text());
}

// A NumericDate, or nothing where the claim is absent.
Expected<std::optional<std::int64_t>, TokenError> read_time(const JsonRef& claims,
                                                            std::string_view name) {
  const std::optional<JsonRef> claim = claims.find(name);
  if (!claim) return std::optional<std::int64_t>();
  const std::optional<std::int64_t> time = time_of(*claim);
  if (!time) {
    return refuse(TokenCause::InvalidClaim,
                  quote(name) +
                      " is no NumericDate: seconds since 1970, years 0001 to 9999 (RFC 7519, "
                      "section 2)");
  }
  return time;
}

// `words` tell the time of the claim.
Unexpected<TokenError> refuse_time(TokenCause cause, std::string_view claim,
                                   const TokenSettings& settings, const std::string& words) {
  return refuse(cause, quote(claim) + " " +
                           (contains(settings.sensitive, claim) ? "(sensitive)" : words) +
                           ", the clock skew is " + duration_text(settings.clock_skew));
}

struct Times {
  std::optional<std::int64_t> exp;
  std::optional<std::int64_t> nbf;
  std::optional<std::int64_t> iat;
};

Expected<Times, TokenError> read_times(const JsonRef& claims) {
  const auto exp = read_time(claims, "exp");
  const auto nbf = read_time(claims, "nbf");
  const auto iat = read_time(claims, "iat");
  for (const auto* time : {&exp, &nbf, &iat}) VERDICT_TRY(*time);
  return Times{*exp, *nbf, *iat};
}

Validity validity_of(const Times& times, const TokenSettings& settings) {
  Validity validity;
  if (times.nbf || times.iat) {
    constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::min() / 2;
    validity.from =
        std::max(times.nbf.value_or(kNever), times.iat.value_or(kNever)) - settings.clock_skew;
  }
  if (times.exp) validity.until = *times.exp + settings.clock_skew;
  if (settings.max_age && times.iat) {
    validity.until = std::min(validity.until, *times.iat + *settings.max_age + settings.clock_skew);
  }
  return validity;
}

// What it means that a registered claim is not there: a token must have it; of claims that come
// without their token it may have been kept back.
enum class Absence : std::uint8_t { Refuses, Passes };

Expected<void, TokenError> check_expiry(std::optional<std::int64_t> exp,
                                        const TokenSettings& settings, std::int64_t now,
                                        Absence absence) {
  if (!exp && absence == Absence::Passes) return {};
  if (!exp) return refuse(TokenCause::RequiredClaimMissing, "`exp` is absent");
  if (now < *exp + settings.clock_skew) return {};
  return refuse_time(TokenCause::Expired, "exp", settings,
                     "was " + duration_text(now - *exp) + " ago (" + format_rfc3339(*exp) + ")");
}

Expected<void, TokenError> check_start(std::optional<std::int64_t> start, std::string_view name,
                                       TokenCause cause, const TokenSettings& settings,
                                       std::int64_t now) {
  if (!start || *start <= now + settings.clock_skew) return {};
  return refuse_time(
      cause, name, settings,
      "lies " + duration_text(*start - now) + " ahead (" + format_rfc3339(*start) + ")");
}

Expected<void, TokenError> check_age(std::optional<std::int64_t> iat, const TokenSettings& settings,
                                     std::int64_t now, Absence absence) {
  if (!settings.max_age || (!iat && absence == Absence::Passes)) return {};
  if (!iat) {
    return refuse(TokenCause::RequiredClaimMissing,
                  "`iat` is absent, and `maxTokenAgeSeconds` needs it");
  }
  if (now < *iat + *settings.max_age + settings.clock_skew) return {};
  return refuse_time(TokenCause::TooOld, "iat", settings,
                     "was " + duration_text(now - *iat) + " ago, at most " +
                         duration_text(*settings.max_age) + " are allowed");
}

Expected<void, TokenError> check_times(const Times& times, const TokenSettings& settings,
                                       std::int64_t now, Absence absence) {
  VERDICT_TRY(check_expiry(times.exp, settings, now, absence));
  VERDICT_TRY(check_start(times.nbf, "nbf", TokenCause::NotYetValid, settings, now));
  VERDICT_TRY(check_start(times.iat, "iat", TokenCause::IssuedInFuture, settings, now));
  return check_age(times.iat, settings, now, absence);
}

bool is_absent(const std::optional<JsonRef>& claim) { return !claim || claim->is(ClaimKind::Null); }

Expected<void, TokenError> check_subject(const JsonRef& claims) {
  const std::optional<JsonRef> subject = claims.find("sub");
  if (is_absent(subject)) return {};
  if (subject->is(ClaimKind::String) && !subject->text().empty()) return {};
  return refuse(TokenCause::InvalidClaim, "`sub` is no string that holds something");
}

// The values of the audience claim: a string, or a list of strings (RFC 7519, section 4.1.3).
std::optional<std::vector<std::string>> read_audience(const JsonRef& claim) {
  if (claim.is(ClaimKind::String)) return std::vector{std::string(claim.text())};
  if (!claim.is(ClaimKind::Array)) return std::nullopt;
  std::vector<std::string> values;
  if (claim.size() == 0) return values;
  JsonRef element = claim.at(0);
  for (std::size_t i = 0; i < claim.size(); ++i) {
    if (i > 0) element = element.next();
    if (!element.is(ClaimKind::String)) return std::nullopt;
    values.emplace_back(element.text());
  }
  return values;
}

Unexpected<TokenError> refuse_audience(const TokenSettings& settings,
                                       const std::vector<std::string>& have) {
  std::string values = have.empty() ? "nothing" : enumerate(have);
  if (contains(settings.sensitive, settings.audience_claim)) values = "(sensitive)";
  return refuse(TokenCause::AudienceMismatch,
                quote(settings.audience_claim) + " has " + values + ", the provider wants " +
                    (settings.audiences.size() == 1 ? "" : "one of ") +
                    enumerate(settings.audiences));
}

// policyc writes no such program: what is missing does not grant.
Unexpected<TokenError> refuse_unsaid_audience(const TokenSettings& settings) {
  return refuse(TokenCause::AudienceMismatch,
                "the program says of provider " + quote(settings.name) +
                    " neither which audiences it accepts nor that it accepts any");
}

Expected<void, TokenError> check_audience(const JsonRef& claims, const TokenSettings& settings,
                                          Absence absence) {
  const bool takes_any = settings.any_audience || settings.issuer.empty();
  if (settings.audiences.empty() && takes_any) return {};
  const std::optional<JsonRef> claim = claims.find(settings.audience_claim);
  if (is_absent(claim) && absence == Absence::Passes) return {};
  if (settings.audiences.empty()) return refuse_unsaid_audience(settings);
  if (is_absent(claim)) return refuse_audience(settings, {});
  const auto is_ours = [&settings](std::string_view audience) {
    return std::binary_search(settings.audiences.begin(), settings.audiences.end(), audience);
  };
  if (claim->is(ClaimKind::String) && is_ours(claim->text())) return {};
  const auto values = read_audience(*claim);
  if (!values) {
    return refuse(TokenCause::InvalidClaim,
                  quote(settings.audience_claim) + " is neither a string nor a list of strings");
  }
  return std::any_of(values->begin(), values->end(), is_ours) ? Expected<void, TokenError>()
                                                              : refuse_audience(settings, *values);
}

Expected<void, TokenError> check_party(const JsonRef& claims, const TokenSettings& settings,
                                       Absence absence) {
  if (settings.parties.empty()) return {};
  const std::optional<JsonRef> claim = claims.find("azp");
  if (is_absent(claim) && absence == Absence::Passes) return {};
  if (is_absent(claim)) {
    return refuse(TokenCause::AuthorizedPartyMismatch,
                  "`azp` is absent, and `authorizedParties` asks for it; tokens that are made on a "
                  "server may lack it");
  }
  if (claim->is(ClaimKind::String) && contains(settings.parties, claim->text())) return {};
  const std::string have = claim->is(ClaimKind::String) ? shown(settings, "azp", claim->text())
                                                        : std::string("no string");
  return refuse(TokenCause::AuthorizedPartyMismatch,
                "`azp` is " + have + ", the provider wants " + enumerate(settings.parties));
}

bool has_value(const JsonRef& claim, const RequiredClaim& required) {
  switch (claim.kind()) {
    case ClaimKind::String: {
      const auto* text = std::get_if<std::string>(&required.value);
      return text != nullptr && claim.text() == *text;
    }
    case ClaimKind::Number: {
      const auto* number = std::get_if<Number>(&required.value);
      return number != nullptr && claim.number() && *claim.number() == *number;
    }
    case ClaimKind::Boolean: {
      const auto* boolean = std::get_if<bool>(&required.value);
      return boolean != nullptr && claim.boolean() == *boolean;
    }
    case ClaimKind::Null:
    case ClaimKind::Array:
    case ClaimKind::Object:
      break;
  }
  return false;
}

Expected<void, TokenError> check_required(const JsonRef& claims, const TokenSettings& settings) {
  for (const RequiredClaim& required : settings.required) {
    const std::optional<JsonRef> claim = claims.find(required.name);
    if (is_absent(claim))
      return refuse(TokenCause::RequiredClaimMissing, quote(required.name) + " is absent");
    if (!has_value(*claim, required)) {
      return refuse(TokenCause::ClaimMismatch,
                    quote(required.name) + " has another value than `requiredClaims` asks for");
    }
  }
  return {};
}

std::string_view scheme_of(std::string_view issuer) { return issuer.substr(0, issuer.find("://")); }

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return result;
}

// How an issuer that is not ours is nearly ours; empty where it is not near.
std::string_view near_miss(std::string_view have, std::string_view want) {
  // Most are far from it: told by their length, before anything of a token that nobody has verified
  // is read again for every provider.
  if (have.size() > want.size() + 1 || want.size() > have.size() + 1) return "";
  if (have == std::string(want) + "/") return "it has a trailing slash too many";
  if (std::string(have) + "/" == want) return "it lacks the trailing slash";
  if (lower(have) == lower(want)) return "it differs in upper and lower case";
  const std::string_view mine = scheme_of(have);
  const std::string_view other = scheme_of(want);
  const bool differs_in_scheme = (mine == "http" || mine == "https") &&
                                 other.size() != want.size() &&
                                 have.substr(mine.size()) == want.substr(other.size());
  return differs_in_scheme ? "it has another scheme" : "";
}

Expected<std::string_view, TokenError> read_issuer(const JsonRef& claims) {
  const std::optional<JsonRef> claim = claims.find("iss");
  if (is_absent(claim)) return refuse(TokenCause::UnknownIssuer, "`iss` is absent");
  if (!claim->is(ClaimKind::String)) return refuse(TokenCause::UnknownIssuer, "`iss` is no string");
  return claim->text();
}

// That it is the issuer of that provider, if it is there.
Expected<void, TokenError> check_issuer(const JsonRef& claims, const TokenSettings& provider) {
  if (provider.issuer.empty() || is_absent(claims.find("iss"))) return {};
  const auto issuer = read_issuer(claims);
  if (!issuer) return Unexpected(issuer.error());
  if (*issuer == provider.issuer) return {};
  const std::string_view miss = near_miss(*issuer, provider.issuer);
  return refuse(TokenCause::UnknownIssuer, "`iss` is " + shown(provider, "iss", *issuer) +
                                               ", the issuer of provider " + quote(provider.name) +
                                               " is " + quote(provider.issuer) +
                                               (miss.empty() ? "" : ": ") + std::string(miss));
}

Unexpected<TokenError> refuse_issuer(std::string_view issuer,
                                     std::span<const TokenSettings> providers) {
  const bool is_sensitive = std::any_of(
      providers.begin(), providers.end(),
      [](const TokenSettings& provider) { return contains(provider.sensitive, "iss"); });
  const std::string have = "`iss` is " + (is_sensitive ? "(sensitive)" : quote(issuer));
  std::string detail = have + ", the issuer of no provider";
  for (const TokenSettings& provider : providers) {
    const std::string_view miss = near_miss(issuer, provider.issuer);
    if (miss.empty()) continue;
    detail = have + ", but the issuer of provider " + quote(provider.name) + " is " +
             quote(provider.issuer) + ": " + std::string(miss);
    break;
  }
  return refuse(TokenCause::UnknownIssuer, std::move(detail));
}

// All but the issuer.
Expected<Validity, TokenError> check_all(const JsonRef& claims, const TokenSettings& settings,
                                         std::int64_t now, Absence absence) {
  const auto times = read_times(claims);
  if (!times) return Unexpected(times.error());
  VERDICT_TRY(check_times(*times, settings, now, absence));
  VERDICT_TRY(check_subject(claims));
  VERDICT_TRY(check_audience(claims, settings, absence));
  VERDICT_TRY(check_party(claims, settings, absence));
  VERDICT_TRY(check_required(claims, settings));
  return validity_of(*times, settings);
}

}  // namespace

Expected<Validity, TokenError> check_claims(const JsonRef& claims, const TokenSettings& settings,
                                            std::int64_t now) {
  return check_all(claims, settings, now, Absence::Refuses);
}

Expected<Validity, TokenError> check_bare_claims(const JsonRef& claims,
                                                 const TokenSettings& provider, std::int64_t now) {
  VERDICT_TRY(check_issuer(claims, provider));
  return check_all(claims, provider, now, Absence::Passes);
}

Expected<Validity, TokenError> check_nothing(const JsonRef& claims, const TokenSettings& provider,
                                             std::int64_t now) {
  const auto times = read_times(claims);
  if (!times) return Unexpected(times.error());
  Validity validity;
  for (const Times& one : {Times{times->exp, {}, {}}, Times{{}, {}, times->iat}}) {
    const std::int64_t end = validity_of(one, provider).until;
    if (now < end) validity.until = std::min(validity.until, end);
  }
  return validity;
}

Expected<const TokenSettings*, TokenError> find_provider(const JsonRef& claims,
                                                         std::span<const TokenSettings> providers) {
  const auto issuer = read_issuer(claims);
  if (!issuer) return Unexpected(issuer.error());
  for (const TokenSettings& provider : providers) {
    if (!provider.issuer.empty() && provider.issuer == *issuer) return &provider;
  }
  return refuse_issuer(*issuer, providers);
}

}  // namespace verdict
