// Bytes as a token for a provider of fixed keys. The only tokens that can be accepted are those
// that were made with them: whatever else is accepted is forged. (The one exception is out of a
// fuzzer's reach: of an ES256 signature, n - s in the place of s.)
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "runtime/jwt/verifier.h"
#include "tests/fuzz/fixed_tokens.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace verdict;
  static const TokenSettings settings = fixed_settings();
  static TokenScratch scratch;
  const std::string_view token(reinterpret_cast<const char*>(data), size);
  const auto verified = verify_token(token, std::span(&settings, 1), kFixedNow, scratch);
  const bool is_known =
      std::find(kFixedTokens.begin(), kFixedTokens.end(), token) != kFixedTokens.end();
  VERDICT_CHECK(verified.has_value() == is_known);
  return 0;
}
