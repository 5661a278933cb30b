#include "compiler/driver/compile.h"

#include "compiler/check/check.h"
#include "compiler/codegen/codegen.h"
#include "compiler/lints/lints.h"

namespace verdict::compiler {
namespace {

// Reads each file's JSON and hands the root on. The documents move into the workspace, since the AST points into them.
template <class Read>
void read_each(Sources& sources, const std::vector<FileId>& files, Emitter& emitter, ast::Workspace& workspace, Read read) {
  for (const FileId file : files) {
    std::optional<JsonDocument> document = read_json(sources, file, emitter);
    if (!document) continue;
    workspace.documents.push_back(std::move(*document));
    read(workspace.documents.back().root());
  }
}

template <class Item>
void append(std::vector<Item>& items, std::vector<Item> more) {
  for (Item& item : more) items.push_back(std::move(item));
}

ast::Workspace read_workspace(const ast::ReadContext& context, const WorkspaceFiles& files) {
  ast::Workspace workspace;
  const auto read = [&](const std::vector<FileId>& of, auto reader) {
    read_each(context.sources, of, context.emitter, workspace, reader);
  };
  read(files.providers, [&](const JsonNode& node) {
    if (auto provider = ast::read_provider(context, node)) workspace.providers.push_back(std::move(*provider));
  });
  read(files.resources, [&](const JsonNode& node) { append(workspace.resources, ast::read_resources(context, node)); });
  read(files.permissions, [&](const JsonNode& node) { append(workspace.permissions, ast::read_permissions(context, node)); });
  read(files.policies, [&](const JsonNode& node) { append(workspace.policies, ast::read_policies(context, node)); });
  return workspace;
}

// Whether something is there to compile; a file that could not be read has been reported already.
bool check_not_empty(const WorkspaceFiles& files, Emitter& emitter) {
  if (files.providers.empty()) emitter.emit(Code::EmptyWorkspace, Span{}, {"provider"});
  if (files.policies.empty()) emitter.emit(Code::EmptyWorkspace, Span{}, {"policy"});
  return !files.providers.empty() && !files.policies.empty();
}

}  // namespace

Compilation compile(Sources& sources, const WorkspaceFiles& files, const ast::FileReader& read_file, Emitter& emitter,
                    Output output) {
  Compilation result;
  if (!check_not_empty(files, emitter)) return result;
  const std::size_t num_earlier_errors = emitter.num_errors();
  const ast::Workspace workspace = read_workspace({sources, emitter, read_file}, files);
  const bool is_whole = emitter.num_errors() == num_earlier_errors;
  result.module = check(workspace, emitter);
  if (!is_whole || !result.module) return {};
  lint(*result.module, emitter);
  if (output == Output::Program) result.bytes = generate(*result.module, sources, emitter);
  return result;
}

}  // namespace verdict::compiler
