// policyc check: everything but writing: what the program would hold is made, and loaded.
#include "compiler/policyc/cli/command.h"

namespace verdict::policyc {

void add_check(Command& app, Context& context) {
  Command command =
      app.add_command("check", "Read, type-check and lint a workspace; write nothing");
  struct Options {
    WorkspaceOptions workspace;
    bool shows_types = false;
  };
  const auto options = std::make_shared<Options>();
  add_workspace_options(command, options->workspace);
  command.add_flag("--types", options->shows_types,
                   "Print each attribute's type, where it was learnt, and which rules read it");
  command.set_action([options, &context] {
    const auto output = options->shows_types ? compiler::Output::Types : compiler::Output::Program;
    const CompileResult result = compile_workspace(context, options->workspace, output);
    context.streams.out << result.types;
    return result.exit;
  });
}

}  // namespace verdict::policyc
