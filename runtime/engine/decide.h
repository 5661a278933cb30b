// Decisions on bound slots: finds the function to run, runs it, says why.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "vm/program/program.h"
#include "vm/value/slot.h"
#include <verdict/decision.h>

namespace verdict {

// A resolved question to a program: a resource and action, or one policy. Valid as long as its
// program lives.
class Target {
 public:
  // What is not there is no error: asking it denies, with the reason.
  static Target resolve(const Program& program, std::string_view resource,
                        std::string_view action) noexcept;
  // Nothing if the program has no policy of that name.
  static std::optional<Target> resolve_policy(const Program& program,
                                              std::string_view policy) noexcept;

  // Whether a policy answers; else the answer is Deny whatever the request holds.
  [[nodiscard]] bool has_policy() const { return function_.has_value(); }
  // The resource whose context mappings belong to the question, if it has one.
  [[nodiscard]] std::optional<ResourceId> resource() const { return resource_; }
  // The policies in question: groups first, then source order.
  [[nodiscard]] std::vector<PolicyId> policies(const Program& program) const;

 private:
  friend Decision decide(const Program& program, const Target& target,
                         const SlotView& slots) noexcept;

  FunctionId function_;  // none: the answer is Deny, for `reason_`
  Reason reason_ = Reason::NoPolicy;
  std::optional<ResourceId> resource_;
  std::optional<RouteId> route_;
  std::optional<PolicyId> policy_;
};

// How a Decision is put together, and what it stands on.
struct DecisionParts {
  const Program* program;
  std::uint32_t subject;  // a rule, or a policy where the reason is Default
  bool allowed;
  Reason reason;

  [[nodiscard]] Decision make() const;
  static DecisionParts of(const Decision& decision);
};

// No allocation, no lock. `slots` must be bound for this program. Thread-safe.
Decision decide(const Program& program, const Target& target, const SlotView& slots) noexcept;

// A Deny before any policy ran.
Decision deny(Reason reason) noexcept;

// The null or invalid attributes that kept the decision from being another (design 3), as names of
// the program. `decision` must be what decide() said of the same target and slots.
std::vector<std::string_view> missing_attributes(const Program& program, const Target& target,
                                                 const SlotView& slots, const Decision& decision);

}  // namespace verdict
