// Laws that relate decisions to each other, held against the VM alone: no second evaluator is
// asked.
#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "tests/differential/generate.h"
#include "tests/differential/request.h"
#include "tests/differential/trial.h"
#include "tests/support/budget.h"

namespace verdict::differential {
namespace {

using compiler::reference::Invalid;
using compiler::reference::Null;

// A policy by its name, or a resource and action.
struct Asked {
  std::string policy;
  std::string resource;
  std::string action;
  std::vector<std::size_t> policies;  // in question
};

std::vector<Asked> everything(const Workspace& workspace) {
  std::vector<Asked> all;
  for (std::size_t i = 0; i < workspace.policies.size(); ++i)
    all.push_back({workspace.policies[i].name, {}, {}, {i}});
  for (std::size_t i = 0; i < workspace.resources.size(); ++i) {
    for (const std::string& action : workspace.resources[i].actions) {
      Asked asked{{}, workspace.resources[i].name, action, {}};
      for (const Permission& permission : workspace.permissions) {
        const bool is_attached =
            std::count(permission.actions.begin(), permission.actions.end(), action) > 0;
        if (permission.resource == i && is_attached) asked.policies.push_back(permission.policy);
      }
      all.push_back(std::move(asked));
    }
  }
  return all;
}

Decision decide_asked(const Program& program, const Asked& asked, const Values& values) {
  const Slots slots = fill(program, values);
  if (asked.policy.empty())
    return decide_with_vm(program, asked.resource, asked.action, slots.view());
  return decide_policy_with_vm(program, asked.policy, slots.view()).value();
}

Values pick_values(Random& random, const Workspace& workspace) {
  Values values;
  for (const Attribute& attribute : workspace.attributes)
    values[attribute.full_name()] = pick_value(random, attribute);
  return values;
}

std::string describe(const Workspace& workspace, const Asked& asked, const Values& values,
                     const Decision& before, const Decision& after) {
  std::string text = asked.policy + " " + asked.resource + " " + asked.action + ": " +
                     to_text(before) + ", then " + to_text(after);
  for (const auto& [name, value] : values)
    text += "\n" + name + " is alternative " + std::to_string(value.index());
  const WorkspaceText files = to_json(workspace);
  for (const auto* group :
       {&files.providers, &files.policies, &files.resources, &files.permissions}) {
    for (const File& file : *group) text += "\n--- " + file.name + "\n" + file.text;
  }
  return text;
}

// Attributes of which a policy in question says what their null is.
std::set<std::size_t> asked_for_null(const Workspace& workspace, const Asked& asked) {
  std::set<std::size_t> attributes;
  for (const std::size_t policy : asked.policies) {
    for (const Rule& rule : workspace.policies[policy].rules) {
      for_each_test(rule.conditions, [&](const Condition& test) {
        if (test.answers_for_null()) attributes.insert(test.attribute);
      });
    }
  }
  return attributes;
}

// Design 3: (a) invalid slots become any value or null, (b) null slots that no test for null reads
// become any value.
Values learn_more(Random& random, const Workspace& workspace, const Asked& asked, Values values) {
  const std::set<std::size_t> kept_null = asked_for_null(workspace, asked);
  for (std::size_t i = 0; i < workspace.attributes.size(); ++i) {
    const Attribute& attribute = workspace.attributes[i];
    Value& value = values[attribute.full_name()];
    const bool may_change = std::holds_alternative<Invalid>(value) ||
                            (std::holds_alternative<Null>(value) && !kept_null.contains(i));
    if (!may_change || random.chance(30)) continue;
    const bool was_null = std::holds_alternative<Null>(value);
    do {
      value = pick_value(random, attribute);
    } while (std::holds_alternative<Invalid>(value) ||
             (was_null && std::holds_alternative<Null>(value)));
  }
  return values;
}

TEST(Metamorphic, UnknownNeverGrants) {
  Random random(1);
  std::size_t num_changes = 0;
  for (std::uint64_t trial = 0; trial < testing::scaled(1500); ++trial) {
    const Workspace workspace = generate_workspace(random);
    const Compiled compiled = compile(to_json(workspace));
    ASSERT_EQ(compiled.problem, "");
    for (int request = 0; request < 12; ++request) {
      const Values values = pick_values(random, workspace);
      for (const Asked& asked : everything(workspace)) {
        const Decision before = decide_asked(*compiled.program, asked, values);
        if (before.effect == Effect::Deny) continue;
        for (int i = 0; i < 4; ++i) {
          const Values more = learn_more(random, workspace, asked, values);
          const Decision after = decide_asked(*compiled.program, asked, more);
          ASSERT_EQ(after.effect, Effect::Allow) << describe(workspace, asked, more, before, after);
          num_changes += more == values ? 0U : 1U;
        }
      }
    }
  }
  EXPECT_GT(num_changes, testing::scaled(50000));
}

// Two workspaces that differ as `change` says, asked the same.
template <class Change, class Check>
void compare_changed(std::uint64_t seed, const Change& change, const Check& check) {
  Random random(seed);
  std::size_t num_compared = 0;
  for (std::uint64_t trial = 0; trial < testing::scaled(1500); ++trial) {
    const Workspace workspace = generate_workspace(random);
    Workspace changed = workspace;
    if (!change(random, changed)) continue;
    const Compiled first = compile(to_json(workspace));
    const Compiled second = compile(to_json(changed));
    ASSERT_EQ(first.problem + second.problem, "");
    for (int request = 0; request < 8; ++request) {
      const Values values = pick_values(random, workspace);
      for (const Asked& asked : everything(workspace)) {
        const Decision before = decide_asked(*first.program, asked, values);
        const Decision after = decide_asked(*second.program, asked, values);
        ASSERT_TRUE(check(before, after)) << describe(changed, asked, values, before, after);
        ++num_compared;
      }
    }
  }
  EXPECT_GT(num_compared, testing::scaled(20000));
}

TEST(Metamorphic, OrderOfRulesDoesNotMatter) {
  const auto shuffle = [](Random& random, Workspace& workspace) {
    for (Policy& policy : workspace.policies) random.shuffle(policy.rules);
    return true;
  };
  compare_changed(2, shuffle, [](const Decision& before, const Decision& after) {
    const bool is_same_sort = before.rule_id.has_value() == after.rule_id.has_value();
    return before.effect == after.effect && before.policy == after.policy && is_same_sort;
  });
}

// A rule over any attribute can only be added where each resource declares all context.
bool declares_all_context(const Workspace& workspace) {
  for (std::size_t i = 0; i < workspace.attributes.size(); ++i) {
    if (workspace.attributes[i].source != AttributeSource::Context) continue;
    for (const Resource& resource : workspace.resources) {
      const auto is_it = [i](const Mapping& mapping) { return mapping.attribute == i; };
      if (std::none_of(resource.mappings.begin(), resource.mappings.end(), is_it)) return false;
    }
  }
  return true;
}

auto add_rule(Effect effect) {
  return [effect](Random& random, Workspace& workspace) {
    if (!declares_all_context(workspace)) return false;
    std::vector<Rule>& rules = workspace.policies[random.below(workspace.policies.size())].rules;
    Rule rule = ConditionGenerator(random, workspace.attributes).make_rule("added", effect);
    rules.insert(rules.begin() + static_cast<std::ptrdiff_t>(random.below(rules.size() + 1)),
                 std::move(rule));
    return true;
  };
}

TEST(Metamorphic, DenyRuleNeverAllows) {
  compare_changed(3, add_rule(Effect::Deny), [](const Decision& before, const Decision& after) {
    return before.effect == Effect::Allow || after.effect == Effect::Deny;
  });
}

TEST(Metamorphic, AllowRuleNeverDenies) {
  compare_changed(4, add_rule(Effect::Allow), [](const Decision& before, const Decision& after) {
    return before.effect == Effect::Deny || after.effect == Effect::Allow;
  });
}

}  // namespace
}  // namespace verdict::differential
