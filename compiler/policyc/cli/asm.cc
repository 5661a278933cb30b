// policyc asm: assembly to a program. What it writes is not verified: `policyc verify` does that.
#include "compiler/policyc/cli/command.h"
#include "compiler/policyc/workbench/output.h"
#include "vm/assembly/assemble.h"
#include "vm/base/limits.h"
#include "vm/base/text.h"

namespace verdict::policyc {
namespace {

Exit assemble_file(const std::string& path, const std::string& output, const Context& context) {
  const auto text = read_file(path, context.streams.in, limits::kMaxSourceBytes);
  if (!text) return fail(context, Exit::Failure, text.error().message);
  const auto bytes = assemble(*text);
  if (!bytes) {
    const AssembleError& error = bytes.error();
    context.streams.err << (path == "-" ? "<stdin>" : escape_for_display(path)) << ":" << error.line
                        << ":" << error.column << ": error: " << escape_for_display(error.message)
                        << "\n";
    return Exit::Diagnostics;
  }
  const auto checked = check_output(output, {path});
  if (!checked) return fail(context, Exit::Usage, checked.error().message);
  const auto written = write_file(
      output, {reinterpret_cast<const char*>(bytes->data()), bytes->size()}, context.streams.out);
  return written ? Exit::Ok : fail(context, Exit::Failure, written.error().message);
}

struct Options {
  std::string input;
  std::string output;
};

}  // namespace

void add_asm(Command& app, Context& context) {
  Command command = app.add_command("asm", "Assemble what `dump` printed");
  const auto options = std::make_shared<Options>();
  command.add_option("FILE", options->input, "Assembly, - for standard input",
                     {.is_required = true});
  command.add_option("-o,--output", options->output, "The program to write, - for standard output",
                     {.value = "FILE", .is_required = true});
  command.set_action(
      [options, &context] { return assemble_file(options->input, options->output, context); });
}

}  // namespace verdict::policyc
