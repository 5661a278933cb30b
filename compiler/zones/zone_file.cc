#include "compiler/zones/zone_file.h"

#include <algorithm>
#include <vector>

#include "vm/base/limits.h"

namespace verdict::compiler {
namespace {

using Result = Expected<ZoneRules, std::string>;

constexpr std::size_t kHeaderBytes = 44;
constexpr std::size_t kTypeBytes = 6;

struct Header {
  char version = '\0';
  std::uint64_t num_utc_flags = 0;
  std::uint64_t num_standard_flags = 0;
  std::uint64_t num_leaps = 0;
  std::uint64_t num_times = 0;
  std::uint64_t num_types = 0;
  std::uint64_t num_name_bytes = 0;

  // Of the data block behind it, with times of that many bytes.
  [[nodiscard]] std::uint64_t data_bytes(std::uint64_t time_bytes) const {
    return num_times * (time_bytes + 1) + num_types * kTypeBytes + num_name_bytes +
           num_leaps * (time_bytes + 4) + num_standard_flags + num_utc_flags;
  }
};

std::uint64_t big_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char byte : bytes) value = (value << 8U) | static_cast<unsigned char>(byte);
  return value;
}

// Two's complement of 4 or 8 bytes.
std::int64_t signed_of(std::string_view bytes) {
  if (bytes.size() == 4) return static_cast<std::int32_t>(big_endian(bytes));
  return static_cast<std::int64_t>(big_endian(bytes));
}

// The words of a refusal, shared by all that a damaged file can get wrong.
Unexpected<std::string> damaged(std::string_view what) {
  return Unexpected("it is damaged: " + std::string(what));
}

// Reads one file from its start to its end; the bytes are borrowed.
class FileReader {
 public:
  explicit FileReader(std::string_view bytes) : rest_(bytes) {}

  Result read() {
    if (rest_.size() > limits::kMaxZoneFileBytes) return Unexpected(std::string("it is too large"));
    VERDICT_TRY(read_header());
    const char version = header_.version;
    if (version == '\0') return read_old();
    VERDICT_TRY(skip_old_data());
    VERDICT_TRY(read_header());
    if (header_.version != version) return damaged("it has two versions");
    VERDICT_TRY(check_header());
    VERDICT_TRY(read_data(8));
    VERDICT_TRY(read_footer());
    return std::move(zone_);
  }

 private:
  using Step = Expected<void, std::string>;

  // Nothing if there are fewer bytes left.
  std::optional<std::string_view> take(std::uint64_t count) {
    if (count > rest_.size()) return std::nullopt;
    const std::string_view taken = rest_.substr(0, static_cast<std::size_t>(count));
    rest_.remove_prefix(taken.size());
    return taken;
  }

  Step read_header() {
    const auto bytes = take(kHeaderBytes);
    if (!bytes || !bytes->starts_with("TZif"))
      return Unexpected(std::string("it is no time zone file (TZif)"));
    const char version = bytes->at(4);
    if (version != '\0' && (version < '2' || version > '4'))
      return Unexpected(std::string("its version is unknown"));
    const auto count = [&bytes](std::size_t i) { return big_endian(bytes->substr(20 + 4 * i, 4)); };
    header_ = {version, count(0), count(1), count(2), count(3), count(4), count(5)};
    return {};
  }

  Step check_header() const {
    const auto is_all_or_none = [this](std::uint64_t count) {
      return count == 0 || count == header_.num_types;
    };
    if (header_.num_leaps != 0) {
      return Unexpected(
          std::string("it counts leap seconds, which timestamps do not (a file of `right/`)"));
    }
    if (header_.num_types == 0 || header_.num_types > 256 || header_.num_name_bytes == 0)
      return damaged("it has no local time");
    if (!is_all_or_none(header_.num_utc_flags) || !is_all_or_none(header_.num_standard_flags))
      return damaged("its counts do not fit each other");
    return {};
  }

  // For programs that read version 1 only: the same once more, in 32 bits.
  Step skip_old_data() {
    if (!take(header_.data_bytes(4))) return damaged("it is cut off");
    return {};
  }

