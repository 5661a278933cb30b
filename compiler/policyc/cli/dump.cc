// policyc dump: a program as text that `policyc asm` reads back.
#include "compiler/policyc/cli/command.h"
#include "vm/program/disassemble.h"

namespace verdict::policyc {

void add_dump(Command& app, Context& context) {
  Command command = app.add_command("dump", "Print a program as assembly");
  const auto path = std::make_shared<std::string>();
  command.add_option("PROGRAM", *path, "The compiled workspace, - for standard input",
                     {.is_required = true});
  command.set_action([path, &context] {
    const LoadResult loaded = load_program_file(context, *path);
    if (loaded.exit == Exit::Ok) context.streams.out << disassemble(*loaded.program);
    return loaded.exit;
  });
}

}  // namespace verdict::policyc
