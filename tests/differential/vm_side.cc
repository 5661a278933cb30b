#include "tests/differential/vm_side.h"

#include "compiler/diag/render_text.h"
#include "compiler/policyc/workbench/question.h"
#include "runtime/engine/decide.h"
#include "tests/support/stored_zones.h"
#include "vm/bind/bind.h"

namespace verdict::differential {
namespace {

std::vector<compiler::FileId> add_files(compiler::Sources& sources,
                                        const std::vector<File>& files) {
  std::vector<compiler::FileId> ids;
  for (const File& file : files) ids.push_back(sources.add(file.name, file.text));
  return ids;
}

std::string errors_of(const std::vector<compiler::Diagnostic>& diagnostics,
                      const compiler::Sources& sources) {
  std::vector<compiler::Diagnostic> errors;
  for (const compiler::Diagnostic& diagnostic : diagnostics) {
    if (diagnostic.severity == compiler::Severity::Error) errors.push_back(diagnostic);
  }
  return render_text(errors, sources, {});
}

Decision decision_of(const verdict::Decision& answer,
                     const std::vector<std::string_view>& missing) {
  const auto text = [](const auto& view) {
    return view ? std::optional<std::string>(*view) : std::nullopt;
  };
  Decision decision{answer.allowed() ? Effect::Allow : Effect::Deny,
                    std::string(spelling_of(answer.reason())),
                    text(answer.policy()),
                    text(answer.rule_id()),
                    {}};
  for (const std::string_view name : missing) decision.missing.emplace_back(name);
  return decision;
}

Decision ask(const Program& program, const Target& target, const SlotView& slots) {
  const verdict::Decision answer = decide(program, target, slots);
  return decision_of(answer, missing_attributes(program, target, slots, answer));
}

// Values to slots.

class Filler {
 public:
  Filler(const Program& program, Slots& slots) : view_(program.view()), slots_(slots) {}

  void fill(AttributeId attribute, const Value& value) {
    if (std::holds_alternative<compiler::reference::Null>(value))
      return slots_.set_null(attribute, Origin::Null);
    if (std::holds_alternative<compiler::reference::Invalid>(value)) {
      return slots_.set_invalid(attribute, InvalidReason::WrongType);
    }
    slots_.set(attribute, make(std::get<ir::Literal>(value)), Origin::Value);
  }

 private:
  Slot make(const ir::Literal& literal) {
    if (literal.shape == Shape::One) return make(literal.scalars.at(0));
    Slot* const elements = slots_.add_elements(literal.scalars.size());
    for (std::size_t i = 0; i < literal.scalars.size(); ++i) elements[i] = make(literal.scalars[i]);
    Slot slot;
    slot.list = {elements, static_cast<std::uint32_t>(literal.scalars.size())};
    return slot;
  }
  [[nodiscard]] Slot make(const Scalar& scalar) const {
    Slot slot = slot_of(scalar);
    if (const auto* text = std::get_if<std::string>(&scalar))
      slot.string.id = view_.find_string(*text).value();
    return slot;
  }

  const ProgramView& view_;
  Slots& slots_;
};

}  // namespace

Compiled compile(const WorkspaceText& text) {
  Compiled result;
  compiler::CollectingConsumer consumer;
  compiler::Emitter emitter(consumer);
  const compiler::WorkspaceFiles files = {
      add_files(result.sources, text.providers), add_files(result.sources, text.policies),
      add_files(result.sources, text.resources), add_files(result.sources, text.permissions)};
  compiler::Compilation compilation = compiler::compile(
      result.sources, files, {}, emitter, compiler::Output::Program, testing::stored_zones());
  if (!compilation.module || !compilation.bytes) {
    result.problem = "the compiler refuses it:\n" + errors_of(consumer.diagnostics, result.sources);
    return result;
  }
  result.module = std::move(*compilation.module);
  // What is generated may search more lists in one policy than hosts allow by default.
  auto program = Program::load(*compilation.bytes, {.max_steps = std::uint64_t{1} << 30U});
  if (!program) {
    result.problem = "the loader refuses it: " + program.error().message;
    return result;
  }
  result.program = *program;
  auto state = make_program_state(*program, {});
  if (!state) result.problem = "an engine refuses it: " + state.error().message;
  if (state) result.state = *state;
  return result;
}

ParsedJson::ParsedJson(const std::string& text) {
  const auto tree = reader_.read(text);
  if (tree) tree_ = *tree;
}

BoundRequest::BoundRequest(const Program& program, const Workspace& workspace,
                           const Request& request, std::size_t resource, const ParsedJson& claims,
                           const ParsedJson& context)
    : program_(program), workspace_(workspace), request_(request), slots_(program) {
  const ProgramView& view = program.view();
  const auto bind = [&](const auto& record,
                        const ParsedJson& document) -> std::optional<std::string> {
    const auto refused =
        bind_mappings(program, record.first_mapping, record.num_mappings, document.root(), slots_);
    if (!refused) return std::nullopt;
    return std::string(view.string(view.Attributes[refused->index()].name));
  };
  const auto provider = program.find_provider(workspace.providers[request.provider].name);
  refused_claim = bind(view.Providers[provider.value().index()], claims);
  const auto found = program.find_resource(workspace.resources[resource].name);
  refused_context = bind(view.Resources[found.value().index()], context);
  bind_route(std::nullopt, std::nullopt);
}

void BoundRequest::set_route(const std::string& resource, const std::string& action) {
  bind_route(resource, action);
}

void BoundRequest::bind_route(std::optional<std::string_view> resource,
                              std::optional<std::string_view> action) {
  RequestValues values{resource, action, workspace_.providers[request_.provider].name, std::nullopt,
                       request_.ip};
  if (request_.time) values.time = request_.time->microseconds;
  bind_request(program_, values, slots_);
}

Slots fill(const Program& program, const Values& values) {
  Slots slots(program);
  Filler filler(program, slots);
  for (const auto& [name, value] : values) {
    if (const auto attribute = program.find_attribute(name)) filler.fill(*attribute, value);
    const auto* literal = std::get_if<ir::Literal>(&value);
    if (name == "req_time" && literal != nullptr)
      slots.set_now(literal->get<Timestamp>().microseconds);
  }
  return slots;
}

Decision decide_with_vm(const Program& program, const std::string& resource,
                        const std::string& action, const SlotView& slots) {
  return ask(program, Target::resolve(program, resource, action), slots);
}

std::optional<Decision> decide_policy_with_vm(const Program& program, const std::string& policy,
                                              const SlotView& slots) {
  const std::optional<Target> target = Target::resolve_policy(program, policy);
  if (!target) return std::nullopt;
  return ask(program, *target, slots);
}

Decision answer_of_tool(const ProgramState& program, const Request& request,
                        const std::string& provider, const RouteNames& route,
                        std::string_view context) {
  policyc::Question question;
  question.claims = request.claims.json;
  question.context = context;
  question.vouching = policyc::Vouching::Asker;
  question.resource = route.resource;
  question.action = route.action;
  question.provider = provider;
  question.now = request.time->microseconds;
  question.ip = request.ip;
  const auto answer = policyc::answer(program, question);
  if (!answer) return {Effect::Deny, answer.error().message, std::nullopt, std::nullopt, {}};
  return decision_of((*answer).decision, (*answer).missing);
}

}  // namespace verdict::differential
