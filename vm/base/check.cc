#include "vm/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace verdict {

void check_failed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "verdict: internal error: %s:%d: %s\n", file, line, condition);
  std::abort();
}

}  // namespace verdict
