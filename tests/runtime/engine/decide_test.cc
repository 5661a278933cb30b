#include "runtime/engine/decide.h"

#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/runtime/engine/orders_program.h"

namespace verdict {
namespace {

using testing::orders_program;
using testing::TestSlots;

// A Decision in words.
struct Words {
  bool allowed;
  Reason reason;
  std::optional<std::string_view> policy;
  std::optional<std::string_view> rule_id;
  std::optional<std::string_view> message;

  friend bool operator==(const Words&, const Words&) = default;
};

Words words_of(const Decision& decision) {
  return {decision.allowed(), decision.reason(), decision.policy(), decision.rule_id(),
          decision.message()};
}

class DecideTest : public ::testing::Test {
 protected:
  [[nodiscard]] Target route(std::string_view action) const {
    return Target::resolve(*program_, "orders", action);
  }
  [[nodiscard]] Words approve(const TestSlots& slots) const {
    return words_of(decide(*program_, route("approve"), slots.view()));
  }
  [[nodiscard]] std::vector<std::string_view> missing(std::string_view action,
                                                      const TestSlots& slots) const {
    return missing_attributes(*program_, route(action), slots.view(),
                              decide(*program_, route(action), slots.view()));
  }
  // Nobody is suspended and the amount is harmless, unless a test says so.
  [[nodiscard]] TestSlots usual() const {
    TestSlots slots(*program_);
    slots.boolean("ext_suspended", false).number("ctx_amount", 500);
    return slots;
  }

