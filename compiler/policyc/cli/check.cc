// policyc check: everything but writing: what the program would hold is made, and loaded.
#include "compiler/policyc/cli/command.h"

namespace verdict::policyc {

void add_check(Command& app, Context& context) {
  Command command =
      app.add_command("check", "Read, type-check and lint a workspace; write nothing");
  struct Options {
    WorkspaceOptions workspace;
    bool shows_types = false;
    bool is_quiet = false;
  };
  const auto options = std::make_shared<Options>();
  add_workspace_options(command, options->workspace);
  command.add_flag("--types", options->shows_types,
                   "Print each attribute's type, where it was learnt, and which rules read it");
  command.add_flag("-q,--quiet", options->is_quiet, "Say nothing where nothing was found");
  command.set_action([options, &context] {
    const bool has_summary = options->workspace.format == "human" && !options->shows_types;
    if (options->is_quiet && !has_summary)
      return fail(context, Exit::Usage, "--quiet has no effect beside --types or another --format");
    const auto output = options->shows_types ? compiler::Output::Types : compiler::Output::Program;
    const bool is_shown = has_summary && !options->is_quiet;
    return compile_workspace(context, options->workspace, output,
                             is_shown ? Summary::Shown : Summary::Hidden)
        .exit;
  });
}

}  // namespace verdict::policyc
