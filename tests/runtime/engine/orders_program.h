// A program for the tests of runtime/engine: routes with groups of policies, Deny rules, messages.
// Header only.
#pragma once

#include <memory>
#include <string_view>

#include "tests/vm/program/program_texts.h"
#include "tests/vm/test_slots.h"

namespace verdict::testing {

// orders/approve: group 0 holds `guard` (no rule but a Deny for the suspended), group 1 `roles` and
// `amounts`. orders/retrieve: `open`, which allows by default. orders/delete: no permission.
// `spare` is attached to nothing.
inline constexpr std::string_view kOrders = R"(
.program registers 2

.constants
  #0    string set "owner", "manager"

.attributes
  ext_role      string  claim   nullable
  ext_suspended boolean claim   nullable
  ctx_amount    number  context nullable

.path_steps
  key "amount"

.mappings
  ctx_amount path #0+1

.policies
  guard   Deny  deny_overrides #0 rules #0+1
  roles   Deny  deny_overrides #1 rules #1+2
  amounts Deny  deny_overrides #2 rules #3+2
  open    Allow deny_overrides #3 rules #5+1
  spare   Allow deny_overrides #4 rules #6+0

.resources
  "orders" mappings #0+1 routes #0+3
  "users" mappings #1+0 routes #3+0

.routes
  "approve"  function #5 permissions #0+3
  "retrieve" function #6 permissions #3+1
  "delete" permissions #4+0

.permissions
  guard   0
  roles   1
  amounts 1
  open    0

.rule "suspended" Deny guard message "This account is suspended."
  all {
    boolean_equal ext_suspended true
  }

.rule "admin" Allow roles
  all {
    string_equal ext_role "admin"
  }
.rule "senior" Allow roles message "Seniors may."
  all {
    string_in ext_role #0
  }

.rule "small" Allow amounts
  all {
    number_less_than ctx_amount 100
    string_equal ext_role "clerk"
  }
.rule "huge" Deny amounts
  all {
    number_greater_than ctx_amount 10000
  }

.rule "guests" Deny open
  all {
    string_equal ext_role "guest"
  }

.function policy guard
  boolean_equal.tu ext_suspended, true -> denies
  otherwise Deny, guard
denies:
  deny "suspended"

.function policy roles
  string_equal.t ext_role, "admin" -> admin
  string_in.t ext_role, #0 -> senior
  otherwise Deny, roles
admin:
  allow "admin"
senior:
  allow "senior"

.function policy amounts
  number_less_equal.fu ctx_amount, 10000 -> huge
  number_less.fu ctx_amount, 100 -> end
  string_equal.fu ext_role, "clerk" -> end
  allow "small"
huge:
  deny "huge"
end:
  otherwise Deny, amounts

.function policy open
  string_equal.tu ext_role, "guest" -> denies
  otherwise Allow, open
denies:
  deny "guests"

.function policy spare
  otherwise Allow, spare

.function route #0 registers 2
  call r0, guard
  deny_if r0
  call r0, roles
  deny_if r0
  call r1, amounts
  deny_if r1
  keep r0, r1
  allow_if r0
  otherwise Deny, guard

.function route #1 registers 1
  call r0, open
  deny_if r0
  otherwise Allow, open
)";

inline std::shared_ptr<const Program> orders_program() { return must_load(must_assemble(kOrders)); }

}  // namespace verdict::testing
