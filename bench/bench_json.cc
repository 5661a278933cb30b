// Reading the claims of a token: the strict reader, walk and checks included. The text is that of a
// Clerk session token of 372 bytes. Names: <what>/<case>.
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include <benchmark/benchmark.h>

#include "runtime/json/reader.h"

namespace verdict::bench {
namespace {

constexpr std::string_view kClaims =
    R"({"azp":"https://app.example.com","aud":"centrali","exp":1893456060,"iat":1893456000,)"
    R"("iss":"https://example.clerk.accounts.dev","jti":"4f0c2d9","nbf":1893455990,)"
    R"("sub":"user_2aBcDeFgHiJkLmNoPqRsTuVwXyZ","org_id":"org_2ZyXwVuTsRqPoNmLkJiHgFeDcBa",)"
    R"("org_role":"org:admin","org_slug":"acme","plan":"enterprise","limits":{"orders":2500.5},)"
    R"("mfa":true,"roles":["approver","buyer"]})";
static_assert(kClaims.size() == 372);

void claims(benchmark::State& state) {
  JsonReader reader;
  for (auto _ : state) {
    kClaims.copy(reader.buffer(kClaims.size()), kClaims.size());
    const auto tree = reader.read_buffer(kClaims.size());
    if (!tree) state.SkipWithError("refused");
    benchmark::DoNotOptimize(tree.value()->nodes.data());
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(kClaims.size()));
}
BENCHMARK(claims)->Name("read/claims");

}  // namespace
}  // namespace verdict::bench
