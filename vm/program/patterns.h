// The regular expressions of a program, compiled when it is loaded.
#pragma once

#include <cstdint>
#include <vector>

#include "vm/value/pattern.h"

namespace verdict {

// Filled once; then any number of threads may match.
class Patterns {
 public:
  struct Entry {
    std::uint32_t string;
    Pattern pattern;
  };

  Patterns() = default;
  // By rising strings.
  explicit Patterns(std::vector<Entry> entries) : entries_(std::move(entries)) {}

  // That of a string which is a constant of kind `regex`.
  [[nodiscard]] const Pattern& get(std::uint32_t string) const noexcept;

 private:
  std::vector<Entry> entries_;
};

}  // namespace verdict
