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

// The most that one call can cost with a program, whatever tokens and requests hold, in steps:
// proved when the program was loaded. A step is about what an instruction takes, a few nanoseconds:
// comparing 8 elements of a list or 64 bytes of text is one, too (docs/bytecode.md). Reading the
// JSON of a token or a context is not counted: its own limits bound it (docs/limits.md).
struct Work {
  std::uint64_t start = 0;     // making an engine ready: Engine::create(), replace()
  std::uint64_t bind = 0;      // binding the claims of one token: the dearest provider's
  std::uint64_t decision = 0;  // one decision with its context: the dearest route's
  std::uint64_t details = 0;   // the same, asked for the missing attributes too
};

// What a host is willing to load. The default budget is enough for 10,000 rules on one route that
// each search a list of the request, and is used up in some tenths of a second; a host that trusts
// where its programs come from can raise it.
struct LoadLimits {
  std::uint64_t max_bytes = std::uint64_t{1} << 32;  // size of the file
  std::uint64_t max_steps = std::uint64_t{1} << 26;  // of any call that Work counts
};

// Checks `bytes` and copies them; they may change or go away afterwards. Errors are of the family
// L1xx (docs/bytecode.md). Never throws; takes time and memory in proportion to the size of
// `bytes`. A file that this accepts cannot break memory or take longer than Work says, whoever
// wrote it. It can still grant anything: load only what you trust.
Expected<std::shared_ptr<const Program>, Error> load_program(
    std::span<const std::byte> bytes, const LoadLimits& limits = {}) noexcept;

// At most LoadLimits::max_steps each. Takes no time.
Work work_of(const Program& program) noexcept;

}  // namespace verdict
