#include "compiler/policyc/workbench/workspace.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <sstream>

namespace verdict::policyc {
namespace {

namespace fs = std::filesystem;
using compiler::FileId;

// Files that the layout knows and this version does not read. Ignoring one could change what a
// workspace means.
constexpr std::array<std::string_view, 4> kPlanned = {"workspace.json", "conditions.json",
                                                      "templates", "tests"};

class WorkspaceReader {
 public:
  WorkspaceReader(const WorkspacePaths& paths, compiler::Sources& sources, std::istream& in,
                  compiler::Emitter& emitter)
      : paths_(paths), sources_(sources), in_(in), emitter_(emitter) {}

  Expected<compiler::WorkspaceFiles, FileError> read() {
    if (!paths_.folder.empty()) VERDICT_TRY(read_folder());
    VERDICT_TRY(read_named(paths_.providers, files_.providers));
    VERDICT_TRY(read_named(paths_.policies, files_.policies));
    VERDICT_TRY(read_named(paths_.resources, files_.resources));
    VERDICT_TRY(read_named(paths_.permissions, files_.permissions));
    return std::move(files_);
  }

 private:
  Expected<void, FileError> read_folder() {
    std::error_code error;
    const fs::path folder(paths_.folder);
    if (!fs::exists(folder, error)) {
      return Unexpected(
          FileError{"cannot read `" + paths_.folder + "`: no such file or directory"});
    }
    if (!fs::is_directory(folder, error)) {
      return Unexpected(
          FileError{"cannot read `" + paths_.folder +
                    "`: it is no folder; single files are given with --provider and --policy"});
    }
    report_planned(folder);
    VERDICT_TRY(read_all_in(folder / "providers", files_.providers));
    VERDICT_TRY(read_if_there(folder / "resources.json", files_.resources));
    VERDICT_TRY(read_if_there(folder / "permissions.json", files_.permissions));
    return read_all_in(folder / "policies", files_.policies);
  }

  void report_planned(const fs::path& folder) {
    std::error_code error;
    for (const std::string_view name : kPlanned) {
      if (!fs::exists(folder / name, error)) continue;
      const FileId file = sources_.add((folder / name).generic_string(), "");
      emitter_.emit(compiler::Code::NotAvailable, {file, 0, 0}, {std::string(name)});
    }
  }

  Expected<void, FileError> read_all_in(const fs::path& folder, std::vector<FileId>& files) {
    std::error_code error;
    std::vector<fs::path> found;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
      if (entry->path().extension() == ".json") found.push_back(entry->path());
    }
    if (error && fs::exists(folder)) {
      return Unexpected(
          FileError{"cannot read `" + folder.generic_string() + "`: " + error.message()});
    }
    std::sort(found.begin(), found.end());
    for (const fs::path& path : found) VERDICT_TRY(read(path, files));
    return {};
  }

  Expected<void, FileError> read_if_there(const fs::path& path, std::vector<FileId>& files) {
    std::error_code error;
    const bool is_there = fs::symlink_status(path, error).type() != fs::file_type::not_found;
    return is_there ? read(path, files) : Expected<void, FileError>();
  }

  Expected<void, FileError> read(const fs::path& path, std::vector<FileId>& files) {
    const std::string portable = path.lexically_relative(paths_.folder).generic_string();
    return add(path.generic_string(), portable, files);
  }

  Expected<void, FileError> read_named(const std::vector<std::string>& names,
                                       std::vector<FileId>& files) {
    for (const std::string& name : names)
      VERDICT_TRY(add(name, fs::path(name).filename().generic_string(), files));
    return {};
  }

  Expected<void, FileError> add(const std::string& path, std::string portable,
                                std::vector<FileId>& files) {
    auto file = add_source(sources_, path, in_, std::move(portable));
    if (!file) return Unexpected(std::move(file).error());
    files.push_back(*file);
    return {};
  }

  const WorkspacePaths& paths_;
  compiler::Sources& sources_;
  std::istream& in_;
  compiler::Emitter& emitter_;
  compiler::WorkspaceFiles files_;
};

}  // namespace

Expected<compiler::WorkspaceFiles, FileError> read_workspace(const WorkspacePaths& paths,
                                                             compiler::Sources& sources,
                                                             std::istream& in,
                                                             compiler::Emitter& emitter) {
  return WorkspaceReader(paths, sources, in, emitter).read();
}

compiler::ast::FileReader file_reader(compiler::Sources& sources) {
  return [&sources](FileId from, std::string_view path) -> std::optional<FileId> {
    const fs::path beside = fs::path(sources.name(from)).parent_path() / path;
    std::istringstream no_input;
    const auto file = add_source(sources, beside.generic_string(), no_input, std::string(path));
    if (!file) return std::nullopt;
    return *file;
  };
}

}  // namespace verdict::policyc
