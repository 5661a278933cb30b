// The command line without its parser: the commands, what each takes and what it does then. Only
// command_line.cc knows CLI11, whose header is a fifth of the whole build where every command
// includes it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "compiler/policyc/workbench/exit_codes.h"

namespace CLI {
class App;
}

namespace verdict::policyc {

struct Context;

// What else there is to say about an option.
struct OptionRules {
  std::string value = {};  // what the help calls its value
  bool is_required = false;
  bool shows_default = false;
  std::vector<std::string> choices = {};  // what it may be; anything where there are none
  std::string environment = {};           // the variable that is asked where it is not given
};

struct Range {
  std::int64_t least = 0;
  std::int64_t most = 0;
};

// One command, or the application above them. Whatever is added as a `target` must live as long as
// the action.
class Command {
 public:
  Command(CLI::App& app, std::function<Exit()>& run) : app_(app), run_(run) {}

  Command add_command(const std::string& name, const std::string& about);
  // One of the commands added to this one must be given.
  void require_command();

  // `names` as in "-o,--output", or "FILE" for an argument at its place.
  void add_option(const std::string& names, std::string& target, const std::string& about,
                  const OptionRules& rules = {});
  // May be given any number of times.
  void add_option(const std::string& names, std::vector<std::string>& target,
                  const std::string& about, const OptionRules& rules = {});
  void add_option(const std::string& names, std::int64_t& target, const std::string& about,
                  Range range, const OptionRules& rules = {});
  void add_flag(const std::string& names, bool& target, const std::string& about);

  // What the command does once it is parsed.
  void set_action(std::function<Exit()> action);

 private:
  CLI::App& app_;
  std::function<Exit()>& run_;
};

using AddCommand = void (*)(Command& app, Context& context);

// What the help says of the application itself.
struct Application {
  std::string name;
  std::string about;
  std::string version;
};

// Parses the arguments and runs the command that they name. Help and version are printed to the
// output, wrong usage to the error stream.
Exit parse_and_run(const Application& application, const std::vector<AddCommand>& commands,
                   const std::vector<std::string>& arguments, Context& context);

}  // namespace verdict::policyc
