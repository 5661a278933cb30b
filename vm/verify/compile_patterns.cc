// Check V35: the regular expressions are such, and small enough; what comes of them is kept.
#include <algorithm>

#include "vm/verify/verify_records.h"

namespace verdict {
namespace {

// The constants that are one regular expression, by rising strings, of each string the first.
std::vector<std::uint32_t> find_expressions(const ProgramView& view) {
  std::vector<std::uint32_t> constants;
  for (std::uint32_t i = 0; i < view.Constants.size(); ++i) {
    if (type_of(view.Constants[i]) == ConstantType{Kind::Regex, Shape::One}) constants.push_back(i);
  }
  const auto string_of = [&view](std::uint32_t i) { return view.Constants[i].payload.get(); };
  std::stable_sort(constants.begin(), constants.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return string_of(a) < string_of(b); });
  const auto end =
      std::unique(constants.begin(), constants.end(),
                  [&](std::uint32_t a, std::uint32_t b) { return string_of(a) == string_of(b); });
  constants.erase(end, constants.end());
  return constants;
}

}  // namespace

Expected<Patterns, Error> compile_patterns(const ProgramView& view) {
  const std::vector<std::uint32_t> constants = find_expressions(view);
  if (constants.size() > limits::kMaxPatterns)
    return refuse(LoadError::Limit, "more regular expressions than a program can have");
  std::vector<Patterns::Entry> entries;
  for (const std::uint32_t i : constants) {
    const auto string = static_cast<std::uint32_t>(view.Constants[i].payload);
    auto pattern = Pattern::compile(view.string(string));
    if (!pattern)
      return refuse_at(view, LoadError::Constants, Section::Constants, i, pattern.error().message);
    entries.push_back({string, std::move(pattern).value()});
  }
  return Patterns(std::move(entries));
}

}  // namespace verdict
