// The permissions of a Clerk session token, version 2, which stand there packed:
//
//   "fea": "o:dashboard,u:profile,o:teams", "o": { "per": "manage,read", "fpm": "3,2" }
//
// Number i of `fpm` belongs to the i-th feature of the organisation (`o:`) in `fea`, and its bit j
// to name j of `per`: dashboard:manage, dashboard:read, teams:read.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "vm/bind/slots.h"

namespace verdict {

struct PackedPermissions {
  std::optional<std::string_view> names;     // `per`
  std::optional<std::string_view> masks;     // `fpm`
  std::optional<std::string_view> features;  // `fea`
};

// Texts `feature:name` in `list`; `text` holds their bytes. Whatever does not fit together is
// refused: a bit too far would be another right. A feature without a number has no permissions, and
// an organisation without `per` and `fpm` has none at all. At most kMaxListElements of
// kMaxClaimsBytes.
InvalidReason unpack_clerk_permissions(const PackedPermissions& packed,
                                       std::vector<std::string_view>& list,
                                       std::unique_ptr<char[]>& text);

// The parts between separators; none of an empty text.
std::vector<std::string_view> split(std::string_view text, char separator);
// Without ASCII white space at its ends.
std::string_view trim(std::string_view text);

}  // namespace verdict
