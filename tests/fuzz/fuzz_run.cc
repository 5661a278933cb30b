// Bytes to a program, and whatever loads is used: claims and contexts made for its own mappings are
// bound, every route and policy decides and is asked for details. What the steps of all that come
// to is held against what the loader has proved of it. The checksum is put right first.
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "runtime/engine/decide.h"
#include "runtime/json/reader.h"
#include "tests/support/counting_claims.h"
#include "tests/vm/interp/counted.h"
#include "vm/base/check.h"
#include "vm/bind/bind.h"
#include "vm/explain/explain.h"
#include "vm/program/builder.h"

namespace {

using namespace verdict;
using verdict::testing::ClaimCounts;
using verdict::testing::CountingClaim;

// What stands where a path of the program leads.
std::string make_leaf(unsigned variant) {
  switch (variant) {
    case 0:
      return "\"text\"";
    case 1:
      return "1700000000.5";
    case 2: {
      std::string list = "[\"first\"";
      for (int i = 0; i < 2000; ++i) list += ",\"e" + std::to_string(i) + "\"";
      return list + "]";
    }
    case 3:
      return "[1,2.5,3]";
    case 4:
      return R"({"per":"read,write","fpm":"3"})";
    default:
      return "null";
  }
}
constexpr unsigned kVariants = 6;

std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    if (static_cast<unsigned char>(c) >= 0x20) result += c;
  }
  return result + "\"";
}

// The JSON around a leaf that the steps of a path lead to.
std::string wrap(const ProgramView& view, const MappingRecord& mapping, std::size_t from,
                 std::string leaf) {
  constexpr std::size_t kDeepest = 20;
  const std::size_t length = std::min<std::size_t>(mapping.num_steps, kDeepest);
  for (std::size_t i = length; i > from; --i) {
    const PathStepRecord& step = view.PathSteps[mapping.first_step + i - 1];
    const bool is_key = step.kind == static_cast<U8>(PathStepKind::Key);
    leaf = is_key ? "{" + quoted(view.string(step.value)) + ":" + leaf + "}"
                  : "[" + leaf + "," + leaf + "]";
    if (leaf.size() > 20000) return "null";
  }
  return leaf;
}

std::string make_claims(const ProgramView& view, std::uint32_t first, std::uint32_t count,
                        unsigned variant) {
  std::map<std::string, std::string> members;
  for (const MappingRecord& mapping : view.Mappings.subspan(first, std::min(count, 200U))) {
    const unsigned leaf = (variant + mapping.attribute) % kVariants;
    if (mapping.literal != kNone)
      members.try_emplace(quoted(view.string(mapping.literal)), make_leaf(leaf));
    const bool has_key = mapping.num_steps > 0 && view.PathSteps[mapping.first_step].kind ==
                                                      static_cast<U8>(PathStepKind::Key);
    if (!has_key) continue;
    members.try_emplace(quoted(view.string(view.PathSteps[mapping.first_step].value)),
                        wrap(view, mapping, 1, make_leaf(leaf)));
  }
  std::string json = "{";
  for (const auto& [key, value] : members)
    json += (json.size() == 1 ? "" : ",") + key + ":" + value;
  return json + "}";
}

class Run {
 public:
  Run(const Program& program, unsigned variant) : program_(program), variant_(variant) {}

  void everything() {
    for (const ProviderRecord& provider : view_.Providers) use(provider);
    if (view_.Providers.empty()) decide_all(Slots(program_));
  }

 private:
  void use(const ProviderRecord& provider) {
    Slots slots(program_);
    ClaimCounts counts;
    JsonReader reader;
    bind(reader, provider.first_mapping, provider.num_mappings, slots, counts);
    VERDICT_CHECK(counts.steps() <= program_.work().bind);
    slots.own_texts(program_);
    decide_all(slots);
  }

  void bind(JsonReader& reader, std::uint32_t first, std::uint32_t count, Slots& slots,
            ClaimCounts& counts) const {
    const auto tree = reader.read(make_claims(view_, first, count, variant_));
    if (!tree) return;  // keys that are alike once they are quoted
    (void)bind_mappings(program_, first, count, CountingClaim(JsonRef(**tree), counts), slots);
  }

  void decide_all(const Slots& claims) {
    for (const PolicyRecord& policy : view_.Policies) decide(policy.function, claims, 0);
    for (const ResourceRecord& resource : view_.Resources) {
      Slots slots(program_);
      slots.borrow(claims);
      ClaimCounts counts;
      JsonReader reader;
      bind(reader, resource.first_mapping, resource.num_mappings, slots, counts);
      for (const RouteRecord& route :
           view_.Routes.subspan(resource.first_route, resource.num_routes)) {
        if (route.function != kNone) decide(route.function, slots, counts.steps());
      }
    }
  }

  void decide(std::uint32_t function, const Slots& slots, Steps context) const {
    const auto counted =
        verdict::testing::evaluate_counting(program_, FunctionId(function), slots.view());
    VERDICT_CHECK(counted.num_instructions <= program_.longest_path(FunctionId(function)));
    VERDICT_CHECK(context + counted.steps() <= program_.work().decision);
    if (counted.outcome.by_rule) {
      (void)missing_of_rule(view_, slots.view(), RuleId(counted.outcome.subject));
    } else {
      const std::array policies = {PolicyId(counted.outcome.subject)};
      (void)missing_of_allow_rules(view_, slots.view(), policies);
    }
  }

  const Program& program_;
  const ProgramView& view_ = program_.view();
  unsigned variant_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto* begin = reinterpret_cast<const std::byte*>(data);
  std::vector<std::byte> bytes(begin, begin + size);
  seal(bytes);
  const auto program = Program::load(bytes);
  if (!program) return 0;
  for (unsigned variant = 0; variant < kVariants; ++variant) Run(**program, variant).everything();
  return 0;
}
