#include "compiler/driver/compile.h"

#include <algorithm>

#include "compiler/check/check.h"
#include "compiler/codegen/codegen.h"
#include "compiler/lints/lints.h"
#include "vm/base/check.h"
#include "vm/program/load_error.h"
#include "vm/program/program.h"

namespace verdict::compiler {
namespace {

// Reads each file's JSON and hands the root on. The documents move into the workspace, since the
// AST points into them. Returns whether every file could be read.
template <class Read>
bool read_each(const ast::ReadContext& context, const std::vector<FileId>& files,
               ast::Workspace& workspace, Read read) {
  bool is_whole = true;
  for (const FileId file : files) {
    std::optional<JsonDocument> document = read_flawed_json(context.sources, file, context.emitter);
    is_whole = is_whole && document.has_value();
    if (!document) continue;
    workspace.documents.push_back(std::move(*document));
    read(workspace.documents.back().root());
  }
  return is_whole;
}

template <class Item>
void append(std::vector<Item>& items, std::vector<Item> more) {
  for (Item& item : more) items.push_back(std::move(item));
}

void report_if_empty(const ast::ReadContext& context, const JsonNode& node, std::string_view what) {
  if (node.is(JsonKind::Array) && node.elements().empty())
    context.emitter.emit(Code::EmptyFile, node.span(), {what});
}

// Permissions are what makes the rest count.
void report_no_permissions(const ast::Workspace& workspace, const WorkspaceFiles& files,
                           Emitter& emitter) {
  if (workspace.resources.empty() || !files.permissions.empty()) return;
  emitter.emit(Code::NoPermissions, workspace.resources.front().name.span)
      .help(
          "every request for a resource is denied until `permissions.json` attaches a policy to "
          "it");
}

ast::Workspace read_workspace(const ast::ReadContext& context, const WorkspaceFiles& files) {
  ast::Workspace workspace;
  const bool has_providers =
      read_each(context, files.providers, workspace, [&](const JsonNode& node) {
        auto provider = ast::read_provider(context, node);
        workspace.has_all_attributes =
            workspace.has_all_attributes && provider && provider->mappings.is_complete;
        if (provider) workspace.providers.push_back(std::move(*provider));
      });
  workspace.has_all_resources =
      read_each(context, files.resources, workspace, [&](const JsonNode& node) {
        report_if_empty(context, node, "resource");
        append(workspace.resources, ast::read_resources(context, node));
      });
  read_each(context, files.permissions, workspace, [&](const JsonNode& node) {
    report_if_empty(context, node, "permission");
    append(workspace.permissions, ast::read_permissions(context, node));
  });
  workspace.has_all_policies =
      read_each(context, files.policies, workspace, [&](const JsonNode& node) {
        report_if_empty(context, node, "policy");
        append(workspace.policies, ast::read_policies(context, node));
      });
  report_no_permissions(workspace, files, context.emitter);
  const bool has_contexts =
      std::all_of(workspace.resources.begin(), workspace.resources.end(),
                  [](const ast::Resource& resource) { return resource.context.is_complete; });
  workspace.has_all_attributes =
      workspace.has_all_attributes && has_providers && workspace.has_all_resources && has_contexts;
  return workspace;
}

// Whether something is there to compile; a file that could not be read has been reported already.
bool check_not_empty(const WorkspaceFiles& files, Emitter& emitter) {
  if (files.providers.empty()) {
    emitter.emit(Code::EmptyWorkspace, Span{}, {"provider"})
        .help("put one into `providers/`, or name one with `--provider FILE`");
  }
  if (files.policies.empty()) {
    emitter.emit(Code::EmptyWorkspace, Span{}, {"policy"})
        .help("put one into `policies/`, or name one with `--policy FILE`");
  }
  return !files.providers.empty() && !files.policies.empty();
}

// Loads what was written, as hosts do: what they refuse for its cost is said now.
void check_program(std::span<const std::byte> bytes, Emitter& emitter) {
  const auto program = Program::load(bytes);
  if (program) return;
  const Error& error = program.error();
  VERDICT_CHECK(error.code == get_load_error_row(LoadError::Budget).number);
  emitter.emit(Code::ExceedsBudget, Span{}, {error.message});
}

}  // namespace

Compilation compile(Sources& sources, const WorkspaceFiles& files, const ast::FileReader& read_file,
                    Emitter& emitter, Output output, ZoneFolder zones) {
  Compilation result;
  if (!check_not_empty(files, emitter)) return result;
  const std::size_t num_earlier_errors = emitter.num_errors();
  const ast::Workspace workspace = read_workspace({sources, emitter, read_file}, files);
  const bool is_whole = emitter.num_errors() == num_earlier_errors;
  result.module =
      check(workspace, zones, emitter, output == Output::Types ? &result.types : nullptr);
  if (!is_whole) result.module.reset();
  if (!result.module) return result;
  lint(*result.module, emitter);
  result.bytes = generate(*result.module, sources, emitter);
  if (result.bytes) check_program(*result.bytes, emitter);
  return result;
}

}  // namespace verdict::compiler
