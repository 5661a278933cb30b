#include "compiler/zones/zone_folder.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>

#include "compiler/zones/zone_file.h"
#include "vm/base/limits.h"

namespace verdict::compiler {
namespace {

namespace fs = std::filesystem;
using Reason = ZoneError::Reason;

constexpr std::string_view kUtc = "UTC";
constexpr std::size_t kMaxNameBytes = 64;
constexpr int kMaxParts = 3;  // `America/Argentina/Salta`

// Other views of the same zones, and what each machine sets for itself.
constexpr auto kNoZones =
    std::to_array<std::string_view>({"localtime", "posix", "posixrules", "right"});

bool is_of_part(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-' || c == '+';
}

// `Area/Place`: parts of letters, digits, `_`, `-` and `+`, so that no part is `..`.
bool is_zone_name(std::string_view name) {
  if (name.empty() || name.size() > kMaxNameBytes) return false;
  const std::string_view area = name.substr(0, name.find('/'));
  if (std::find(kNoZones.begin(), kNoZones.end(), area) != kNoZones.end()) return false;
  for (std::size_t i = 0; i <= name.size(); ++i) {
    const bool is_end = i == name.size() || name[i] == '/';
    const bool is_empty = i == 0 || name[i - 1] == '/';
    if (is_end ? is_empty : !is_of_part(name[i])) return false;
  }
  return true;
}

// At most so many bytes; nothing where there is no such file.
std::optional<std::string> read_bytes(const fs::path& path, std::size_t max_bytes) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) return std::nullopt;
  std::ifstream stream(path, std::ios::binary);
  if (!stream) return std::nullopt;
  std::string bytes(max_bytes, '\0');
  stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(stream.gcount()));
  return bytes;
}

bool is_zone_file(const fs::path& path) {
  constexpr std::string_view kMagic = "TZif";
  return read_bytes(path, kMagic.size()) == kMagic;
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

std::shared_ptr<const TimeZone> make_zone(std::string name, std::optional<std::string> release,
                                          ZoneRules rules) {
  std::vector<std::uint32_t> words = encode_zone(normal_form(rules));
  return std::make_shared<TimeZone>(
      TimeZone{std::move(name), std::move(release), std::move(rules), std::move(words)});
}

}  // namespace

Expected<std::shared_ptr<const TimeZone>, ZoneError> ZoneFolder::find(const std::string& name) {
  std::shared_ptr<const TimeZone>& zone = zones_[name];
  if (zone) return zone;
  if (name == kUtc) return zone = make_zone(name, std::nullopt, {});
  std::error_code error;
  if (!fs::is_directory(path_, error)) return Unexpected(ZoneError{Reason::NoFolder, {}});
  const auto bytes = is_zone_name(name)
                         ? read_bytes(fs::path(path_) / name, limits::kMaxZoneFileBytes + 1)
                         : std::nullopt;
  if (!bytes) return Unexpected(ZoneError{Reason::UnknownName, {}});
  auto rules = read_zone_file(*bytes);
  if (!rules) return Unexpected(ZoneError{Reason::BadFile, std::move(rules).error()});
  return zone = make_zone(name, release(), std::move(*rules));
}

const std::vector<std::string>& ZoneFolder::names() {
  if (!names_.empty()) return names_;
  names_.emplace_back(kUtc);
  std::error_code error;
  for (fs::recursive_directory_iterator entry(path_, error), end; !error && entry != end;
       entry.increment(error)) {
    const std::string name = entry->path().lexically_relative(path_).generic_string();
    if (!is_zone_name(name) || entry.depth() == kMaxParts) {
      entry.disable_recursion_pending();
    } else if (name != kUtc && is_zone_file(entry->path())) {
      names_.push_back(name);
    }
  }
  std::sort(names_.begin(), names_.end());
  return names_;
}

// `# version 2025b` begins tzdata.zi; other systems have the release in +VERSION.
const std::string& ZoneFolder::release() {
  if (release_) return *release_;
  constexpr std::size_t kLineBytes = 64;
  constexpr std::string_view kPrefix = "# version ";
  const std::string source =
      first_line(read_bytes(fs::path(path_) / "tzdata.zi", kLineBytes).value_or(""));
  const std::string version =
      first_line(read_bytes(fs::path(path_) / "+VERSION", kLineBytes).value_or(""));
  release_ = source.starts_with(kPrefix) ? source.substr(kPrefix.size()) : version;
  const bool is_word = std::all_of(release_->begin(), release_->end(), is_of_part);
  if (release_->empty() || !is_word) release_ = "unknown";
  return *release_;
}

}  // namespace verdict::compiler
