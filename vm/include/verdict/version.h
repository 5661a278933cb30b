// Versions of the library and of the program format.
#pragma once

#include <cstdint>

namespace verdict {

// A program file of another major version is refused; a newer minor version too, since it may use
// what this one lacks.
inline constexpr std::uint16_t kFormatMajor = 2;
inline constexpr std::uint16_t kFormatMinor = 0;

// The version of the policy language (`"language": 1`).
inline constexpr std::uint32_t kLanguageVersion = 1;

}  // namespace verdict
