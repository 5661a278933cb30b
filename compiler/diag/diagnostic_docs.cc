#include "compiler/diag/diagnostic_docs.h"

#include <string_view>

#include "compiler/diag/diagnostic.h"

namespace verdict::compiler {
namespace {

std::string_view title_of(char step) {
  switch (step) {
    case '0':
      return "Files and the workspace";
    case '1':
      return "The text of a JSON file";
    case '2':
      return "Names and shapes";
    case '3':
      return "Types";
    case '4':
      return "Lints";
    case '5':
      return "Limits and code generation";
    default:
      return "Others";
  }
}

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

std::string entry(const DiagnosticInfo& info) {
  return "### " + std::string(info.number) + ": " + without_arguments(info.message) + "\n\n" + "*" +
         std::string(name_of(info.severity)) + "* " + std::string(info.story) + "\n\n";
}

}  // namespace

std::string describe_diagnostics_markdown() {
  std::string text =
      "# Diagnostics\n\n"
      "Printed from a table; a test compares. `VERDICT_UPDATE_GOLDEN=1 ctest -R coverage` writes "
      "it anew.\n\n"
      "The table is `compiler/diag/diagnostics.def`. A number is stable for ever; `policyc explain "
      "V203` prints the same\n"
      "story. An error keeps a program from being written, a warning does not.\n\n";
  char step = ' ';
  for (const DiagnosticInfo* info : all_diagnostics()) {
    if (info->number[1] != step) {
      step = info->number[1];
      text += "## V" + std::string(1, step) + "xx: " + std::string(title_of(step)) + "\n\n";
    }
    text += entry(*info);
  }
  text.pop_back();
  return text;
}

}  // namespace verdict::compiler
