// policyc verify: the loader's checks alone.
#include "compiler/policyc/cli/command.h"
#include "vm/verify/work.h"

namespace verdict::policyc {

void add_verify(Command& app, Context& context) {
  Command command = app.add_command("verify", "Check a program file as a loader does");
  const auto options = std::make_shared<ProgramOptions>();
  add_program_options(command, *options);
  command.set_action([options, &context] {
    const LoadResult loaded = load_program_file(context, *options);
    if (loaded.exit != Exit::Ok) return loaded.exit;
    const ProgramView& view = loaded.program->view();
    context.streams.out << "ok: " << loaded.program->bytes().size() << " bytes, "
                        << view.Policies.size() << " policies, " << view.Rules.size() << " rules, "
                        << view.Code.size() << " instructions\n"
                        << "at most " << describe(loaded.program->work()) << "; allowed are "
                        << options->max_steps << "\n";
    return Exit::Ok;
  });
}

}  // namespace verdict::policyc
