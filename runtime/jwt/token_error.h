// Words of token errors. Whatever comes from a token goes through quote().
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <verdict/expected.h>
#include <verdict/token.h>

namespace verdict {

inline Unexpected<TokenError> refuse(TokenCause cause, std::string detail) {
  return Unexpected(TokenError{cause, std::move(detail)});
}

// In backticks, escaped, and cut where it is long.
std::string quote(std::string_view text);

// "`a`, `b`", cut where there are many.
std::string enumerate(const std::vector<std::string>& texts);

// "1 min 5 s" of microseconds, rounded down to seconds.
std::string duration_text(std::int64_t microseconds);

}  // namespace verdict
