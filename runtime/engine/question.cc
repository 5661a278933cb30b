#include "runtime/engine/question.h"

#include "vm/bind/bind.h"
#include "vm/value/network.h"

namespace verdict {
namespace {

// The request's context, an object; nothing where it cannot be read.
std::optional<JsonRef> read_context(const Question& question, JsonReader& reader) {
  const auto tree = reader.read(question.context.json.empty() ? "{}" : question.context.json);
  if (!tree || !JsonRef(**tree).is(ClaimKind::Object)) return std::nullopt;
  return JsonRef(**tree);
}

// False where required context is null or invalid.
bool bind_context(const Question& question, const JsonRef& context, Slots& slots) {
  const std::optional<ResourceId> resource = question.target.resource();
  if (!resource) return true;
  const Program& program = *question.program.program;
  const ResourceRecord& record = program.view().Resources[resource->index()];
  return !bind_mappings(program, record.first_mapping, record.num_mappings, context, slots);
}

void bind_caller(const Question& question, Slots& slots) {
  const Program& program = *question.program.program;
  RequestValues values;
  values.resource = question.resource;
  values.action = question.action;
  values.provider = question.provider.name;
  values.time = question.now;
  values.ip = parse_ip(question.context.ip);
  bind_request(program, values, slots);
  if (values.ip || question.context.ip.empty()) return;
  if (const auto attribute = program.find_attribute("req_ip"))
    slots.set_invalid(*attribute, InvalidReason::NotAnAddress);
}

SlotView claims_of(const Question& question) {
  SlotView view = question.claims.view();
  view.now = question.now;
  return view;
}

// The claims with the request's values beside them; nothing where the context is refused. A program
// that reads nothing of requests needs no copy, and a context only has to be one.
std::optional<SlotView> bind_question(const Question& question, QuestionScratch& scratch) {
  const bool reads_requests = question.program.reads_requests;
  if (!reads_requests && question.context.json.empty()) return claims_of(question);
  const std::optional<JsonRef> context = read_context(question, scratch.context);
  if (!context) return std::nullopt;
  if (!reads_requests) return claims_of(question);
  if (!scratch.slots) scratch.slots.emplace(*question.program.program);
  scratch.slots->borrow(question.claims);
  bind_caller(question, *scratch.slots);
  if (!bind_context(question, *context, *scratch.slots)) return std::nullopt;
  return scratch.slots->view();
}

}  // namespace

Decision decide(const Question& question, QuestionScratch& scratch) {
  if (!question.target.has_policy())
    return decide(*question.program.program, question.target, question.claims.view());
  const std::optional<SlotView> slots = bind_question(question, scratch);
  if (!slots) return deny(Reason::ContextInvalid);
  return decide(*question.program.program, question.target, *slots);
}

std::vector<std::string_view> missing_attributes(const Question& question,
                                                 QuestionScratch& scratch) {
  const std::optional<SlotView> slots = bind_question(question, scratch);
  if (!slots) return {};
  const Program& program = *question.program.program;
  return missing_attributes(program, question.target, *slots,
                            decide(program, question.target, *slots));
}

}  // namespace verdict
