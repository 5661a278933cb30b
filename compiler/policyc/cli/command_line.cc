#include "compiler/policyc/cli/command_line.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include <CLI/CLI.hpp>

#include "compiler/diag/suggest.h"
#include "compiler/policyc/cli/command.h"

namespace verdict::policyc {
namespace {

// An unset variable of a shell would otherwise count as an option that was not given.
std::string refuse_empty(const std::string& value) {
  return value.empty() ? "the value is empty" : "";
}

void set_rules(CLI::Option& option, const OptionRules& rules) {
  option.check(refuse_empty);
  if (!rules.choices.empty()) option.check(CLI::IsMember(rules.choices));
  if (!rules.value.empty()) option.type_name(rules.value);
  if (rules.is_required) option.required();
  if (rules.shows_default) option.capture_default_str();
  if (!rules.environment.empty()) option.envname(rules.environment);
}

// Under every help text.
std::string exit_table() {
  std::string text = "Exit codes:\n";
  for (const ExitRow& row : kExits)
    text +=
        "  " + std::to_string(static_cast<int>(row.exit)) + "  " + std::string(row.meaning) + "\n";
  return text;
}

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

}  // namespace

Command Command::add_command(const std::string& name, const std::string& about) {
  return {*app_.add_subcommand(name, about), run_};
}

void Command::require_command() { app_.require_subcommand(1); }

void Command::add_option(const std::string& names, std::string& target, const std::string& about,
                         const OptionRules& rules) {
  set_rules(*app_.add_option(names, target, about), rules);
}

void Command::add_option(const std::string& names, std::vector<std::string>& target,
                         const std::string& about, const OptionRules& rules) {
  set_rules(*app_.add_option(names, target, about)->allow_extra_args(false), rules);
}

void Command::add_option(const std::string& names, std::int64_t& target, const std::string& about,
                         Range range, const OptionRules& rules) {
  CLI::Option* option = app_.add_option(names, target, about);
  set_rules(*option->check(CLI::Range(range.least, range.most)), rules);
}

void Command::add_flag(const std::string& names, bool& target, const std::string& about) {
  app_.add_flag(names, target, about);
}

void Command::set_action(std::function<Exit()> action) {
  app_.callback([&run = run_, action = std::move(action)] { run = action; });
}

Exit parse_and_run(const Application& application, const std::vector<AddCommand>& commands,
                   const std::vector<std::string>& arguments, Context& context) {
  CLI::App app(application.about, application.name);
  app.set_version_flag("--version", application.version);
  app.footer(exit_table());  // commands that are added later take it over
  std::function<Exit()> run;
  Command root(app, run);
  root.require_command();
  for (const AddCommand add : commands) add(root, context);
  // CLI11 would take the next word for the value.
  const auto empty = std::find_if(arguments.begin(), arguments.end(), [](const std::string& word) {
    return word.starts_with("--") && word.find('=') == word.size() - 1;
  });
  if (empty != arguments.end())
    return fail(context, Exit::Usage, "`" + *empty + "`: the value is empty");
  try {
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::ParseError& error) {
    return end_parse(app, error, arguments, context);
  }
  return run();
}

}  // namespace verdict::policyc
