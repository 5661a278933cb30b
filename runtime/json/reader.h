// The strict JSON reader of tokens, contexts and key sets: simdjson's DOM, then our own walk.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "runtime/json/tree.h"
#include <verdict/expected.h>

namespace verdict {

// What is wrong with a text, in words that quote nothing of it.
struct JsonError {
  std::string_view message;
};

// Reads one text at a time into memory that it keeps: once warm, reading allocates nothing. Where
// memory runs out it throws std::bad_alloc, and can be used again. Not thread-safe; a thread has
// its own.
class JsonReader {
 public:
  JsonReader();
  JsonReader(JsonReader&&) noexcept;
  JsonReader& operator=(JsonReader&&) noexcept;
  JsonReader(const JsonReader&) = delete;
  JsonReader& operator=(const JsonReader&) = delete;
  ~JsonReader();

  // Room for a text of `size` bytes and the padding behind it, to be written by the caller and then
  // read by read_buffer(size). Valid until the next call.
  char* buffer(std::size_t size);

  // Refused: what RFC 8259 refuses, a byte order mark, invalid UTF-8, lone surrogates, NUL and
  // whatever else follows the value, a repeated key (compared after escapes are undone), nesting
  // deeper than limits::kMaxClaimDepth, a text longer than limits::kMaxClaimsBytes. The tree is
  // valid until the next call.
  Expected<const JsonTree*, JsonError> read_buffer(std::size_t size);
  // The same for a text that is somewhere else: copies it.
  Expected<const JsonTree*, JsonError> read(std::string_view text);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace verdict
