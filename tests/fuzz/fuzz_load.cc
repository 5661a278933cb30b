// Bytes to a program: load() refuses them, or every function runs on every filling of the slots,
// and the listing is assembled to the same bytes. The checksum is put right first: without, nearly
// no input would get past it.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "tests/support/program_slots.h"
#include "vm/assembly/assemble.h"
#include "vm/assembly/disassemble.h"
#include "vm/base/check.h"
#include "vm/interp/evaluate.h"
#include "vm/program/builder.h"
#include "vm/program/program.h"

namespace {

using namespace verdict;

void check_outcome(const Program& program, const Outcome& outcome) {
  const ProgramView& view = program.view();
  if (outcome.by_rule) {
    VERDICT_CHECK(outcome.subject < view.Rules.size());
    VERDICT_CHECK(view.Rules[outcome.subject].effect == static_cast<U8>(outcome.effect));
  } else {
    VERDICT_CHECK(outcome.subject < view.Policies.size());
  }
}

void run_everything(const Program& program) {
  for (const testing::Filling filling : testing::kFillings) {
    const testing::ProgramSlots slots(program, filling);
    for (std::uint32_t function = 0; function < program.view().Functions.size(); ++function) {
      check_outcome(program, evaluate(program, FunctionId(function), slots.view()));
    }
  }
}

void check_listing(const Program& program) {
  const auto again = assemble(disassemble(program));
  VERDICT_CHECK(again.has_value());
  VERDICT_CHECK(
      std::equal(again->begin(), again->end(), program.bytes().begin(), program.bytes().end()));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto* begin = reinterpret_cast<const std::byte*>(data);
  std::vector<std::byte> bytes(begin, begin + size);
  seal(bytes);
  const auto program = Program::load(bytes);
  if (!program) return 0;
  run_everything(**program);
  check_listing(**program);
  return 0;
}
