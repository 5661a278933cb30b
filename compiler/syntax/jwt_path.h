// `jwtPath`: where in a token's claims an attribute comes from.
//
//   org_role                a claim of that name
//   realm_access.roles      that literal claim if the token has it, else the path
//   amr[0].method  a["b"]   paths only;  amr[*].method: of every element, a list
//   ["a.b"]                 the literal claim only
//   https://x/y  a:b        `:` or `/` outside of `["..."]`: cannot be a path, so a literal claim
//
// Inside of `["..."]` stand `\"` and `\\` for `"` and `\`. At most one `[*]`. A path starts with a
// name. Names without brackets hold no `. [ ] " \`, no control characters, and no spaces at their
// ends; `*` and a leading `$` are refused, since they are meant as wildcard and root, which are
// written `[*]` and not at all.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <verdict/expected.h>

namespace verdict::compiler {

struct JwtPathStep {
  enum class Kind : std::uint8_t { Key, Index, Each };
  Kind kind = Kind::Key;
  std::string key;          // of Key
  std::uint32_t index = 0;  // of Index; at most kMaxJwtPathIndex

  friend bool operator==(const JwtPathStep&, const JwtPathStep&) = default;
};

inline constexpr std::uint32_t kMaxJwtPathIndex = std::uint32_t{1} << 31U;

// At least one of the two is there. A single name is a literal without steps: both would mean the
// same.
struct JwtPath {
  std::optional<std::string> literal;  // a top-level claim of exactly this name
  std::vector<JwtPathStep> steps;      // from the top of the claims

  friend bool operator==(const JwtPath&, const JwtPath&) = default;
};

struct JwtPathError {
  std::size_t offset = 0;  // byte of the text at which it goes wrong
  std::string message;     // what was found and expected, in the words of a diagnostic
  std::string spelling;    // what was most likely meant; may be empty
};

Expected<JwtPath, JwtPathError> parse_jwt_path(std::string_view text);

// `["https://example.com/app"].roles` for `https://example.com/app.roles`: a URL is a name whole,
// dots and all, and whoever wrote that may have meant a member. Nothing for other texts.
std::optional<std::string> find_other_reading(std::string_view text);

// As json_grammar_issues().
std::size_t jwt_path_grammar_issues();

}  // namespace verdict::compiler
