// Names the commands, runs one, maps every way to end to an exit code.
#include "compiler/policyc/cli/policyc.h"

#include <algorithm>
#include <exception>
#include <new>
#include <optional>

#include "compiler/policyc/cli/command.h"
#include "vm/base/text.h"

namespace verdict::policyc {
namespace {

// Names go into programs, keys and answers, which are UTF-8.
std::optional<std::string> find_foreign_argument(const std::vector<std::string>& arguments) {
  const auto found = std::find_if(
      arguments.begin(), arguments.end(),
      [](const std::string& argument) { return find_invalid_utf8(argument).has_value(); });
  return found == arguments.end() ? std::nullopt : std::optional(*found);
}

Exit parse_and_run(const std::vector<std::string>& arguments, Context& context) {
  if (const auto foreign = find_foreign_argument(arguments))
    return fail(context, Exit::Usage, "the argument `" + *foreign + "` is no UTF-8 text");
  const Application application = {
      "policyc", "Compiles policies over token claims into one program, and asks it.",
      "policyc 0.1.0"};
  return parse_and_run(application,
                       {add_check, add_compile, add_eval, add_explain, add_dump, add_asm,
                        add_verify, add_token, add_keygen},
                       arguments, context);
}

}  // namespace

Exit run_policyc(const std::vector<std::string>& arguments, Streams streams, Color color) {
  Context context{streams, color, arguments};
  try {
    const Exit exit = parse_and_run(arguments, context);
    streams.out.flush();
    if (!streams.out) return fail(context, Exit::Failure, "cannot write to standard output");
    return exit;
  } catch (const std::bad_alloc&) {
    return fail(context, Exit::Failure, "not enough memory");
  } catch (const std::exception& error) {
    return fail(context, Exit::Failure, "internal error: " + std::string(error.what()));
  }
}

}  // namespace verdict::policyc
