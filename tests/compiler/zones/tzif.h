// Time zone files made in a test.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace verdict::testing {

struct TzifType {
  std::int32_t offset;
  bool is_daylight = false;
};

// One data block and the closing line; what stands in the header is computed.
struct Tzif {
  char version = '2';
  std::vector<TzifType> types = {{0}};
  std::vector<std::pair<std::int64_t, std::uint8_t>> transitions;  // time, type
  std::string closing = "UTC0";
  std::uint32_t num_leaps = 0;

  [[nodiscard]] std::string bytes() const {
    if (version == '\0') return block(4);
    Tzif old;
    old.version = version;
    return old.block(4) + block(8) + "\n" + closing + "\n";
  }

 private:
  static void append(std::string& out, std::int64_t value, int bytes) {
    for (int i = bytes - 1; i >= 0; --i)
      out += static_cast<char>((static_cast<std::uint64_t>(value) >> (8 * i)) & 0xFFU);
  }

  [[nodiscard]] std::string block(int time_bytes) const {
    std::string out = std::string("TZif") + version + std::string(15, '\0');
    for (const std::size_t count : {std::size_t{0}, std::size_t{0}, std::size_t{num_leaps},
                                    transitions.size(), types.size(), std::size_t{4}})
      append(out, static_cast<std::int64_t>(count), 4);
    for (const auto& [time, type] : transitions) append(out, time, time_bytes);
    for (const auto& [time, type] : transitions) out += static_cast<char>(type);
    for (const TzifType& type : types) {
      append(out, type.offset, 4);
      out += static_cast<char>(type.is_daylight ? 1 : 0);
      out += '\0';
    }
    out += std::string("LMT\0", 4);
    out.append(std::size_t{num_leaps} * static_cast<std::size_t>(time_bytes + 4), '\0');
    return out;
  }
};

}  // namespace verdict::testing
