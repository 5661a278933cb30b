// policyc eval: asks a program, once or once a line.
#include <array>

#include "compiler/policyc/cli/command.h"
#include "compiler/policyc/workbench/batch.h"
#include "compiler/policyc/workbench/question.h"
#include "compiler/policyc/workbench/tokens.h"
#include "vm/base/limits.h"
#include "vm/value/network.h"

namespace verdict::policyc {
namespace {

struct Options {
  ProgramOptions program;
  std::string token;
  std::string jwks;
  std::string claims;
  std::string context;
  std::string resource;
  std::string action;
  std::string policy;
  std::string provider;
  std::string now;
  std::string ip;
  std::string batch;
  std::string format;  // human, where it is not given
  bool exit_by_decision = false;
  bool is_unchecked = false;
  bool tells_attributes = false;
};

std::optional<std::string> if_given(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

// What the answers to a batch were.
class Tally {
 public:
  void add(const LineAnswer& answer) {
    ++num_lines_;
    num_unreadable_ += answer.status == LineAnswer::Status::Unreadable ? 1 : 0;
    num_refused_ += answer.status == LineAnswer::Status::TokenRefused ? 1 : 0;
    num_denied_ += answer.status == LineAnswer::Status::Denied ? 1 : 0;
    num_expectations_ += answer.has_expectation ? 1 : 0;
    num_surprises_ += answer.has_expectation && !answer.is_as_expected ? 1 : 0;
  }

  // Says how the batch went. The worst of its lines decides: one that could not
  // be read, one that is not as expected, a token that was refused, a Deny.
  [[nodiscard]] Exit finish(bool exit_by_decision, const Context& context) const {
    if (num_unreadable_ > 0)
      return fail(context, Exit::Diagnostics, of_lines(num_unreadable_) + " could not be read");
    if (num_surprises_ > 0)
      return fail(context, Exit::TestsFailed, of_lines(num_surprises_) + " not as expected");
    if (num_expectations_ > 0)
      context.streams.err << "policyc: " << lines(num_expectations_) << " as expected\n";
    if (!exit_by_decision) return Exit::Ok;
    if (num_refused_ > 0) return Exit::TokenInvalid;
    return num_denied_ > 0 ? Exit::Denied : Exit::Ok;
  }

 private:
  static std::string lines(std::size_t count) {
    return std::to_string(count) + (count == 1 ? " line" : " lines");
  }
  [[nodiscard]] std::string of_lines(std::size_t count) const {
    return std::to_string(count) + " of " + lines(num_lines_);
  }

  std::size_t num_lines_ = 0;
  std::size_t num_unreadable_ = 0;
  std::size_t num_refused_ = 0;
  std::size_t num_denied_ = 0;
  std::size_t num_expectations_ = 0;
  std::size_t num_surprises_ = 0;
};

class Evaluation {
 public:
  Evaluation(const Options& options, const Context& context)
      : options_(options), context_(context), emitter_(consumer_) {}

  Exit run() {
    if (const std::string problem = usage_problem(); !problem.empty())
      return fail(context_, Exit::Usage, problem);
    const auto inputs = std::to_array({options_.program.path, options_.claims, options_.context,
                                       options_.batch, options_.token, options_.jwks});
    if (const Exit exit = check_standard_input(context_, inputs); exit != Exit::Ok) return exit;
    if (const Exit exit = read_request(); exit != Exit::Ok) return exit;
    const LoadResult loaded = load_program_file(context_, options_.program);
    if (loaded.exit != Exit::Ok) return loaded.exit;
    return options_.batch.empty() ? ask(loaded.program) : run_batch(loaded.program);
  }

 private:
  [[nodiscard]] std::string usage_problem() const {
    return options_.batch.empty() ? question_problem() : batch_problem();
  }

  // Nothing is ignored: an option that a batch has no use for is wrong beside it.
  [[nodiscard]] std::string batch_problem() const {
    const std::pair<std::string_view, bool> useless[] = {
        {"--token", !options_.token.empty()},
        {"--claims", !options_.claims.empty()},
        {"--context", !options_.context.empty()},
        {"--resource", !options_.resource.empty()},
        {"--action", !options_.action.empty()},
        {"--policy", !options_.policy.empty()},
        {"--ip", !options_.ip.empty()},
        {"--attributes", options_.tells_attributes},
        {"--provider", !options_.provider.empty() && options_.jwks.empty()}};
    for (const auto& [name, is_given] : useless) {
      if (is_given)
        return std::string(name) + " has no effect with --batch: every line says what it asks";
    }
    return options_.format == "human" ? "the answers of --batch are JSON, one a line" : "";
  }

  [[nodiscard]] std::string question_problem() const {
    const bool asks_route = !options_.resource.empty() || !options_.action.empty();
    if (options_.tells_attributes && options_.format == "json")
      return "--attributes is for people; the JSON answer has `missing`";
    if (options_.claims.empty() && options_.token.empty())
      return "--token TOKEN, --claims CLAIMS or --batch FILE is required";
    if (!options_.claims.empty() && !options_.token.empty())
      return "--claims stand in place of --token: somebody else has verified their signature";
    if (options_.is_unchecked && !options_.token.empty())
      return "--unchecked is about --claims; a token is checked";
    if (!options_.jwks.empty() && options_.token.empty())
      return "--jwks has the keys for --token, which is not given";
    if (!options_.provider.empty() && !options_.token.empty() && options_.jwks.empty())
      return "--provider has no effect here: a token names its issuer";
    if (asks_route && !options_.policy.empty())
      return "--policy stands in place of --resource and --action";
    const bool is_half = options_.resource.empty() || options_.action.empty();
    return options_.policy.empty() && is_half ? "ask with --resource and --action, or with --policy"
                                              : "";
  }

  Exit read_request() {
    if (const Exit exit = read_now(context_, options_.now, question_.now); exit != Exit::Ok)
      return exit;
    if (!options_.ip.empty()) {
      question_.ip = parse_ip(options_.ip);
      if (!question_.ip)
        return fail(context_, Exit::Usage, "--ip: `" + options_.ip + "` is no IP address");
    }
    return Exit::Ok;
  }

  Exit ask(const std::shared_ptr<const Program>& program) {
    question_.resource = if_given(options_.resource);
    question_.action = if_given(options_.action);
    question_.policy = if_given(options_.policy);
    if (options_.token.empty()) question_.provider = if_given(options_.provider);
    question_.tells_attributes = options_.tells_attributes;
    std::shared_ptr<const ProgramState> state;
    if (const Exit exit = make_state(program, state); exit != Exit::Ok) return exit;
    if (const Exit exit = options_.token.empty() ? read_claims() : read_verified_claims(*state);
        exit != Exit::Ok)
      return exit;
    if (!options_.context.empty()) {
      std::string_view text;
      if (const Exit exit = read_object(options_.context, "context", text); exit != Exit::Ok)
        return exit;
      question_.context = text;
    }
    const auto answered = refused_ ? Expected<Answer, QuestionError>(refused_answer(*refused_))
                                   : answer(*state, question_);
    if (!answered) return fail(context_, Exit::Usage, answered.error().message);
    context_.streams.out << (options_.format == "json" ? to_json(*answered).line() + "\n"
                                                       : to_text(*answered));
    return exit_of(answered->decision);
  }

  // The program with its keys, as an engine has it.
  Exit make_state(const std::shared_ptr<const Program>& program,
                  std::shared_ptr<const ProgramState>& state) {
    std::optional<std::string> jwks;
    if (!options_.jwks.empty()) {
      auto text = read_file(options_.jwks, context_.streams.in, limits::kMaxSourceBytes);
      if (!text) return fail(context_, Exit::Failure, text.error().message);
      jwks = std::move(text).value();
    }
    auto made = program_with_keys(program, jwks, if_given(options_.provider));
    if (!made) {
      const bool is_of_file = jwks && made.error().is_about_keys;
      return fail(context_, Exit::Usage,
                  (is_of_file ? options_.jwks + ": " : "") + made.error().message);
    }
    state = std::move(made).value();
    return Exit::Ok;
  }

  Exit read_claims() {
    question_.vouching = vouching();
    return read_object(options_.claims, "claims", question_.claims);
  }

  [[nodiscard]] Vouching vouching() const {
    return options_.is_unchecked ? Vouching::Asker : Vouching::Nobody;
  }

  // The claims of the token, if it holds; else what is wrong with it.
  Exit read_verified_claims(const ProgramState& state) {
    std::string token;
    if (const Exit exit = read_token(context_, options_.token, token); exit != Exit::Ok)
      return exit;
    auto verified = verify_claims(token, state, question_.now);
    if (!verified) {
      refused_ = std::move(verified).error();
      return Exit::Ok;
    }
    question_.provider = verified->provider;
    question_.vouching = Vouching::Token;
    return read_object(
        sources_.add("<token>", std::move(verified->json), {}, compiler::Quoting::Forbidden),
        "claims", question_.claims);
  }

  [[nodiscard]] Exit exit_of(const Decision& decision) const {
    if (!options_.exit_by_decision || decision.allowed()) return Exit::Ok;
    return decision.reason() == Reason::TokenInvalid ? Exit::TokenInvalid : Exit::Denied;
  }

  // The text of a JSON object; what is wrong with it is rendered as a diagnostic.
  Exit read_object(const std::string& option, std::string_view what, std::string_view& text) {
    const auto file =
        add_given(sources_, option, context_.streams.in, "<" + std::string(what) + ">");
    if (!file) return fail(context_, Exit::Failure, file.error().message);
    return read_object(*file, what, text);
  }

  Exit read_object(compiler::FileId file, std::string_view what, std::string_view& text) {
    const std::optional<compiler::JsonDocument> document = read_json(sources_, file, emitter_);
    if (document && !document->root().is(compiler::JsonKind::Object)) {
      emitter_.emit(
          compiler::Code::WrongJsonType, document->root().span(),
          {std::string(what), std::string(describe(document->root().kind())), "an object"});
    }
    if (emitter_.has_errors() || !document) {
      context_.streams.err << render_human(consumer_.diagnostics, sources_, context_.color,
                                           Summary::Shown);
      return Exit::Diagnostics;
    }
    text = sources_.text(file);
    return Exit::Ok;
  }

  Exit run_batch(const std::shared_ptr<const Program>& program) {
    std::shared_ptr<const ProgramState> state;
    if (const Exit exit = make_state(program, state); exit != Exit::Ok) return exit;
    Tally tally;
    const Exit exit = for_each_line(context_, options_.batch, [&](std::string_view line) {
      LineAnswer answer = answer_line(*state, line, {question_.now, vouching()});
      tally.add(answer);
      return std::move(answer.json);
    });
    return exit == Exit::Ok ? tally.finish(options_.exit_by_decision, context_) : exit;
  }

  const Options& options_;
  const Context& context_;
  compiler::Sources sources_;
  compiler::CollectingConsumer consumer_;
  compiler::Emitter emitter_;
  Question question_;
  std::optional<TokenError> refused_;
};

}  // namespace

void add_eval(Command& app, Context& context) {
  Command command = app.add_command("eval", "Ask a program for a decision");
  const auto options = std::make_shared<Options>();
  add_program_options(command, options->program);
  command.add_option("--claims", options->claims,
                     "Claims whose signature somebody else has verified: JSON text, @FILE or FILE, "
                     "or - for standard input",
                     {.value = "CLAIMS"});
  command.add_flag("--unchecked", options->is_unchecked,
                   "You have checked issuer, audience and times of --claims yourself");
  command.add_option("--token", options->token,
                     "The token, @FILE, or - for standard input; verified with the pinned keys",
                     {.value = "TOKEN"});
  command.add_option("--jwks", options->jwks, "The token's keys, in place of pinned ones",
                     {.value = "FILE"});
  command.add_option("--context", options->context, "The request's context, given as claims are",
                     {.value = "CONTEXT"});
  command.add_option("--resource", options->resource, "What is asked for");
  command.add_option("--action", options->action, "What shall be done with it");
  command.add_option("--policy", options->policy, "Ask this one policy instead", {.value = "NAME"});
  command.add_option("--provider", options->provider,
                     "Whose claims these are, where `iss` does not tell", {.value = "NAME"});
  command.add_option("--now", options->now, "The time of the request (default: now)",
                     {.value = "RFC3339"});
  command.add_option("--ip", options->ip, "The address of the caller", {.value = "ADDR"});
  command.add_flag("--attributes", options->tells_attributes,
                   "Say as well what each attribute holds, and where it came from");
  command.add_option("--batch", options->batch,
                     "One JSON object a line, each a question, with what to `expect` if you like; "
                     "- for standard input",
                     {.value = "FILE"});
  command.add_option("--format", options->format, "Form of the answer (default: human)",
                     {.choices = {"human", "json"}});
  command.add_flag("-e,--exit-code", options->exit_by_decision,
                   "End with 5 on Deny, 6 on an invalid token, 3 on a line that could not be read");
  command.set_action([options, &context] { return Evaluation(*options, context).run(); });
}

}  // namespace verdict::policyc
