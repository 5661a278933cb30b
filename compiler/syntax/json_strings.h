// What stands between the quotes of a JSON string. Private to compiler/syntax.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace verdict::compiler {

// Writes the decoded text of a strict string's inside to `buffer`, which has room for as many bytes
// as `inside` has, and returns its length.
std::size_t decode_json_string(std::string_view inside, char* buffer);

// The place in a strict string's inside of the byte `offset` of its decoded text.
std::size_t find_raw_offset(std::string_view inside, std::size_t offset);

enum class StringFault : std::uint8_t { BadEscape, LoneSurrogate, ControlCharacter };

// Bytes [begin, end) of the inside.
struct StringFaultAt {
  StringFault fault;
  std::size_t begin;
  std::size_t end;
};

// Everything that is wrong with the inside of a string, in order; of control characters only the
// first.
std::vector<StringFaultAt> find_string_faults(std::string_view inside);

}  // namespace verdict::compiler
