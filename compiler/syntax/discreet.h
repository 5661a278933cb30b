// Mistakes in a text, or in a part of one, that must not be shown: their kinds and places, and no
// word of the text.
#pragma once

#include "compiler/diag/emitter.h"

namespace verdict::compiler {

// Hands on what the JSON reader reports, without the words of files that no message may quote, and
// of what their Sources hide. Borrows both.
class DiscreetConsumer final : public Consumer {
 public:
  DiscreetConsumer(const Sources& sources, Emitter& emitter)
      : sources_(&sources), emitter_(&emitter) {}
  void consume(Diagnostic diagnostic) override;
  void leave_out(Severity severity, std::size_t number) override;

 private:
  [[nodiscard]] bool may_quote(Span span) const;

  const Sources* sources_;
  Emitter* emitter_;
};

}  // namespace verdict::compiler
