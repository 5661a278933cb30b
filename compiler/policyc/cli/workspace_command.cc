// What `check` and `compile` share: a workspace is read, compiled, and what was found is printed.
#include <algorithm>
#include <filesystem>
#include <utility>

#include "compiler/diag/render_text.h"
#include "compiler/policyc/cli/command.h"
#include "compiler/policyc/workbench/engine_check.h"
#include "compiler/policyc/workbench/types_report.h"
#include "compiler/policyc/workbench/unread.h"

namespace verdict::policyc {
namespace {

// From top to bottom of each file, whatever step found it; what has no place comes first.
void sort_by_place(std::vector<compiler::Diagnostic>& diagnostics) {
  const auto place = [](const compiler::Diagnostic& diagnostic) {
    return std::pair(diagnostic.span.file.value() + 1U, diagnostic.span.begin);
  };
  std::stable_sort(diagnostics.begin(), diagnostics.end(),
                   [&place](const auto& a, const auto& b) { return place(a) < place(b); });
}

std::vector<std::string> names_of(const compiler::Sources& sources) {
  std::vector<std::string> names;
  for (std::uint32_t i = 0; i < sources.num_files(); ++i) {
    const std::string_view name = sources.name(compiler::FileId(i));
    names.emplace_back(name == "<stdin>" ? "-" : name);
  }
  return names;
}

std::vector<std::string> all_inputs(const WorkspacePaths& paths) {
  std::vector<std::string> inputs;
  for (const auto* names :
       {&paths.providers, &paths.policies, &paths.resources, &paths.permissions})
    inputs.insert(inputs.end(), names->begin(), names->end());
  return inputs;
}

// One error, and not one for each zone that a policy names. The usual folder may be missing: not
// every workspace names zones.
Exit check_time_zones(const Context& context, const std::string& folder) {
  std::error_code error;
  if (folder == compiler::ZoneFolder::kUsualPath || std::filesystem::is_directory(folder, error))
    return Exit::Ok;
  return fail(context, Exit::Failure,
              "cannot read `" + folder + "`: --time-zones (or TZDIR) names no folder");
}

Exit check_usage(const Context& context, const WorkspacePaths& paths) {
  if (paths.folder.empty() && paths.providers.empty() && paths.policies.empty())
    return fail(context, Exit::Usage,
                "name a workspace folder, or files with --provider and --policy");
  return check_standard_input(context, all_inputs(paths));
}

// One run over a workspace.
class WorkspaceRun {
 public:
  WorkspaceRun(const Context& context, const WorkspaceOptions& options, compiler::Output output,
               Summary summary)
      : context_(context),
        options_(options),
        output_(output),
        summary_(summary),
        format_(format_of(options.format)),
        emitter_(consumer_) {}

  CompileResult run() {
    result_.exit = check_usage(context_, options_.paths);
    if (result_.exit == Exit::Ok) result_.exit = check_time_zones(context_, options_.time_zones);
    if (result_.exit == Exit::Ok) result_.exit = compile();
    return std::move(result_);
  }

 private:
  Exit compile() {
    const auto files = read_workspace(options_.paths, sources_, context_.streams.in, emitter_);
    if (!files) return fail(context_, Exit::Failure, files.error().message);
    compiler::Compilation& compilation = result_.compilation;
    compilation = compiler::compile(sources_, *files, file_reader(options_.paths, sources_),
                                    emitter_, output_, compiler::ZoneFolder(options_.time_zones));
    if (compilation.bytes) report_refusal_by_engines(*compilation.bytes, emitter_);
    result_.inputs = names_of(sources_);
    if (!options_.paths.folder.empty())
      report_unread_files(options_.paths.folder, sources_, emitter_);
    sort_by_place(consumer_.diagnostics);
    print();
    return exit();
  }

  [[nodiscard]] Exit exit() const {
    if (emitter_.has_errors()) return Exit::Diagnostics;
    if (!options_.denies_warnings || emitter_.num_warnings() == 0) return Exit::Ok;
    return fail(context_, Exit::Diagnostics, "--deny-warnings: there are warnings");
  }

  void print() const {
    if (format_ == Format::Human) return print_for_people();
    const bool is_json = format_ == Format::Json;
    context_.streams.out << (is_json ? to_json().pretty()
                                     : render_github(consumer_.diagnostics, sources_));
    if (!is_json) print_types();
  }

  // The totals stand in the summary where there is one.
  void print_for_people() const {
    const bool has_summary = summary_ == Summary::Shown && !emitter_.has_errors();
    context_.streams.err << render_human(consumer_.diagnostics, sources_, context_.color,
                                         has_summary ? Summary::Hidden : Summary::Shown);
    if (has_summary) context_.streams.out << describe_seen() << "\n";
    print_types();
  }

  void print_types() const {
    if (output_ == compiler::Output::Types)
      context_.streams.out << render_types(result_.compilation.types, sources_);
  }

  [[nodiscard]] JsonValue to_json() const {
    JsonValue json = report_json(consumer_.diagnostics, sources_);
    JsonValue checked;
    for (const auto& [what, number] : count_seen())
      checked.set(what, static_cast<std::int64_t>(number));
    json.set("checked", std::move(checked));
    if (output_ == compiler::Output::Types)
      json.set("attributes", types_json(result_.compilation.types, sources_));
    return json;
  }

  // What the workspace holds; empty where it cannot be told for errors.
  [[nodiscard]] std::vector<std::pair<std::string_view, std::size_t>> count_seen() const {
    if (!result_.compilation.module) return {};
    const compiler::ir::Module& module = *result_.compilation.module;
    std::size_t num_rules = 0;
    for (const compiler::ir::Policy& policy : module.policies) num_rules += policy.rules.size();
    return {{"providers", module.providers.size()},
            {"attributes", module.attributes.size()},
            {"policies", module.policies.size()},
            {"rules", num_rules}};
  }

  // "1 provider, 3 attributes, 2 policies, 5 rules: no findings"
  [[nodiscard]] std::string describe_seen() const {
    std::string text;
    for (const auto& [what, number] : count_seen()) {
      const bool is_one = number == 1;
      const std::string one =
          what == "policies" ? "policy" : std::string(what.substr(0, what.size() - 1));
      text += (text.empty() ? "" : ", ") + std::to_string(number) + " " +
              (is_one ? one : std::string(what));
    }
    const std::string totals = compiler::describe_totals(consumer_.diagnostics);
    return text + ": " + (totals.empty() ? "no findings" : totals);
  }

  const Context& context_;
  const WorkspaceOptions& options_;
  compiler::Output output_;
  Summary summary_;
  Format format_;
  compiler::Sources sources_;
  compiler::CollectingConsumer consumer_;
  compiler::Emitter emitter_;
  CompileResult result_;
};

}  // namespace

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
  command.add_flag("--deny-warnings", options.denies_warnings,
                   "End with 3 where there are warnings, as where there are errors");
  command.add_option("--time-zones", options.time_zones, "Where the files of time zones are",
                     {.value = "FOLDER", .shows_default = true, .environment = "TZDIR"});
  command.add_option("--format", options.format,
                     "Form of the diagnostics: human on the error stream, the others on the output",
                     {.shows_default = true, .choices = {"human", "json", "github"}});
}

Format format_of(std::string_view name) {
  if (name == "json") return Format::Json;
  return name == "github" ? Format::Github : Format::Human;
}

CompileResult compile_workspace(const Context& context, const WorkspaceOptions& options,
                                compiler::Output output, Summary summary) {
  return WorkspaceRun(context, options, output, summary).run();
}

}  // namespace verdict::policyc
