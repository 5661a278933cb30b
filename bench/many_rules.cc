#include "bench/many_rules.h"

#include <cstdio>
#include <cstdlib>

#include "compiler/driver/compile.h"

namespace verdict::bench {

std::string many_rules_json(std::size_t num_rules) {
  std::string json = R"({"name":"many","specification":{"rules":[)";
  for (std::size_t i = 0; i < num_rules; ++i) {
    const std::string number = std::to_string(i);
    json +=
        (i == 0 ? R"({"rule_id":"r)" : R"(,{"rule_id":"r)") + number +
        R"(","effect":"Allow","conditions":[{"function":"string_equal","attribute":"ext_tenant","value":"t)" +
        number + R"("}]})";
  }
  return json + R"(],"default":{"effect":"Deny"}}})";
}

std::vector<std::byte> compile_many_rules(std::size_t num_rules) {
  compiler::Sources sources;
  compiler::CollectingConsumer consumer;
  compiler::Emitter emitter(consumer);
  const compiler::FileId provider = sources.add(
      "provider.json", R"([{"jwtPath":"tenant","attribute":"tenant","required":false}])");
  const compiler::FileId policy = sources.add("policy.json", many_rules_json(num_rules));
  compiler::Compilation compilation =
      compiler::compile(sources, {{provider}, {policy}, {}, {}}, {}, emitter);
  if (!compilation.bytes) {
    std::fputs("bench: the generated rules do not compile\n", stderr);
    std::exit(1);
  }
  return std::move(*compilation.bytes);
}

}  // namespace verdict::bench
