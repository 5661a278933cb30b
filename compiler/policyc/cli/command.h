// What the commands of policyc share: one thin file a command, each with its options and what it
// does.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diag/emitter.h"
#include "compiler/policyc/cli/command_line.h"
#include "compiler/policyc/workbench/exit_codes.h"
#include "compiler/policyc/workbench/files.h"
#include "compiler/policyc/workbench/report.h"
#include "compiler/policyc/workbench/workspace.h"
#include "vm/program/program.h"

namespace verdict::policyc {

// What one run of policyc works with.
struct Context {
  Streams streams;
  Color color = Color::Off;                   // of the error stream
  const std::vector<std::string>& arguments;  // as they were given
};

// Each adds its command to the application.
void add_check(Command& app, Context& context);
void add_compile(Command& app, Context& context);
void add_eval(Command& app, Context& context);
void add_explain(Command& app, Context& context);
void add_dump(Command& app, Context& context);
void add_asm(Command& app, Context& context);
void add_verify(Command& app, Context& context);
void add_token(Command& app, Context& context);
void add_keygen(Command& app, Context& context);

// Prints "policyc: error: ..." and gives the exit code. What may be a token among the arguments is
// not repeated.
Exit fail(const Context& context, Exit exit, std::string_view message);

// Refuses two inputs that are `-`.
Exit check_standard_input(const Context& context, std::span<const std::string> inputs);

// The time of --now in microseconds since 1970; of the machine's clock where it is not given.
Exit read_now(const Context& context, const std::string& option, std::int64_t& now);

// A token given as text, as @FILE, or as - for standard input.
Exit read_token(const Context& context, const std::string& option, std::string& token);

// Prints what `answer` says to each line of `path` that is not blank.
Exit for_each_line(const Context& context, const std::string& path,
                   const std::function<std::string(std::string_view)>& answer);

// The options that name a workspace, and --format.
struct WorkspaceOptions {
  WorkspacePaths paths;
  std::string time_zones{compiler::ZoneFolder::kUsualPath};
  std::string format = "human";
  bool denies_warnings = false;
};
void add_workspace_options(Command& command, WorkspaceOptions& options);
Format format_of(std::string_view name);

// Compiles the workspace and prints what was found: for people on the error stream, and where a
// summary is wanted and there are no errors, one line of what was seen on the output; for machines
// all of it on the output. `exit` is Ok where there is a result.
struct CompileResult {
  Exit exit = Exit::Ok;
  compiler::Compilation compilation;
  std::vector<std::string> inputs;  // the files that were read
};
CompileResult compile_workspace(const Context& context, const WorkspaceOptions& options,
                                compiler::Output output, Summary summary);

// The program that a command reads, and what it may cost.
struct ProgramOptions {
  std::string path;
  std::int64_t max_steps = static_cast<std::int64_t>(LoadLimits{}.max_steps);
};
void add_program_options(Command& command, ProgramOptions& options);

// Loads a program file; on failure the error is printed and `exit` says how to end.
struct LoadResult {
  Exit exit = Exit::Ok;
  std::shared_ptr<const Program> program;
};
LoadResult load_program_file(const Context& context, const ProgramOptions& options);

}  // namespace verdict::policyc
