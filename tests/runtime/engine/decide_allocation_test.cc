// From resolve to the Decision, nothing is allocated, whatever the answer.
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "runtime/engine/decide.h"
#include "tests/runtime/engine/orders_program.h"
#include "tests/support/counting_new.h"

namespace verdict::testing {
namespace {

struct Question {
  std::string_view name;
  std::string_view resource;
  std::string_view action;
  void (*fill)(TestSlots&);
  bool is_allowed;
  Reason reason;
};

void clerk(TestSlots& slots) {
  slots.boolean("ext_suspended", false).number("ctx_amount", 99).text("ext_role", "clerk");
}

constexpr Question kQuestions[] = {
    {"hit in the second group", "orders", "approve", clerk, true, Reason::Rule},
    {"hit with a message", "orders", "approve",
     [](TestSlots& s) {
       clerk(s);
       s.text("ext_role", "owner");
     },
     true, Reason::Rule},
    {"miss", "orders", "approve",
     [](TestSlots& s) {
       clerk(s);
       s.text("ext_role", "no role of the pool");
     },
     false, Reason::Default},
    {"null", "orders", "approve",
     [](TestSlots& s) {
       clerk(s);
       s.null("ext_role");
     },
     false, Reason::Default},
    {"invalid", "orders", "approve",
     [](TestSlots& s) {
       clerk(s);
       s.invalid("ext_role");
     },
     false, Reason::Default},
    {"Deny by rule", "orders", "approve",
     [](TestSlots& s) {
       clerk(s);
       s.boolean("ext_suspended", true);
     },
     false, Reason::Rule},
    {"undecidable Deny", "orders", "approve",
     [](TestSlots& s) {
       clerk(s);
       s.null("ext_suspended");
     },
     false, Reason::Undecidable},
    {"undecidable in the second group", "orders", "approve",
     [](TestSlots& s) {
       clerk(s);
       s.invalid("ctx_amount");
     },
     false, Reason::Undecidable},
    {"Allow by default", "orders", "retrieve", clerk, true, Reason::Default},
    {"no permission", "orders", "delete", clerk, false, Reason::NoPolicy},
    {"no such action", "orders", "an action that is longer than any small string", clerk, false,
     Reason::ActionNotFound},
    {"no such resource", "a resource that is longer than any small string", "approve", clerk, false,
     Reason::ResourceNotFound},
};

TEST(DecideAllocation, NoneForARoute) {
  const auto program = orders_program();
  for (const Question& question : kQuestions) {
    TestSlots slots(*program);
    question.fill(slots);
    const SlotView view = slots.view();
    const AllocationCount count;
    const Decision decision =
        decide(*program, Target::resolve(*program, question.resource, question.action), view);
    EXPECT_EQ(count.now(), 0U) << question.name;
    EXPECT_EQ(decision.allowed(), question.is_allowed) << question.name;
    EXPECT_EQ(decision.reason(), question.reason) << question.name;
  }
}

TEST(DecideAllocation, NoneForAPolicyByItsName) {
  const auto program = orders_program();
  for (const char* policy :
       {"guard", "roles", "amounts", "open", "spare", "a policy that is not there"}) {
    TestSlots slots(*program);
    const SlotView view = slots.view();
    const AllocationCount count;
    const std::optional<Target> target = Target::resolve_policy(*program, policy);
    if (target) (void)decide(*program, *target, view);
    EXPECT_EQ(count.now(), 0U) << policy;
  }
}

}  // namespace
}  // namespace verdict::testing
