// Tokens on the command line: shown, and verified with the runtime's own verifier.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/engine/program_state.h"
#include "runtime/json/write.h"
#include <verdict/token.h>

namespace verdict::policyc {

// What is wrong with what was given beside the token: a key set, a provider.
struct TokenInputError {
  std::string message;
  bool is_about_keys = false;  // the key set's own text
};

// A token's header and claims, as they stand there: nothing is verified.
struct DecodedToken {
  JsonValue json;                    // {"header", "claims"}
  std::vector<std::string> remarks;  // times in words, template text that nobody filled in
};
Expected<DecodedToken, TokenError> decode_token(std::string_view token, std::int64_t now);

// What the claims of a verified token are, and whose.
struct VerifiedClaims {
  std::string json;
  std::string provider;
};
Expected<VerifiedClaims, TokenError> verify_claims(std::string_view token,
                                                   const ProgramState& program, std::int64_t now);

// A provider object of design 2.2 as a program of its own, so that `token verify` checks what a
// compiled workspace would. `jwks`, where there is one, stands in place of pinned keys.
Expected<std::shared_ptr<const ProgramState>, TokenInputError> provider_program(
    std::string_view provider_json, const std::optional<std::string>& jwks);

// A program that is there with these keys, for its only provider or the one that is named; with its
// pinned keys where there is no `jwks`.
Expected<std::shared_ptr<const ProgramState>, TokenInputError> program_with_keys(
    std::shared_ptr<const Program> program, const std::optional<std::string>& jwks,
    const std::optional<std::string>& provider);

// Which keys may verify a signature alone.
enum class Keys : std::uint8_t { Public, PublicAndSecret };

// Nothing where the signature holds. Claims are not looked at. A set that has secrets among public
// keys is refused.
Expected<std::optional<TokenError>, TokenInputError> verify_signature_alone(std::string_view token,
                                                                            std::string_view jwks,
                                                                            Keys keys);

// What became of one line of `token verify --batch`.
struct LineVerdict {
  std::string json;  // one line
  bool is_valid = false;
  bool is_readable = false;
};

// {"id","token","jwks","now"?,"provider"?} gives {"id","verdict","reason"}; other keys, such as
// what a test expects, are left alone. Without `provider` the signature alone is checked. Whatever
// the line holds, the answer is one line of JSON.
LineVerdict verify_line(std::string_view line, std::int64_t now, Keys keys);

}  // namespace verdict::policyc
