// policyc check: everything but writing.
#include "compiler/policyc/cli/command.h"

namespace verdict::policyc {

void add_check(Command& app, Context& context) {
  Command command =
      app.add_command("check", "Read, type-check and lint a workspace; write nothing");
  const auto options = std::make_shared<WorkspaceOptions>();
  add_workspace_options(command, *options);
  command.set_action([options, &context] {
    return compile_workspace(context, *options, compiler::Output::CheckOnly).exit;
  });
}

}  // namespace verdict::policyc
