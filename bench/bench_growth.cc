// How the cost of one test grows with what it reads, for inputs that are made to be dear: globs
// over runs of one letter, and many networks. bench/draw_growth.py draws it. Names:
//
//   string_like/<glob>/<bytes of text>              no text has the form
//   by_hand/<glob>/<bytes of text>                  fnmatch() of the C library
//   ip_in/<networks>_<hit or miss>/<networks>
//   by_hand/<networks>_<hit or miss>/<networks>     compared one after the other
#include <algorithm>
#include <array>
#include <fnmatch.h>
#include <span>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "bench/workspace.h"
#include "runtime/engine/decide.h"
#include "vm/value/network.h"

namespace verdict::bench {
namespace {

// A policy of one condition, bound to one claim `x`.
class OneTest {
 public:
  OneTest(std::string_view kind, const std::string& condition, const std::string& claim)
      : program_(load_or_give_up(
            compile_workspace(R"([{"jwtPath":"x","attribute":"x","required":false,"type":")" +
                                  std::string(kind) + "\"}]",
                              policy_json("p", R"({"attribute":"ext_x",)" + condition + "}")))),
        claims_(*program_, R"({"x":")" + claim + "\"}") {}

  [[nodiscard]] bool holds() const {
    return decide(*program_, *Target::resolve_policy(*program_, "p"), claims_.view()).allowed();
  }
  void run(benchmark::State& state) const {
    const Target target = *Target::resolve_policy(*program_, "p");
    SlotView slots = claims_.view();
    for (auto _ : state) {
      benchmark::DoNotOptimize(slots);
      Decision decision = decide(*program_, target, slots);
      benchmark::DoNotOptimize(decision);
    }
  }

 private:
  std::shared_ptr<const Program> program_;
  BoundClaims claims_;
};

std::string repeat(std::string_view text, std::size_t count) {
  std::string repeated;
  for (std::size_t i = 0; i < count; ++i) repeated += text;
  return repeated;
}

// ---- globs over runs of `a`

struct HostileGlob {
  std::string_view name;
  std::string glob;
};
std::vector<HostileGlob> hostile_globs() {
  return {{"stars", "*" + repeat("a*", 4) + "b"},          // *a*a*a*a*b: its end decides
          {"open_stars", "*" + repeat("a*", 4) + "b*"},    // *a*a*a*a*b*
          {"run", "*" + repeat("a", 64) + "b*"},           // nearly everywhere
          {"marks", "*" + repeat("a?", 4) + "b*"},         // *a?a?a?a?b*
          {"many_marks", "*" + repeat("a?", 32) + "b*"}};  // the dearest: 65 bytes with `?`
}

void string_like(benchmark::State& state, const std::string& glob) {
  const OneTest test("string", R"("function":"string_like","value":")" + glob + "\"",
                     repeat("a", static_cast<std::size_t>(state.range(0))));
  if (test.holds()) return state.SkipWithError("a text of `a` has the form");
  test.run(state);
}

void string_like_by_hand(benchmark::State& state, const std::string& glob) {
  const std::string text = repeat("a", static_cast<std::size_t>(state.range(0)));
  if (fnmatch(glob.c_str(), text.c_str(), 0) == 0)
    return state.SkipWithError("a text of `a` has the form");
  const char* read = text.c_str();
  for (auto _ : state) {
    benchmark::DoNotOptimize(read);
    benchmark::DoNotOptimize(fnmatch(glob.c_str(), read, 0));
  }
}

// ---- addresses in many networks

std::string v4(std::uint32_t ip) {
  return std::to_string(ip >> 24U) + "." + std::to_string((ip >> 16U) & 255U) + "." +
         std::to_string((ip >> 8U) & 255U) + "." + std::to_string(ip & 255U);
}

std::uint32_t v4_of(const IpValue& ip) {
  std::uint32_t value = 0;
  for (std::size_t i = 12; i < ip.size(); ++i) value = (value << 8U) | ip.at(i);
  return value;
}

constexpr std::uint32_t kFirst = 10U << 24U;  // 10.0.0.0

