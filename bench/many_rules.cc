#include "bench/many_rules.h"

#include "bench/workspace.h"

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
  return compile_workspace(R"([{"jwtPath":"tenant","attribute":"tenant","required":false}])",
                           many_rules_json(num_rules));
}

}  // namespace verdict::bench
