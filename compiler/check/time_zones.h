// The time zone that a condition names.
#pragma once

#include <memory>
#include <optional>

#include "compiler/ast/ast.h"
#include "compiler/diag/emitter.h"
#include "compiler/zones/zone_folder.h"

namespace verdict::compiler {

// UTC where no name is given. Reports what cannot be found or used, and returns nothing then.
std::shared_ptr<const TimeZone> find_time_zone(const std::optional<ast::Text>& name,
                                               ZoneFolder& zones, Emitter& emitter);

}  // namespace verdict::compiler
