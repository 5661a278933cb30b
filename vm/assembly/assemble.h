// Text to the bytes of a program: the way back from disassemble(), and how tests write programs by
// hand.
//
// Checks the language only: which words there are, and that names are defined before they are used.
// What it writes may be a program that load() refuses, and `#n` may stand for any number, so that
// tests can make every sort of wrong one.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <verdict/expected.h>

namespace verdict {

struct AssembleError {
  std::size_t line = 0;    // from 1
  std::size_t column = 0;  // from 1, in code points
  std::string message;
};

[[nodiscard]] Expected<std::vector<std::byte>, AssembleError> assemble(std::string_view text);

}  // namespace verdict
