// policyc explain CODE: the story of a diagnostic, or of a refused program.
#include <algorithm>

#include "compiler/diag/diagnostic.h"
#include "compiler/diag/suggest.h"
#include "compiler/policyc/cli/command.h"
#include "vm/program/load_error.h"

namespace verdict::policyc {
namespace {

constexpr std::size_t kWidth = 80;

// Breaks at spaces.
std::string wrap(std::string_view text) {
  std::string wrapped;
  std::size_t column = 0;
  while (!text.empty()) {
    const std::size_t length = std::min(text.find(' '), text.size());
    if (column > 0 && column + 1 + length > kWidth) {
      wrapped += "\n";
      column = 0;
    } else if (column > 0) {
      wrapped += " ";
      ++column;
    }
    wrapped += text.substr(0, length);
    column += length;
    text.remove_prefix(std::min(length + 1, text.size()));
  }
  return wrapped + "\n";
}

const LoadErrorRow* find_load_error(std::string_view number) {
  const auto found =
      std::find_if(kLoadErrors.begin(), kLoadErrors.end(),
                   [number](const LoadErrorRow& row) { return row.number == number; });
  return found == kLoadErrors.end() ? nullptr : &*found;
}

Exit explain(const std::string& code, const Context& context) {
  if (const compiler::DiagnosticInfo* info = compiler::find_diagnostic(code)) {
    context.streams.out << info->number << ": " << compiler::without_arguments(info->message)
                        << "\n\n"
                        << wrap(info->story);
    return Exit::Ok;
  }
  if (const LoadErrorRow* row = find_load_error(code)) {
    context.streams.out << row->number << ": " << row->meaning << "\n\n"
                        << wrap(
                               "The program file is refused before anything of it runs. Compile it "
                               "again; if that does "
                               "not help, it was written by another version of policyc. "
                               "docs/bytecode.md says what a "
                               "loader checks.");
    return Exit::Ok;
  }
  std::vector<std::string_view> numbers;
  for (const compiler::DiagnosticInfo* info : compiler::all_diagnostics())
    numbers.push_back(info->number);
  const auto nearest = compiler::find_nearest(code, numbers);
  return fail(context, Exit::Usage,
              "there is no diagnostic `" + code + "`" +
                  (nearest ? ", did you mean `" + std::string(*nearest) + "`?" : ""));
}

}  // namespace

void add_explain(Command& app, Context& context) {
  Command command = app.add_command("explain", "Tell the story of a diagnostic");
  const auto code = std::make_shared<std::string>();
  command.add_option("CODE", *code, "Its number, such as V203", {.is_required = true});
  command.set_action([code, &context] { return explain(*code, context); });
}

}  // namespace verdict::policyc
