// The rows of load_errors.def, and how a check reports one.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include <verdict/error.h>
#include <verdict/expected.h>

namespace verdict {

enum class LoadError : std::uint8_t {
#define VERDICT_LOAD_ERROR(number, name, meaning) name,
#include "vm/program/load_errors.def"
};

struct LoadErrorRow {
  LoadError error;
  std::string_view number;
  std::string_view meaning;
};
inline constexpr auto kLoadErrors = std::to_array<LoadErrorRow>({
#define VERDICT_LOAD_ERROR(number, name, meaning) {LoadError::name, number, meaning},
#include "vm/program/load_errors.def"
});

constexpr const LoadErrorRow& get_load_error_row(LoadError error) {
  return kLoadErrors[static_cast<std::size_t>(error)];
}

inline Unexpected<Error> refuse(LoadError error, std::string message,
                                std::uint64_t offset = Error::kNoOffset) {
  const LoadErrorRow& row = get_load_error_row(error);
  return Unexpected(Error{row.number, row.meaning, std::move(message), offset});
}

}  // namespace verdict
