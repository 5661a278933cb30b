// From a Principal and a Route to the Decision nothing is allocated where a program reads nothing
// of the request, and nothing once warm where it reads context.
#include <string_view>

#include <gtest/gtest.h>

#include "tests/runtime/engine/engine_programs.h"
#include "tests/support/counting_new.h"

namespace verdict::testing {
namespace {

class EngineAllocation : public EngineTest {
 protected:
  static void expect_none(const Engine& engine, const Principal& principal, const Context& context,
                          Reason reason) {
    const Route route = engine.route("orders", "approve").value();
    const AllocationCount count;
    const Decision by_route = engine.decide(principal, route, context);
    EXPECT_EQ(count.now(), 0U);
    EXPECT_EQ(by_route.reason(), reason);
    const AllocationCount again;
    const Decision by_names = engine.decide(principal, "orders", "approve", context);
    EXPECT_EQ(again.now(), 0U);
    EXPECT_EQ(by_names, by_route);
  }
};

TEST_F(EngineAllocation, NoneWhereTheProgramReadsClaimsOnly) {
  const Engine engine = engine_of();
  expect_none(engine, principal_of(engine, kAdmin), {}, Reason::Rule);
  expect_none(engine, principal_of(engine, kMember), {}, Reason::Default);
  expect_none(engine, principal_of(engine, ""), {}, Reason::Default);
  const Principal late = principal_of(engine);
  clock_.set(late.valid_until());
  expect_none(engine, late, {}, Reason::PrincipalExpired);
}

TEST_F(EngineAllocation, NoneOnceWarmWhereTheProgramReadsContext) {
  Workspace workspace;
  workspace.context = R"({ "path": "orderId", "attribute": "order_id", "type": "string" })";
  workspace.condition =
      R"({ "function": "string_equal", "attribute": "ctx_order_id", "value": "o1" })";
  const Engine engine = engine_of(workspace);
  const Principal principal = principal_of(engine);
  const Context context{R"({"orderId":"o1"})", "10.1.2.3"};
  (void)engine.decide(principal, "orders", "approve", context);
  expect_none(engine, principal, context, Reason::Rule);
}

}  // namespace
}  // namespace verdict::testing
