#include "compiler/policyc/workbench/engine_check.h"

#include <limits>
#include <string>

#include "compiler/policyc/workbench/attributes.h"
#include "runtime/engine/program_state.h"
#include "vm/program/program.h"

namespace verdict::policyc {
namespace {

void report(compiler::Emitter& emitter, std::string why) {
  emitter.emit(compiler::Code::EngineRefuses, compiler::Span{}, {std::move(why)});
}

void report_useless_keys(const TokenSettings& provider, compiler::Emitter& emitter) {
  if (!provider.keys || !provider.keys->keys().empty()) return;
  std::string why = "no pinned key of provider " + quoted(provider.name) + " can be used";
  for (const KeySet::SkippedKey& key : provider.keys->skipped()) why += "; " + to_text(key);
  report(emitter, std::move(why));
}

// Keys that are for something else, such as encryption, stand in published sets by right.
void report_skipped_keys(const TokenSettings& provider, compiler::Emitter& emitter) {
  if (!provider.keys || provider.keys->keys().empty()) return;
  for (const KeySet::SkippedKey& key : provider.keys->skipped()) {
    if (key.is_for_something_else) continue;
    emitter.emit(compiler::Code::SkippedKey, compiler::Span{}, {provider.name, to_text(key)});
  }
}

}  // namespace

void report_refusal_by_engines(std::span<const std::byte> bytes, compiler::Emitter& emitter) {
  LoadLimits limits;
  limits.max_steps = std::numeric_limits<std::uint64_t>::max();  // the cost is reported elsewhere
  auto program = Program::load(bytes, limits);
  if (!program) return report(emitter, program.error().message);
  const auto state = make_program_state(std::move(program).value(), {});
  if (!state)
    return report(emitter, std::string(state.error().summary) + ": " + state.error().message);
  for (const TokenSettings& provider : (*state)->providers) {
    report_useless_keys(provider, emitter);
    report_skipped_keys(provider, emitter);
  }
}

}  // namespace verdict::policyc
