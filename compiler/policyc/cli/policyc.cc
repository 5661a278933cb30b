// Parses the command line, runs the command, maps every way to end to an exit code.
#include "compiler/policyc/cli/policyc.h"

#include <array>
#include <exception>
#include <new>

#include <CLI/CLI.hpp>

#include "compiler/diag/suggest.h"
#include "compiler/policyc/cli/command.h"

namespace verdict::policyc {
namespace {

constexpr auto kCommands =
    std::to_array<AddCommand>({add_check, add_compile, add_eval, add_explain, add_dump, add_asm,
                               add_verify, add_token, add_keygen});

// The first argument that is no option, where no command has that name.
std::string suggest_command(const CLI::App& app, const std::vector<std::string>& arguments) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands({})) names.push_back(command->get_name());
  for (const std::string& argument : arguments) {
    if (argument.starts_with("-")) continue;
    const std::vector<std::string_view> views(names.begin(), names.end());
    if (const auto nearest = compiler::find_nearest(argument, views)) {
      return "unknown command `" + argument + "`, did you mean `" + std::string(*nearest) + "`?";
    }
    return "unknown command `" + argument + "`";
  }
  return "a command is needed";
}

// An argument that the command does not have.
std::string suggest_option(const CLI::App& command, const std::string& argument) {
  if (!argument.starts_with("-")) return "unexpected argument `" + argument + "`";
  std::vector<std::string> names;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  const auto nearest =
      compiler::find_nearest(argument, std::vector<std::string_view>(names.begin(), names.end()));
  return "unknown option `" + argument + "`" +
         (nearest ? ", did you mean `" + std::string(*nearest) + "`?" : "");
}

std::string usage_message(const CLI::App& app, const CLI::ParseError& error,
                          const std::vector<std::string>& arguments) {
  const auto commands = app.get_subcommands();
  if (commands.empty()) return suggest_command(app, arguments);
  const std::vector<std::string> rest = commands.front()->remaining();
  const bool is_extra =
      error.get_exit_code() == static_cast<int>(CLI::ExitCodes::ExtrasError) && !rest.empty();
  return is_extra ? suggest_option(*commands.front(), rest.front()) : std::string(error.what());
}

// Help and version are no errors; everything else that CLI11 throws is wrong usage.
Exit end_parse(const CLI::App& app, const CLI::ParseError& error,
               const std::vector<std::string>& arguments, const Context& context) {
  if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) {
    app.exit(error, context.streams.out, context.streams.err);
    return Exit::Ok;
  }
  const auto commands = app.get_subcommands();
  const std::string command = commands.empty() ? "" : " " + commands.front()->get_name();
  fail(context, Exit::Usage, usage_message(app, error, arguments));
  context.streams.err << "run `policyc" << command << " --help` for the usage\n";
  return Exit::Usage;
}

Exit parse_and_run(const std::vector<std::string>& arguments, Context& context) {
  CLI::App app("Compiles policies over token claims into one program, and asks it.", "policyc");
  app.set_version_flag("--version", "policyc 0.1.0");
  app.require_subcommand(1);
  Run run;
  for (const AddCommand add : kCommands) add(app, context, run);
  try {
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::ParseError& error) {
    return end_parse(app, error, arguments, context);
  }
  return run();
}

}  // namespace

Exit run_policyc(const std::vector<std::string>& arguments, Streams streams, Color color) {
  Context context{streams, color};
  try {
    const Exit exit = parse_and_run(arguments, context);
    streams.out.flush();
    if (!streams.out) return fail(context, Exit::Failure, "cannot write to standard output");
    return exit;
  } catch (const std::bad_alloc&) {
    return fail(context, Exit::Failure, "not enough memory");
  } catch (const std::exception& error) {
    return fail(context, Exit::Failure, "internal error: " + std::string(error.what()));
  }
}

}  // namespace verdict::policyc
