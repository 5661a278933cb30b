// Regular expressions of policies: RE2 syntax with its default flags, matched against whole texts.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "vm/value/kind.h"
#include <verdict/expected.h>

namespace verdict {

// Why a text is no pattern: in words, and the part of the text that is wrong.
struct PatternError {
  std::string message;
  std::size_t offset = 0;
  std::size_t length = 0;
  bool is_too_large = false;  // it has a meaning, and what it stands for does not fit
};

// Immutable: any number of threads may match.
class Pattern {
 public:
  // Of at most limits::kMaxPatternBytes of text, and limits::kMaxPatternMemory for its automaton.
  static Expected<Pattern, PatternError> compile(std::string_view text);

  Pattern(Pattern&&) noexcept;
  Pattern& operator=(Pattern&&) noexcept;
  Pattern(const Pattern&) = delete;
  Pattern& operator=(const Pattern&) = delete;
  ~Pattern();

  // Whether the whole text is of that form. Takes time linear in the text: at worst size() steps a
  // byte. Takes memory for the states that it comes through first, up to the limit; unknown where
  // there is none.
  [[nodiscard]] Truth matches(std::string_view text) const noexcept;
  // The instructions of its automaton.
  [[nodiscard]] std::size_t size() const;

 private:
  struct Compiled;
  explicit Pattern(std::unique_ptr<Compiled> compiled);
  std::unique_ptr<Compiled> compiled_;
};

}  // namespace verdict
