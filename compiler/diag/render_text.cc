// The form of rustc, which authors and editors know: a headline, the place, the source with
// underlines, help lines.
#include "compiler/diag/render_text.h"

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/diag/snippet.h"
#include "compiler/diag/styled_text.h"
#include "vm/base/text.h"

namespace verdict::compiler {
namespace {

std::string_view name_of(Severity severity) {
  switch (severity) {
    case Severity::Note:
      return "note";
    case Severity::Warning:
      return "warning";
    case Severity::Error:
      return "error";
  }
  return "";
}

Style style_of(Severity severity) {
  switch (severity) {
    case Severity::Note:
      return Style::Note;
    case Severity::Warning:
      return Style::Warning;
    case Severity::Error:
      return Style::Error;
  }
  return Style::Plain;
}

// The marks of one file.
using MarkGroup = std::vector<Mark>;

void append_to_group(std::vector<MarkGroup>& groups, Mark mark) {
  const auto group = std::find_if(groups.begin(), groups.end(), [&mark](const MarkGroup& g) {
    return g.front().span.file == mark.span.file;
  });
  if (group == groups.end()) {
    groups.push_back({std::move(mark)});
  } else {
    group->push_back(std::move(mark));
  }
}

// One group a file: the primary place's first, the others in the order of their labels.
std::vector<MarkGroup> group_marks(const Diagnostic& diagnostic) {
  std::vector<MarkGroup> groups;
  if (diagnostic.span.file.has_value()) {
    groups.push_back({{diagnostic.span, diagnostic.primary_label, Rank::Primary}});
  }
  for (const Label& label : diagnostic.labels) {
    if (label.span.file.has_value())
      append_to_group(groups, {label.span, label.text, Rank::Secondary});
  }
  return groups;
}

std::size_t gutter_width_of(const std::vector<MarkGroup>& groups, const Sources& sources) {
  std::uint32_t last_line = 1;
  for (const MarkGroup& group : groups) {
    for (const Mark& mark : group) last_line = std::max(last_line, last_line_of(sources, mark));
  }
  return std::to_string(last_line).size();
}

class DiagnosticPrinter {
 public:
  DiagnosticPrinter(std::string& output, const Sources& sources, Color color)
      : output_(&output), sources_(&sources), color_(color) {}

  void print(const Diagnostic& diagnostic) const {
    const std::vector<MarkGroup> groups = group_marks(diagnostic);
    const std::size_t gutter_width = gutter_width_of(groups, *sources_);
    print_headline(diagnostic);
    for (std::size_t i = 0; i < groups.size(); ++i) {
      if (i > 0) print_line({make_empty_gutter(gutter_width)});
      const Span span = groups[i].front().span;
      print_place(span, gutter_width, i == 0 ? "--> " : "::: ");
      if (sources_->quoting(span.file) == Quoting::Forbidden) continue;
      print_line({make_empty_gutter(gutter_width)});
      for (const StyledLine& line :
           draw_snippet(*sources_, groups[i], gutter_width, style_of(diagnostic.severity))) {
        print_line(line);
      }
    }
    for (const Label& label : diagnostic.labels) {
      if (!label.span.file.has_value()) print_remark("note", label.text, gutter_width);
    }
    for (const std::string& help : diagnostic.helps) print_remark("help", help, gutter_width);
  }

 private:
  void print_line(const StyledLine& line) const { append_line(*output_, line, color_); }

  void print_headline(const Diagnostic& diagnostic) const {
    const std::string code = "[" + std::string(get_info(diagnostic.code).number) + "]";
    print_line({{std::string(name_of(diagnostic.severity)) + code, style_of(diagnostic.severity)},
                {": " + escape_for_display(diagnostic.message()), Style::Strong}});
  }

  void print_place(Span span, std::size_t gutter_width, std::string_view arrow) const {
    const LineColumn place = sources_->locate(span.file, span.begin);
    print_line({{std::string(gutter_width + 1, ' ') + std::string(arrow), Style::Gutter},
                {escape_for_display(sources_->name(span.file)) + ":" + std::to_string(place.line) +
                     ":" + std::to_string(place.column),
                 Style::Plain}});
  }

  void print_remark(std::string_view kind, std::string_view text, std::size_t gutter_width) const {
    print_line({{std::string(gutter_width + 2, ' ') + "= ", Style::Gutter},
                {std::string(kind) + ":", Style::Strong},
                {" " + escape_for_display(text), Style::Plain}});
  }

  std::string* output_;
  const Sources* sources_;
  Color color_;
};

std::string with_number(std::size_t number, std::string_view noun) {
  return std::to_string(number) + " " + std::string(noun) + (number == 1 ? "" : "s");
}

// What the line of the rest says of these, with the others that are not shown.
bool is_closing(const Diagnostic& diagnostic) {
  return diagnostic.code == Code::MoreErrors || diagnostic.code == Code::MoreWarnings;
}

std::size_t max_of(Severity severity, const TextOptions& options) {
  switch (severity) {
    case Severity::Note:
      break;
    case Severity::Warning:
      return options.max_warnings;
    case Severity::Error:
      return options.max_errors;
  }
  return std::numeric_limits<std::size_t>::max();
}

std::string make_rest(std::size_t number, Severity severity) {
  if (number == 0) return {};
  return "... and " + with_number(number, "more " + std::string(name_of(severity))) + "\n\n";
}

}  // namespace

std::string describe_totals(std::span<const Diagnostic> diagnostics) {
  std::string totals;
  for (const Severity severity : {Severity::Error, Severity::Warning, Severity::Note}) {
    const std::size_t number = count(diagnostics, severity);
    if (number == 0) continue;
    if (!totals.empty()) totals += ", ";
    totals += with_number(number, name_of(severity));
  }
  return totals;
}

std::string render_text(std::span<const Diagnostic> diagnostics, const Sources& sources,
                        const TextOptions& options) {
  std::string output;
  const DiagnosticPrinter printer(output, sources, options.color);
  std::array<std::size_t, kNumSeverities> num_shown{};
  for (const Diagnostic& diagnostic : diagnostics) {
    std::size_t& shown = num_shown.at(static_cast<std::size_t>(diagnostic.severity));
    if (is_closing(diagnostic) || shown == max_of(diagnostic.severity, options)) continue;
    ++shown;
    printer.print(diagnostic);
    output += '\n';
  }
  for (const Severity severity : {Severity::Error, Severity::Warning}) {
    const std::size_t shown = num_shown.at(static_cast<std::size_t>(severity));
    output += make_rest(count(diagnostics, severity) - shown, severity);
  }
  if (!diagnostics.empty() && options.shows_totals)
    append_line(output, {{describe_totals(diagnostics), Style::Strong}}, options.color);
  return output;
}

}  // namespace verdict::compiler