// Neighbours: every second host, so that no two are one network.
std::string neighbour(std::uint32_t i) { return v4(kFirst + 2 * i); }
// Nested: by fours a /16, a /24, a /28 and a host, each inside the one before; every second /16.
std::string nested(std::uint32_t i) {
  static constexpr std::array kLengths = {"/16", "/24", "/28", "/32"};
  return v4(kFirst + ((i / 4) << 17U)) + kLengths.at(i % 4);
}

struct Networks {
  std::string_view name;
  std::string (*at)(std::uint32_t);
  std::uint32_t to_gap;  // from the first address of a network to one behind it that is in none
};
constexpr auto kNetworks = std::to_array<Networks>({
    {"neighbours", neighbour, 1},
    {"nested", nested, 1U << 16U},
});

std::string condition_of(const Networks& networks, std::uint32_t size) {
  std::string json;
  for (std::uint32_t i = 0; i < size; ++i) json += (i == 0 ? "\"" : ",\"") + networks.at(i) + "\"";
  return R"("function":"ip_in","values":[)" + json + "]";
}

// At the network in the middle.
std::string address_of(const Networks& networks, std::uint32_t size, bool is_hit) {
  const Network network = parse_network(networks.at(size / 2)).value.value();
  return v4(v4_of(network.address) + (is_hit ? 0 : networks.to_gap));
}

void ip_in(benchmark::State& state, const Networks& networks, bool is_hit) {
  const auto size = static_cast<std::uint32_t>(state.range(0));
  const OneTest test("ip", condition_of(networks, size), address_of(networks, size, is_hit));
  if (test.holds() != is_hit) return state.SkipWithError("wrong answer");
  test.run(state);
}

// An IPv4 network as a program without a policy engine keeps it.
struct V4Network {
  std::uint32_t address;
  std::uint32_t mask;
};
std::vector<V4Network> networks_by_hand(const Networks& networks, std::uint32_t size) {
  std::vector<V4Network> made;
  for (std::uint32_t i = 0; i < size; ++i) {
    const Network network = parse_network(networks.at(i)).value.value();
    made.push_back({v4_of(network.address), ~std::uint32_t{0} << (128U - network.prefix_length)});
  }
  return made;
}

bool is_in_any(std::span<const V4Network> networks, std::uint32_t ip) {
  return std::ranges::any_of(
      networks, [ip](const V4Network& network) { return (ip & network.mask) == network.address; });
}

void ip_in_by_hand(benchmark::State& state, const Networks& networks, bool is_hit) {
  const auto size = static_cast<std::uint32_t>(state.range(0));
  const std::vector<V4Network> made = networks_by_hand(networks, size);
  std::uint32_t ip = v4_of(parse_ip(address_of(networks, size, is_hit)).value());
  if (is_in_any(made, ip) != is_hit) return state.SkipWithError("wrong answer");
  bool (*volatile hidden)(std::span<const V4Network>, std::uint32_t) = is_in_any;
  const auto test = hidden;
  for (auto _ : state) {
    benchmark::DoNotOptimize(ip);
    benchmark::DoNotOptimize(test(made, ip));
  }
}

void register_lengths(const std::string& name, void (*run)(benchmark::State&, const std::string&),
                      const std::string& glob) {
  benchmark::RegisterBenchmark(name.c_str(), run, glob)->RangeMultiplier(2)->Range(256, 16384);
}

void register_sizes(const std::string& name, void (*run)(benchmark::State&, const Networks&, bool),
                    const Networks& networks, bool is_hit) {
  benchmark::RegisterBenchmark(name.c_str(), run, networks, is_hit)
      ->ArgsProduct({{1, 4, 16, 64, 256, 1000, 4000, 16000}});
}

[[maybe_unused]] const bool is_registered = [] {
  for (const HostileGlob& hostile : hostile_globs()) {
    register_lengths("string_like/" + std::string(hostile.name), string_like, hostile.glob);
    register_lengths("by_hand/" + std::string(hostile.name), string_like_by_hand, hostile.glob);
  }
  for (const Networks& networks : kNetworks) {
    for (const bool is_hit : {true, false}) {
      const std::string name = std::string(networks.name) + (is_hit ? "_hit" : "_miss");
      register_sizes("ip_in/" + name, ip_in, networks, is_hit);
      register_sizes("by_hand/" + name, ip_in_by_hand, networks, is_hit);
    }
  }
  return true;
}();

}  // namespace
}  // namespace verdict::bench
