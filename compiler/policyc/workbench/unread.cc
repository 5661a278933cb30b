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

constexpr int kDeepest = 8;                                     // folders below the workspace's own
constexpr std::size_t kMostEntries = 50000;                     // that are looked at
constexpr std::uintmax_t kLargest = std::uintmax_t{1} << 18U;   // bytes of a file that is read
constexpr std::uintmax_t kMostRead = std::uintmax_t{1} << 24U;  // bytes of all of them

constexpr auto kTopNames = std::to_array<std::string_view>({"resources.json", "permissions.json"});
constexpr auto kFolders = std::to_array<std::string_view>({"providers", "policies"});
// At the top these belong to the layout; the last one is somebody else's wherever it stands.
constexpr auto kOtherFolders = std::to_array<std::string_view>({"templates", "tests"});
constexpr std::string_view kPackages = "node_modules";
// Copies that editors and people keep.
constexpr auto kCopies = std::to_array<std::string_view>({"~", ".bak", ".orig", ".swp", ".tmp"});

// What an object is, by keys that nothing else has together, and where that is read from.
struct Content {
  std::array<std::string_view, 3> keys;
  std::string_view help;
};
constexpr auto kContents = std::to_array<Content>({
    {{"specification", "name", "name"},
     "it looks like a policy: those are read from `policies/*.json`"},
    {{"claimMappings", "issuer", "name"},
     "it looks like a provider: those are read from `providers/*.json`"},
    {{"resource", "actions", "policy"},
     "it looks like permissions: those are read from `permissions.json`"},
    {{"name", "actions", "actions"},
     "it looks like resources: those are read from `resources.json`"},
    {{"kty", "kty", "kty"},
     "it looks like a key: a provider pins a set of them with `jwksFile`; a private one does not "
     "belong here"},
});
constexpr std::string_view kKeySet = "it looks like a key set: a provider pins it with `jwksFile`";

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

bool is_copy(const fs::path& path) {
  const std::string name = path.filename().string();
  return std::any_of(kCopies.begin(), kCopies.end(),
                     [&name](std::string_view ending) { return name.ends_with(ending); });
}

template <class Names>
bool is_among(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Keys under `keys`, or none and nothing else.
bool is_key_set(const JsonNode& root) {
  const compiler::JsonMember* keys = root.find("keys");
  if (keys == nullptr || !keys->value->is(JsonKind::Array)) return false;
  const auto elements = keys->value->elements();
  return elements.empty() ? root.members().size() == 1 : elements.front().find("kty") != nullptr;
}

std::optional<std::string_view> describe_content(const JsonNode& root) {
  if (is_key_set(root)) return kKeySet;
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
    fs::recursive_directory_iterator entry(folder_, fs::directory_options::skip_permission_denied,
                                           error);
    for (; !error && entry != fs::end(entry) && num_entries < kMostEntries;
         entry.increment(error), ++num_entries) {
      const bool is_other = is_passed_over(entry->path(), entry.depth());
      if (is_other || entry.depth() == kDeepest) entry.disable_recursion_pending();
      std::error_code ignored;
      if (!is_other && entry->is_regular_file(ignored)) files.push_back(entry->path());
    }
    return files;
  }

  // Hidden files, copies, and folders of others.
  static bool is_passed_over(const fs::path& path, int depth) {
    const std::string name = path.filename().string();
    return is_hidden(path) || is_copy(path) || name == kPackages ||
           (depth == 0 && is_among(kOtherFolders, name));
  }

  // What the file holds, as a help line; nothing where it holds no part of a workspace.
  std::optional<std::string_view> read_content(const fs::path& path) {
    std::error_code error;
    const std::uintmax_t size = fs::file_size(path, error);
    if (error || size > kLargest || num_read_ + size > kMostRead) return std::nullopt;
    num_read_ += size;
    compiler::Sources sources;
    compiler::CollectingConsumer consumer;
    compiler::Emitter emitter(consumer);
    std::istringstream no_input;
    const auto file = add_source(sources, path.string(), no_input);
    if (!file || !is_json_text(sources.text(*file))) return std::nullopt;
    const auto document = read_flawed_json(sources, *file, emitter);
    return document ? describe_content(document->root()) : std::nullopt;
  }

  void look_at(const fs::path& path) {
    const fs::path relative = path.lexically_relative(folder_);
    const std::string first = relative.begin()->string();
    const bool is_at_top = !relative.has_parent_path();
    const auto content = read_content(path);
    const bool is_of_layout = is_json(path) && (is_at_top || is_among(kFolders, first));
    if (!is_of_layout && !content) return;
    const FileId file = sources_.add(short_name(path), "", {}, compiler::Quoting::Forbidden);
    auto diagnostic = emitter_.emit(compiler::Code::UnreadFile, {file, 0, 0});
    const auto nearest = compiler::find_nearest(relative.generic_string(), kTopNames);
    if (nearest && is_at_top) {
      diagnostic.help("did you mean `" + std::string(*nearest) + "`?");
    } else if (is_among(kFolders, first) && !is_at_top) {
      diagnostic.help("only `" + first + "/*.json` is read: no folder below, no other ending");
    } else {
      diagnostic.help(
          content.value_or("only `resources.json` and `permissions.json` are read here"));
    }
  }

  fs::path folder_;
  compiler::Sources& sources_;
  compiler::Emitter& emitter_;
  std::set<std::string> read_;
  std::uintmax_t num_read_ = 0;
};

}  // namespace

void report_unread_files(const std::string& folder, compiler::Sources& sources,
                         compiler::Emitter& emitter) {
  UnreadFiles(folder, sources, emitter).report();
}

}  // namespace verdict::policyc