  // Version 1 has no closing rule.
  Result read_old() {
    VERDICT_TRY(check_header());
    VERDICT_TRY(read_data(4));
    if (!rest_.empty()) return damaged("something stands behind its end");
    if (!zone_.transitions.empty()) {
      return Unexpected(
          std::string("it is of the old version 1, which does not say what comes after its last "
                      "transition"));
    }
    zone_.closing = {zone_.first_offset, zone_.first_offset, {}, {}};
    return std::move(zone_);
  }

  Step read_data(std::uint64_t time_bytes) {
    if (header_.data_bytes(time_bytes) > rest_.size()) return damaged("it is cut off");
    const std::string_view times = *take(header_.num_times * time_bytes);
    const std::string_view types_of_times = *take(header_.num_times);
    const std::string_view types = *take(header_.num_types * kTypeBytes);
    const std::string_view names = *take(header_.num_name_bytes);
    const std::string_view flags = *take(header_.num_standard_flags + header_.num_utc_flags);
    if (std::any_of(flags.begin(), flags.end(), [](char flag) { return flag != 0 && flag != 1; }))
      return damaged("a flag is neither 0 nor 1");
    VERDICT_TRY(read_types(types, names));
    return read_transitions(times, types_of_times, static_cast<std::size_t>(time_bytes));
  }

  Step read_types(std::string_view types, std::string_view names) {
    offsets_.clear();
    for (; !types.empty(); types.remove_prefix(kTypeBytes)) {
      const std::int64_t offset = signed_of(types.substr(0, 4));
      const auto name = static_cast<unsigned char>(types[5]);
      if (offset < kMinOffset || offset > kMaxOffset) return damaged("an offset is out of range");
      if (types[4] != 0 && types[4] != 1) return damaged("a flag is neither 0 nor 1");
      if (name >= names.size() || names.find('\0', name) == std::string_view::npos)
        return damaged("an abbreviation lies outside of its text");
      offsets_.push_back(static_cast<std::int32_t>(offset));
    }
    zone_.first_offset = offsets_.front();
    return {};
  }

  Step read_transitions(std::string_view times, std::string_view types, std::size_t time_bytes) {
    for (std::size_t i = 0; i < types.size(); ++i) {
      const std::int64_t at = signed_of(times.substr(i * time_bytes, time_bytes));
      const auto type = static_cast<unsigned char>(types[i]);
      if (!zone_.transitions.empty() && at <= zone_.transitions.back().at)
        return damaged("its transitions do not rise");
      if (type >= offsets_.size()) return damaged("a transition has an unknown local time");
      zone_.transitions.push_back({at, offsets_[type]});
    }
    if (!zone_.transitions.empty()) zone_.closes_at = zone_.transitions.back().at;
    return {};
  }

  Step read_footer() {
    if (rest_.size() < 2 || rest_.front() != '\n' || rest_.back() != '\n')
      return damaged("its closing line is cut off");
    const std::string_view text = rest_.substr(1, rest_.size() - 2);
    if (text.empty() && !zone_.transitions.empty())
      return Unexpected(std::string("it does not say what comes after its last transition"));
    const auto rule = text.empty() ? ClosingRule{zone_.first_offset, zone_.first_offset, {}, {}}
                                   : parse_closing_rule(text);
    if (!rule) return damaged("its closing line is no rule");
    zone_.closing = *rule;
    return check_closing();
  }

  // The last transition leads into the closing rule.
  Step check_closing() const {
    const bool has_transitions = !zone_.transitions.empty();
    const std::int64_t at = has_transitions ? zone_.transitions.back().at : kFirstSecond;
    const bool is_seen = at >= kFirstSecond && at <= kLastSecond;
    if (!is_seen || !has_transitions ||
        offset_of(zone_.closing, at) == zone_.transitions.back().offset)
      return {};
    return damaged("its closing line does not fit its last transition");
  }

  std::string_view rest_;
  Header header_;
  std::vector<std::int32_t> offsets_;  // of the local times
  ZoneRules zone_;
};

}  // namespace

Result read_zone_file(std::string_view bytes) { return FileReader(bytes).read(); }

}  // namespace verdict::compiler
