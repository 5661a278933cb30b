// policyc eval: asks a program, once or once a line.
#include <algorithm>
#include <chrono>

#include <CLI/CLI.hpp>

#include "compiler/policyc/cli/command.h"
#include "compiler/policyc/workbench/batch.h"
#include "compiler/policyc/workbench/question.h"
#include "vm/functions/network.h"
#include "vm/functions/time.h"

namespace verdict::policyc {
namespace {

struct Options {
  std::string program;
  std::string claims;
  std::string context;
  std::string resource;
  std::string action;
  std::string policy;
  std::string provider;
  std::string now;
  std::string ip;
  std::string batch;
  std::string format = "human";
  bool exit_by_decision = false;
};

std::int64_t system_now() {
  using std::chrono::microseconds;
  return std::chrono::duration_cast<microseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::optional<std::string> if_given(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

class Evaluation {
 public:
  Evaluation(const Options& options, const Context& context)
      : options_(options), context_(context), emitter_(consumer_) {}

  Exit run() {
    if (const char* problem = usage_problem(); problem != nullptr)
      return fail(context_, Exit::Usage, problem);
    if (const Exit exit = read_request(); exit != Exit::Ok) return exit;
    const LoadResult loaded = load_program_file(context_, options_.program);
    if (loaded.exit != Exit::Ok) return loaded.exit;
    if (!options_.batch.empty()) return run_batch(*loaded.program);
    return ask(*loaded.program);
  }

 private:
  [[nodiscard]] const char* usage_problem() const {
    const bool asks_route = !options_.resource.empty() || !options_.action.empty();
    const auto inputs = {options_.program, options_.claims, options_.context, options_.batch};
    if (std::count(inputs.begin(), inputs.end(), "-") > 1)
      return "standard input can be read once only";
    if (!options_.batch.empty()) {
      const bool asks = asks_route || !options_.policy.empty() || !options_.claims.empty() ||
                        !options_.context.empty();
      return asks ? "with --batch every line says what it asks; only --now and --format stand "
                    "beside it"
                  : nullptr;
    }
    if (options_.claims.empty()) return "--claims FILE (or --batch FILE) is required";
    if (asks_route && !options_.policy.empty())
      return "--policy stands in place of --resource and --action";
    if (!options_.policy.empty()) return nullptr;
    return options_.resource.empty() || options_.action.empty()
               ? "ask with --resource and --action, or with --policy"
               : nullptr;
  }

  Exit read_request() {
    question_.now = system_now();
    if (!options_.now.empty()) {
      const auto now = parse_rfc3339(options_.now);
      if (!now)
        return fail(
            context_, Exit::Usage,
            "--now: `" + options_.now + "` is no RFC 3339 time, such as 2026-01-31T12:00:00Z");
      question_.now = *now;
    }
    if (!options_.ip.empty()) {
      question_.ip = parse_ip(options_.ip);
      if (!question_.ip)
        return fail(context_, Exit::Usage, "--ip: `" + options_.ip + "` is no IP address");
    }
    return Exit::Ok;
  }

  Exit ask(const Program& program) {
    question_.resource = if_given(options_.resource);
    question_.action = if_given(options_.action);
    question_.policy = if_given(options_.policy);
    question_.provider = if_given(options_.provider);
    if (const Exit exit = read_object(options_.claims, "claims", question_.claims);
        exit != Exit::Ok)
      return exit;
    if (!options_.context.empty()) {
      if (const Exit exit = read_object(options_.context, "context", question_.context);
          exit != Exit::Ok)
        return exit;
    }
    const auto answered = answer(program, question_);
    if (!answered) return fail(context_, Exit::Usage, answered.error().message);
    context_.streams.out << (options_.format == "json" ? to_json(*answered).line() + "\n"
                                                       : to_text(*answered));
    return exit_of(answered->decision);
  }

  [[nodiscard]] Exit exit_of(const Decision& decision) const {
    if (!options_.exit_by_decision || decision.allowed()) return Exit::Ok;
    return decision.reason() == Reason::TokenInvalid ? Exit::TokenInvalid : Exit::Denied;
  }

  // Reads a JSON object; what is wrong with it is rendered as a diagnostic.
  Exit read_object(const std::string& path, std::string_view what,
                   const compiler::JsonNode*& node) {
    const auto file = add_source(sources_, path, context_.streams.in);
    if (!file) return fail(context_, Exit::Failure, file.error().message);
    std::optional<compiler::JsonDocument> document = read_json(sources_, *file, emitter_);
    if (document && !document->root().is(compiler::JsonKind::Object)) {
      emitter_.emit(
          compiler::Code::WrongJsonType, document->root().span(),
          {std::string(what), std::string(describe(document->root().kind())), "an object"});
    }
    if (emitter_.has_errors() || !document) {
      context_.streams.err << render(consumer_.diagnostics, sources_, Format::Human,
                                     context_.color);
      return Exit::Diagnostics;
    }
    documents_.push_back(std::move(*document));
    node = &documents_.back().root();
    return Exit::Ok;
  }

  Exit run_batch(const Program& program) {
    if (options_.batch == "-") return answer_lines(program, context_.streams.in);
    auto stream = open_file(options_.batch);
    return stream ? answer_lines(program, *stream)
                  : fail(context_, Exit::Failure, stream.error().message);
  }

  Exit answer_lines(const Program& program, std::istream& lines) {
    for (std::string line; std::getline(lines, line);) {
      if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
      context_.streams.out << answer_line(program, line, question_.now) << "\n";
    }
    return Exit::Ok;
  }

  const Options& options_;
  const Context& context_;
  compiler::Sources sources_;
  compiler::CollectingConsumer consumer_;
  compiler::Emitter emitter_;
  std::vector<compiler::JsonDocument> documents_;
  Question question_;
};

}  // namespace

void add_eval(CLI::App& app, Context& context, Run& run) {
  CLI::App* command = app.add_subcommand("eval", "Ask a program for a decision");
  const auto options = std::make_shared<Options>();
  command->add_option("PROGRAM", options->program, "The compiled workspace, - for standard input")
      ->required();
  command
      ->add_option("--claims", options->claims,
                   "Claims taken as verified, a JSON object, - for standard input")
      ->type_name("FILE");
  command->add_option("--context", options->context, "The request's context, a JSON object")
      ->type_name("FILE");
  command->add_option("--resource", options->resource, "What is asked for");
  command->add_option("--action", options->action, "What shall be done with it");
  command->add_option("--policy", options->policy, "Ask this one policy instead")
      ->type_name("NAME");
  command
      ->add_option("--provider", options->provider,
                   "Whose claims these are, where `iss` does not tell")
      ->type_name("NAME");
  command->add_option("--now", options->now, "The time of the request (default: now)")
      ->type_name("RFC3339");
  command->add_option("--ip", options->ip, "The address of the caller")->type_name("ADDR");
  command
      ->add_option("--batch", options->batch,
                   "One JSON object a line, each a question; - for standard input")
      ->type_name("FILE");
  command->add_option("--format", options->format, "Form of the answer")
      ->check(CLI::IsMember({"human", "json"}))
      ->capture_default_str();
  command->add_flag("-e,--exit-code", options->exit_by_decision,
                    "End with 5 on Deny, 6 on an invalid token");
  command->callback([options, &context, &run] {
    run = [options, &context] { return Evaluation(*options, context).run(); };
  });
}

}  // namespace verdict::policyc
