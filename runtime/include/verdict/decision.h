// Decision: the answer, and why.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace verdict {

// Why a request was allowed or denied (design 3). The spelling is stable.
enum class Reason : std::uint8_t {
  Rule,              // "rule": the reported rule held
  Undecidable,       // "undecidable": the reported Deny rule could not be decided, so it fired
  Default,           // "default": no rule fired
  NoPolicy,          // "no_policy": no permission names this resource and action
  ResourceNotFound,  // "resource_not_found"
  ActionNotFound,    // "action_not_found"
  TokenInvalid,      // "token_invalid": a required claim is null or invalid
  ContextInvalid,    // "context_invalid": required context is null or invalid
};

std::string_view spelling_of(Reason reason);

// The texts belong to the program: a Decision must not outlive it. A default-constructed one
// denies.
struct Decision {
  bool allowed = false;
  Reason reason = Reason::NoPolicy;
  std::optional<std::string_view> policy;   // whose rule or default decided
  std::optional<std::string_view> rule_id;  // nothing where no rule did
  std::optional<std::string_view> message;  // the rule's words for the end user

  friend bool operator==(const Decision&, const Decision&) = default;
};

}  // namespace verdict
