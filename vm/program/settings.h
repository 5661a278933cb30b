// The rows of settings.def.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "vm/base/limits.h"
#include "vm/value/kind.h"

namespace verdict {

enum class Setting : std::uint32_t {
#define VERDICT_SETTING(number, name, key, kind, shape, least, most, meaning) name = number,
#include "vm/program/settings.def"
};

struct SettingRow {
  Setting setting;
  std::string_view key;
  ConstantType constant;
  std::int64_t least;
  std::int64_t most;
  std::string_view meaning;
};
inline constexpr auto kSettings = std::to_array<SettingRow>({
#define VERDICT_SETTING(number, name, key, kind, shape, least, most, meaning) \
  {Setting::name, key, {Kind::kind, Shape::shape}, least, most, meaning},
#include "vm/program/settings.def"
});

// nullptr for a number that no row has.
constexpr const SettingRow* find_setting(std::uint32_t number) {
  for (const SettingRow& row : kSettings) {
    if (static_cast<std::uint32_t>(row.setting) == number) return &row;
  }
  return nullptr;
}

}  // namespace verdict
