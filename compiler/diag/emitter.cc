// Making diagnostics and counting them.
#include "compiler/diag/emitter.h"

#include <algorithm>

#include "compiler/source/secrets.h"

namespace verdict::compiler {

DiagnosticBuilder& DiagnosticBuilder::here(std::string text) {
  diagnostic_.primary_label = std::move(text);
  return *this;
}

DiagnosticBuilder::~DiagnosticBuilder() {
  const auto conceal = [](std::string& text) { text = conceal_tokens(std::move(text)); };
  std::for_each(diagnostic_.arguments.begin(), diagnostic_.arguments.end(), conceal);
  std::for_each(diagnostic_.helps.begin(), diagnostic_.helps.end(), conceal);
  for (Label& label : diagnostic_.labels) conceal(label.text);
  conceal(diagnostic_.primary_label);
  if (diagnostic_.fix && find_token(diagnostic_.fix->replacement)) diagnostic_.fix.reset();
  consumer_->consume(std::move(diagnostic_));
}

DiagnosticBuilder& DiagnosticBuilder::label(Span span, std::string text) {
  diagnostic_.labels.push_back({span, std::move(text)});
  return *this;
}

DiagnosticBuilder& DiagnosticBuilder::help(std::string text) {
  diagnostic_.helps.push_back(std::move(text));
  return *this;
}

DiagnosticBuilder& DiagnosticBuilder::did_you_mean(Span span, std::string replacement) {
  help("did you mean `" + replacement + "`?");
  return fix(span, std::move(replacement));
}

DiagnosticBuilder& DiagnosticBuilder::fix(Span span, std::string replacement) {
  diagnostic_.fix = Fix{span, std::move(replacement)};
  return *this;
}

DiagnosticBuilder Emitter::emit(Code code, Span span, std::vector<std::string> arguments) {
  const Severity severity = get_info(code).severity;
  if (severity == Severity::Error) ++num_errors_;
  if (severity == Severity::Warning) ++num_warnings_;
  return DiagnosticBuilder(*consumer_,
                           Diagnostic{code, severity, span, std::move(arguments), {}, {}, {}, {}});
}

}  // namespace verdict::compiler
