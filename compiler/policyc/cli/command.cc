#include "compiler/policyc/cli/command.h"

#include <algorithm>
#include <chrono>
#include <limits>
#include <span>
#include <utility>

#include "compiler/policyc/workbench/engine_check.h"
#include "compiler/policyc/workbench/types_report.h"
#include "compiler/source/secrets.h"
#include "vm/base/limits.h"
#include "vm/base/text.h"
#include "vm/value/time.h"

namespace verdict::policyc {
namespace {

std::string place_of(const Error& error) {
  return error.offset == Error::kNoOffset ? std::string()
                                          : " (byte " + std::to_string(error.offset) + ")";
}

// From top to bottom of each file, whatever step found it; what has no place comes first.
void sort_by_place(std::vector<compiler::Diagnostic>& diagnostics) {
  const auto place = [](const compiler::Diagnostic& diagnostic) {
    return std::pair(diagnostic.span.file.value() + 1U, diagnostic.span.begin);
  };
  std::stable_sort(diagnostics.begin(), diagnostics.end(),
                   [&place](const auto& a, const auto& b) { return place(a) < place(b); });
}

std::int64_t system_now() {
  using std::chrono::microseconds;
  return std::chrono::duration_cast<microseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::vector<std::string> names_of(const compiler::Sources& sources) {
  std::vector<std::string> names;
  for (std::uint32_t i = 0; i < sources.num_files(); ++i) {
    const std::string_view name = sources.name(compiler::FileId(i));
    names.emplace_back(name == "<stdin>" ? "-" : name);
  }
  return names;
}

Exit answer_lines(const Context& context, std::istream& lines,
                  const std::function<std::string(std::string_view)>& answer) {
  for (;;) {
    const auto line = read_line(lines, limits::kMaxSourceBytes);
    if (!line) return fail(context, Exit::Diagnostics, line.error().message);
    if (!*line) return Exit::Ok;
    if ((*line)->find_first_not_of(" \t\r") == std::string::npos) continue;
    context.streams.out << answer(**line) << "\n";
  }
}

std::string replace_all(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

// A token in the wrong place would otherwise end in the log of whoever runs this.
std::string without_tokens(std::string message, const std::vector<std::string>& arguments) {
  for (const std::string& argument : arguments) {
    if (const auto token = compiler::find_token_in_argument(argument))
      message = replace_all(std::move(message), *token, "...");
  }
  return compiler::conceal_tokens(std::move(message));
}

}  // namespace

Exit fail(const Context& context, Exit exit, std::string_view message) {
  const std::string shown = without_tokens(std::string(message), context.arguments);
  context.streams.err << "policyc: error: " << escape_for_display(shown) << "\n";
  if (shown != message)
    context.streams.err << "policyc: note: `...` looks like a token, which is not shown\n";
  return exit;
}

Exit read_now(const Context& context, const std::string& option, std::int64_t& now) {
  now = system_now();
  if (option.empty()) return Exit::Ok;
  const auto parsed = parse_rfc3339(option);
  if (!parsed) {
    return fail(context, Exit::Usage,
                "--now: `" + option + "` is no RFC 3339 time, such as 2026-01-31T12:00:00Z");
  }
  now = *parsed;
  return Exit::Ok;
}

Exit read_token(const Context& context, const std::string& option, std::string& token) {
  const bool is_file = option == "-" || option.starts_with("@");
  token = option;
  if (!is_file) return Exit::Ok;
  auto text = read_file(option == "-" ? option : option.substr(1), context.streams.in,
                        limits::kMaxTokenBytes + 2);
  if (!text) return fail(context, Exit::Failure, text.error().message);
  token = std::move(text).value();
  // An editor's or a shell's line break behind the token is not part of it.
  while (token.ends_with('\n') || token.ends_with('\r')) token.pop_back();
  return Exit::Ok;
}

Exit for_each_line(const Context& context, const std::string& path,
                   const std::function<std::string(std::string_view)>& answer) {
  if (path == "-") return answer_lines(context, context.streams.in, answer);
  auto stream = open_file(path);
  return stream ? answer_lines(context, **stream, answer)
                : fail(context, Exit::Failure, stream.error().message);
}

void add_workspace_options(Command& command, WorkspaceOptions& options) {
  const OptionRules file = {.value = "FILE"};
  command.add_option("WORKSPACE", options.paths.folder, "The workspace's folder");
  command.add_option("--provider", options.paths.providers,
                     "A provider, or a list of claim mappings (repeatable)", file);
  command.add_option("--policy", options.paths.policies,
                     "A policy, or an array of them (repeatable)", file);
  command.add_option("--resources", options.paths.resources, "Resources and their actions", file);
  command.add_option("--permissions", options.paths.permissions,
                     "Which policies answer for which actions", file);
  command.add_flag("--allow-outside", options.paths.allow_outside,
                   "Let files of the workspace name, and lead to, files outside of it");
  command.add_option("--time-zones", options.time_zones, "Where the files of time zones are",
                     {.value = "FOLDER", .shows_default = true, .environment = "TZDIR"});
  command.add_option("--format", options.format, "Form of the diagnostics",
                     {.shows_default = true, .choices = {"human", "json", "github"}});
}

Format format_of(std::string_view name) {
  if (name == "json") return Format::Json;
  return name == "github" ? Format::Github : Format::Human;
}

CompileResult compile_workspace(const Context& context, const WorkspaceOptions& options,
                                compiler::Output output) {
  if (options.paths.folder.empty() && options.paths.providers.empty() &&
      options.paths.policies.empty()) {
    CompileResult result;
    result.exit = fail(context, Exit::Usage,
                       "name a workspace folder, or files with --provider and --policy");
    return result;
  }
  compiler::Sources sources;
  compiler::CollectingConsumer consumer;
  compiler::Emitter emitter(consumer);
  const auto files = read_workspace(options.paths, sources, context.streams.in, emitter);
  CompileResult result;
  if (!files) {
    result.exit = fail(context, Exit::Failure, files.error().message);
    return result;
  }
  result.compilation = compiler::compile(sources, *files, file_reader(options.paths, sources),
                                         emitter, output, compiler::ZoneFolder(options.time_zones));
  if (result.compilation.bytes) report_refusal_by_engines(*result.compilation.bytes, emitter);
  result.inputs = names_of(sources);
  if (emitter.has_errors()) result.exit = Exit::Diagnostics;
  if (output == compiler::Output::Types)
    result.types = render_types(result.compilation.types, sources, format_of(options.format));
  sort_by_place(consumer.diagnostics);
  context.streams.err << render(consumer.diagnostics, sources, format_of(options.format),
                                context.color);
  return result;
}

void add_program_options(Command& command, ProgramOptions& options) {
  command.add_option("PROGRAM", options.path, "The compiled workspace, - for standard input",
                     {.is_required = true});
  command.add_option("--max-steps", options.max_steps,
                     "Refuse a program of which one call can take more steps",
                     {.least = 0, .most = std::numeric_limits<std::int64_t>::max()},
                     {.value = "N", .shows_default = true});
}

LoadResult load_program_file(const Context& context, const ProgramOptions& options) {
  const LoadLimits limits{.max_steps = static_cast<std::uint64_t>(options.max_steps)};
  const auto bytes = read_file(options.path, context.streams.in, limits.max_bytes);
  if (!bytes) return {fail(context, Exit::Failure, bytes.error().message), nullptr};
  auto program = Program::load(std::as_bytes(std::span(*bytes)), limits);
  if (program) return {Exit::Ok, std::move(program).value()};
  const Error& error = program.error();
  const std::string detail = error.message.empty() ? "" : ": " + escape_for_display(error.message);
  fail(context, Exit::Integrity,
       "`" + (options.path == "-" ? "<stdin>" : options.path) + "` is refused: " +
           std::string(error.code) + " " + std::string(error.summary) + detail + place_of(error));
  return {Exit::Integrity, nullptr};
}

}  // namespace verdict::policyc
