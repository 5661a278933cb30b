#include "compiler/policyc/workbench/batch.h"

#include <algorithm>
#include <array>
#include <span>

#include "compiler/diag/emitter.h"
#include "compiler/diag/suggest.h"
#include "compiler/policyc/workbench/attributes.h"
#include "compiler/policyc/workbench/json_copy.h"
#include "compiler/policyc/workbench/report.h"
#include "compiler/policyc/workbench/tokens.h"
#include "compiler/source/secrets.h"
#include "vm/value/network.h"
#include "vm/value/time.h"

namespace verdict::policyc {
namespace {

using compiler::JsonKind;
using compiler::JsonMember;
using compiler::JsonNode;

// What is wrong with a line, in words.
struct LineError {
  std::string message;
};

constexpr auto kKeys =
    std::to_array<std::string_view>({"id", "token", "claims", "resource", "action", "policy",
                                     "context", "now", "provider", "ip", "expect"});

Unexpected<LineError> refuse(std::string message) {
  return Unexpected(LineError{std::move(message)});
}

std::string describe_key(std::string_view key, std::span<const std::string_view> known) {
  constexpr std::size_t kShown = 64;  // bytes
  const auto nearest = compiler::find_nearest(key, known);
  return quoted(compiler::conceal_tokens(std::string(key.substr(0, kShown)))) +
         (nearest ? ", did you mean " + quoted(*nearest) + "?" : "");
}

class LineReader {
 public:
  LineReader(const compiler::Sources& sources, const JsonNode& line, const BatchOptions& options)
      : sources_(sources), line_(line) {
    question_.now = options.now;
    question_.vouching = options.vouching;
  }

  // The question, its claims yet to be verified where there is a token.
  Expected<Question, LineError> read() {
    if (!line_.is(JsonKind::Object))
      return refuse("the line is " + std::string(describe(line_.kind())) + ", not an object");
    VERDICT_TRY(check_keys());
    VERDICT_TRY(read_claims());
    VERDICT_TRY(read_object("context", question_.context));
    VERDICT_TRY(read_text("resource", question_.resource));
    VERDICT_TRY(read_text("action", question_.action));
    VERDICT_TRY(read_text("policy", question_.policy));
    VERDICT_TRY(read_text("provider", question_.provider));
    VERDICT_TRY(read_now());
    VERDICT_TRY(read_ip());
    const bool asks_route = question_.resource && question_.action && !question_.policy;
    const bool asks_policy = question_.policy && !question_.resource && !question_.action;
    if (!asks_route && !asks_policy)
      return refuse("the line needs `resource` and `action`, or `policy` alone");
    return std::move(question_);
  }

  [[nodiscard]] const std::optional<std::string>& token() const { return token_; }

 private:
  Expected<void, LineError> read_claims() {
    std::optional<std::string_view> claims;
    VERDICT_TRY(read_object("claims", claims));
    VERDICT_TRY(read_text("token", token_));
    if (token_.has_value() == claims.has_value())
      return refuse(token_ ? "`claims` stand in place of `token`"
                           : "the line lacks `token`, or `claims`");
    if (token_ && line_.find("provider") != nullptr)
      return refuse("`provider` is about `claims`; a token names its issuer");
    question_.claims = claims.value_or("");
    return {};
  }

  Expected<void, LineError> check_keys() {
    for (const JsonMember& member : line_.members()) {
      if (std::find(kKeys.begin(), kKeys.end(), member.key) == kKeys.end()) {
        return refuse("unknown key " + describe_key(member.key, kKeys));
      }
    }
    return {};
  }

  // The text of an object.
  Expected<void, LineError> read_object(std::string_view key,
                                        std::optional<std::string_view>& text) {
    const JsonMember* member = line_.find(key);
    if (member == nullptr) return {};
    if (!member->value->is(JsonKind::Object))
      return refuse("`" + std::string(key) + "` is no object");
    text = sources_.text(member->value->span());
    return {};
  }

  Expected<void, LineError> read_text(std::string_view key, std::optional<std::string>& text) {
    const JsonMember* member = line_.find(key);
    if (member == nullptr) return {};
    if (!member->value->is(JsonKind::String))
      return refuse("`" + std::string(key) + "` is no string");
    text = std::string(member->value->text());
    return {};
  }

  // RFC 3339, or seconds since 1970.
  Expected<void, LineError> read_now() {
    const JsonMember* member = line_.find("now");
    if (member == nullptr) return {};
    const bool is_text = member->value->is(JsonKind::String);
    const auto now =
        is_text ? parse_rfc3339(member->value->text()) : parse_numeric_date(member->value->text());
    if (!now || (!is_text && !member->value->is(JsonKind::Number)))
      return refuse("`now` is no time");
    question_.now = *now;
    return {};
  }

  Expected<void, LineError> read_ip() {
    std::optional<std::string> text;
    VERDICT_TRY(read_text("ip", text));
    if (!text) return {};
    question_.ip = parse_ip(*text);
    if (!question_.ip) return refuse("`ip` is no IP address");
    return {};
  }

  const compiler::Sources& sources_;
  const JsonNode& line_;
  std::optional<std::string> token_;
  Question question_;
};

JsonValue denied_for_error(JsonValue id, std::string_view message) {
  JsonValue json = JsonValue::object();
  json.set("id", std::move(id))
      .set("allowed", false)
      .set("decision", "Deny")
      .set("reason", JsonValue())
      .set("policy", JsonValue())
      .set("rule_id", JsonValue())
      .set("missing", JsonValue::array())
      .set("message", JsonValue())
      .set("error", message);
  return json;
}

// What differs from `expect`, in words; empty where nothing does.
class Expectation {
 public:
  explicit Expectation(const JsonNode& node) : node_(node) {}

