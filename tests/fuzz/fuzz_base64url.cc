// F5: one value has one spelling. What decodes is what its bytes are encoded to, and any bytes come
// back.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/crypto/base64url.h"
#include "vm/base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::optional<std::string> decoded = verdict::decode_base64url(input);
  VERDICT_CHECK(!decoded || verdict::encode_base64url(*decoded) == input);
  VERDICT_CHECK(!decoded || decoded->size() == verdict::decoded_length(size));
  VERDICT_CHECK(verdict::decode_base64url(verdict::encode_base64url(input)) == input);
  return 0;
}
