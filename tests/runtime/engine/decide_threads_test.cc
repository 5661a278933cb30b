// One program and one set of slots, many threads: nothing is written while deciding. The preset
// tsan runs this.
#include <atomic>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "runtime/engine/decide.h"
#include "tests/runtime/engine/orders_program.h"

namespace verdict::testing {
namespace {

constexpr int kThreads = 4;
constexpr int kDecisions = 2000;

TEST(DecideThreads, ShareAProgramAndItsSlots) {
  const auto program = orders_program();
  TestSlots allowed(*program);
  allowed.boolean("ext_suspended", false).number("ctx_amount", 1).text("ext_role", "admin");
  TestSlots denied(*program);
  denied.boolean("ext_suspended", true).number("ctx_amount", 1).text("ext_role", "admin");
  std::atomic<int> num_right = 0;
  const auto ask = [&] {
    for (int i = 0; i < kDecisions; ++i) {
      const Target target = Target::resolve(*program, "orders", "approve");
      const Decision yes = decide(*program, target, allowed.view());
      const Decision no = decide(*program, target, denied.view());
      if (yes.allowed() && yes.rule_id() == "admin" && !no.allowed() && no.rule_id() == "suspended")
        ++num_right;
    }
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) threads.emplace_back(ask);
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(num_right, kThreads * kDecisions);
}

}  // namespace
}  // namespace verdict::testing
