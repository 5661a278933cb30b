#include "compiler/syntax/discreet.h"

#include <algorithm>
#include <array>
#include <utility>

namespace verdict::compiler {
namespace {

// The mistakes whose first argument is the text that was found.
constexpr auto kQuoting = std::to_array<Code>(
    {Code::JsonUnexpected, Code::JsonDuplicateKey, Code::JsonTrailingText, Code::JsonMissingComma,
     Code::JsonMissingColon, Code::JsonUnquotedKey, Code::JsonBadNumber, Code::JsonUnknownWord,
     Code::JsonBadEscape, Code::JsonLoneSurrogate, Code::JsonWrongBracket});

}  // namespace

void DiscreetConsumer::consume(Diagnostic diagnostic) {
  const bool quotes =
      std::find(kQuoting.begin(), kQuoting.end(), diagnostic.code) != kQuoting.end();
  if (quotes) diagnostic.arguments.front() = "...";
  emitter_->emit(diagnostic.code, diagnostic.span, std::move(diagnostic.arguments));
}

}  // namespace verdict::compiler
