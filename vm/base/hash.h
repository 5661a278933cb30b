// The one hash of the project: XXH3 (64 bit). A checksum and a bucket chooser, never an
// authentication.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace verdict {

std::uint64_t hash_bytes(std::span<const std::byte> bytes) noexcept;
std::uint64_t hash_text(std::string_view text) noexcept;

}  // namespace verdict
