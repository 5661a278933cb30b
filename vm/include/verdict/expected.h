// Expected<T, E>: a value or the error that stands in its place.
//
// The names are those of C++23's std::expected, and the type is the same in every language mode: an
// alias that changed with -std would break the ABI between a C++20 library and a C++23 caller.
#pragma once

#include <type_traits>
#include <utility>
#include <variant>

namespace verdict {

// Wraps an error on its way into an Expected: `return Unexpected(error);`.
template <class E>
class Unexpected {
 public:
  explicit Unexpected(E error) : error_(std::move(error)) {}
  const E& error() const& { return error_; }
  E&& error() && { return std::move(error_); }

 private:
  E error_;
};

// Holds a T or an E. Owns what it holds; as thread-safe as T and E are.
// Reading value() of a failed Expected, or error() of a good one, is a bug of the caller and ends
// in std::get's exception.
template <class T, class E>
class [[nodiscard]] Expected {
 public:
  using value_type = T;
  using error_type = E;

  Expected(T value)  // NOLINT(google-explicit-constructor)
      : state_(std::in_place_index<0>, std::move(value)) {}
  Expected(Unexpected<E> unexpected)  // NOLINT(google-explicit-constructor)
      : state_(std::in_place_index<1>, std::move(unexpected).error()) {}

  [[nodiscard]] bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  T& value() & { return std::get<0>(state_); }
  const T& value() const& { return std::get<0>(state_); }
  T&& value() && { return std::get<0>(std::move(state_)); }
  const E& error() const& { return std::get<1>(state_); }
  E&& error() && { return std::get<1>(std::move(state_)); }

  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  template <class U>
  T value_or(U&& fallback) const& {
    return has_value() ? value() : static_cast<T>(std::forward<U>(fallback));
  }

 private:
  std::variant<T, E> state_;
};

// Success without a value, or an error.
template <class E>
class [[nodiscard]] Expected<void, E> {
 public:
  using value_type = void;
  using error_type = E;

  Expected() = default;
  Expected(Unexpected<E> unexpected)  // NOLINT(google-explicit-constructor)
      : state_(std::in_place_index<1>, std::move(unexpected).error()) {}

  [[nodiscard]] bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }
  const E& error() const& { return std::get<1>(state_); }
  E&& error() && { return std::get<1>(std::move(state_)); }

 private:
  std::variant<std::monostate, E> state_;
};

}  // namespace verdict

// Leaves the function with the error of `expression`, if it has one.
#define VERDICT_TRY(expression)                                                    \
  do {                                                                             \
    if (auto verdict_try_result = (expression); !verdict_try_result.has_value()) { \
      return ::verdict::Unexpected(std::move(verdict_try_result).error());         \
    }                                                                              \
  } while (false)
