// The row of steps from an author's files to a program: read, check, lint, generate. Each step's
// output can be printed.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "compiler/ast/read.h"
#include "compiler/check/learnt_types.h"
#include "compiler/ir/ir.h"
#include "compiler/zones/zone_folder.h"

namespace verdict::compiler {

// The files of a workspace, by what they hold. All of them are in the Sources already.
struct WorkspaceFiles {
  std::vector<FileId> providers;
  std::vector<FileId> policies;
  std::vector<FileId> resources;
  std::vector<FileId> permissions;
};

struct Compilation {
  std::optional<ir::Module> module;             // nothing after an error in the files
  std::optional<std::vector<std::byte>> bytes;  // nothing after any error
  std::vector<LearntType> types;                // of Output::Types, even after errors
};

// Types: the program, and what was learnt of the attributes' types.
enum class Output : std::uint8_t { Types, Program };

// Reports everything to `emitter`, from all files in one run. `read_file` finds files that files
// name (`jwksFile`); it may be empty. `zones` has the time zones that policies name.
Compilation compile(Sources& sources, const WorkspaceFiles& files, const ast::FileReader& read_file,
                    Emitter& emitter, Output output = Output::Program,
                    ZoneFolder zones = ZoneFolder());

}  // namespace verdict::compiler
