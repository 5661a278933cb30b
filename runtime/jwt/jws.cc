#include "runtime/jwt/jws.h"

#include <algorithm>
#include <array>

#include "runtime/jwt/token_error.h"
#include "vm/base/limits.h"

namespace verdict {
namespace {

constexpr std::string_view kApplication = "application/";

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view without_prefix(std::string_view type) {
  const bool has_prefix = is_equal_ignoring_case(type.substr(0, kApplication.size()), kApplication);
  return has_prefix ? type.substr(kApplication.size()) : type;
}

// Members that would change what the token means, and why none is understood.
struct RefusedMember {
  std::string_view name;
  std::string_view why;
};
constexpr auto kRefused = std::to_array<RefusedMember>({
    {"crit", "the header has `crit`, and no extension is understood here"},
    {"b64", "the header has `b64` (RFC 7797)"},
    {"zip", "the header has `zip`: compressed tokens are refused (RFC 8725, section 3.6)"},
    {"enc", "the header has `enc`, as an encrypted token does, but the token has three segments"},
});

Expected<void, TokenError> check_refused(const JsonRef& header) {
  for (const RefusedMember& member : kRefused) {
    if (header.find(member.name))
      return refuse(TokenCause::UnsupportedHeader, std::string(member.why));
  }
  return {};
}

Unexpected<TokenError> refuse_empty_segment() {
  return refuse(TokenCause::Malformed, "a segment of the token is empty");
}

// A member that must be a string where it is there.
Expected<std::optional<std::string_view>, TokenError> read_text(const JsonRef& header,
                                                                std::string_view name) {
  const std::optional<JsonRef> member = header.find(name);
  if (!member) return std::optional<std::string_view>();
  if (!member->is(ClaimKind::String)) {
    return refuse(TokenCause::Malformed,
                  "the header's " + quote(name) + " is no string (RFC 7515, section 4.1)");
  }
  return std::optional<std::string_view>(member->text());
}

}  // namespace

Expected<CompactJws, TokenError> split_jws(std::string_view token) {
  if (token.size() > limits::kMaxTokenBytes) {
    return refuse(TokenCause::TooLarge, "the token has " + std::to_string(token.size()) +
                                            " bytes, at most " +
                                            std::to_string(limits::kMaxTokenBytes) + " are read");
  }
  const std::size_t first = token.find('.');
  const std::size_t second = first == token.npos ? token.npos : token.find('.', first + 1);
  if (second == token.npos || token.find('.', second + 1) != token.npos)
    return refuse(TokenCause::Malformed, "a token has three segments with a dot between them");
  const CompactJws jws{token.substr(0, first), token.substr(first + 1, second - first - 1),
                       token.substr(second + 1)};
  if (jws.header.empty() || jws.signature.empty()) return refuse_empty_segment();
  return jws;
}

Expected<CompactJws, TokenError> split_token(std::string_view token) {
  auto jws = split_jws(token);
  if (jws && jws->payload.empty()) return refuse_empty_segment();
  return jws;
}

Expected<JwsHeader, TokenError> read_header(const JsonRef& header) {
  if (!header.is(ClaimKind::Object))
    return refuse(TokenCause::Malformed, "the header is no JSON object");
  VERDICT_TRY(check_refused(header));
  const auto algorithm = read_text(header, "alg");
  const auto kid = read_text(header, "kid");
  const auto type = read_text(header, "typ");
  const auto content = read_text(header, "cty");
  for (const auto* member : {&algorithm, &kid, &type, &content}) VERDICT_TRY(*member);
  if (!*algorithm) return refuse(TokenCause::Malformed, "the header lacks `alg`");
  if (*content && is_same_type(**content, "JWT"))
    return refuse(TokenCause::UnsupportedHeader, "`cty` says that a token is nested in this one");
  return JwsHeader{**algorithm, *kid, *type};
}

bool is_same_type(std::string_view a, std::string_view b) {
  return is_equal_ignoring_case(without_prefix(a), without_prefix(b));
}

}  // namespace verdict
