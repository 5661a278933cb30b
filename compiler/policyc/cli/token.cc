// policyc token: decode, verify, sign.
#include <array>

#include "compiler/policyc/cli/command.h"
#include "compiler/policyc/workbench/attributes.h"
#include "compiler/policyc/workbench/signing.h"
#include "compiler/policyc/workbench/tokens.h"
#include "compiler/source/secrets.h"
#include "vm/base/limits.h"
#include "vm/base/text.h"

namespace verdict::policyc {
namespace {

struct Options {
  std::string token;
  std::string now;
  std::string format = "human";
  // verify
  std::string jwks;
  std::string provider;
  std::string batch;
  bool signature_alone = false;
  bool exit_by_verdict = false;
  // sign
  std::string key;
  std::string claims;
  std::string type = "JWT";
  std::int64_t lifetime = 0;
};

class TokenCommand {
 public:
  TokenCommand(const Options& options, const Context& context)
      : options_(options), context_(context) {}

  Exit decode() {
    if (options_.format == "json" && !options_.now.empty())
      return fail(context_, Exit::Usage,
                  "--now has no effect with --format json: it is about the "
                  "remarks for people");
    if (const Exit exit = read_now_and_token(); exit != Exit::Ok) return exit;
    const auto decoded = decode_token(token_, now_);
    if (!decoded) return print_error(decoded.error());
    context_.streams.out << (options_.format == "json" ? decoded->json.line() + "\n"
                                                       : decoded->json.pretty());
    if (options_.format == "json") return Exit::Ok;
    for (const std::string& remark : decoded->remarks)
      context_.streams.out << escape_for_display(remark) << "\n";
    context_.streams.out << "nothing of this is verified\n";
    return Exit::Ok;
  }

  Exit verify() {
    if (const char* problem = verify_problem(); problem != nullptr)
      return fail(context_, Exit::Usage, problem);
    if (!options_.batch.empty()) return verify_lines();
    if (const Exit exit = check_inputs(); exit != Exit::Ok) return exit;
    if (const Exit exit = read_now_and_token(); exit != Exit::Ok) return exit;
    std::string jwks;
    if (const Exit exit = read_input(options_.jwks, jwks); exit != Exit::Ok) return exit;
    if (options_.provider.empty()) return verify_signature(jwks);
    return verify_with_provider(options_.jwks.empty() ? std::nullopt : std::optional(jwks));
  }

  Exit sign() {
    if (options_.lifetime == 0 && !options_.now.empty())
      return fail(context_, Exit::Usage,
                  "--now has no effect without --lifetime: the claims stay as "
                  "they are");
    if (const Exit exit = check_inputs(); exit != Exit::Ok) return exit;
    if (const Exit exit = read_now(context_, options_.now, now_); exit != Exit::Ok) return exit;
    std::string key;
    std::string claims;
    if (const Exit exit = read_input(options_.key, key); exit != Exit::Ok) return exit;
    if (is_json_text(options_.claims)) {
      claims = options_.claims;
    } else if (const Exit exit = read_input(path_of(options_.claims), claims); exit != Exit::Ok) {
      return exit;
    }
    const auto lifetime = options_.lifetime == 0 ? std::nullopt : std::optional(options_.lifetime);
    const auto token = sign_token({key, claims, lifetime, now_, options_.type});
    if (!token) return fail(context_, Exit::Diagnostics, token.error().message);
    context_.streams.out << *token << "\n";
    context_.streams.err << "policyc: note: a token for local tests, signed with the key of "
                         << escape_for_display(options_.key) << "\n";
    return Exit::Ok;
  }

 private:
  [[nodiscard]] const char* verify_problem() const {
    if (!options_.batch.empty()) {
      const bool has_more =
          !options_.token.empty() || !options_.jwks.empty() || !options_.provider.empty();
      return has_more ? "with --batch every line says what it asks; only --jws and --now stand "
                        "beside it"
                      : nullptr;
    }
    if (options_.token.empty()) return "--token TOKEN (or --batch FILE) is required";
    if (options_.signature_alone && !options_.provider.empty())
      return "--jws checks the signature alone; --provider checks the claims too";
    if (options_.provider.empty() && !options_.signature_alone) {
      return "--provider FILE says what the token must be; --jws checks the signature alone";
    }
    if (options_.signature_alone && !options_.now.empty())
      return "--now has no effect with --jws: the claims are not looked at";
    return options_.jwks.empty() && options_.provider.empty() ? "--jws needs the keys: --jwks FILE"
                                                              : nullptr;
  }

  [[nodiscard]] Exit check_inputs() const {
    const auto inputs = std::to_array(
        {options_.token, options_.jwks, options_.provider, options_.key, options_.claims});
    return check_standard_input(context_, inputs);
  }

  Exit read_now_and_token() {
    if (const Exit exit = read_now(context_, options_.now, now_); exit != Exit::Ok) return exit;
    return read_token(context_, options_.token, token_);
  }

  Exit read_input(const std::string& path, std::string& text) {
    if (path.empty()) return Exit::Ok;
    auto read = read_file(path, context_.streams.in, limits::kMaxSourceBytes);
    if (!read) return fail(context_, Exit::Failure, read.error().message);
    text = std::move(read).value();
    return Exit::Ok;
  }

