// Functions of strings; those that read enums too.
#pragma once

#include "vm/base/text.h"
#include "vm/functions/leaf.h"

namespace verdict {

using ComparePart = bool (*)(std::string_view, std::string_view, Case);
inline Truth truth_of_part(const Slot& text, std::string_view part, ComparePart has, Case letters) {
  if (part.empty()) return Truth::Unknown;
  return truth_of(has(text.string.text(), part, letters));
}

inline bool holds(Leaf<Function::StringEqual>, const AskedOf&, const Slot& a, const auto& b) {
  return same_text(a, b);
}
inline bool holds(Leaf<Function::StringIn> leaf, const AskedOf&, const Slot& a, const auto& set) {
  return set.contains(equality_of(leaf), a);
}

// An empty part, which every text has, would grant: it is never a constant, and unknown else.
inline Truth holds(Leaf<Function::StringStartsWith>, const AskedOf&, const Slot& a, const auto& b) {
  return truth_of_part(a, text_of(b), has_prefix, Case::Exact);
}
inline Truth holds(Leaf<Function::StringStartsWithIgnoreCase>, const AskedOf&, const Slot& a,
                   const auto& b) {
  return truth_of_part(a, text_of(b), has_prefix, Case::Ignore);
}
inline Truth holds(Leaf<Function::StringContains>, const AskedOf&, const Slot& a, const auto& b) {
  return truth_of_part(a, text_of(b), has_substring, Case::Exact);
}
inline Truth holds(Leaf<Function::StringContainsIgnoreCase>, const AskedOf&, const Slot& a,
                   const auto& b) {
  return truth_of_part(a, text_of(b), has_substring, Case::Ignore);
}
inline Truth holds(Leaf<Function::StringEndsWith>, const AskedOf&, const Slot& a, const auto& b) {
  return truth_of_part(a, text_of(b), has_suffix, Case::Exact);
}
inline Truth holds(Leaf<Function::StringEndsWithIgnoreCase>, const AskedOf&, const Slot& a,
                   const auto& b) {
  return truth_of_part(a, text_of(b), has_suffix, Case::Ignore);
}
inline bool holds(Leaf<Function::StringEqualIgnoreCase>, const AskedOf&, const Slot& a,
                  const auto& b) {
  return is_equal(a.string.text(), text_of(b), Case::Ignore);
}
inline bool holds(Leaf<Function::StringInIgnoreCase> leaf, const AskedOf&, const Slot& a,
                  const auto& set) {
  return set.contains(equality_of(leaf), a);
}
inline bool holds(Leaf<Function::StringLike>, const AskedOf&, const Slot& a, const auto& b) {
  return matches_glob(a.string.text(), text_of(b), Case::Exact);
}
inline bool holds(Leaf<Function::StringLikeIgnoreCase>, const AskedOf&, const Slot& a,
                  const auto& b) {
  return matches_glob(a.string.text(), text_of(b), Case::Ignore);
}
// Compiled when the program was loaded.
inline const Pattern& prepare(Leaf<Function::StringMatches>, const TextConstant& expression) {
  return expression.view.patterns->get(expression.id);
}
inline Truth holds(Leaf<Function::StringMatches>, const AskedOf&, const Slot& a,
                   const Pattern& pattern) {
  return pattern.matches(a.string.text());
}
inline bool holds(Leaf<Function::StringLengthBetween>, const AskedOf&, const Slot& a,
                  const auto& ends) {
  return is_count_between(count_code_points(a.string.text()), ends);
}

}  // namespace verdict
