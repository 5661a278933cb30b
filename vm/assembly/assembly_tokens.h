// One line of assembly to tokens.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "vm/assembly/assembly_reader.h"

namespace verdict {

struct TokenError {
  std::size_t offset = 0;  // in the line
  std::string message;
};

// Appends the tokens of a line, and an End. A `;` outside of quotes begins a comment.
Expected<void, TokenError> tokenize(std::string_view line, std::vector<Token>& tokens);

}  // namespace verdict
