#include "compiler/policyc/workbench/question.h"

#include <algorithm>
#include <unordered_map>

#include "compiler/policyc/workbench/attributes.h"
#include "compiler/policyc/workbench/not_found.h"
#include "compiler/source/secrets.h"
#include "runtime/json/reader.h"
#include "runtime/jwt/claims.h"
#include "vm/base/text.h"

namespace verdict::policyc {
namespace {

Unexpected<QuestionError> refuse(std::string message) {
  return Unexpected(QuestionError{std::move(message)});
}

class Asking {
 public:
  Asking(const ProgramState& state, const Question& question)
      : state_(state),
        program_(*state.program),
        view_(program_.view()),
        question_(question),
        slots_(program_) {}

  Expected<Answer, QuestionError> ask() {
    VERDICT_TRY(find_target());
    const auto tree = claims_reader_.read(question_.claims);
    if (!tree) return refused_answer(malformed("the claims: " + std::string(tree.error().message)));
    claims_ = JsonRef(**tree);
    if (!claims_.is(ClaimKind::Object))
      return refused_answer(malformed("the claims are no JSON object"));
    VERDICT_TRY(find_provider());
    if (!refused_) refused_ = check_claims();
    if (refused_) return refused_bare_claims();
    if (bind_claims() && bind_context()) decide_and_explain();
    if (question_.tells_attributes) tell_attributes();
    return std::move(answer_);
  }

 private:
  [[nodiscard]] Answer refused_bare_claims() const {
    Answer answer = refused_answer(*refused_);
    if (question_.vouching == Vouching::Asker) return answer;
    answer.remarks.emplace_back(
        "claims are checked as those of a token are; --unchecked says that you have done so");
    return answer;
  }

  static TokenError malformed(std::string detail) {
    return {TokenCause::Malformed, std::move(detail)};
  }

  Expected<void, QuestionError> find_target() {
    if (!question_.policy) {
      target_ = Target::resolve(program_, *question_.resource, *question_.action);
      return {};
    }
    const std::optional<Target> target = Target::resolve_policy(program_, *question_.policy);
    if (!target) return refuse(describe_missing_policy(view_, *question_.policy));
    target_ = *target;
    return {};
  }

  // What an engine would hold against the claims.
  [[nodiscard]] std::optional<TokenError> check_claims() const {
    if (question_.vouching == Vouching::Token) return std::nullopt;
    const TokenSettings& provider = state_.providers[provider_->index()];
    const auto validity = question_.vouching == Vouching::Asker
                              ? check_nothing(claims_, provider, question_.now)
                              : check_bare_claims(claims_, provider, question_.now);
    return validity ? std::nullopt : std::optional(validity.error());
  }

  Expected<void, QuestionError> find_provider() {
    if (question_.provider) {
      provider_ = program_.find_provider(*question_.provider);
      if (!provider_) return refuse(describe_missing_provider(view_, *question_.provider));
    } else if (view_.Providers.size() == 1) {
      provider_ = ProviderId(0);
    } else if (claims_.find("iss")) {
      find_issuer();
    } else {
      return refuse(
          "the program has several providers, and the claims have no `iss`; name one with "
          "--provider");
    }
    return {};
  }

  void find_issuer() {
    const auto found = verdict::find_provider(claims_, state_.providers);
    if (found) provider_ = state_.id_of(**found);
    if (!found) refused_ = found.error();
  }

  // False where a required claim refuses the token.
  bool bind_claims() {
    const ProviderRecord& provider = view_.Providers[provider_->index()];
    const auto refused =
        bind_mappings(program_, provider.first_mapping, provider.num_mappings, claims_, slots_);
    if (refused) return deny_for(Reason::TokenInvalid, "required_claim_missing", *refused);
    RequestValues request;
    if (question_.resource) request.resource = *question_.resource;
    if (question_.action) request.action = *question_.action;
    request.provider = view_.string(provider.name);
    request.time = question_.now;
    request.ip = question_.ip;
    bind_request(program_, request, slots_);
    return true;
  }

  // The resource whose context counts: the one asked for, else the first that the policy is
  // attached to.
  [[nodiscard]] std::optional<ResourceId> context_resource() const {
    if (target_.resource() || !question_.policy) return target_.resource();
    const PolicyId policy = target_.policies(program_).front();
    for (std::uint32_t i = 0; i < view_.Resources.size(); ++i) {
      const ResourceRecord& resource = view_.Resources[i];
      for (const RouteRecord& route :
           view_.Routes.subspan(resource.first_route, resource.num_routes)) {
        const auto permissions =
            view_.Permissions.subspan(route.first_permission, route.num_permissions);
        const bool is_attached =
            std::any_of(permissions.begin(), permissions.end(),
                        [policy](const PermissionRecord& p) { return p.policy == policy.value(); });
        if (is_attached) return ResourceId(i);
      }
    }
    return std::nullopt;
  }

  // False where the context refuses the request. A question for a policy by its name requires
  // nothing of it, but it must be one, whether or not the program reads it.
  bool bind_context() {
    if (!target_.has_policy()) return true;
    const auto tree = context_reader_.read(question_.context.value_or("{}"));
    if (!tree)
      return deny_for(Reason::ContextInvalid, "the context " + std::string(tree.error().message));
    const JsonRef context(**tree);
    if (!context.is(ClaimKind::Object))
      return deny_for(Reason::ContextInvalid, "the context is no JSON object");
    const std::optional<ResourceId> resource = context_resource();
    if (!resource) return true;
    bound_resource_ = resource;
    const ResourceRecord& record = view_.Resources[resource->index()];
    const auto refused =
        bind_mappings(program_, record.first_mapping, record.num_mappings, context, slots_);
    if (refused && !question_.policy)
      return deny_for(Reason::ContextInvalid, "required_context_missing", *refused);
    return true;
  }

