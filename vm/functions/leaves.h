// What each row of functions.def means for a value that is there: the leaves of the general form.
//
// One overload a row: the value (of the attribute, or an element of it) and the operand as the row
// has it. bool where the function is always decided, else Truth. A row that takes many operands
// says in equality_of() how it compares. The reference evaluator shares nothing of this file.
#pragma once

#include <algorithm>
#include <functional>

#include "vm/base/text.h"
#include "vm/functions/operands.h"

namespace verdict {

template <Function kFunction>
struct Leaf {};

// What a leaf can ask of its condition beside the two values.
struct AskedOf {
  const TestFrame& frame;
  std::uint32_t attribute;
};

using ComparePart = bool (*)(std::string_view, std::string_view, Case);
inline Truth truth_of_part(const Slot& text, std::string_view part, ComparePart has, Case letters) {
  if (part.empty()) return Truth::Unknown;
  return truth_of(has(text.string.text(), part, letters));
}

inline bool is_count_between(std::size_t count, const auto& ends) {
  const Number number = Number::from_integer(static_cast<std::int64_t>(count));
  return ends.low.number <= number && number <= ends.high.number;
}

inline bool holds(Leaf<Function::IsNull>, const AskedOf&, const Slot&, NoOperand) { return false; }
inline bool holds(Leaf<Function::BooleanEqual>, const AskedOf&, const Slot& a, const auto& b) {
  return a.boolean == b.boolean;
}

// Strings and enum values.
inline bool holds(Leaf<Function::StringEqual>, const AskedOf&, const Slot& a, const auto& b) {
  return same_text(a, b);
}
constexpr Equality equality_of(Leaf<Function::StringIn>) { return {Held::Text}; }
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
constexpr Equality equality_of(Leaf<Function::StringInIgnoreCase>) {
  return {Held::Text, Case::Ignore};
}
inline bool holds(Leaf<Function::StringInIgnoreCase> leaf, const AskedOf&, const Slot& a,
                  const auto& set) {
  return set.contains(equality_of(leaf), a);
}
inline bool holds(Leaf<Function::StringLengthBetween>, const AskedOf&, const Slot& a,
                  const auto& ends) {
  return is_count_between(count_code_points(a.string.text()), ends);
}

// Numbers.
inline bool holds(Leaf<Function::NumberEqual>, const AskedOf&, const Slot& a, const auto& b) {
  return a.number == b.number;
}
constexpr Equality equality_of(Leaf<Function::NumberIn>) { return {Held::Number}; }
inline bool holds(Leaf<Function::NumberIn> leaf, const AskedOf&, const Slot& a, const auto& set) {
  return set.contains(equality_of(leaf), a);
}
inline bool holds(Leaf<Function::NumberLess>, const AskedOf&, const Slot& a, const auto& b) {
  return a.number < b.number;
}
inline bool holds(Leaf<Function::NumberLessEqual>, const AskedOf&, const Slot& a, const auto& b) {
  return a.number <= b.number;
}
inline bool holds(Leaf<Function::NumberGreater>, const AskedOf&, const Slot& a, const auto& b) {
  return a.number > b.number;
}
inline bool holds(Leaf<Function::NumberGreaterEqual>, const AskedOf&, const Slot& a,
                  const auto& b) {
  return a.number >= b.number;
}
inline bool holds(Leaf<Function::NumberBetween>, const AskedOf&, const Slot& a, const auto& ends) {
  return ends.low.number <= a.number && a.number <= ends.high.number;
}
inline Truth holds(Leaf<Function::NumberHasBits>, const AskedOf&, const Slot& a, const auto& b) {
  const bool has_bits = a.number.is_integer() && a.number.integer() >= 0;
  const bool is_mask = b.number.is_integer() && b.number.integer() > 0;
  if (!has_bits || !is_mask) return Truth::Unknown;
  return truth_of((a.number.integer() & b.number.integer()) == b.number.integer());
}

// Enums.
inline bool holds(Leaf<Function::EnumEqual>, const AskedOf&, const Slot& a, const auto& b) {
  return same_text(a, b);
}
constexpr Equality equality_of(Leaf<Function::EnumIn>) { return {Held::Text}; }
inline bool holds(Leaf<Function::EnumIn> leaf, const AskedOf&, const Slot& a, const auto& set) {
  return set.contains(equality_of(leaf), a);
}

// The place of a value among those of the attribute; their number for what is none of them.
inline std::size_t rank_of(const AskedOf& asked, std::uint32_t value) {
  const AttributeRecord& attribute = asked.frame.view.Attributes[asked.attribute];
  const std::span<const U32> values = asked.frame.words(attribute.values);
  return static_cast<std::size_t>(std::find(values.begin(), values.end(), value) - values.begin());
}
// What has no rank, as values of another enum may, is not compared.
template <class Compare>
Truth compare_ranks(const AskedOf& asked, std::uint32_t a, std::uint32_t b,
                    const Compare& compare) {
  const AttributeRecord& attribute = asked.frame.view.Attributes[asked.attribute];
  const std::size_t num_values = asked.frame.words(attribute.values).size();
  const std::size_t rank = rank_of(asked, a);
  const std::size_t other = rank_of(asked, b);
  if (rank == num_values || other == num_values) return Truth::Unknown;
  return truth_of(compare(rank, other));
}
inline Truth holds(Leaf<Function::EnumAtLeast>, const AskedOf& asked, const Slot& a,
                   const auto& b) {
  return compare_ranks(asked, id_of(a), id_of(b), std::greater_equal<std::size_t>());
}
inline Truth holds(Leaf<Function::EnumAtMost>, const AskedOf& asked, const Slot& a, const auto& b) {
  return compare_ranks(asked, id_of(a), id_of(b), std::less_equal<std::size_t>());
}

// Lists.

inline Truth contains_any(const ListValue& list, const auto& operands, Equality equality) {
  return operands.searched(equality, list.count, [&](const auto& searched) {
    const auto elements = elements_of(list);
    return truth_of(std::any_of(elements.begin(), elements.end(), [&](const Slot& element) {
      return searched.contains(equality, element);
    }));
  });
}
inline Truth is_subset_of(const ListValue& list, const auto& operands, Equality equality) {
  return operands.searched(equality, list.count, [&](const auto& searched) {
    const auto elements = elements_of(list);
    return truth_of(!elements.empty() &&
                    std::all_of(elements.begin(), elements.end(), [&](const Slot& element) {
                      return searched.contains(equality, element);
                    }));
  });
}
// Every list has all elements of an empty one, which only an attribute can be.
inline Truth contains_all(const ListValue& list, const auto& operands, Equality equality) {
  if (operands.size() == 0) return Truth::Unknown;
  return ListMembers(list).searched(equality, operands.size(), [&](const auto& searched) {
    for (std::uint32_t i = 0; i < operands.size(); ++i) {
      if (!searched.contains(equality, operands.at(equality.held, i))) return Truth::False;
    }
    return Truth::True;
  });
}
inline Truth holds(Leaf<Function::ListContainsAnyString>, const AskedOf&, const Slot& list,
                   const auto& operands) {
  return contains_any(list.list, operands, {Held::Text});
}
inline Truth holds(Leaf<Function::ListContainsAnyNumber>, const AskedOf&, const Slot& list,
                   const auto& operands) {
  return contains_any(list.list, operands, {Held::Number});
}
inline Truth holds(Leaf<Function::ListContainsAllString>, const AskedOf&, const Slot& list,
                   const auto& operands) {
  return contains_all(list.list, operands, {Held::Text});
}
inline Truth holds(Leaf<Function::ListContainsAllNumber>, const AskedOf&, const Slot& list,
                   const auto& operands) {
  return contains_all(list.list, operands, {Held::Number});
}
inline Truth holds(Leaf<Function::ListIsSubsetOfString>, const AskedOf&, const Slot& list,
                   const auto& operands) {
  return is_subset_of(list.list, operands, {Held::Text});
}
inline Truth holds(Leaf<Function::ListIsSubsetOfNumber>, const AskedOf&, const Slot& list,
                   const auto& operands) {
  return is_subset_of(list.list, operands, {Held::Number});
}
inline bool holds(Leaf<Function::ListIsEmpty>, const AskedOf&, const Slot& list, NoOperand) {
  return list.list.count == 0;
}
inline bool holds(Leaf<Function::ListSizeBetween>, const AskedOf&, const Slot& list,
                  const auto& ends) {
  return is_count_between(list.list.count, ends);
}
inline bool holds(Leaf<Function::ListContainsString>, const AskedOf&, const Slot& list,
                  const auto& b) {
  const auto elements = elements_of(list.list);
  return std::any_of(elements.begin(), elements.end(),
                     [&b](const Slot& element) { return same_text(element, b); });
}
inline bool holds(Leaf<Function::ListContainsNumber>, const AskedOf&, const Slot& list,
                  const auto& b) {
  return list_contains_number(list.list, b.number);
}

}  // namespace verdict
