// policyc verify: the loader's checks alone.
#include "compiler/policyc/cli/command.h"

namespace verdict::policyc {

void add_verify(Command& app, Context& context) {
  Command command = app.add_command("verify", "Check a program file as a loader does");
  const auto path = std::make_shared<std::string>();
  command.add_option("PROGRAM", *path, "The compiled workspace, - for standard input",
                     {.is_required = true});
  command.set_action([path, &context] {
    const LoadResult loaded = load_program_file(context, *path);
    if (loaded.exit != Exit::Ok) return loaded.exit;
    const ProgramView& view = loaded.program->view();
    context.streams.out << "ok: " << loaded.program->bytes().size() << " bytes, "
                        << view.Policies.size() << " policies, " << view.Rules.size() << " rules, "
                        << view.Code.size() << " instructions; a decision executes at most "
                        << loaded.program->longest_path() << "\n";
    return Exit::Ok;
  });
}

}  // namespace verdict::policyc
