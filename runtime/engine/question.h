// One question about bound claims: adds the request's context to them, and decides.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "runtime/engine/decide.h"
#include "runtime/engine/program_state.h"
#include "runtime/json/reader.h"
#include "vm/bind/slots.h"

namespace verdict {

// Borrows everything.
struct Question {
  const ProgramState& program;
  const TokenSettings& provider;
  const Slots& claims;
  const Target& target;
  std::string_view resource;
  std::string_view action;
  const Context& context;
  std::int64_t now;  // microseconds since 1970
};

// Memory of one thread that asks; kept between questions.
struct QuestionScratch {
  JsonReader context;
  std::optional<Slots> slots;
};

// Denies for ContextInvalid where the context is no JSON object, or lacks what is required.
Decision decide(const Question& question, QuestionScratch& scratch);

// The missing attributes of that decision, as names of the program.
std::vector<std::string_view> missing_attributes(const Question& question,
                                                 QuestionScratch& scratch);

}  // namespace verdict
