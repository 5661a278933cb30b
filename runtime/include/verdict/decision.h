// Decision: the answer, and why.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace verdict {

class Program;

// Why a request was allowed or denied (design 3). The spelling is stable.
enum class Reason : std::uint8_t {
  Rule,              // "rule": the reported rule held
  Undecidable,       // "undecidable": the reported Deny rule could not be decided, so it fired
  Default,           // "default": no rule fired
  NoPolicy,          // "no_policy": no permission names this resource and action
  ResourceNotFound,  // "resource_not_found"
  ActionNotFound,    // "action_not_found"
  TokenInvalid,      // "token_invalid": not authenticated, or a required claim is null or invalid
  PrincipalExpired,  // "principal_expired": asked outside of the token's validity
  ContextInvalid,    // "context_invalid": required context is null or invalid
};

std::string_view spelling_of(Reason reason);

// A default-constructed Decision denies. Sixteen bytes, cheap to copy. The texts belong to the
// program that decided: policy(), rule_id() and message() may be called, and what they return used,
// as long as that program lives; the Principal that was asked about keeps it alive.
class Decision {
 public:
  Decision() = default;

  [[nodiscard]] bool allowed() const { return allowed_; }
  [[nodiscard]] Reason reason() const { return reason_; }
  // Whose rule or default decided.
  [[nodiscard]] std::optional<std::string_view> policy() const;
  // Nothing where no rule did.
  [[nodiscard]] std::optional<std::string_view> rule_id() const;
  // The rule's words for the end user.
  [[nodiscard]] std::optional<std::string_view> message() const;

  friend bool operator==(const Decision&, const Decision&) = default;

 private:
  friend struct DecisionParts;

  const Program* program_ = nullptr;
  std::uint32_t subject_ = 0;  // the rule, or the policy whose default it was; see reason_
  bool allowed_ = false;
  Reason reason_ = Reason::NoPolicy;
};

}  // namespace verdict