  // What is wrong with the expectation itself.
  [[nodiscard]] std::string problem() const {
    if (node_.is(JsonKind::Object)) return problem_of_members();
    const bool is_decision =
        node_.is(JsonKind::String) && (node_.text() == "Allow" || node_.text() == "Deny");
    return is_decision ? ""
                       : "`expect` is `\"Allow\"`, `\"Deny\"` or an object of the answer's members";
  }

  [[nodiscard]] std::string mismatch(const Answer& answer) const {
    const auto members = members_of(answer);
    if (node_.is(JsonKind::String)) return compare("decision", node_, members);
    std::string text;
    for (const JsonMember& expected : node_.members()) {
      const std::string difference = compare(expected.key, *expected.value, members);
      text += (text.empty() || difference.empty() ? "" : "; ") + difference;
    }
    return text;
  }

 private:
  [[nodiscard]] std::string problem_of_members() const {
    constexpr auto kMembers = std::to_array<std::string_view>(
        {"allowed", "decision", "reason", "policy", "rule_id", "missing", "message", "cause"});
    if (node_.members().empty()) return "`expect` is empty";
    for (const JsonMember& member : node_.members()) {
      if (std::find(kMembers.begin(), kMembers.end(), member.key) == kMembers.end())
        return "`expect`: an answer has no " + describe_key(member.key, kMembers);
    }
    return {};
  }

  using Members = std::vector<std::pair<std::string_view, JsonValue>>;

  static std::string compare(std::string_view key, const JsonNode& expected,
                             const Members& members) {
    const auto found = std::find_if(members.begin(), members.end(),
                                    [key](const auto& member) { return member.first == key; });
    const std::string wanted = copy(expected).line();
    if (found == members.end())
      return expected.is(JsonKind::Null) ? ""
                                         : "there is no " + quoted(key) + ", expected " + wanted;
    const std::string is = found->second.line();
    return is == wanted ? "" : quoted(key) + " is " + is + ", expected " + wanted;
  }

  const JsonNode& node_;
};

class LineAnswerer {
 public:
  LineAnswerer(const ProgramState& program, std::string_view line, const BatchOptions& options)
      : program_(program), options_(options), emitter_(consumer_) {
    const compiler::FileId file =
        sources_.add("<line>", std::string(line), {}, compiler::Quoting::Forbidden);
    document_ = read_json(sources_, file, emitter_);
  }

  LineAnswer answer() {
    if (!document_ || emitter_.has_errors())
      return unreadable(first_problem(consumer_.diagnostics, sources_));
    const JsonMember* expected = document_->root().find("expect");
    if (expected != nullptr) expectation_.emplace(*expected->value);
    if (expectation_ && !expectation_->problem().empty())
      return unreadable(expectation_->problem());
    LineReader reader(sources_, document_->root(), options_);
    auto question = reader.read();
    if (!question) return unreadable(question.error().message);
    return reader.token() ? answer_token(*reader.token(), std::move(*question)) : ask(*question);
  }

 private:
  LineAnswer answer_token(std::string_view token, Question question) {
    const auto verified = verify_claims(token, program_, question.now);
    if (!verified) return finish(refused_answer(verified.error()));
    question.claims = verified->json;
    question.provider = verified->provider;
    question.vouching = Vouching::Token;
    return ask(question);
  }

  LineAnswer ask(const Question& question) {
    auto answered = policyc::answer(program_, question);
    return answered ? finish(*answered) : unreadable(answered.error().message);
  }

  [[nodiscard]] JsonValue id() const {
    const JsonMember* member = document_ ? document_->root().find("id") : nullptr;
    return member == nullptr ? JsonValue() : copy(*member->value);
  }

  [[nodiscard]] LineAnswer unreadable(std::string_view why) const {
    return {denied_for_error(id(), why).line(), LineAnswer::Status::Unreadable,
            expectation_.has_value(), false};
  }

  [[nodiscard]] LineAnswer finish(const Answer& answer) const {
    JsonValue json = JsonValue::object();
    json.set("id", id());
    for (auto& [key, value] : members_of(answer)) json.set(key, std::move(value));
    const std::string mismatch = expectation_ ? expectation_->mismatch(answer) : "";
    if (!mismatch.empty()) json.set("mismatch", compiler::conceal_tokens(mismatch));
    return {json.line(), status_of(answer.decision), expectation_.has_value(), mismatch.empty()};
  }

  static LineAnswer::Status status_of(const Decision& decision) {
    if (decision.allowed()) return LineAnswer::Status::Allowed;
    return decision.reason() == Reason::TokenInvalid ? LineAnswer::Status::TokenRefused
                                                     : LineAnswer::Status::Denied;
  }

  const ProgramState& program_;
  const BatchOptions& options_;
  compiler::Sources sources_;
  compiler::CollectingConsumer consumer_;
  compiler::Emitter emitter_;
  std::optional<compiler::JsonDocument> document_;
  std::optional<Expectation> expectation_;
};

}  // namespace

LineAnswer answer_line(const ProgramState& program, std::string_view line,
                       const BatchOptions& options) {
  return LineAnswerer(program, line, options).answer();
}

}  // namespace verdict::policyc
