#include "bench/mistakes.h"

#include <string_view>

#include "compiler/diag/render_text.h"
#include "compiler/driver/compile.h"

namespace verdict::bench {
namespace {

// `count` pieces with commas between them; `#` stands for a piece's number.
std::string list_of(std::size_t count, std::string_view piece) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    text += i == 0 ? "" : ",";
    for (const char c : piece) text += c == '#' ? std::to_string(i) : std::string(1, c);
  }
  return text;
}

std::string provider(const std::string& mappings) {
  return R"({"name":"P","type":"oidc","issuer":"https://i","allowedAudiences":["a"],"claimMappings":[)" +
         mappings + "]}";
}

std::string claims(std::size_t count, std::string_view more = R"(,"type":"string")") {
  return provider(list_of(count, R"({"jwtPath":"claim_number_#","attribute":"claim_number_#")" +
                                     std::string(more) + "}"));
}

std::string rule_of(std::string_view conditions) {
  return R"({"rule_id":"r#","effect":"Allow","conditions":[)" + std::string(conditions) + "]}";
}

std::string policy(const std::string& rules) {
  return R"({"name":"p","specification":{"rules":[)" + rules + "]}}";
}

// One test a rule: is this attribute "x"?
std::string rules(std::size_t count, std::string_view attribute) {
  return policy(list_of(count, rule_of(R"({"function":"string_equal","attribute":")" +
                                       std::string(attribute) + R"(","value":"x"})")));
}

// Each list has the text before it and the text behind; only the first text is known, and it is
// asked last.
WorkspaceTexts chain_of_lists(std::size_t size) {
  std::string all;
  for (std::size_t i = size / 2; i-- > 1;) {
    const auto claim = [](std::size_t number) {
      return "\"ext_claim_number_" + std::to_string(number) + "\"";
    };
    std::string tests;
    for (const std::size_t text : {2 * i - 2, 2 * i}) {
      tests += (tests.empty() ? "" : ",") +
               (R"({"function":"list_contains","attribute":)" + claim(2 * i - 1)) +
               R"(,"value_attribute":)" + claim(text) + "}";
    }
    all += R"({"rule_id":"l)" + std::to_string(i) + R"(","effect":"Allow","conditions":[)" + tests +
           "]},";
  }
  return {
      claims(size, ""),
      policy(
          all +
          list_of(
              1,
              rule_of(
                  R"({"function":"string_equal","attribute":"ext_claim_number_0","value":"x"})"))),
      "", ""};
}

WorkspaceTexts context(std::size_t size) {
  return {claims(1), rules(size, "ctx_c#"),
          R"([{"name":"r","actions":["a"],"contextMappings":[)" +
              list_of(size, R"({"path":"c#","attribute":"c#","type":"string"})") + "]}]",
          R"([{"resource":"r","actions":["a"],"policy":"p"}])"};
}

WorkspaceTexts resources(std::size_t size) {
  return {claims(1), rules(1, "ext_claim_number_0"),
          "[" + list_of(size, R"({"name":"r#","actions":["a"]})") + "]",
          "[" + list_of(size, R"({"resource":"r#","actions":["a"],"policy":"p"})") + "]"};
}

WorkspaceTexts actions(std::size_t size) {
  const std::string names = list_of(size, R"("action#")");
  return {claims(1), rules(1, "ext_claim_number_0"), R"([{"name":"r","actions":[)" + names + "]}]",
          R"([{"resource":"r","policy":"p","actions":[)" + names + "]}]"};
}

WorkspaceTexts enum_values(std::size_t size) {
  const std::string values = R"("values":[)" + list_of(size, R"("v#")") + "]";
  return {
      provider(R"({"jwtPath":"c","attribute":"c",)" + values + "}"),
      policy(list_of(1, rule_of(R"({"function":"string_in","attribute":"ext_c",)" + values + "}"))),
      "", ""};
}

}  // namespace

const std::vector<OddWorkspace>& odd_workspaces() {
  using Size = std::size_t;
  static const std::vector<OddWorkspace> kAll = {
      {"renamed",
       {10000},
       [](Size n) {
         return WorkspaceTexts{claims(200), rules(n, "ext_subscription_tier"), "", ""};
       }},
      {"misspelt",
       {1000, 5000},
       [](Size n) {
         return WorkspaceTexts{claims(n), rules(n, "ext_clam_nmber_#"), "", ""};
       }},
      {"unknown",
       {1000, 5000},
       [](Size n) {
         return WorkspaceTexts{claims(n), rules(n, "ext_qqqqqqqqqqqqqq#"), "", ""};
       }},
      {"chain_of_lists", {10000, 40000}, chain_of_lists},
      {"context", {10000, 40000}, context},
      {"defaults",
       {10000, 60000},
       [](Size n) {
         return WorkspaceTexts{claims(n, R"(,"defaultValue":"x")"), policy(""), "", ""};
       }},
      {"resources", {10000, 50000}, resources},
      {"actions", {10000, 50000}, actions},
      {"enum_values", {10000, 60000}, enum_values},
      {"unknown_keys",
       {300000},
       [](Size n) {
         return WorkspaceTexts{claims(1), "{" + list_of(n, R"("k#":1)") + "}", "", ""};
       }},
      {"warnings_in_one_line",
       {10000, 50000},
       [](Size n) {
         return WorkspaceTexts{claims(1), policy(list_of(n, rule_of(""))), "", ""};
       }},
  };
  return kAll;
}

std::size_t check(const WorkspaceTexts& texts) {
  compiler::Sources sources;
  compiler::CollectingConsumer consumer;
  compiler::Emitter emitter(consumer);
  const auto add = [&sources](const char* name, const std::string& text) {
    return text.empty() ? std::vector<compiler::FileId>() : std::vector{sources.add(name, text)};
  };
  const compiler::WorkspaceFiles files = {
      add("provider.json", texts.provider), add("policies.json", texts.policies),
      add("resources.json", texts.resources), add("permissions.json", texts.permissions)};
  compiler::compile(sources, files, {}, emitter);
  return render_text(consumer.diagnostics, sources, {}).size();
}

}  // namespace verdict::bench
