// Text to a program: assemble() refuses it with a place, or what it wrote is loaded; what loads is
// listed and read back.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "vm/assembly/assemble.h"
#include "vm/assembly/disassemble.h"
#include "vm/base/check.h"
#include "vm/program/program.h"

using namespace verdict;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bytes = assemble({reinterpret_cast<const char*>(data), size});
  if (!bytes) {
    VERDICT_CHECK(bytes.error().line > 0 && bytes.error().column > 0 &&
                  !bytes.error().message.empty());
    return 0;
  }
  const auto program = Program::load(*bytes);
  if (!program) return 0;
  const auto again = assemble(disassemble(**program));
  VERDICT_CHECK(again.has_value() && *again == *bytes);
  return 0;
}
