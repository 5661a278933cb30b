#include "compiler/policyc/workbench/workspace.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <sstream>

#include "compiler/source/secrets.h"

namespace verdict::policyc {
namespace {

namespace fs = std::filesystem;
using compiler::FileId;

// Files that the layout knows and this version does not read. Ignoring one could change what a
// workspace means.
constexpr std::array<std::string_view, 4> kPlanned = {"workspace.json", "conditions.json",
                                                      "templates", "tests"};

constexpr std::string_view kOutside = "it lies outside of the workspace; --allow-outside reads it";

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
      const FileId file = sources_.add(short_name(folder / name), "");
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
    if (!paths_.allow_outside && !is_inside(paths_.folder, path))
      return file_error("read", path.generic_string(), kOutside);
    const std::string portable = path.lexically_relative(paths_.folder).generic_string();
    return add(short_name(path), portable, files);
  }

  Expected<void, FileError> read_named(const std::vector<std::string>& names,
                                       std::vector<FileId>& files) {
    for (const std::string& name : names)
      VERDICT_TRY(add(name == "-" ? name : short_name(name),
                      fs::path(name).filename().generic_string(), files));
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

bool is_inside(const fs::path& folder, const fs::path& path) {
  if (folder.empty()) return is_inside(".", path);
  std::error_code error;
  const fs::path border = fs::weakly_canonical(fs::absolute(folder), error);
  const fs::path inner = fs::weakly_canonical(fs::absolute(path), error);
  return !error && std::mismatch(border.begin(), border.end(), inner.begin(), inner.end()).first ==
                       border.end();
}

Expected<compiler::WorkspaceFiles, FileError> read_workspace(const WorkspacePaths& paths,
                                                             compiler::Sources& sources,
                                                             std::istream& in,
                                                             compiler::Emitter& emitter) {
  return WorkspaceReader(paths, sources, in, emitter).read();
}

compiler::ast::FileReader file_reader(const WorkspacePaths& paths, compiler::Sources& sources) {
  return [&](FileId from, std::string_view path) -> Expected<FileId, std::string> {
    if (path.find('{') != std::string_view::npos || compiler::find_secret(path))
      return Unexpected(std::string("it holds no path, and is not shown"));
    const fs::path folder = fs::path(sources.name(from)).parent_path();
    const fs::path named = folder / path;
    const bool is_within =
        is_inside(folder, named) || (!paths.folder.empty() && is_inside(paths.folder, named));
    if (find_descriptor(named.generic_string()))
      return Unexpected(
          std::string("standard input and the like are named on the command line alone"));
    if (!is_within && !paths.allow_outside)
      return Unexpected("`" + std::string(path) + "`: " + std::string(kOutside));
    std::istringstream no_input;
    auto file = add_source(sources, short_name(named), no_input, std::string(path),
                           compiler::Quoting::Forbidden);
    if (!file) return Unexpected(std::move(file).error().message);
    return *file;
  };
}

}  // namespace verdict::policyc
