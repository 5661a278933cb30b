// Where the numbers of a JSON text stand: what the parser no longer says once it has read them.
#pragma once

#include <cstddef>
#include <string_view>

namespace verdict {

// Hands out, from left to right, what could be numbers outside of strings: the longest runs of the
// characters of numbers. In valid JSON they are its numbers; in other text they may be anything.
// Borrows the text. A pass over all of it takes linear time.
class NumberScanner {
 public:
  explicit NumberScanner(std::string_view text) : text_(text) {}

  // The next run; empty behind the last one.
  std::string_view next();

 private:
  void skip_string();

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace verdict
