// Making diagnostics and counting them.
#include "compiler/diag/emitter.h"

#include "vm/base/limits.h"

namespace verdict::compiler {

DiagnosticBuilder& DiagnosticBuilder::here(std::string text) {
  if (is_kept()) diagnostic_.primary_label = std::move(text);
  return *this;
}

DiagnosticBuilder& DiagnosticBuilder::label(Span span, std::string text) {
  if (is_kept()) diagnostic_.labels.push_back({span, std::move(text)});
  return *this;
}

DiagnosticBuilder& DiagnosticBuilder::help(std::string text) {
  if (is_kept()) diagnostic_.helps.push_back(std::move(text));
  return *this;
}

DiagnosticBuilder& DiagnosticBuilder::did_you_mean(Span span, std::string replacement) {
  help("did you mean `" + replacement + "`?");
  return fix(span, std::move(replacement));
}

DiagnosticBuilder& DiagnosticBuilder::fix(Span span, std::string replacement) {
  if (is_kept()) diagnostic_.fix = Fix{span, std::move(replacement)};
  return *this;
}

DiagnosticBuilder Emitter::emit(Code code, Span span,
                                std::initializer_list<std::string_view> arguments) {
  const Severity severity = get_info(code).severity;
  std::size_t& count = counts_.at(static_cast<std::size_t>(severity));
  if (++count > limits::kMaxDiagnostics) {
    consumer_->leave_out(severity);
    return {nullptr, {}};
  }
  return {consumer_, {code, severity, span, {arguments.begin(), arguments.end()}, {}, {}, {}, {}}};
}

void CollectingConsumer::leave_out(Severity severity) {
  std::optional<std::size_t>& place = rest_.at(static_cast<std::size_t>(severity));
  if (!place) {
    place = diagnostics.size();
    const Code code = severity == Severity::Error ? Code::MoreErrors : Code::MoreWarnings;
    diagnostics.push_back({code, severity, Span{}, {""}, {}, {}, {}, {}, 0});
  }
  Diagnostic& rest = diagnostics[*place];
  ++rest.stands_for;
  rest.arguments.front() = std::to_string(rest.stands_for);
}

}  // namespace verdict::compiler
