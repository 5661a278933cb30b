// Principal: somebody whose claims are verified and bound.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

namespace verdict {

// Made by Engine::authenticate and Engine::bind only. Owns its claims and keeps alive every program
// that it was decided with, so that the texts of those Decisions live as long as it does. Any
// number of threads may ask about one Principal. It may outlive its Engine.
class Principal {
 public:
  Principal(Principal&&) noexcept;
  Principal& operator=(Principal&&) noexcept;
  Principal(const Principal&) = delete;
  Principal& operator=(const Principal&) = delete;
  ~Principal();

  // The name of the provider; valid as long as the Principal.
  [[nodiscard]] std::string_view provider() const noexcept;
  // The claim `sub`, where there is one; valid as long as the Principal.
  [[nodiscard]] std::optional<std::string_view> subject() const noexcept;
  // Decisions are made for from <= now < until, in microseconds since 1970; the clock skew is
  // counted in. Claims bound without `exp` have no end.
  [[nodiscard]] std::int64_t valid_from() const noexcept;
  [[nodiscard]] std::int64_t valid_until() const noexcept;

 private:
  friend class Engine;
  struct State;
  explicit Principal(std::unique_ptr<State> state) noexcept;
  std::unique_ptr<State> state_;
};

}  // namespace verdict