  Exit verify_signature(const std::string& jwks) {
    const auto checked = verify_signature_alone(token_, jwks, Keys::PublicAndSecret);
    if (!checked) return fail(context_, Exit::Diagnostics, checked.error().message);
    if (*checked) return print_error(**checked);
    context_.streams.out << "valid: the signature; claims were not checked\n";
    return Exit::Ok;
  }

  Exit verify_with_provider(const std::optional<std::string>& jwks) {
    std::string provider;
    if (const Exit exit = read_input(options_.provider, provider); exit != Exit::Ok) return exit;
    const auto program = provider_program(provider, jwks);
    if (!program) return fail(context_, Exit::Diagnostics, program.error().message);
    const auto verified = verify_claims(token_, **program, now_);
    if (!verified) return print_error(verified.error());
    context_.streams.out << "valid: a token of provider " << quoted(verified->provider) << "\n";
    return Exit::Ok;
  }

  Exit verify_lines() {
    if (const Exit exit = read_now(context_, options_.now, now_); exit != Exit::Ok) return exit;
    const Keys keys = options_.signature_alone ? Keys::PublicAndSecret : Keys::Public;
    bool has_invalid = false;
    bool has_unreadable = false;
    const Exit exit = for_each_line(context_, options_.batch, [&](std::string_view line) {
      LineVerdict verdict = verify_line(line, now_, keys);
      has_invalid = has_invalid || !verdict.is_valid;
      has_unreadable = has_unreadable || !verdict.is_readable;
      return std::move(verdict.json);
    });
    if (exit != Exit::Ok) return exit;
    if (has_unreadable) return Exit::Diagnostics;
    return has_invalid && options_.exit_by_verdict ? Exit::TokenInvalid : Exit::Ok;
  }

  // What the host may know; then the one message that whoever sent the token should be told.
  [[nodiscard]] Exit print_error(const TokenError& error) const {
    context_.streams.out << "invalid: " << spelling_of(error.cause) << ": "
                         << escape_for_display(compiler::conceal_tokens(error.detail))
                         << "\n  tell the caller: " << error.public_message() << "\n";
    return options_.exit_by_verdict ? Exit::TokenInvalid : Exit::Ok;
  }

  const Options& options_;
  const Context& context_;
  std::string token_;
  std::int64_t now_ = 0;
};

using Action = Exit (TokenCommand::*)();

void set_action(Command& command, const std::shared_ptr<Options>& options, Context& context,
                Action action) {
  command.set_action(
      [options, &context, action] { return (TokenCommand(*options, context).*action)(); });
}

void add_now(Command& command, Options& options) {
  command.add_option("--now", options.now, "The time of the check (default: now)",
                     {.value = "RFC3339"});
}

void add_token_decode(Command& token, Context& context) {
  Command command = token.add_command("decode", "Show what a token says; verifies nothing");
  const auto options = std::make_shared<Options>();
  command.add_option("TOKEN", options->token, "The token, @FILE, or - for standard input",
                     {.is_required = true});
  add_now(command, *options);
  command.add_option("--format", options->format, "Form of the answer",
                     {.shows_default = true, .choices = {"human", "json"}});
  set_action(command, options, context, &TokenCommand::decode);
}

void add_token_verify(Command& token, Context& context) {
  Command command = token.add_command("verify", "Check a token against a provider");
  const auto options = std::make_shared<Options>();
  command.add_option("--token", options->token, "The token, @FILE, or - for standard input",
                     {.value = "TOKEN"});
  command.add_option("--provider", options->provider, "What the token must be: a provider file",
                     {.value = "FILE"});
  command.add_option("--jwks", options->jwks, "The keys, in place of pinned ones",
                     {.value = "FILE"});
  command.add_flag("--jws", options->signature_alone,
                   "Check the signature alone, with exactly the keys given, secrets included");
  add_now(command, *options);
  command.add_option("--batch", options->batch,
                     "One JSON object a line, each a token; - for standard input",
                     {.value = "FILE"});
  command.add_flag("-e,--exit-code", options->exit_by_verdict,
                   "End with 6 on an invalid token, 3 on a line that could not be read");
  set_action(command, options, context, &TokenCommand::verify);
}

void add_token_sign(Command& token, Context& context) {
  Command command =
      token.add_command("sign", "Sign claims with a key of keygen, for local tests only");
  const auto options = std::make_shared<Options>();
  command.add_option("--key", options->key, "The private key, a JSON Web Key",
                     {.value = "FILE", .is_required = true});
  command.add_option("--claims", options->claims,
                     "The claims: JSON text, @FILE or FILE, or - for standard input",
                     {.value = "CLAIMS", .is_required = true});
  command.add_option("--lifetime", options->lifetime,
                     "Set iat and nbf to now, and exp so many seconds later", {1, 315360000},
                     {.value = "SECONDS"});
  command.add_option("--typ", options->type, "The header's typ", {.shows_default = true});
  add_now(command, *options);
  set_action(command, options, context, &TokenCommand::sign);
}

}  // namespace

void add_token(Command& app, Context& context) {
  Command command = app.add_command("token", "Look at tokens, check them, sign test tokens");
  command.require_command();
  add_token_decode(command, context);
  add_token_verify(command, context);
  add_token_sign(command, context);
}

}  // namespace verdict::policyc
