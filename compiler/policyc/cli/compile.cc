// policyc compile: a workspace to one program file.
#include <filesystem>

#include "compiler/policyc/cli/command.h"
#include "compiler/policyc/workbench/output.h"

namespace verdict::policyc {
namespace {

struct Options {
  WorkspaceOptions workspace;
  std::string output;
  std::string dump;
};

// What is wrong with where the program shall go, in view of what was read and what else is written.
Expected<void, FileError> check_output_of(const Options& options, const CompileResult& result) {
  std::error_code error;
  if (std::filesystem::exists(options.output, error) &&
      is_inside(options.workspace.time_zones, options.output))
    return file_error("write", options.output, "it is one of the time zone files");
  std::vector<std::string> others = {"/dev/stderr"};
  if (!options.dump.empty() || options.workspace.format != "human") others.emplace_back("-");
  return check_output(options.output, result.inputs, others);
}

Exit compile(const Options& options, const Context& context) {
  const bool dumps = !options.dump.empty();
  if (!dumps && options.output.empty()) return fail(context, Exit::Usage, "--output is required");
  if (options.workspace.format != "human" && (dumps || options.output == "-"))
    return fail(context, Exit::Usage,
                "the diagnostics of --format " + options.workspace.format +
                    " go to standard output, and something else would too");
  const CompileResult result =
      compile_workspace(context, options.workspace, compiler::Output::Program, Summary::Hidden);
  if (result.exit != Exit::Ok) return result.exit;
  if (!options.output.empty()) {
    const auto checked = check_output_of(options, result);
    if (!checked) return fail(context, Exit::Usage, checked.error().message);
  }
  if (dumps) {
    context.streams.out << dump(*result.compilation.module);
    if (options.output.empty()) return Exit::Ok;
  }
  const std::vector<std::byte>& bytes = *result.compilation.bytes;
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  const auto written = write_file(options.output, text, context.streams.out);
  return written ? Exit::Ok : fail(context, Exit::Failure, written.error().message);
}

}  // namespace

void add_compile(Command& app, Context& context) {
  Command command = app.add_command("compile", "Compile a workspace into one program file");
  const auto options = std::make_shared<Options>();
  add_workspace_options(command, options->workspace);
  command.add_option("-o,--output", options->output, "The program to write, - for standard output",
                     {.value = "FILE"});
  command.add_option("--dump", options->dump, "Print the output of a step", {.choices = {"ir"}});
  command.set_action([options, &context] { return compile(*options, context); });
}

}  // namespace verdict::policyc
