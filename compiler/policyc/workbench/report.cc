#include "compiler/policyc/workbench/report.h"

#include "compiler/diag/render_text.h"
#include "vm/base/text.h"

namespace verdict::policyc {
namespace {

using compiler::Diagnostic;
using compiler::Severity;
using compiler::Sources;
using compiler::Span;

std::string_view name_of(Severity severity) {
  switch (severity) {
    case Severity::Note:
      return "note";
    case Severity::Warning:
      return "warning";
    case Severity::Error:
      return "error";
  }
  return {};
}

JsonValue to_json(const Diagnostic& diagnostic, const Sources& sources) {
  JsonValue labels = JsonValue::array();
  for (const compiler::Label& label : diagnostic.labels) {
    JsonValue json = JsonValue::object();
    labels.push(std::move(json.set("at", place_json(sources, label.span)).set("text", label.text)));
  }
  JsonValue helps = JsonValue::array();
  for (const std::string& help : diagnostic.helps) helps.push(help);
  JsonValue fix;
  if (diagnostic.fix)
    fix.set("at", place_json(sources, diagnostic.fix->span))
        .set("replacement", diagnostic.fix->replacement);
  JsonValue json = JsonValue::object();
  json.set("code", get_info(diagnostic.code).number)
      .set("severity", name_of(diagnostic.severity))
      .set("message", diagnostic.message())
      .set("at", place_json(sources, diagnostic.span))
      .set("label", diagnostic.primary_label)
      .set("labels", std::move(labels))
      .set("help", std::move(helps))
      .set("fix", std::move(fix));
  return json;
}

// What a workflow command escapes: in its properties more than in its message, where GitHub would
// show the rest as it is.
constexpr std::string_view kEscapedInMessage = "%\r\n";
constexpr std::string_view kEscapedInProperty = "%\r\n:,";

std::string escape_github(std::string_view text, std::string_view escaped_characters) {
  std::string escaped;
  for (const char c : escape_for_display(text)) {
    if (escaped_characters.find(c) != std::string_view::npos) {
      constexpr std::string_view kHex = "0123456789ABCDEF";
      const auto byte = static_cast<unsigned char>(c);
      escaped += {'%', kHex[byte >> 4U], kHex[byte & 15U]};
    } else {
      escaped += c;
    }
  }
  return escaped;
}

}  // namespace

std::string first_problem(std::span<const Diagnostic> diagnostics, const Sources& sources) {
  if (diagnostics.empty()) return "is no JSON";
  const Diagnostic& first = diagnostics.front();
  const compiler::LineColumn place = sources.locate(first.span.file, first.span.begin);
  return first.message() + " (line " + std::to_string(place.line) + ", column " +
         std::to_string(place.column) + ")";
}

JsonValue place_json(const Sources& sources, Span span) {
  if (!span.file.has_value()) return {};
  const compiler::LineColumn begin = sources.locate(span.file, span.begin);
  const compiler::LineColumn end = sources.locate(span.file, span.end);
  JsonValue json = JsonValue::object();
  json.set("file", sources.name(span.file))
      .set("line", std::int64_t{begin.line})
      .set("column", std::int64_t{begin.column})
      .set("end_line", std::int64_t{end.line})
      .set("end_column", std::int64_t{end.column})
      .set("offset", std::int64_t{span.begin})
      .set("length", std::int64_t{span.end} - std::int64_t{span.begin});
  return json;
}

std::string render_human(std::span<const Diagnostic> diagnostics, const Sources& sources,
                         Color color, Summary summary) {
  compiler::TextOptions options;
  options.color = color == Color::On ? compiler::Color::On : compiler::Color::Off;
  options.shows_totals = summary == Summary::Shown;
  return render_text(diagnostics, sources, options);
}

std::string render_github(std::span<const Diagnostic> diagnostics, const Sources& sources) {
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics) {
    text +=
        "::" + std::string(diagnostic.severity == Severity::Note ? "notice"
                                                                 : name_of(diagnostic.severity));
    std::string separator = " ";
    if (const Span span = diagnostic.span; span.file.has_value()) {
      const compiler::LineColumn begin = sources.locate(span.file, span.begin);
      text += " file=" + escape_github(sources.name(span.file), kEscapedInProperty) +
              ",line=" + std::to_string(begin.line) + ",col=" + std::to_string(begin.column);
      separator = ",";
    }
    std::string words = diagnostic.message();
    for (const std::string& help : diagnostic.helps) words += "; " + help;
    text += separator + "title=" + std::string(get_info(diagnostic.code).number) +
            "::" + escape_github(words, kEscapedInMessage) + "\n";
  }
  return text;
}

JsonValue report_json(std::span<const Diagnostic> diagnostics, const Sources& sources) {
  JsonValue list = JsonValue::array();
  for (const Diagnostic& diagnostic : diagnostics) list.push(to_json(diagnostic, sources));
  JsonValue json = JsonValue::object();
  json.set("diagnostics", std::move(list))
      .set("errors", static_cast<std::int64_t>(count(diagnostics, Severity::Error)))
      .set("warnings", static_cast<std::int64_t>(count(diagnostics, Severity::Warning)));
  return json;
}

}  // namespace verdict::policyc
