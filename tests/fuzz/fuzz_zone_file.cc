// Bytes to a time zone: they are refused in words, or programs say of local time what the second
// evaluator reads off the file itself.
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "compiler/reference/local_time.h"
#include "compiler/zones/zone_file.h"
#include "vm/base/check.h"

namespace {

using namespace verdict;
using namespace verdict::compiler;

std::vector<std::int64_t> instants_of(const ZoneRules& zone) {
  std::vector<std::int64_t> instants = {kFirstSecond, kLastSecond, 0, zone.closes_at - 1};
  for (const int year : {1, 1899, 1970, 2024, 2045, 9999}) {
    for (const std::int64_t at : switches_of(zone.closing, std::chrono::year(year)))
      instants.insert(instants.end(), {at - 1, at});
  }
  const std::size_t step = zone.transitions.size() / 8 + 1;
  for (std::size_t i = 0; i < zone.transitions.size(); i += step)
    instants.insert(instants.end(), {zone.transitions[i].at - 1, zone.transitions[i].at});
  return instants;
}

void check_instant(const std::vector<U32>& words, const ZoneRules& rules, std::int64_t at) {
  if (at < kFirstSecond || at > kLastSecond) return;
  const LocalTime local = local_time(words, at * kMicrosPerSecond);
  const reference::Clock clock = reference::clock_at(rules, at * kMicrosPerSecond);
  VERDICT_CHECK(clock.second_of_day == local.second_of_day);
  VERDICT_CHECK(clock.day_of_week == local.day_of_week);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto rules = read_zone_file(bytes);
  if (!rules) {
    VERDICT_CHECK(!rules.error().empty());
    return 0;
  }
  const ZoneRules form = normal_form(*rules);
  VERDICT_CHECK(normal_form(form) == form);
  const std::vector<std::uint32_t> encoded = encode_zone(form);
  const std::vector<U32> words(encoded.begin(), encoded.end());
  VERDICT_CHECK(is_time_zone(words));
  for (const std::int64_t at : instants_of(*rules)) check_instant(words, *rules, at);
  return 0;
}
