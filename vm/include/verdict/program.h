// Loading a compiled workspace (`.vbc`).
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include <verdict/error.h>
#include <verdict/expected.h>

namespace verdict {

// A verified, immutable program; opaque here. Safe to share between threads.
class Program;

// What a host is willing to load. The defaults accept everything that the format can hold.
struct LoadLimits {
  std::uint64_t max_bytes = std::uint64_t{1} << 32;  // size of the file
  std::uint64_t max_path = std::uint64_t{1} << 32;   // instructions that one decision may execute
};

// Checks `bytes` and copies them; they may change or go away afterwards. Errors are of the family
// L1xx (docs/bytecode.md). Never throws; takes time and memory in proportion to the size of
// `bytes`. A file that this accepts cannot break memory or run without end, whoever wrote it. It
// can still grant anything: load only what you trust.
Expected<std::shared_ptr<const Program>, Error> load_program(
    std::span<const std::byte> bytes, const LoadLimits& limits = {}) noexcept;

}  // namespace verdict
