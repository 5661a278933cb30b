// Functions of paths. What is no plain path is never compared: somebody else may read it otherwise.
#pragma once

#include "vm/functions/leaf.h"
#include "vm/value/path.h"

namespace verdict {

inline Truth holds(Leaf<Function::PathMatches>, const AskedOf&, const Slot& a, const auto& b) {
  if (!is_plain_path(a.string.text())) return Truth::Unknown;
  return truth_of(matches_path(a.string.text(), text_of(b)));
}

struct PathPrefix {
  std::string_view text;
  bool is_plain;
};
inline PathPrefix prepare(Leaf<Function::PathHasPrefix>, const TextConstant& prefix) {
  return {text_of(prefix), true};
}
inline PathPrefix prepare(Leaf<Function::PathHasPrefix>, const Slot& prefix) {
  return {prefix.string.text(), is_plain_path(prefix.string.text())};
}
inline Truth holds(Leaf<Function::PathHasPrefix>, const AskedOf&, const Slot& a,
                   const PathPrefix& prefix) {
  if (!prefix.is_plain || !is_plain_path(a.string.text())) return Truth::Unknown;
  return truth_of(has_path_prefix(a.string.text(), prefix.text));
}

}  // namespace verdict
