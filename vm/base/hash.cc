#include "vm/base/hash.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace verdict {

std::uint64_t hash_bytes(std::span<const std::byte> bytes) noexcept {
  return XXH3_64bits(bytes.data(), bytes.size());
}

std::uint64_t hash_text(std::string_view text) noexcept {
  return XXH3_64bits(text.data(), text.size());
}

}  // namespace verdict
