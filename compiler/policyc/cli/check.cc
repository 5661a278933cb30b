// policyc check: everything but writing.
#include <CLI/CLI.hpp>

#include "compiler/policyc/cli/command.h"

namespace verdict::policyc {

void add_check(CLI::App& app, Context& context, Run& run) {
  CLI::App* command =
      app.add_subcommand("check", "Read, type-check and lint a workspace; write nothing");
  const auto options = std::make_shared<WorkspaceOptions>();
  add_workspace_options(*command, *options);
  command->callback([options, &context, &run] {
    run = [options, &context] {
      return compile_workspace(context, *options, compiler::Output::CheckOnly).exit;
    };
  });
}

}  // namespace verdict::policyc
