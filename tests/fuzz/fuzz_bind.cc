// Bytes as a token's claims to a decision, on one fixed program that has a mapping of every kind
// and form. Whatever they are: no crash, Allow only for a reason that can allow, and what is
// missing is named.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "compiler/driver/compile.h"
#include "compiler/policyc/workbench/batch.h"
#include "compiler/policyc/workbench/question.h"
#include "runtime/engine/decide.h"
#include "vm/base/check.h"

namespace verdict {
namespace {

constexpr std::string_view kProvider = R"([
  { "jwtPath": "s", "attribute": "s", "type": "string" },
  { "jwtPath": "d", "attribute": "d", "type": "string", "defaultValue": "x" },
  { "jwtPath": "n", "attribute": "n", "type": "number" },
  { "jwtPath": "b", "attribute": "b", "type": "boolean" },
  { "jwtPath": "t", "attribute": "t", "type": "timestamp" },
  { "jwtPath": "i", "attribute": "i", "type": "ip" },
  { "jwtPath": "e", "attribute": "e", "values": ["free", "team"] },
  { "jwtPath": "l", "attribute": "l", "type": "string_list" },
  { "jwtPath": "k", "attribute": "k", "type": "number_list" },
  { "jwtPath": "p", "attribute": "p" },
  { "jwtPath": "a.b", "attribute": "dotted", "type": "string" },
  { "jwtPath": "m[1].x", "attribute": "indexed", "type": "string" },
  { "jwtPath": "m[*].x", "attribute": "each", "type": "string_list" },
  { "jwtPath": "[\"q.r\"]", "attribute": "quoted", "type": "number" },
  { "jwtPath": "o", "attribute": "packed", "transform": ["clerk_permissions"] },
  { "jwtPath": "s", "attribute": "clean", "type": "string", "transform": ["trim", "lower", { "strip_prefix": "x" }] },
  { "jwtPath": "l", "attribute": "words", "transform": ["split_space", "lower"] },
  { "jwtPath": "m[*].x", "attribute": "parts", "transform": ["split_comma", { "strip_prefix": "a" }] },
  { "jwtPath": "o", "attribute": "names", "transform": ["keys"] },
  { "jwtPath": "n", "attribute": "level", "transform": ["to_number"] },
  { "jwtPath": "t", "attribute": "since", "transform": ["to_timestamp"] },
  { "jwtPath": "a.b", "attribute": "domain", "type": "string", "transform": ["email_domain"] },
  { "jwtPath": "https://example.com/roles", "attribute": "url", "type": "string_list" }
])";

constexpr std::string_view kPolicy = R"({ "name": "p", "specification": { "rules": [
  { "rule_id": "deny", "effect": "Deny", "conditions": [
    { "any": [ { "function": "string_equal", "attribute": "ext_e", "value": "free" },
               { "function": "is_null", "attribute": "ext_t" },
               { "not": { "function": "number_in", "attribute": "ext_n", "value_attribute": "ext_k" } } ] } ] },
  { "rule_id": "strings", "effect": "Allow", "conditions": [
    { "function": "string_in", "attribute": "ext_s", "values": ["x", "y"] },
    { "function": "string_equal", "attribute": "ext_d", "value_attribute": "ext_indexed" },
    { "function": "list_contains", "attribute": "ext_each", "value_attribute": "ext_dotted" } ] },
  { "rule_id": "others", "effect": "Allow", "conditions": [
    { "function": "boolean_equal", "attribute": "ext_b", "value": true },
    { "function": "number_between", "attribute": "ext_quoted", "values": [-1.5, 9007199254740993] },
    { "function": "list_contains", "attribute": "ext_url", "value": "admin" },
    { "function": "list_not_contains", "attribute": "ext_l", "value": "guest" },
    { "function": "is_not_null", "attribute": "ext_i" },
    { "function": "is_not_null", "attribute": "ext_p" } ] },
  { "rule_id": "transformed", "effect": "Allow", "conditions": [
    { "function": "list_contains", "attribute": "ext_packed", "value": "teams:read" },
    { "function": "string_equal", "attribute": "ext_clean", "value_attribute": "ext_domain" },
    { "function": "list_contains_any", "attribute": "ext_words", "value_attribute": "ext_parts" },
    { "function": "list_contains", "attribute": "ext_names", "value": "per" },
    { "function": "number_greater_than", "attribute": "ext_level", "value": 6 },
    { "function": "timestamp_after", "attribute": "ext_since", "value": 1700000000 } ] }
] } })";

std::shared_ptr<const ProgramState> make_program() {
  compiler::Sources sources;
  compiler::CollectingConsumer consumer;
  compiler::Emitter emitter(consumer);
  const compiler::WorkspaceFiles files = {{sources.add("provider.json", std::string(kProvider))},
                                          {sources.add("policy.json", std::string(kPolicy))},
                                          {},
                                          {}};
  const compiler::Compilation result = compile(sources, files, {}, emitter);
  VERDICT_CHECK(result.bytes.has_value());
  auto program = Program::load(*result.bytes);
  VERDICT_CHECK(program.has_value());
  auto state = make_program_state(std::move(program).value(), {});
  VERDICT_CHECK(state.has_value());
  return std::move(state).value();
}

void check_answer(const policyc::Answer& answer) {
  const Decision& decision = answer.decision;
  VERDICT_CHECK(!decision.allowed() || decision.reason() == Reason::Rule ||
                decision.reason() == Reason::Default);
  VERDICT_CHECK(decision.reason() != Reason::Undecidable || !answer.missing.empty());
  VERDICT_CHECK(!to_text(answer).empty());
}

void ask(const ProgramState& program, std::string_view text) {
  policyc::Question question;
  question.claims = text;
  question.vouching = policyc::Vouching::Asker;
  question.policy = "p";
  question.tells_attributes = true;
  const auto answer = policyc::answer(program, question);
  VERDICT_CHECK(answer.has_value());
  check_answer(*answer);
}

// The same bytes as a line of a batch: one line of JSON comes out.
void ask_as_line(const ProgramState& program, std::string_view text) {
  const std::string line = policyc::answer_line(program, text.substr(0, text.find('\n')), {}).json;
  VERDICT_CHECK(line.find('\n') == std::string::npos);
  VERDICT_CHECK(line.front() == '{' && line.back() == '}');
}

}  // namespace
}  // namespace verdict

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::shared_ptr<const verdict::ProgramState> program = verdict::make_program();
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  verdict::ask(*program, text);
  verdict::ask_as_line(*program, text);
  return 0;
}