  bool deny_for(Reason reason, std::string cause) {
    answer_.decision = deny(reason);
    answer_.cause = std::move(cause);
    return false;
  }
  bool deny_for(Reason reason, std::string_view cause, AttributeId attribute) {
    answer_.remarks.push_back(remark(attribute));
    return deny_for(reason, std::string(cause) + ": " + std::string(name_of(attribute)));
  }

  void decide_and_explain() {
    answer_.decision = decide(program_, target_, slots_.view());
    if (!target_.has_policy())
      answer_.cause = describe_unanswered(view_, question_, answer_.decision.reason());
    answer_.missing = missing_attributes(program_, target_, slots_.view(), answer_.decision);
    if (answer_.missing.empty()) return;
    std::unordered_map<std::string_view, AttributeId> attributes;
    for (std::uint32_t i = 0; i < view_.Attributes.size(); ++i)
      attributes.emplace(name_of(AttributeId(i)), AttributeId(i));
    for (const std::string_view name : answer_.missing)
      answer_.remarks.push_back(remark(attributes.at(name)));
  }

  // Of the provider, and of the resource whose context has been bound.
  void tell_attributes() {
    const ProviderRecord& provider = view_.Providers[provider_->index()];
    tell_attributes(provider.first_mapping, provider.num_mappings);
    if (!bound_resource_) return;
    const ResourceRecord& resource = view_.Resources[bound_resource_->index()];
    tell_attributes(resource.first_mapping, resource.num_mappings);
  }
  void tell_attributes(std::uint32_t first, std::uint32_t count) {
    for (const MappingRecord& mapping : view_.Mappings.subspan(first, count))
      answer_.attributes.push_back(describe_attribute(view_, mapping, slots_));
  }

  [[nodiscard]] std::string_view name_of(AttributeId attribute) const {
    return view_.string(view_.Attributes[attribute.index()].name);
  }

  [[nodiscard]] std::string remark(AttributeId attribute) const {
    std::string text = quoted(name_of(attribute));
    switch (slots_.origin(attribute)) {
      case Origin::Absent:
        return text + " is absent";
      case Origin::Null:
        return text + " is null";
      case Origin::Invalid:
        return text + " is invalid: " + slots_.describe_invalid(attribute);
      case Origin::Value:
      case Origin::Transformed:
      case Origin::Default:
        break;
    }
    return text + " is there";
  }

  const ProgramState& state_;
  const Program& program_;
  const ProgramView& view_;
  const Question& question_;
  JsonReader claims_reader_;
  JsonReader context_reader_;
  JsonRef claims_;
  Slots slots_;
  Target target_;
  std::optional<ProviderId> provider_;
  std::optional<ResourceId> bound_resource_;
  std::optional<TokenError> refused_;
  Answer answer_;
};

std::string subject(const Decision& decision) {
  if (decision.rule_id())
    return "rule " + quoted(*decision.rule_id()) + " of policy " + quoted(*decision.policy());
  if (decision.policy()) return "no rule fired, default of policy " + quoted(*decision.policy());
  return {};
}

// Whether what is told of an attribute begins with that.
bool is_told(const Answer& answer, std::string_view remark) {
  return std::any_of(
      answer.attributes.begin(), answer.attributes.end(),
      [remark](const std::string& attribute) { return attribute.starts_with(remark); });
}

}  // namespace

Expected<Answer, QuestionError> answer(const ProgramState& program, const Question& question) {
  return Asking(program, question).ask();
}

Answer refused_answer(const TokenError& error) {
  Answer answer;
  answer.decision = deny(Reason::TokenInvalid);
  answer.cause =
      compiler::conceal_tokens(std::string(spelling_of(error.cause)) + ": " + error.detail);
  return answer;
}

std::vector<std::pair<std::string_view, JsonValue>> members_of(const Answer& answer) {
  JsonValue missing = JsonValue::array();
  for (const std::string_view name : answer.missing) missing.push(name);
  const Decision& decision = answer.decision;
  std::vector<std::pair<std::string_view, JsonValue>> members;
  members.emplace_back("allowed", decision.allowed());
  members.emplace_back("decision", spelling_of(decision.allowed() ? Effect::Allow : Effect::Deny));
  members.emplace_back("reason", spelling_of(decision.reason()));
  members.emplace_back("policy", decision.policy());
  members.emplace_back("rule_id", decision.rule_id());
  members.emplace_back("missing", std::move(missing));
  members.emplace_back("message", decision.message());
  if (!answer.cause.empty()) members.emplace_back("cause", answer.cause);
  return members;
}

JsonValue to_json(const Answer& answer) {
  JsonValue json = JsonValue::object();
  for (auto& [key, value] : members_of(answer)) json.set(key, std::move(value));
  return json;
}

std::string to_text(const Answer& answer) {
  const Decision& decision = answer.decision;
  std::string text = decision.allowed() ? "Allow" : "Deny";
  text += "  " + std::string(spelling_of(decision.reason()));
  if (const std::string what = subject(decision); !what.empty()) text += ": " + what;
  if (!answer.cause.empty()) text += ": " + escape_for_display(answer.cause);
  text += "\n";
  for (const std::string& remark : answer.remarks) {
    if (!is_told(answer, remark)) text += "  " + escape_for_display(remark) + "\n";
  }
  for (const std::string& attribute : answer.attributes) text += "  " + attribute + "\n";
  if (decision.message()) text += "  message: " + escape_for_display(*decision.message()) + "\n";
  return text;
}

}  // namespace verdict::policyc
