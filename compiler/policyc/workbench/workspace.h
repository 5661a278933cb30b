// A workspace on disk: which files it has, by the default layout of design 2.1 or named on the
// command line.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "compiler/driver/compile.h"
#include "compiler/policyc/workbench/files.h"

namespace verdict::policyc {

// Where to look. Either a folder, or files; a folder and files together are the folder's files and
// those.
struct WorkspacePaths {
  std::string folder;
  std::vector<std::string> providers;
  std::vector<std::string> policies;
  std::vector<std::string> resources;
  std::vector<std::string> permissions;
  // Otherwise what lies outside of the workspace is not read, whatever a file of it says.
  bool allow_outside = false;
};

// Reads every file into `sources`, in an order that does not depend on the file system. Reports
// files that belong to a later version of Verdict to `emitter`.
Expected<compiler::WorkspaceFiles, FileError> read_workspace(const WorkspacePaths& paths,
                                                             compiler::Sources& sources,
                                                             std::istream& in,
                                                             compiler::Emitter& emitter);

// Whether `path` is, or would be, in the folder or below it, all links resolved.
bool is_inside(const std::filesystem::path& folder, const std::filesystem::path& path);

// Finds the files that files name, beside them; inside of the workspace's folder, or of the folder
// of the file that names them. Both must live as long as the reader.
compiler::ast::FileReader file_reader(const WorkspacePaths& paths, compiler::Sources& sources);

}  // namespace verdict::policyc
