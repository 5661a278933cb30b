// How much a test may do: less under sanitizers, which slow it down by an order of magnitude. What
// is built as it is shipped does all.
#pragma once

#include <cstdint>

namespace verdict::testing {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kIsSanitized = true;
#elif defined(__has_feature)
inline constexpr bool kIsSanitized =
    __has_feature(address_sanitizer) || __has_feature(thread_sanitizer);
#else
inline constexpr bool kIsSanitized = false;
#endif

constexpr std::uint64_t scaled(std::uint64_t count) { return kIsSanitized ? count / 16 : count; }

}  // namespace verdict::testing
