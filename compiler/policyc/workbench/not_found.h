// Names that a program does not have: what it has instead, and the nearest of it.
#pragma once

#include <string>

#include "compiler/policyc/workbench/question.h"
#include "vm/program/program.h"

namespace verdict::policyc {

// Why no policy answers the question for a resource and an action: "there is no resource `order`,
// did you mean `orders`? there are `items` and `orders`".
std::string describe_unanswered(const ProgramView& view, const Question& question, Reason reason);

// The same for the name of a policy, and of a provider.
std::string describe_missing_policy(const ProgramView& view, std::string_view name);
std::string describe_missing_provider(const ProgramView& view, std::string_view name);

}  // namespace verdict::policyc
