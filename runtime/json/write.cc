#include "runtime/json/write.h"

#include <nlohmann/json.hpp>

#include "vm/base/text.h"

namespace verdict {

struct JsonValue::State {
  nlohmann::ordered_json json;
};

JsonValue::JsonValue() : state_(std::make_unique<State>()) {}
JsonValue::JsonValue(bool value) : JsonValue() { state_->json = value; }
JsonValue::JsonValue(std::int64_t value) : JsonValue() { state_->json = value; }
JsonValue::JsonValue(double value) : JsonValue() { state_->json = value; }
JsonValue::JsonValue(std::string_view value) : JsonValue() { state_->json = value; }
JsonValue::JsonValue(const std::string& value) : JsonValue(std::string_view(value)) {}
JsonValue::JsonValue(const char* value) : JsonValue(std::string_view(value)) {}
JsonValue::JsonValue(std::optional<std::string_view> text) : JsonValue() {
  if (text) state_->json = *text;
}
JsonValue::~JsonValue() = default;
JsonValue::JsonValue(JsonValue&&) noexcept = default;
JsonValue& JsonValue::operator=(JsonValue&&) noexcept = default;

JsonValue JsonValue::object() {
  JsonValue value;
  value.state_->json = nlohmann::ordered_json::object();
  return value;
}

JsonValue JsonValue::array() {
  JsonValue value;
  value.state_->json = nlohmann::ordered_json::array();
  return value;
}

JsonValue& JsonValue::set(std::string_view key, JsonValue value) {
  state_->json[std::string(key)] = std::move(value.state_->json);
  return *this;
}

JsonValue& JsonValue::push(JsonValue value) {
  state_->json.push_back(std::move(value.state_->json));
  return *this;
}

namespace {

// JSON that is harmless to print. Below U+007F the writer has escaped what a string must not hold,
// and the line breaks between values are its own.
std::string harmless(std::string json) {
  if (is_ascii(json) && json.find('\x7f') == std::string::npos) return json;
  std::string shown;
  shown.reserve(json.size());
  for (std::string_view rest = json; !rest.empty();) {
    const CodePoint code_point = decode_code_point(rest);
    if (code_point.value < 0x7F) {
      shown += rest.front();
    } else {
      append_for_display(shown, code_point);
    }
    rest.remove_prefix(code_point.size);
  }
  return shown;
}

constexpr auto kReplace = nlohmann::ordered_json::error_handler_t::replace;

}  // namespace

std::string JsonValue::line() const {
  return harmless(state_->json.dump(-1, ' ', false, kReplace));
}

std::string JsonValue::pretty() const {
  return harmless(state_->json.dump(2, ' ', false, kReplace)) + "\n";
}

}  // namespace verdict
