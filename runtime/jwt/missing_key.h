// Why a set has no key for a token, in words for the log: what it has instead.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "runtime/jwt/key_set.h"

namespace verdict {

// `error` is what KeySet::find() says of the same kid and algorithm. Of the set it shows ids and
// reasons, a few of each.
std::string describe_missing_key(const KeySet& keys, KeyLookupError error,
                                 std::optional<std::string_view> kid, Algorithm algorithm);

}  // namespace verdict
