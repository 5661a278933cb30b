#include "tests/differential/trial.h"

#include "tests/differential/generate.h"

namespace verdict::differential {
namespace {

// What was asked when the two sides differed.
struct Question {
  std::string args;  // of `policyc eval`
  std::size_t resource = 0;
};

class Trial {
 public:
  Trial(std::uint64_t seed, Statistics& statistics)
      : seed_(seed),
        random_(seed),
        statistics_(statistics),
        workspace_(generate_workspace(random_)),
        text_(to_json(workspace_)) {}

  std::optional<std::string> run(std::size_t num_requests) {
    compiled_ = compile(text_);
    if (!compiled_.problem.empty()) return describe_files() + "--- problem\n" + compiled_.problem;
    statistics_.count_policies(workspace_.policies.size());
    for (std::size_t i = 0; i < num_requests && !failure_; ++i)
      compare_request(generate_request(random_, workspace_));
    return failure_;
  }

 private:
  void compare_request(const Request& request) {
    const ParsedJson claims(request.claims.json);
    if (!claims.is_good()) return fail(request, {"claims are no JSON", 0}, {}, {});
    for (std::size_t i = 0; i < workspace_.resources.size() && !failure_; ++i) {
      const ParsedJson context(request.contexts[i].json);
      if (!context.is_good()) return fail(request, {"context is no JSON", i}, {}, {});
      compare_resource(request, i, claims, context);
    }
  }

  void compare_resource(const Request& request, std::size_t index, const ParsedJson& claims,
                        const ParsedJson& context) {
    BoundRequest bound(*compiled_.program, workspace_, request, index, claims, context);
    compare_refused(request, index, request.claims.refused, bound.refused_claim);
    compare_refused(request, index, request.contexts[index].refused, bound.refused_context);
    const Values values = request.values(workspace_, index);
    statistics_.count_tests(workspace_, values);
    if (index == 0) compare_policies(request, values, bound.slots());
    const Resource& resource = workspace_.resources[index];
    for (const std::string& action : resource.actions) {
      compare_route(request, index, resource.name, action, values, bound);
      if (request.time && random_.chance(25)) compare_answer(request, index, action, values);
    }
    if (random_.chance(5)) compare_route(request, index, resource.name, "unknown", values, bound);
    if (random_.chance(5)) compare_route(request, index, "unknown", "read", values, bound);
  }

  // A required attribute that is null or invalid refuses the request before any policy; the slots
  // are compared all the same.
  void compare_refused(const Request& request, std::size_t index,
                       const std::optional<std::string>& expected,
                       const std::optional<std::string>& found) {
    const auto decision = [](const std::optional<std::string>& refused) {
      return Decision{Effect::Deny,
                      refused ? "refused" : "not refused",
                      std::nullopt,
                      std::nullopt,
                      {refused.value_or("")}};
    };
    if (expected != found && !failure_)
      fail(request, {"binding", index}, decision(expected), decision(found));
  }

  void compare_policies(const Request& request, const Values& values, const SlotView& slots) {
    for (const Policy& policy : workspace_.policies) {
      const Decision expected = decide_policy(compiled_.module, policy.name, values).value();
      const Decision found = decide_policy_with_vm(*compiled_.program, policy.name, slots).value();
      compare(request, {"--policy " + policy.name, 0}, expected, found);
    }
  }

  void compare_route(const Request& request, std::size_t index, const std::string& resource,
                     const std::string& action, const Values& values, BoundRequest& bound) {
    bound.set_route(resource, action);
    const Decision expected = decide(compiled_.module, resource, action, values);
    const Decision found = decide_with_vm(*compiled_.program, resource, action, bound.slots());
    compare(request, {"--resource " + resource + " --action " + action, index}, expected, found);
  }

  // The same through what `policyc eval` calls, refusals included: of the token first, then, where
  // a policy would be asked, of the context.
  void compare_answer(const Request& request, std::size_t index, const std::string& action,
                      const Values& values) {
    const std::string& resource = workspace_.resources[index].name;
    Decision expected = decide(compiled_.module, resource, action, values);
    if (request.contexts[index].refused && expected.policy) expected = deny("context_invalid");
    if (request.claims.refused) expected = deny("token_invalid");
    const Decision found =
        answer_of_tool(*compiled_.state, request, workspace_.providers[request.provider].name,
                       {resource, action}, request.contexts[index].json);
    compare(request, {"--resource " + resource + " --action " + action, index}, expected, found);
  }
  static Decision deny(std::string reason) {
    return {Effect::Deny, std::move(reason), std::nullopt, std::nullopt, {}};
  }

  void compare(const Request& request, const Question& question, const Decision& expected,
               const Decision& found) {
    statistics_.count_decision(expected);
    if (expected != found && !failure_) fail(request, question, expected, found);
  }

  void fail(const Request& request, const Question& question, const Decision& expected,
            const Decision& found) {
    failure_ = describe_files() + "--- claims.json\n" + request.claims.json +
               "\n--- context.json\n" + request.contexts[question.resource].json +
               "\n--- args\neval app.vbc --claims claims.json --context context.json --provider " +
               workspace_.providers[request.provider].name + " " + question.args +
               " --format json\n--- expected\n" + to_text(expected) + "\n--- found\n" +
               to_text(found) + "\n";
  }

  [[nodiscard]] std::string describe_files() const {
    std::string text = "--- seed\n" + std::to_string(seed_) + "\n";
    for (const auto* files :
         {&text_.providers, &text_.policies, &text_.resources, &text_.permissions}) {
      for (const File& file : *files) text += "--- " + file.name + "\n" + file.text;
    }
    return text;
  }

  std::uint64_t seed_;
  Random random_;
  Statistics& statistics_;
  Workspace workspace_;
  WorkspaceText text_;
  Compiled compiled_;
  std::optional<std::string> failure_;
};

}  // namespace

std::optional<std::string> run_trial(std::uint64_t seed, std::size_t num_requests,
                                     Statistics& statistics) {
  return Trial(seed, statistics).run(num_requests);
}

std::string to_text(const Decision& decision) {
  std::string text(spelling_of(decision.effect));
  text += " reason=" + decision.reason + " policy=" + decision.policy.value_or("null") +
          " rule_id=" + decision.rule_id.value_or("null") + " missing=[";
  for (const std::string& name : decision.missing) text += (text.back() == '[' ? "" : ", ") + name;
  return text + "]";
}

}  // namespace verdict::differential
