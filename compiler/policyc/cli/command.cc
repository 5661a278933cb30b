#include "compiler/policyc/cli/command.h"

#include <algorithm>
#include <chrono>
#include <limits>
#include <span>
#include <utility>

#include "compiler/source/secrets.h"
#include "vm/base/limits.h"
#include "vm/base/text.h"
#include "vm/value/time.h"

namespace verdict::policyc {
namespace {

std::string place_of(const Error& error) {
  return error.offset == Error::kNoOffset ? std::string()
                                          : " (byte " + std::to_string(error.offset) + ")";
}

std::int64_t system_now() {
  using std::chrono::microseconds;
  return std::chrono::duration_cast<microseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

Exit answer_lines(const Context& context, std::istream& lines,
                  const std::function<std::string(std::string_view)>& answer) {
  for (;;) {
    const auto line = read_line(lines, limits::kMaxSourceBytes);
    if (!line) return fail(context, Exit::Diagnostics, line.error().message);
    if (!*line) return Exit::Ok;
    if ((*line)->find_first_not_of(" \t\r") == std::string::npos) continue;
    context.streams.out << answer(**line) << "\n";
  }
}

std::string replace_all(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

// A token in the wrong place would otherwise end in the log of whoever runs this.
std::string without_tokens(std::string message, const std::vector<std::string>& arguments) {
  for (const std::string& argument : arguments) {
    if (const auto token = compiler::find_token_in_argument(argument))
      message = replace_all(std::move(message), *token, "...");
  }
  return compiler::conceal_tokens(std::move(message));
}

}  // namespace

Exit fail(const Context& context, Exit exit, std::string_view message) {
  const std::string shown = without_tokens(std::string(message), context.arguments);
  context.streams.err << "policyc: error: " << escape_for_display(shown) << "\n";
  if (shown != message)
    context.streams.err << "policyc: note: `...` looks like a token, which is not shown\n";
  return exit;
}

Exit check_standard_input(const Context& context, std::span<const std::string> inputs) {
  if (std::count(inputs.begin(), inputs.end(), "-") <= 1) return Exit::Ok;
  return fail(context, Exit::Usage, "standard input can be read once only");
}

Exit read_now(const Context& context, const std::string& option, std::int64_t& now) {
  now = system_now();
  if (option.empty()) return Exit::Ok;
  const auto parsed = parse_rfc3339(option);
  if (!parsed) {
    return fail(context, Exit::Usage,
                "--now: `" + option + "` is no RFC 3339 time, such as 2026-01-31T12:00:00Z");
  }
  now = *parsed;
  return Exit::Ok;
}

Exit read_token(const Context& context, const std::string& option, std::string& token) {
  const bool is_file = option == "-" || option.starts_with("@");
  token = option;
  if (!is_file) return Exit::Ok;
  auto text = read_file(option == "-" ? option : option.substr(1), context.streams.in,
                        limits::kMaxTokenBytes + 2);
  if (!text) return fail(context, Exit::Failure, text.error().message);
  token = std::move(text).value();
  // An editor's or a shell's line break behind the token is not part of it.
  while (token.ends_with('\n') || token.ends_with('\r')) token.pop_back();
  return Exit::Ok;
}

Exit for_each_line(const Context& context, const std::string& path,
                   const std::function<std::string(std::string_view)>& answer) {
  if (path == "-") return answer_lines(context, context.streams.in, answer);
  auto stream = open_file(path);
  return stream ? answer_lines(context, **stream, answer)
                : fail(context, Exit::Failure, stream.error().message);
}

void add_program_options(Command& command, ProgramOptions& options) {
  command.add_option("PROGRAM", options.path, "The compiled workspace, - for standard input",
                     {.is_required = true});
  command.add_option("--max-steps", options.max_steps,
                     "Refuse a program of which one call can take more steps",
                     {.least = 0, .most = std::numeric_limits<std::int64_t>::max()},
                     {.value = "N", .shows_default = true});
}

LoadResult load_program_file(const Context& context, const ProgramOptions& options) {
  const LoadLimits limits{.max_steps = static_cast<std::uint64_t>(options.max_steps)};
  const auto bytes = read_file(options.path, context.streams.in, limits.max_bytes);
  if (!bytes) return {fail(context, Exit::Failure, bytes.error().message), nullptr};
  auto program = Program::load(std::as_bytes(std::span(*bytes)), limits);
  if (program) return {Exit::Ok, std::move(program).value()};
  const Error& error = program.error();
  const std::string detail = error.message.empty() ? "" : ": " + escape_for_display(error.message);
  fail(context, Exit::Integrity,
       "`" + (options.path == "-" ? "<stdin>" : options.path) + "` is refused: " +
           std::string(error.code) + " " + std::string(error.summary) + detail + place_of(error));
  return {Exit::Integrity, nullptr};
}

}  // namespace verdict::policyc
