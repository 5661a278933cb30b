// policyc dump: a program as text that `policyc asm` reads back.
#include "compiler/policyc/cli/command.h"
#include "vm/assembly/disassemble.h"

namespace verdict::policyc {

void add_dump(Command& app, Context& context) {
  Command command = app.add_command("dump", "Print a program as assembly");
  const auto options = std::make_shared<ProgramOptions>();
  add_program_options(command, *options);
  command.set_action([options, &context] {
    const LoadResult loaded = load_program_file(context, *options);
    if (loaded.exit == Exit::Ok) context.streams.out << disassemble(*loaded.program);
    return loaded.exit;
  });
}

}  // namespace verdict::policyc
