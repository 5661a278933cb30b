#include "compiler/check/time_zones.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/ast/object_reader.h"
#include "compiler/diag/suggest.h"
#include "vm/value/text_match.h"

namespace verdict::compiler {
namespace {

using Reason = ZoneError::Reason;

// The zone of that name in other letters, or whose place is called so (`new york`); else the one
// that is spelt most like it.
std::optional<std::string_view> find_meant(std::string_view name,
                                           const std::vector<std::string>& names) {
  std::string spelt(name);
  std::replace(spelt.begin(), spelt.end(), ' ', '_');
  const auto is_meant = [&](std::string_view text) { return is_equal(spelt, text, Case::Ignore); };
  const auto is_meant_place = [&](std::string_view zone) {
    return is_meant(zone.substr(zone.rfind('/') + 1));
  };
  auto found = std::find_if(names.begin(), names.end(), is_meant);
  if (found == names.end()) found = std::find_if(names.begin(), names.end(), is_meant_place);
  if (found != names.end()) return *found;
  return find_nearest(name, std::vector<std::string_view>(names.begin(), names.end()));
}

void report_unknown(const ast::Text& name, Reason reason, ZoneFolder& zones, Emitter& emitter) {
  auto diagnostic = emitter.emit(Code::UnknownTimeZone, name.span, {name.value});
  if (reason == Reason::NoFolder) {
    diagnostic.help("there are no time zone files in " + ast::quoted(zones.path()) +
                    ": install the package `tzdata`, or give their folder with `--time-zones`");
    return;
  }
  if (!diagnostic.is_kept()) return;
  if (const auto meant = find_meant(name.value, zones.names())) {
    diagnostic.did_you_mean(ast::inside_quotes(name.span), std::string(*meant));
  } else {
    diagnostic.help("names are those of the IANA data base, such as `Europe/Berlin`");
  }
}

}  // namespace

std::shared_ptr<const TimeZone> find_time_zone(const std::optional<ast::Text>& name,
                                               ZoneFolder& zones, Emitter& emitter) {
  auto zone = zones.find(name ? name->value : "UTC");
  if (zone) return *zone;
  if (zone.error().reason == Reason::BadFile) {
    emitter.emit(Code::BadTimeZoneFile, name->span, {name->value, zone.error().why});
  } else {
    report_unknown(*name, zone.error().reason, zones, emitter);
  }
  return nullptr;
}

}  // namespace verdict::compiler
