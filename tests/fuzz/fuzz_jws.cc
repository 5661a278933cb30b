// Bytes as a token, through each step by itself: segments lie in the token, a header that is read
// comes of an object, and whatever is refused has a cause and words that are harmless to print.
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "runtime/json/reader.h"
#include "runtime/jwt/jws.h"
#include "runtime/jwt/verifier.h"
#include "tests/fuzz/fixed_tokens.h"
#include "vm/base/text.h"

namespace verdict {
namespace {

void check(const TokenError& error) {
  VERDICT_CHECK(!spelling_of(error.cause).empty() && !error.detail.empty());
  VERDICT_CHECK(escape_for_display(error.detail) == error.detail);  // harmless as it is
}

void split(std::string_view token) {
  const auto jws = split_token(token);
  if (!jws) return check(jws.error());
  const std::size_t size = jws->header.size() + jws->payload.size() + jws->signature.size() + 2;
  VERDICT_CHECK(size == token.size() && token.starts_with(jws->signed_text()));
}

void read(std::string_view json) {
  static JsonReader reader;
  const auto tree = reader.read(json);
  if (!tree) return;
  const auto header = read_header(JsonRef(**tree));
  if (!header) return check(header.error());
  VERDICT_CHECK(JsonRef(**tree).is(ClaimKind::Object));
}

}  // namespace
}  // namespace verdict

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace verdict;
  static const TokenSettings settings = fixed_settings();
  static TokenScratch scratch;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  split(text);
  read(text);
  const auto verified = verify_token(text, std::span(&settings, 1), kFixedNow, scratch);
  if (!verified) check(verified.error());
  return 0;
}
