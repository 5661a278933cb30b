#include "compiler/syntax/discreet.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace verdict::compiler {
namespace {

// The mistakes whose first argument is the text that was found.
constexpr auto kQuoting = std::to_array<Code>(
    {Code::JsonUnexpected, Code::JsonDuplicateKey, Code::JsonTrailingText, Code::JsonMissingComma,
     Code::JsonMissingColon, Code::JsonUnquotedKey, Code::JsonBadNumber, Code::JsonUnknownWord,
     Code::JsonBadEscape, Code::JsonLoneSurrogate, Code::JsonWrongBracket});

}  // namespace

bool DiscreetConsumer::may_quote(Span span) const {
  constexpr std::uint32_t kNear = 64;  // what a message says stands at its place, or just behind it
  return sources_->quoting(span.file) == Quoting::Allowed &&
         !sources_->hides({span.file, span.begin, span.end + kNear});
}

void DiscreetConsumer::consume(Diagnostic diagnostic) {
  if (may_quote(diagnostic.span)) return emitter_->pass_on(std::move(diagnostic));
  const bool quotes =
      std::find(kQuoting.begin(), kQuoting.end(), diagnostic.code) != kQuoting.end();
  if (quotes) diagnostic.arguments.front() = "...";
  const auto argument = [&diagnostic](std::size_t i) -> std::string_view {
    return i < diagnostic.arguments.size() ? std::string_view(diagnostic.arguments[i]) : "";
  };
  emitter_->emit(diagnostic.code, diagnostic.span, {argument(0), argument(1)});
}

// The reader of JSON reports errors alone.
void DiscreetConsumer::leave_out(Severity /*severity*/, std::size_t number) {
  emitter_->leave_out(Code::JsonUnexpected, number);
}

}  // namespace verdict::compiler
