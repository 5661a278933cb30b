#include "compiler/policyc/cli/command.h"

#include <algorithm>
#include <span>
#include <utility>

#include <CLI/CLI.hpp>

#include "vm/base/text.h"

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

}  // namespace

Exit fail(const Context& context, Exit exit, std::string_view message) {
  context.streams.err << "policyc: error: " << message << "\n";
  return exit;
}

void add_workspace_options(CLI::App& command, WorkspaceOptions& options) {
  command.add_option("WORKSPACE", options.paths.folder, "The workspace's folder");
  command
      .add_option("--provider", options.paths.providers,
                  "A provider, or a list of claim mappings (repeatable)")
      ->type_name("FILE")
      ->allow_extra_args(false);
  command
      .add_option("--policy", options.paths.policies, "A policy, or an array of them (repeatable)")
      ->type_name("FILE")
      ->allow_extra_args(false);
  command.add_option("--resources", options.paths.resources, "Resources and their actions")
      ->type_name("FILE")
      ->allow_extra_args(false);
  command
      .add_option("--permissions", options.paths.permissions,
                  "Which policies answer for which actions")
      ->type_name("FILE")
      ->allow_extra_args(false);
  command.add_option("--format", options.format, "Form of the diagnostics")
      ->check(CLI::IsMember({"human", "json", "github"}))
      ->capture_default_str();
}

Format format_of(std::string_view name) {
  if (name == "json") return Format::Json;
  return name == "github" ? Format::Github : Format::Human;
}

CompileResult compile_workspace(const Context& context, const WorkspaceOptions& options,
                                compiler::Output output) {
  if (options.paths.folder.empty() && options.paths.providers.empty() &&
      options.paths.policies.empty()) {
    return {fail(context, Exit::Usage,
                 "name a workspace folder, or files with --provider and --policy"),
            {}};
  }
  compiler::Sources sources;
  compiler::CollectingConsumer consumer;
  compiler::Emitter emitter(consumer);
  const auto files = read_workspace(options.paths, sources, context.streams.in, emitter);
  if (!files) return {fail(context, Exit::Failure, files.error().message), {}};
  CompileResult result;
  result.compilation = compiler::compile(sources, *files, file_reader(sources), emitter, output);
  if (emitter.has_errors()) result.exit = Exit::Diagnostics;
  sort_by_place(consumer.diagnostics);
  context.streams.err << render(consumer.diagnostics, sources, format_of(options.format),
                                context.color);
  return result;
}

LoadResult load_program_file(const Context& context, const std::string& path) {
  constexpr std::size_t kMaxBytes = std::size_t{1} << 32U;
  const auto bytes = read_file(path, context.streams.in, kMaxBytes);
  if (!bytes) return {fail(context, Exit::Failure, bytes.error().message), nullptr};
  auto program = Program::load(std::as_bytes(std::span(*bytes)));
  if (program) return {Exit::Ok, std::move(program).value()};
  const Error& error = program.error();
  const std::string detail = error.message.empty() ? "" : ": " + escape_for_display(error.message);
  fail(context, Exit::Integrity,
       "`" + (path == "-" ? "<stdin>" : path) + "` is refused: " + std::string(error.code) + " " +
           std::string(error.summary) + detail + place_of(error));
  return {Exit::Integrity, nullptr};
}

}  // namespace verdict::policyc
