// What the assembler and the disassembler agree on: how a text is quoted, which words need no
// quotes, and which row a name stands for. docs/bytecode.md describes the language.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "vm/program/layout.h"

namespace verdict {

// Longer texts are not repeated where they are used: `#n` stands there. Keeps a listing linear in
// the program's size.
inline constexpr std::size_t kMaxInlineBytes = 60;

// Of the general opcodes, in the order of JumpMode; the function stands behind.
inline constexpr auto kAskMnemonics =
    std::to_array<std::string_view>({"ask.t", "ask.tu", "ask.f", "ask.fu"});

// [A-Za-z_][A-Za-z0-9_]*
[[nodiscard]] bool is_identifier(std::string_view text);

// Appends a text in quotes, with JSON escapes; invalid bytes as `\xff`.
void append_quoted(std::string& out, std::string_view text);

// The candidate that is spelt most like `word`, if one is near enough to be what was meant.
[[nodiscard]] std::optional<std::string_view> find_similar(
    std::string_view word, std::span<const std::string_view> candidates);

// Names to rows. Where several rows have a name, it stands for the first of them.
class FirstRows {
 public:
  using Key = std::pair<std::uint64_t, std::uint64_t>;

  void add(Key key, std::size_t row) { rows_.try_emplace(key, static_cast<std::uint32_t>(row)); }
  [[nodiscard]] std::optional<std::uint32_t> find(Key key) const {
    const auto found = rows_.find(key);
    if (found == rows_.end()) return std::nullopt;
    return found->second;
  }

 private:
  std::map<Key, std::uint32_t> rows_;
};

// Whether one value of a kind needs no quotes: numbers that are written as such, booleans.
constexpr bool is_written_bare(Kind kind) {
  return (held_as(kind) == Held::Number && !is_local(kind)) || held_as(kind) == Held::Boolean;
}

constexpr FirstRows::Key constant_key(const ConstantRecord& constant) {
  return {constant.kind | (std::uint64_t{constant.flags} << 8U), constant.payload};
}

// What can be named in assembly.
struct AssemblySymbols {
  FirstRows attributes;  // (string, 0)
  FirstRows policies;    // (string, 0)
  FirstRows rules;       // (policy, string)
  FirstRows constants;   // (kind and flags, payload), of those of one value without words
};

}  // namespace verdict
