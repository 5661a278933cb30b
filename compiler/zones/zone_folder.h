// The time zones that a compilation may name: those of a folder of TZif files, and UTC.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vm/value/time_zone.h"
#include <verdict/expected.h>

namespace verdict::compiler {

// What a policy's `time_zone` names. Immutable and shared by the conditions that name it.
struct TimeZone {
  std::string name;
  std::optional<std::string> release;  // of its data: "2025b"; none for UTC, which is built in
  ZoneRules rules;                     // as its file says them
  std::vector<std::uint32_t> words;    // their one form, as programs keep them
};

struct ZoneError {
  enum class Reason { NoFolder, UnknownName, BadFile };
  Reason reason;
  std::string why;  // of a BadFile, in words
};

// Reads each file once, when it is first asked for. Not thread-safe.
class ZoneFolder {
 public:
  static constexpr std::string_view kUsualPath = "/usr/share/zoneinfo";

  explicit ZoneFolder(std::string path = std::string(kUsualPath)) : path_(std::move(path)) {}

  // By its name in the IANA data base, letter for letter. Names lead nowhere else than into the
  // folder, and not to what depends on the machine (`localtime`).
  Expected<std::shared_ptr<const TimeZone>, ZoneError> find(const std::string& name);
  // All that find() may know, sorted: whose files begin as zones do. Walks the folder once.
  const std::vector<std::string>& names();
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  const std::string& release();

  std::string path_;
  std::optional<std::string> release_;
  std::map<std::string, std::shared_ptr<const TimeZone>> zones_;
  std::vector<std::string> names_;
};

}  // namespace verdict::compiler
