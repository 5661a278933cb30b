// Little-endian integers as they stand in a file: byte arrays without alignment, read through a
// value.
//
// On a little-endian machine get() compiles to one load, so that a record made of these is used in
// place.
#pragma once

#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace verdict {

template <std::unsigned_integral T>
class LittleEndian {
 public:
  LittleEndian() = default;
  LittleEndian(T value) { set(value); }  // NOLINT(google-explicit-constructor)
  operator T() const { return get(); }   // NOLINT(google-explicit-constructor)

  [[nodiscard]] T get() const {
    T value;
    std::memcpy(&value, bytes_.data(), sizeof(T));
    return to_host(value);
  }
  void set(T value) {
    const T stored = to_host(value);
    std::memcpy(bytes_.data(), &stored, sizeof(T));
  }

 private:
  static T to_host(T value) {
    if constexpr (std::endian::native == std::endian::little) {
      return value;
    } else {
      T swapped = 0;
      for (std::size_t i = 0; i < sizeof(T); ++i) {
        swapped = static_cast<T>((swapped << 8U) | ((value >> (8U * i)) & 0xFFU));
      }
      return swapped;
    }
  }

  std::array<unsigned char, sizeof(T)> bytes_;
};

using U16 = LittleEndian<std::uint16_t>;
using U32 = LittleEndian<std::uint32_t>;
using U64 = LittleEndian<std::uint64_t>;
using U8 = unsigned char;

static_assert(alignof(U64) == 1 && sizeof(U64) == 8);

}  // namespace verdict
