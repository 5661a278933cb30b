// JSON text that policyc writes: the one place that turns values into JSON, over nlohmann/json.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace verdict {

// A JSON value under construction. Keys keep the order in which they are set; invalid UTF-8 becomes
// U+FFFD, and characters that move, hide or reorder what a terminal shows are written as escapes.
// Owns everything. Not thread-safe.
class JsonValue {
 public:
  JsonValue();                                      // null
  JsonValue(bool value);                            // NOLINT(google-explicit-constructor)
  JsonValue(std::int64_t value);                    // NOLINT(google-explicit-constructor)
  JsonValue(double value);                          // NOLINT(google-explicit-constructor)
  JsonValue(std::string_view value);                // NOLINT(google-explicit-constructor)
  JsonValue(const std::string& value);              // NOLINT(google-explicit-constructor)
  JsonValue(const char* value);                     // NOLINT(google-explicit-constructor)
  JsonValue(std::optional<std::string_view> text);  // NOLINT(google-explicit-constructor)
  ~JsonValue();
  JsonValue(JsonValue&&) noexcept;
  JsonValue& operator=(JsonValue&&) noexcept;
  JsonValue(const JsonValue&) = delete;
  JsonValue& operator=(const JsonValue&) = delete;

  static JsonValue object();
  static JsonValue array();

  // Makes this an object, or adds to it. Returns itself.
  JsonValue& set(std::string_view key, JsonValue value);
  // Makes this an array, or adds to it. Returns itself.
  JsonValue& push(JsonValue value);

  // One line.
  [[nodiscard]] std::string line() const;
  // Indented by two spaces, with a line break at the end.
  [[nodiscard]] std::string pretty() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace verdict
