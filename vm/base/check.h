// Checks for our own bugs, never for input.
//
// VERDICT_CHECK stays in release builds where memory safety or a decision depends on it;
// VERDICT_DCHECK only runs in debug builds. Both end the process with the place and the condition.
#pragma once

namespace verdict {

[[noreturn]] void check_failed(const char* condition, const char* file, int line);

}  // namespace verdict

#define VERDICT_CHECK(condition) \
  ((condition) ? static_cast<void>(0) : ::verdict::check_failed(#condition, __FILE__, __LINE__))

#ifdef NDEBUG
#define VERDICT_DCHECK(condition) static_cast<void>(sizeof((condition) ? 1 : 0))
#else
#define VERDICT_DCHECK(condition) VERDICT_CHECK(condition)
#endif
