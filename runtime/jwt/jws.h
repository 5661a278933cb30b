// Compact JWS: three segments and a header (RFC 7515, section 7.1). Knows no claims and no keys.
#pragma once

#include <optional>
#include <string_view>

#include "runtime/json/tree.h"
#include <verdict/expected.h>
#include <verdict/token.h>

namespace verdict {

// The segments as they stand in the token, still in base64url. Borrows the token.
struct CompactJws {
  std::string_view header;
  std::string_view payload;
  std::string_view signature;

  // What is signed: header and payload with the dot between them.
  [[nodiscard]] std::string_view signed_text() const {
    return {header.data(), header.size() + 1 + payload.size()};
  }
};

// Exactly three segments, of which the payload alone may be empty; looks at no more than
// limits::kMaxTokenBytes.
Expected<CompactJws, TokenError> split_jws(std::string_view token);
// The same for a token of claims, whose payload is not empty.
Expected<CompactJws, TokenError> split_token(std::string_view token);

// What of a header counts. Borrows the JSON tree. Everything else is ignored, above all what names
// keys: jwk, jku, x5u, x5c (RFC 8725, section 3.10).
struct JwsHeader {
  std::string_view algorithm;
  std::optional<std::string_view> kid;
  std::optional<std::string_view> type;
};

// Refuses `crit` whatever it holds, since nothing that it could name is understood here; b64 (RFC
// 7797), zip, `enc`, which only an encrypted token has (RFC 7516, section 4.1.2), and `cty` of a
// nested token.
Expected<JwsHeader, TokenError> read_header(const JsonRef& header);

// The media type that `typ` or an entry of `acceptedTypes` means: lower case, without the prefix
// `application/` (RFC 7515, section 4.1.9).
bool is_same_type(std::string_view a, std::string_view b);

}  // namespace verdict