  std::shared_ptr<const Program> program_ = orders_program();
};

using Texts = std::vector<std::string_view>;

Words by_rule(Effect effect, std::string_view policy, std::string_view rule,
              std::optional<std::string_view> message = {}) {
  return {effect == Effect::Allow, Reason::Rule, policy, rule, message};
}

TEST_F(DecideTest, AllowByRuleNamesPolicyAndRule) {
  EXPECT_EQ(approve(usual().text("ext_role", "admin")), by_rule(Effect::Allow, "roles", "admin"));
  EXPECT_EQ(approve(usual().text("ext_role", "owner")),
            by_rule(Effect::Allow, "roles", "senior", "Seniors may."));
}

TEST_F(DecideTest, ASecondPolicyOfTheGroupMayAllow) {
  EXPECT_EQ(approve(usual().text("ext_role", "clerk").number("ctx_amount", 99)),
            by_rule(Effect::Allow, "amounts", "small"));
  EXPECT_FALSE(approve(usual().text("ext_role", "clerk").number("ctx_amount", 100)).allowed);
}

TEST_F(DecideTest, ADenyOfTheGroupOverridesAnAllowOfIt) {
  EXPECT_EQ(approve(usual().text("ext_role", "admin").number("ctx_amount", 10001)),
            by_rule(Effect::Deny, "amounts", "huge"));
}

TEST_F(DecideTest, AnEarlierGroupDecidesFirst) {
  const Words decision = approve(usual().text("ext_role", "admin").boolean("ext_suspended", true));
  EXPECT_EQ(decision, by_rule(Effect::Deny, "guard", "suspended", "This account is suspended."));
}

TEST_F(DecideTest, ADenyThatFiredOnUnknownSaysSo) {
  Words expected{false, Reason::Undecidable, "guard", "suspended", "This account is suspended."};
  EXPECT_EQ(approve(usual().null("ext_suspended").text("ext_role", "admin")), expected);
  EXPECT_EQ(approve(usual().invalid("ext_suspended").text("ext_role", "admin")), expected);
  EXPECT_EQ(missing("approve", usual().null("ext_suspended")), Texts{"ext_suspended"});
  expected = {false, Reason::Undecidable, "amounts", "huge", {}};
  EXPECT_EQ(approve(usual().null("ctx_amount").text("ext_role", "admin")), expected);
  EXPECT_EQ(missing("approve", usual().null("ctx_amount").text("ext_role", "admin")),
            Texts{"ctx_amount"});
}

TEST_F(DecideTest, WithoutAFiredRuleTheFirstPolicyOfThatDefaultAnswers) {
  const Words expected{false, Reason::Default, "guard", {}, {}};
  EXPECT_EQ(approve(usual().text("ext_role", "stranger")), expected);
  EXPECT_EQ(approve(usual().null("ext_role")), expected);
}

TEST_F(DecideTest, MissingOfADefaultDenyIsWhatKeptAllowRulesFromFiring) {
  EXPECT_EQ(missing("approve", usual().null("ext_role")), Texts{"ext_role"});
  EXPECT_EQ(missing("approve", usual().text("ext_role", "stranger")), Texts{});
  EXPECT_EQ(missing("approve", usual().text("ext_role", "admin")), Texts{})
      << "an Allow lacks nothing";
}

TEST_F(DecideTest, ADefaultMayAllow) {
  EXPECT_EQ(
      words_of(decide(*program_, route("retrieve"), usual().text("ext_role", "clerk").view())),
      (Words{true, Reason::Default, "open", {}, {}}));
  EXPECT_EQ(
      words_of(decide(*program_, route("retrieve"), usual().text("ext_role", "guest").view())),
      by_rule(Effect::Deny, "open", "guests"));
  EXPECT_EQ(words_of(decide(*program_, route("retrieve"), usual().null("ext_role").view())),
            (Words{false, Reason::Undecidable, "open", "guests", {}}));
}

TEST_F(DecideTest, WhatIsNotThereIsDenied) {
  const TestSlots slots = usual();
  const auto ask = [&](std::string_view resource, std::string_view action) {
    return decide(*program_, Target::resolve(*program_, resource, action), slots.view());
  };
  EXPECT_EQ(ask("invoices", "approve"), deny(Reason::ResourceNotFound));
  EXPECT_EQ(ask("", ""), deny(Reason::ResourceNotFound));
  EXPECT_EQ(ask("Orders", "approve"), deny(Reason::ResourceNotFound));
  EXPECT_EQ(ask("admin", "approve"), deny(Reason::ResourceNotFound))
      << "in the pool, but no resource";
  EXPECT_EQ(ask("orders", "explode"), deny(Reason::ActionNotFound));
  EXPECT_EQ(ask("orders", "admin"), deny(Reason::ActionNotFound)) << "in the pool, but no action";
  EXPECT_EQ(ask("users", "approve"), deny(Reason::ActionNotFound))
      << "an action of another resource";
  EXPECT_EQ(ask("orders", "delete"), deny(Reason::NoPolicy));
  for (const Reason reason : {Reason::ResourceNotFound, Reason::ActionNotFound, Reason::NoPolicy}) {
    const Decision decision = deny(reason);
    EXPECT_FALSE(decision.allowed());
    EXPECT_FALSE(decision.policy() || decision.rule_id() || decision.message());
  }
}

TEST_F(DecideTest, NothingIsMissingWhereNoPolicyRan) {
  const TestSlots slots(*program_);
  EXPECT_EQ(missing("delete", slots), Texts{});
  EXPECT_EQ(missing("explode", slots), Texts{});
}

TEST_F(DecideTest, APolicyCanBeAskedByItsName) {
  const auto ask = [this](std::string_view policy, const TestSlots& slots) {
    return words_of(
        decide(*program_, Target::resolve_policy(*program_, policy).value(), slots.view()));
  };
  EXPECT_EQ(ask("roles", usual().text("ext_role", "admin")),
            by_rule(Effect::Allow, "roles", "admin"));
  EXPECT_EQ(ask("roles", usual().text("ext_role", "clerk")),
            (Words{false, Reason::Default, "roles", {}, {}}));
  EXPECT_EQ(ask("spare", usual()), (Words{true, Reason::Default, "spare", {}, {}}));
  EXPECT_EQ(Target::resolve_policy(*program_, "nobody"), std::nullopt);
  EXPECT_EQ(Target::resolve_policy(*program_, "admin"), std::nullopt)
      << "in the pool, but no policy";
  const Target roles = Target::resolve_policy(*program_, "roles").value();
  const TestSlots slots = usual();
  EXPECT_EQ(
      missing_attributes(*program_, roles, slots.view(), decide(*program_, roles, slots.view())),
      Texts{"ext_role"});
}

TEST_F(DecideTest, ATargetKnowsItsPoliciesAndItsResource) {
  EXPECT_EQ(route("approve").policies(*program_),
            (std::vector{PolicyId(0), PolicyId(1), PolicyId(2)}));
  EXPECT_EQ(route("delete").policies(*program_), std::vector<PolicyId>{});
  EXPECT_EQ(route("explode").policies(*program_), std::vector<PolicyId>{});
  EXPECT_EQ(Target::resolve_policy(*program_, "spare").value().policies(*program_),
            std::vector{PolicyId(4)});
  EXPECT_EQ(route("approve").resource(), ResourceId(0));
  EXPECT_EQ(route("explode").resource(), ResourceId(0));
  EXPECT_EQ(Target::resolve(*program_, "invoices", "approve").resource(), std::nullopt);
  EXPECT_TRUE(route("approve").has_policy());
  EXPECT_FALSE(route("delete").has_policy());
}

TEST(DecisionTest, BeginsWithDeny) {
  EXPECT_FALSE(Decision().allowed());
  EXPECT_EQ(Decision().reason(), Reason::NoPolicy);
}

// Programs and logs read these.
TEST(ReasonTest, SpellingsAreStable) {
  const std::vector<std::pair<Reason, std::string_view>> spellings = {
      {Reason::Rule, "rule"},
      {Reason::Undecidable, "undecidable"},
      {Reason::Default, "default"},
      {Reason::NoPolicy, "no_policy"},
      {Reason::ResourceNotFound, "resource_not_found"},
      {Reason::ActionNotFound, "action_not_found"},
      {Reason::TokenInvalid, "token_invalid"},
      {Reason::ContextInvalid, "context_invalid"},
  };
  for (const auto& [reason, spelling] : spellings) EXPECT_EQ(spelling_of(reason), spelling);
}

}  // namespace
}  // namespace verdict
