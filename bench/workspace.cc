#include "bench/workspace.h"

#include <cstdio>
#include <cstdlib>

#include "compiler/diag/render_text.h"
#include "compiler/driver/compile.h"
#include "vm/bind/bind.h"

namespace verdict::bench {

void give_up(const std::string& message) {
  std::fprintf(stderr, "bench: %s\n", message.c_str());
  std::exit(1);
}

std::vector<std::byte> compile_workspace(std::string provider, std::string policies) {
  compiler::Sources sources;
  compiler::CollectingConsumer consumer;
  compiler::Emitter emitter(consumer);
  const compiler::WorkspaceFiles files = {{sources.add("provider.json", std::move(provider))},
                                          {sources.add("policies.json", std::move(policies))},
                                          {},
                                          {}};
  compiler::Compilation compilation = compiler::compile(sources, files, {}, emitter);
  if (!compilation.bytes) give_up(render_text(consumer.diagnostics, sources, {}));
  return std::move(*compilation.bytes);
}

std::shared_ptr<const Program> load_or_give_up(const std::vector<std::byte>& bytes) {
  auto program = Program::load(bytes);
  if (!program) give_up("the loader refuses the program: " + program.error().message);
  return *program;
}

std::string policy_json(std::string_view name, std::string_view conditions) {
  return R"({"name":")" + std::string(name) +
         R"(","specification":{"rules":[{"rule_id":"r","effect":"Allow","conditions":[)" +
         std::string(conditions) + R"(]}],"default":{"effect":"Deny"}}})";
}

BoundClaims::BoundClaims(const Program& program, std::string_view claims, std::int64_t now)
    : slots_(program) {
  const auto tree = reader_.read(claims);
  if (!tree) give_up("no JSON: " + std::string(claims));
  const ProviderRecord& provider = program.view().Providers[0];
  if (bind_mappings(program, provider.first_mapping, provider.num_mappings, JsonRef(**tree),
                    slots_)) {
    give_up("a required claim is missing: " + std::string(claims));
  }
  slots_.set_now(now);
}

}  // namespace verdict::bench
