// The rows of errors.def.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include <verdict/error.h>
#include <verdict/expected.h>

namespace verdict {

enum class EngineErrorCode : std::uint8_t {
#define VERDICT_ENGINE_ERROR(code, name, summary) name,
#include "runtime/engine/errors.def"
};

struct EngineErrorRow {
  std::string_view code;
  std::string_view summary;
};
inline constexpr auto kEngineErrors = std::to_array<EngineErrorRow>({
#define VERDICT_ENGINE_ERROR(code, name, summary) {#code, summary},
#include "runtime/engine/errors.def"
});

constexpr const EngineErrorRow& get_row(EngineErrorCode code) {
  return kEngineErrors[static_cast<std::size_t>(code)];
}

// Without a message it allocates nothing.
inline Unexpected<Error> refuse(EngineErrorCode code, std::string message = {}) {
  const EngineErrorRow& row = get_row(code);
  return Unexpected(Error{row.code, row.summary, std::move(message), Error::kNoOffset});
}

}  // namespace verdict
