#include "runtime/json/write.h"

#include <nlohmann/json.hpp>

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

std::string JsonValue::line() const {
  return state_->json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

std::string JsonValue::pretty() const {
  return state_->json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace verdict
