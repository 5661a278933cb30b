// One question to a program: claims and context in, a decision with its reasons out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/engine/decide.h"
#include "runtime/engine/program_state.h"
#include "runtime/json/write.h"
#include "vm/bind/bind.h"
#include <verdict/decision.h>
#include <verdict/expected.h>
#include <verdict/token.h>

namespace verdict::policyc {

// What vouches for the claims: a token that has been verified; or nobody, so that they are held to
// what Engine::bind() holds them to; or who asks, as with CheckedBy::Host.
enum class Vouching : std::uint8_t { Token, Nobody, Asker };

// What is asked. Borrows the texts; they must outlive the answer. They are read as an engine reads
// them, with its limits.
struct Question {
  std::string_view claims;                  // JSON text
  std::optional<std::string_view> context;  // JSON text
  Vouching vouching = Vouching::Nobody;
  std::optional<std::string> resource;
  std::optional<std::string> action;
  std::optional<std::string> policy;  // instead of resource and action
  std::optional<std::string>
      provider;          // whose mappings; default: the only one, or the one that issued the claims
  std::int64_t now = 0;  // microseconds since 1970
  std::optional<IpValue> ip;
  bool tells_attributes = false;  // Answer::attributes is filled
};

// What was answered. The texts belong to the program.
struct Answer {
  Decision decision;
  std::vector<std::string_view> missing;
  std::string cause;                 // of what was decided before any rule was asked
  std::vector<std::string> remarks;  // for a person: the missing attributes and why they are
  // For a person: what each attribute that is mapped holds, and where that came from.
  std::vector<std::string> attributes;
};

// Words for what cannot be asked: an unknown policy, a provider that is not there.
struct QuestionError {
  std::string message;
};

Expected<Answer, QuestionError> answer(const ProgramState& program, const Question& question);

// The answer to a token that was refused before any policy ran.
Answer refused_answer(const TokenError& error);

// The members of the object that `eval --format json` prints, in their order, and the object.
std::vector<std::pair<std::string_view, JsonValue>> members_of(const Answer& answer);
JsonValue to_json(const Answer& answer);
// The same for a person: the decision, and why.
std::string to_text(const Answer& answer);

}  // namespace verdict::policyc
