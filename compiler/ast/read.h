// JSON documents to the AST: shapes, names, duplicates. Types come later.
//
// Every function reports to the emitter and reads on. What could not be read is left out of the
// result, so that one cause is one diagnostic.
#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "compiler/ast/ast.h"
#include "compiler/ast/object_reader.h"
#include <verdict/expected.h>

namespace verdict::compiler::ast {

// Reads a file that another file names (`jwksFile`). Adds it to the Sources, not to be quoted, and
// returns it, or says in words why it is not read. `from` is the file that names it.
using FileReader = std::function<Expected<FileId, std::string>(FileId from, std::string_view path)>;

struct ReadContext {
  Sources& sources;
  Emitter& emitter;
  FileReader read_file;
};

// A provider, or a bare array of claim mappings.
std::optional<Provider> read_provider(const ReadContext& context, const JsonNode& node);
// A policy, or an array of them.
std::vector<Policy> read_policies(const ReadContext& context, const JsonNode& node);
std::vector<Resource> read_resources(const ReadContext& context, const JsonNode& node);
std::vector<Permission> read_permissions(const ReadContext& context, const JsonNode& node);

// Claim mappings (`path_key` is "jwtPath") or context mappings ("path").
Mappings read_mappings(const ReadContext& context, const JsonNode& array,
                       std::string_view path_key);

// The settings of a provider, its `type` known, with the defaults of that type filled in.
std::vector<SettingValue> read_settings(const ReadContext& context, ObjectReader& reader,
                                        const Provider& provider);

// Reports every name that occurs a second time.
void report_duplicates(Emitter& emitter, std::string_view what,
                       const std::vector<const Text*>& names);

}  // namespace verdict::compiler::ast
