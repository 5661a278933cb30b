// Making diagnostics and counting them.
#include "compiler/diag/emitter.h"

#include "compiler/source/secrets.h"
#include "vm/base/limits.h"

namespace verdict::compiler {
namespace {

// Bytes of one argument, label or help. Names may be as long as a file, and stand in a thousand
// messages.
constexpr std::size_t kLongestPart = 4096;

// Cut at a code point, with `...`, and without tokens.
std::string shorten(std::string_view text) {
  if (text.size() <= kLongestPart) return conceal_tokens(std::string(text));
  std::size_t end = kLongestPart;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return conceal_tokens(std::string(text.substr(0, end)) + "...");
}

}  // namespace

DiagnosticBuilder& DiagnosticBuilder::here(std::string_view text) {
  if (is_kept()) diagnostic_.primary_label = shorten(text);
  return *this;
}

DiagnosticBuilder& DiagnosticBuilder::label(Span span, std::string_view text) {
  if (is_kept()) diagnostic_.labels.push_back({span, shorten(text)});
  return *this;
}

DiagnosticBuilder& DiagnosticBuilder::help(std::string_view text) {
  if (is_kept()) diagnostic_.helps.push_back(shorten(text));
  return *this;
}

DiagnosticBuilder& DiagnosticBuilder::did_you_mean(Span span, std::string replacement) {
  help("did you mean `" + replacement + "`?");
  return fix(span, std::move(replacement));
}

DiagnosticBuilder& DiagnosticBuilder::fix(Span span, std::string replacement) {
  if (is_kept() && !find_token(replacement)) diagnostic_.fix = Fix{span, std::move(replacement)};
  return *this;
}

DiagnosticBuilder Emitter::emit(Code code, Span span,
                                std::initializer_list<std::string_view> arguments) {
  const Severity severity = get_info(code).severity;
  if (leave_out(code, 1)) return {nullptr, {}};
  ++counts_.at(static_cast<std::size_t>(severity));
  std::vector<std::string> shortened;
  for (const std::string_view argument : arguments) shortened.push_back(shorten(argument));
  return {consumer_, {code, severity, span, std::move(shortened), {}, {}, {}, {}}};
}

void Emitter::pass_on(Diagnostic diagnostic) {
  if (leave_out(diagnostic.code, 1)) return;
  ++counts_.at(static_cast<std::size_t>(diagnostic.severity));
  consumer_->consume(std::move(diagnostic));
}

bool Emitter::leave_out(Code code, std::size_t number) {
  const Severity severity = get_info(code).severity;
  std::size_t& count = counts_.at(static_cast<std::size_t>(severity));
  if (count < limits::kMaxDiagnostics) return false;
  count += number;
  if (number > 0) consumer_->leave_out(severity, number);
  return true;
}

void CollectingConsumer::leave_out(Severity severity, std::size_t number) {
  std::optional<std::size_t>& place = rest_.at(static_cast<std::size_t>(severity));
  if (!place) {
    place = diagnostics.size();
    const Code code = severity == Severity::Error ? Code::MoreErrors : Code::MoreWarnings;
    diagnostics.push_back({code, severity, Span{}, {""}, {}, {}, {}, {}, 0});
  }
  Diagnostic& rest = diagnostics[*place];
  rest.stands_for += number;
  rest.arguments.front() = std::to_string(rest.stands_for);
}

}  // namespace verdict::compiler
