#include "compiler/policyc/workbench/batch.h"

#include <algorithm>
#include <array>

#include "compiler/diag/emitter.h"
#include "compiler/policyc/workbench/json_copy.h"
#include "compiler/policyc/workbench/report.h"
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

constexpr std::array<std::string_view, 9> kKeys = {
    "id", "claims", "resource", "action", "policy", "context", "now", "provider", "ip"};

Unexpected<LineError> refuse(std::string message) {
  return Unexpected(LineError{std::move(message)});
}

class LineReader {
 public:
  LineReader(const compiler::Sources& sources, const JsonNode& line, const BatchOptions& options)
      : sources_(sources), line_(line) {
    question_.now = options.now;
    question_.vouching = options.vouching;
  }

  Expected<Question, LineError> read() {
    if (!line_.is(JsonKind::Object))
      return refuse("the line is " + std::string(describe(line_.kind())) + ", not an object");
    VERDICT_TRY(check_keys());
    std::optional<std::string_view> claims;
    VERDICT_TRY(read_object("claims", claims));
    if (!claims) return refuse("the line lacks `claims`");
    question_.claims = *claims;
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

 private:
  Expected<void, LineError> check_keys() {
    for (const JsonMember& member : line_.members()) {
      if (std::find(kKeys.begin(), kKeys.end(), member.key) == kKeys.end()) {
        return refuse("unknown key `" + std::string(member.key) + "`");
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
  Question question_;
};

JsonValue denied_for_error(const JsonNode* id, std::string message) {
  JsonValue json = JsonValue::object();
  json.set("id", id == nullptr ? JsonValue() : copy(*id))
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

}  // namespace

std::string answer_line(const ProgramState& program, std::string_view line,
                        const BatchOptions& options) {
  compiler::Sources sources;
  compiler::CollectingConsumer consumer;
  compiler::Emitter emitter(consumer);
  const compiler::FileId file =
      sources.add("<line>", std::string(line), {}, compiler::Quoting::Forbidden);
  const std::optional<compiler::JsonDocument> document = read_json(sources, file, emitter);
  if (!document)
    return denied_for_error(nullptr, first_problem(consumer.diagnostics, sources)).line();
  const JsonMember* id_member = document->root().find("id");
  const JsonNode* id = id_member == nullptr ? nullptr : id_member->value;
  if (emitter.has_errors())
    return denied_for_error(id, first_problem(consumer.diagnostics, sources)).line();
  auto question = LineReader(sources, document->root(), options).read();
  if (!question) return denied_for_error(id, question.error().message).line();
  const auto answered = answer(program, *question);
  if (!answered) return denied_for_error(id, answered.error().message).line();
  return to_json(*answered, id == nullptr ? JsonValue() : copy(*id)).line();
}

}  // namespace verdict::policyc
