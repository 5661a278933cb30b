// Constants for a builder.
#pragma once

#include <initializer_list>
#include <string>
#include <vector>

#include "vm/value/scalar.h"

namespace verdict::testing {

template <class T>
std::vector<Scalar> scalars(const std::vector<T>& values) {
  return {values.begin(), values.end()};
}
inline std::vector<Scalar> scalars(std::size_t count, const Scalar& value) {
  return std::vector<Scalar>(count, value);
}

}  // namespace verdict::testing
