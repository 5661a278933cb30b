// The two JSON readers, of authors' files and of tokens, held against each other.
#pragma once

#include <string>
#include <string_view>

namespace verdict::testing {

// Reads `text` with both. In words, what they do not agree on: that they accept it, or the first
// kind, key, text or number that differs. Empty if nothing does. What only the narrower limits of
// the tokens' reader refuse, it must refuse.
std::string disagreement(std::string_view text);

}  // namespace verdict::testing
