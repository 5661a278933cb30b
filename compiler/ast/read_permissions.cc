// Resources with their actions and context, and permissions.
#include <array>

#include "compiler/ast/read.h"

namespace verdict::compiler::ast {
namespace {

constexpr auto kResourceKeys =
    std::to_array<std::string_view>({"name", "description", "actions", "contextMappings"});
constexpr auto kPermissionKeys =
    std::to_array<std::string_view>({"resource", "actions", "policy", "priority", "description"});
constexpr auto kPlannedPermissionKeys = std::to_array<std::string_view>({"providers"});

std::vector<Text> read_actions(const ReadContext& context, ObjectReader& reader) {
  const JsonMember* member = reader.require("actions", JsonKind::Array);
  if (member == nullptr) return {};
  if (member->value->elements().empty())
    context.emitter.emit(Code::EmptyGroup, member->value->span(), {"actions"});
  std::vector<Text> actions = reader.get_texts(*member);
  std::vector<const Text*> names;
  for (const Text& action : actions) names.push_back(&action);
  report_duplicates(context.emitter, "action", names);
  return actions;
}

std::optional<Resource> read_resource(const ReadContext& context, const JsonNode& node) {
  ObjectReader reader(context.emitter, node, "a resource", kResourceKeys);
  if (!reader.is_object()) return std::nullopt;
  Resource resource;
  resource.span = node.span();
  const std::optional<Text> name = reader.require_name("name");
  resource.actions = read_actions(context, reader);
  if (const JsonMember* mappings = reader.get("contextMappings", JsonKind::Array)) {
    resource.context = read_mappings(context, *mappings->value, "path");
  } else {
    resource.context.is_complete = reader.find("contextMappings") == nullptr;
  }
  reader.get_text("description");
  if (!name) return std::nullopt;
  resource.name = *name;
  return resource;
}

std::optional<Permission> read_permission(const ReadContext& context, const JsonNode& node) {
  ObjectReader reader(context.emitter, node, "a permission", kPermissionKeys,
                      kPlannedPermissionKeys);
  if (!reader.is_object()) return std::nullopt;
  Permission permission;
  permission.span = node.span();
  const std::optional<Text> resource = reader.require_name("resource");
  const std::optional<Text> policy = reader.require_name("policy");
  permission.actions = read_actions(context, reader);
  permission.priority = reader.get_integer("priority", 0);
  reader.get_text("description");
  if (!resource || !policy) return std::nullopt;
  permission.resource = *resource;
  permission.policy = *policy;
  return permission;
}

template <class Item>
std::vector<Item> read_each(const ReadContext& context, const JsonNode& node,
                            std::optional<Item> (*read)(const ReadContext&, const JsonNode&)) {
  std::vector<Item> items;
  for (const JsonNode* element : one_or_many(node)) {
    if (auto item = read(context, *element)) items.push_back(std::move(*item));
  }
  return items;
}

}  // namespace

std::vector<Resource> read_resources(const ReadContext& context, const JsonNode& node) {
  return read_each<Resource>(context, node, read_resource);
}

std::vector<Permission> read_permissions(const ReadContext& context, const JsonNode& node) {
  return read_each<Permission>(context, node, read_permission);
}

}  // namespace verdict::compiler::ast
