// The rows of fields.def: what assembly needs to know about a record, as data.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <tuple>

#include "vm/program/layout.h"
#include "vm/value/kind.h"
#include "vm/value/transform.h"

namespace verdict {

// How a field is written. `#n` (row n of the table that the field refers to, or plain n) is
// accepted for each of them.
enum class FieldForm : std::uint8_t {
  Number,     // 12
  Row,        // #12
  Range,      // #first+count
  Word,       // one of `names`
  Flags,      // any of `names`, in any order, without a key
  Text,       // "a string"
  Name,       // the same, without quotes where it looks like an identifier
  Constant,   // true, 12, 0.5, "text": the first constant of that value; else #12
  Attribute,  // its name
  Policy,     // its name
  Function,   // the name of the policy that it belongs to; else #12
  Setting,    // its key in a provider file
  StepValue,  // a string after `key`, a number after `index`, nothing after `each`
  Owner,      // of a function: a policy's name after `policy`, else #12
};

using FieldNames = std::span<const std::string_view>;

namespace field_names {
template <class... Texts>
constexpr auto list(Texts... texts) {
  return std::array<std::string_view, sizeof...(Texts)>{texts...};
}
inline constexpr std::array<std::string_view, 0> kNoNames = {};
template <std::size_t kCount>
constexpr auto first_kinds() {
  std::array<std::string_view, kCount> names{};
  for (std::size_t i = 0; i < kCount; ++i) names[i] = kKinds[i].spelling;
  return names;
}
// The kinds of attributes are the first rows.
inline constexpr auto kKindNames = first_kinds<KindSet::all().size()>();
inline constexpr auto kConstantKindNames = first_kinds<kNumKinds>();
static_assert(kKinds[kKindNames.size() - 1].is_of_attributes);
inline constexpr auto kSourceNames = list("claim", "context", "request");  // AttributeSource
inline constexpr auto kAttributeFlagNames = list("sensitive", "ordered", "nullable");
inline constexpr auto kStepNames = list("key", "index", "each");  // PathStepKind
inline constexpr auto kTransformNames = [] {
  std::array<std::string_view, kNumTransforms> names{};
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = kTransforms[i].spelling;
  return names;
}();
inline constexpr auto kMappingFlagNames = list("required");
inline constexpr auto kEffectNames = list("Deny", "Allow");  // Effect
inline constexpr auto kCombiningNames =
    list("deny_overrides", "first_match", "allow_overrides");               // Combining
inline constexpr auto kFunctionKindNames = list("policy", "route");         // FunctionKind
inline constexpr auto kConditionNames = list("test", "all", "any", "not");  // ConditionKind
}  // namespace field_names

struct FieldRow {
  Section section;
  std::string_view key;
  std::size_t offset;  // in the record
  std::size_t bytes;
  FieldForm form;
  std::uint64_t absent;
  FieldNames names;

  [[nodiscard]] constexpr bool is_positional() const { return key.empty(); }
};

namespace field_names {
// The record of a section, by its number.
using RecordTuple = std::tuple<
#define VERDICT_SECTION(number, name, record, spelling) record,
#include "vm/program/sections.def"
    int>;
template <Section kSection>
using RecordOf = std::tuple_element_t<static_cast<std::size_t>(kSection), RecordTuple>;

inline constexpr auto kRows = std::to_array<FieldRow>({
#define VERDICT_FIELD(section, key, member, form, absent, names) \
  {Section::section,                                             \
   key,                                                          \
   offsetof(RecordOf<Section::section>, member),                 \
   sizeof(RecordOf<Section::section>::member),                   \
   FieldForm::form,                                              \
   absent,                                                       \
   names},
#include "vm/assembly/fields.def"
});
}  // namespace field_names

// The fields of one section's records, in the order in which they are written. Empty for a section
// without rows.
constexpr std::span<const FieldRow> fields_of(Section section) {
  const auto& rows = field_names::kRows;
  std::size_t first = 0;
  while (first < rows.size() && rows[first].section != section) ++first;
  std::size_t last = first;
  while (last < rows.size() && rows[last].section == section) ++last;
  return std::span(rows).subspan(first, last - first);
}

// A field of a record given as its bytes: little-endian, 1, 2, 4 or 8 of them.
inline std::uint64_t read_field(const U8* record, std::size_t offset, std::size_t bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < bytes; ++i) value |= std::uint64_t{record[offset + i]} << (8 * i);
  return value;
}
inline void write_field(U8* record, std::size_t offset, std::size_t bytes, std::uint64_t value) {
  for (std::size_t i = 0; i < bytes; ++i) record[offset + i] = static_cast<U8>(value >> (8 * i));
}

}  // namespace verdict
