// Names the commands, runs one, maps every way to end to an exit code.
#include "compiler/policyc/cli/policyc.h"

#include <exception>
#include <new>

#include "compiler/policyc/cli/command.h"

namespace verdict::policyc {
namespace {

Exit parse_and_run(const std::vector<std::string>& arguments, Context& context) {
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
  Context context{streams, color};
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
