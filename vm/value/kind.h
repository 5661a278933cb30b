// Value kinds, sets of them, and the three truth values.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace verdict {

// `Presence` is the kind of an attribute that nothing reads, or only `is_null` reads: null or
// there, whatever the JSON.
enum class Kind : std::uint8_t {
#define VERDICT_KIND(name, spelling, element, held, variable, article) name,
#define VERDICT_OPERAND_KIND(name, spelling, held, variable, article) name,
#include "vm/value/kinds.def"
};

// How one value stands in a slot (vm/value/slot.h), and in a program as a constant.
// Network: only of constants. Zone: only in a program.
enum class Held : std::uint8_t {
  Nothing,
  Text,
  Number,
  Boolean,
  Time,
  Address,
  Network,
  List,
  Zone
};

struct KindRow {
  Kind kind;
  std::string_view spelling;
  Kind element;
  Held held;
  Kind variable;
  std::string_view article;
  bool is_of_attributes;  // else only constants have it
};

inline constexpr auto kKinds = std::to_array<KindRow>({
#define VERDICT_KIND(name, spelling, element, held, variable, article) \
  {Kind::name, spelling, Kind::element, Held::held, Kind::variable, article, true},
#define VERDICT_OPERAND_KIND(name, spelling, held, variable, article) \
  {Kind::name, spelling, Kind::name, Held::held, Kind::variable, article, false},
#include "vm/value/kinds.def"
});
inline constexpr std::size_t kNumKinds = kKinds.size();

constexpr const KindRow& get_kind_row(Kind kind) { return kKinds[static_cast<std::size_t>(kind)]; }
constexpr std::string_view spelling_of(Kind kind) { return get_kind_row(kind).spelling; }
constexpr Kind element_of(Kind kind) { return get_kind_row(kind).element; }
constexpr Held held_as(Kind kind) { return get_kind_row(kind).held; }
constexpr bool is_list(Kind kind) { return held_as(kind) == Held::List; }
constexpr bool is_text(Kind kind) { return held_as(kind) == Held::Text; }
// Whether values are those of local clocks: constants of several of them have a time zone.
constexpr bool is_local(Kind kind) { return kind == Kind::TimeOfDay || kind == Kind::DayOfWeek; }

// How many values of its kind a constant holds, and what is true of them.
//   One      a value
//   List     any number, in source order
//   Set      at least one, rising
//   Range    two: low <= high
//   Window   two that differ: from the first to the second, past the end of the scale where it must
enum class Shape : std::uint8_t { One, List, Set, Range, Window };
inline constexpr auto kShapeSpellings =
    std::to_array<std::string_view>({"one", "list", "set", "range", "window"});
constexpr std::string_view spelling_of(Shape shape) {
  return kShapeSpellings[static_cast<std::size_t>(shape)];
}

// What a constant is.
struct ConstantType {
  Kind kind = Kind::Presence;
  Shape shape = Shape::One;
  friend constexpr bool operator==(const ConstantType&, const ConstantType&) = default;
};

// The kind of the constants that stand for values of a kind: those of an enum are strings.
constexpr Kind constant_kind(Kind kind) {
  return get_kind_row(kind).variable == Kind::Enum ? Kind::String : kind;
}

// The list whose elements are of that kind. Enum values are strings, so their list is a list of
// strings.
constexpr std::optional<Kind> list_of(Kind kind) {
  if (kind == Kind::String || kind == Kind::Enum) return Kind::StringList;
  if (kind == Kind::Number) return Kind::NumberList;
  return std::nullopt;
}

// The kind of attributes that is spelt so.
constexpr std::optional<Kind> find_kind(std::string_view spelling) {
  for (const KindRow& row : kKinds) {
    if (row.is_of_attributes && row.spelling == spelling) return row.kind;
  }
  return std::nullopt;
}

// A set of the kinds that attributes can have, one bit each.
class KindSet {
 public:
  constexpr KindSet() = default;
  constexpr KindSet(Kind kind) : bits_(bit(kind)) {}  // NOLINT(google-explicit-constructor)
  static constexpr KindSet all() {
    KindSet set;
    for (const KindRow& row : kKinds) set.bits_ |= row.is_of_attributes ? bit(row.kind) : 0U;
    return set;
  }
  // Every kind that a value of a policy can have: all but Presence.
  static constexpr KindSet typed() { return all() & ~KindSet(Kind::Presence); }

  [[nodiscard]] constexpr bool contains(Kind kind) const { return (bits_ & bit(kind)) != 0; }
  [[nodiscard]] constexpr bool empty() const { return bits_ == 0; }
  [[nodiscard]] constexpr std::size_t size() const {
    std::size_t count = 0;
    for (const KindRow& row : kKinds) count += contains(row.kind) ? 1U : 0U;
    return count;
  }

  friend constexpr KindSet operator|(KindSet a, KindSet b) { return KindSet(a.bits_ | b.bits_, 0); }
  friend constexpr KindSet operator&(KindSet a, KindSet b) { return KindSet(a.bits_ & b.bits_, 0); }
  friend constexpr KindSet operator~(KindSet a) { return KindSet(~a.bits_ & all().bits_, 0); }
  friend constexpr bool operator==(KindSet, KindSet) = default;

 private:
  constexpr KindSet(std::uint32_t bits, int) : bits_(bits) {}
  static constexpr std::uint32_t bit(Kind kind) { return 1U << static_cast<unsigned>(kind); }
  std::uint32_t bits_ = 0;
};

constexpr KindSet operator|(Kind a, Kind b) { return KindSet(a) | KindSet(b); }

// Kleene's three values.
enum class Truth : std::uint8_t { False, True, Unknown };

constexpr Truth truth_of(bool value) { return value ? Truth::True : Truth::False; }
constexpr Truth negate(Truth truth) {
  if (truth == Truth::Unknown) return Truth::Unknown;
  return truth == Truth::True ? Truth::False : Truth::True;
}

// What a decision says. Deny is 0: whatever is zeroed denies.
enum class Effect : std::uint8_t { Deny = 0, Allow = 1 };

constexpr std::string_view spelling_of(Effect effect) {
  return effect == Effect::Allow ? "Allow" : "Deny";
}

}  // namespace verdict
