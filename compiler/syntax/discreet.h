// Mistakes in a text that must not be shown: their kinds and places, and no word of the text.
#pragma once

#include "compiler/diag/emitter.h"

namespace verdict::compiler {

// Hands on what the JSON reader reports of a file that no message may quote. Borrows the emitter.
class DiscreetConsumer final : public Consumer {
 public:
  explicit DiscreetConsumer(Emitter& emitter) : emitter_(&emitter) {}
  void consume(Diagnostic diagnostic) override;
  void leave_out(Severity severity, std::size_t number) override;

 private:
  Emitter* emitter_;
};

}  // namespace verdict::compiler
