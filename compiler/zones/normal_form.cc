// One form for all files of a zone: "fat" ones list each switch up to 2037, "slim" ones leave to
// the closing rule what it says.
#include <algorithm>

#include "compiler/zones/zone_file.h"

namespace verdict::compiler {
namespace {

// The switches of the closing rule behind `begin` and before `end`, falling.
std::vector<std::int64_t> switches_between(const ClosingRule& rule, std::int64_t begin,
                                           std::int64_t end) {
  using namespace std::chrono;
  const auto year_at = [](std::int64_t time) {
    return static_cast<int>(year_month_day(floor<days>(sys_seconds(seconds(time)))).year());
  };
  std::vector<std::int64_t> switches;
  for (int y = year_at(end) + 1; rule.has_daylight() && y >= year_at(begin) - 1; --y) {
    for (const std::int64_t at : switches_of(rule, year(y))) {
      if (at > begin && at < end) switches.push_back(at);
    }
  }
  std::sort(switches.begin(), switches.end(), std::greater<>());
  return switches;
}

// From when on, between `begin` and `end`, the closing rule has nothing but `offset`.
std::int64_t agrees_from(const ClosingRule& rule, std::int32_t offset, std::int64_t begin,
                         std::int64_t end) {
  std::vector<std::int64_t> pieces = switches_between(rule, begin, end);
  if (begin < end) pieces.push_back(begin);
  for (const std::int64_t piece : pieces) {
    if (offset_of(rule, piece) != offset) return end;
    end = piece;
  }
  return begin;
}

// Transitions that no timestamp can lie before, or behind.
void cut_to_timestamps(ZoneRules& zone) {
  auto& transitions = zone.transitions;
  const auto first =
      std::find_if(transitions.begin(), transitions.end(),
                   [](const ZoneTransition& transition) { return transition.at > kFirstSecond; });
  if (first != transitions.begin()) zone.first_offset = std::prev(first)->offset;
  transitions.erase(transitions.begin(), first);
  zone.closes_at = std::clamp(zone.closes_at, kFirstSecond, kLastSecond + 1);
  std::erase_if(transitions, [&zone](const ZoneTransition& t) { return t.at >= zone.closes_at; });
}

void drop_repeated_offsets(ZoneRules& zone) {
  std::int32_t offset = zone.first_offset;
  std::erase_if(zone.transitions, [&offset](const ZoneTransition& transition) {
    return std::exchange(offset, transition.offset) == transition.offset;
  });
}

// Lets the closing rule hold from as early on as it is true.
void close_early(ZoneRules& zone) {
  while (zone.closes_at > kFirstSecond) {
    const bool has_transitions = !zone.transitions.empty();
    const std::int64_t begin = has_transitions ? zone.transitions.back().at : kFirstSecond;
    const std::int32_t offset =
        has_transitions ? zone.transitions.back().offset : zone.first_offset;
    zone.closes_at = agrees_from(zone.closing, offset, begin, zone.closes_at);
    if (zone.closes_at > begin) return;
    if (has_transitions) zone.transitions.pop_back();
  }
  zone.first_offset = zone.closing.standard;  // before all timestamps
}

}  // namespace

ZoneRules normal_form(ZoneRules zone) {
  cut_to_timestamps(zone);
  drop_repeated_offsets(zone);
  close_early(zone);
  return zone;
}

}  // namespace verdict::compiler
