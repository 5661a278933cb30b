// "Did you mean": the nearest spelling among the candidates.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace verdict::compiler {

// The candidate that a person who typed `found` most likely meant, or nothing when none is near.
// Case and separators (`-`, `_`) weigh less than letters; a candidate that is `found` plus one
// known prefix (`ext_`, `ctx_`, `req_`) wins. The view is one of `candidates`. Ties go to the
// earlier candidate.
std::optional<std::string_view> find_nearest(std::string_view found,
                                             std::span<const std::string_view> candidates);

}  // namespace verdict::compiler
