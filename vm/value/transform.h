// The rows of transforms.def, and how a chain of them fits together: what may stand before the
// first, between two of them, and behind the last.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "vm/value/kind.h"

namespace verdict {

// What a value is between two transforms. A List is one of texts.
enum class Form : std::uint8_t { Text, List, Number, Object, Time };
inline constexpr auto kFormArticles = std::to_array<std::string_view>(
    {"a string", "a list of strings", "a number", "an object", "a timestamp"});

class FormSet {
 public:
  constexpr FormSet() = default;
  constexpr FormSet(Form form) : bits_(bit(form)) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] constexpr bool contains(Form form) const { return (bits_ & bit(form)) != 0; }
  [[nodiscard]] constexpr bool empty() const { return bits_ == 0; }

  friend constexpr FormSet operator|(FormSet a, FormSet b) { return FormSet(a.bits_ | b.bits_, 0); }
  friend constexpr FormSet operator&(FormSet a, FormSet b) { return FormSet(a.bits_ & b.bits_, 0); }
  friend constexpr bool operator==(FormSet, FormSet) = default;

 private:
  constexpr FormSet(unsigned bits, int) : bits_(bits) {}
  static constexpr unsigned bit(Form form) { return 1U << static_cast<unsigned>(form); }
  unsigned bits_ = 0;
};
constexpr FormSet operator|(Form a, Form b) { return FormSet(a) | FormSet(b); }

// What JSON can be, as far as any transform takes it.
inline constexpr FormSet kJsonForms = Form::Text | Form::List | (Form::Number | Form::Object);

// "a string or a list of strings".
inline std::string articles_of(FormSet forms) {
  std::string text;
  for (std::size_t i = 0; i < kFormArticles.size(); ++i) {
    if (!forms.contains(static_cast<Form>(i))) continue;
    text += (text.empty() ? "" : " or ") + std::string(kFormArticles[i]);
  }
  return text;
}

enum class Transform : std::uint8_t {
#define VERDICT_TRANSFORM(number, name, spelling, takes, gives, argument, meaning) name = number,
#include "vm/value/transforms.def"
};

enum class TransformArgument : std::uint8_t { None, Text };

struct TransformRow {
  Transform transform;
  std::string_view spelling;
  FormSet takes;
  FormSet gives;
  TransformArgument argument;
  std::string_view meaning;
};

inline constexpr auto kTransforms = std::to_array<TransformRow>({
#define VERDICT_TRANSFORM(number, name, spelling, takes, gives, argument, meaning) \
  {Transform::name, spelling, takes, gives, TransformArgument::argument, meaning},
#include "vm/value/transforms.def"
});
inline constexpr std::size_t kNumTransforms = kTransforms.size();
static_assert([] {
  for (std::size_t i = 0; i < kNumTransforms; ++i) {
    if (static_cast<std::size_t>(kTransforms[i].transform) != i) return false;
  }
  return true;
}());

constexpr const TransformRow& get_transform_row(Transform transform) {
  return kTransforms[static_cast<std::size_t>(transform)];
}
constexpr std::string_view spelling_of(Transform transform) {
  return get_transform_row(transform).spelling;
}
constexpr std::optional<Transform> find_transform(std::string_view spelling) {
  for (const TransformRow& row : kTransforms) {
    if (row.spelling == spelling) return row.transform;
  }
  return std::nullopt;
}

// What comes out where one of `forms` goes in. Empty: the transform takes none of them.
constexpr FormSet forms_after(const TransformRow& row, FormSet forms) {
  const FormSet taken = forms & row.takes;
  return taken.empty() || row.gives.empty() ? taken : row.gives;
}

// The kinds that an attribute can have whose value is of that form: those of any JSON string where
// it is a text. A number that is a time says so with `to_timestamp`.
constexpr KindSet kinds_of(Form form) {
  switch (form) {
    case Form::Text:
      return Kind::String | Kind::Enum | KindSet(Kind::Timestamp) | Kind::Ip;
    case Form::List:
      return Kind::StringList;
    case Form::Number:
      return Kind::Number;
    case Form::Time:
      return Kind::Timestamp;
    case Form::Object:
      break;
  }
  return {};
}
constexpr KindSet kinds_of(FormSet forms) {
  KindSet kinds;
  for (std::size_t i = 0; i < kFormArticles.size(); ++i) {
    const auto form = static_cast<Form>(i);
    if (forms.contains(form)) kinds = kinds | kinds_of(form);
  }
  return kinds;
}

// Whether an attribute of that kind can have a value of one of the forms. A bare string is a list
// of one, and a Presence takes anything.
constexpr bool can_become(FormSet forms, Kind kind) {
  if (kind == Kind::Presence) return true;
  if (kind == Kind::StringList && forms.contains(Form::Text)) return true;
  return kinds_of(forms).contains(kind);
}

}  // namespace verdict
