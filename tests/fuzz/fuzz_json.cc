// Bytes to the JSON reader of tokens, beside the one of authors' files, which shares no code with
// it: they accept the same within the limits of both, and read the same.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

#include "tests/support/json_agreement.h"
#include "vm/base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::string found = verdict::testing::disagreement(text);
  if (!found.empty()) std::fprintf(stderr, "disagreement: %s\n", found.c_str());
  VERDICT_CHECK(found.empty());
  return 0;
}
