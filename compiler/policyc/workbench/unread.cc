#include "compiler/policyc/workbench/unread.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>
#include <set>
#include <sstream>
#include <vector>

#include "compiler/diag/suggest.h"
#include "compiler/policyc/workbench/files.h"
#include "compiler/syntax/json.h"

namespace verdict::policyc {
namespace {

namespace fs = std::filesystem;
using compiler::FileId;
using compiler::JsonKind;
using compiler::JsonNode;

constexpr int kDeepest = 4;                                    // folders below the workspace's own
constexpr std::size_t kMostEntries = 5000;                     // that are looked at
constexpr std::uintmax_t kLargest = std::uintmax_t{1} << 20U;  // bytes of a file whose inside is

constexpr auto kTopNames = std::to_array<std::string_view>({"resources.json", "permissions.json"});
constexpr auto kFolders = std::to_array<std::string_view>({"providers", "policies"});
constexpr auto kOtherFolders =
    std::to_array<std::string_view>({"templates", "tests", "node_modules"});

// What an object is, by keys that nothing else has together, and where that is read from.
struct Content {
  std::array<std::string_view, 2> keys;
  std::string_view help;
};
constexpr auto kContents = std::to_array<Content>({
    {{"specification", "name"}, "it looks like a policy: those are read from `policies/*.json`"},
    {{"claimMappings", "issuer"},
     "it looks like a provider: those are read from `providers/*.json`"},
    {{"resource", "policy"}, "it looks like permissions: those are read from `permissions.json`"},
    {{"name", "actions"}, "it looks like resources: those are read from `resources.json`"},
    {{"keys", "keys"}, "it looks like a key set: a provider pins it with `jwksFile`"},
    {{"kty", "kty"},
     "it looks like a key: a provider pins a set of them with `jwksFile`; a private "
     "one does not belong here"},
});

std::string lower(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return text;
}

// By its name, also where that has a wrong case or one more ending.
bool is_json(const fs::path& path) {
  const std::string name = lower(path.filename().string());
  constexpr auto kEndings =
      std::to_array<std::string_view>({".json", ".jsonc", ".json5", ".json.txt"});
  return std::any_of(kEndings.begin(), kEndings.end(),
                     [&name](std::string_view ending) { return name.ends_with(ending); });
}

bool is_hidden(const fs::path& path) { return path.filename().string().starts_with("."); }

template <class Names>
bool is_among(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// What the file holds, as a help line; nothing where it holds no part of a workspace.
std::optional<std::string_view> describe_content(const fs::path& path) {
  std::error_code error;
  if (fs::file_size(path, error) > kLargest || error) return std::nullopt;
  compiler::Sources sources;
  compiler::CollectingConsumer consumer;
  compiler::Emitter emitter(consumer);
  std::istringstream no_input;
  const auto file = add_source(sources, path.string(), no_input);
  const auto document =
      file ? read_flawed_json(sources, *file, emitter) : std::optional<compiler::JsonDocument>();
  if (!document) return std::nullopt;
  const JsonNode& root = document->root();
  const JsonNode& object = root.elements().empty() ? root : root.elements().front();
  for (const Content& content : kContents) {
    const auto has = [&object](std::string_view key) { return object.find(key) != nullptr; };
    if (std::all_of(content.keys.begin(), content.keys.end(), has)) return content.help;
  }
  return std::nullopt;
}

class UnreadFiles {
 public:
  UnreadFiles(const std::string& folder, compiler::Sources& sources, compiler::Emitter& emitter)
      : folder_(folder), sources_(sources), emitter_(emitter) {
    for (std::uint32_t i = 0; i < sources.num_files(); ++i)
      read_.insert(canonical(fs::path(sources.name(FileId(i)))));
  }

  void report() {
    std::vector<fs::path> files = find_files();
    std::sort(files.begin(), files.end());
    for (const fs::path& path : files) {
      if (read_.count(canonical(path)) == 0) look_at(path);
    }
  }

 private:
  static std::string canonical(const fs::path& path) {
    std::error_code error;
    return fs::weakly_canonical(path, error).string();
  }

  [[nodiscard]] std::vector<fs::path> find_files() const {
    std::vector<fs::path> files;
    std::error_code error;
    std::size_t num_entries = 0;
    fs::recursive_directory_iterator entry(folder_, error);
    for (; !error && entry != fs::end(entry) && num_entries < kMostEntries;
         entry.increment(error), ++num_entries) {
      const bool is_passed_over =
          is_hidden(entry->path()) || is_among(kOtherFolders, entry->path().filename().string());
      if (is_passed_over || entry.depth() == kDeepest) entry.disable_recursion_pending();
      if (!is_passed_over && is_json(entry->path()) && entry->is_regular_file(error))
        files.push_back(entry->path());
    }
    return files;
  }

  void look_at(const fs::path& path) {
    const fs::path relative = path.lexically_relative(folder_);
    const std::string first = relative.begin()->string();
    const bool is_at_top = relative.has_parent_path() == false;
    const auto content = describe_content(path);
    if (!is_at_top && !is_among(kFolders, first) && !content) return;
    const FileId file = sources_.add(short_name(path), "", {}, compiler::Quoting::Forbidden);
    auto diagnostic = emitter_.emit(compiler::Code::UnreadFile, {file, 0, 0});
    const auto nearest = compiler::find_nearest(relative.generic_string(), kTopNames);
    if (nearest && is_at_top) {
      diagnostic.help("did you mean `" + std::string(*nearest) + "`?");
    } else if (content) {
      diagnostic.help(*content);
    } else if (is_among(kFolders, first)) {
      diagnostic.help("only `" + first + "/*.json` is read: no folder below, no other ending");
    }
  }

  fs::path folder_;
  compiler::Sources& sources_;
  compiler::Emitter& emitter_;
  std::set<std::string> read_;
};

}  // namespace

void report_unread_files(const std::string& folder, compiler::Sources& sources,
                         compiler::Emitter& emitter) {
  UnreadFiles(folder, sources, emitter).report();
}

}  // namespace verdict::policyc
