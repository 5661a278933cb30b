// The operands of the general form, as the leaves take them.
#pragma once

#include <array>
#include <cstdint>

#include "vm/base/limits.h"
#include "vm/functions/compare.h"
#include "vm/functions/frame.h"
#include "vm/value/function.h"
#include "vm/value/text_match.h"

namespace verdict {

// How two values of one kind compare.
struct Equality {
  Held held;
  Case letters = Case::Exact;  // of texts

  [[nodiscard]] bool equal(const Slot& a, const Slot& b) const {
    if (held == Held::Number) return a.number == b.number;
    if (letters == Case::Exact) return equal_text(a.string, b.string);
    return is_equal(a.string.text(), b.string.text(), letters);
  }
  // An order in which equal values stand together: that of the ids, then that of the bytes.
  [[nodiscard]] bool is_before(const Slot& a, const Slot& b) const {
    if (held == Held::Number) return a.number < b.number;
    if (letters == Case::Ignore) return is_less_folded(a.string.text(), b.string.text());
    if (a.string.id != b.string.id) return a.string.id < b.string.id;
    return a.string.id == kNone && a.string.text() < b.string.text();
  }
};

// The places of a list's elements in an order of theirs. Large: made only where a list is searched
// so often that walking it each time would be dearer.
class ListOrder {
 public:
  ListOrder(const ListValue& list, Equality equality);
  [[nodiscard]] bool contains(const ListValue& list, Equality equality, const Slot& value) const;

 private:
  std::array<std::uint16_t, limits::kMaxListElements> places_;  // the first `count` are set
};
static_assert(limits::kMaxListElements <= 1U << 16U);

// The values among which others are looked for: a set of the program, or a list of the request.
class Members {
 public:
  Members(const ProgramView& view, std::span<const U32> words) : view_(&view), words_(words) {}
  explicit Members(const ListValue& list, const ListOrder* order = nullptr)
      : list_(list), order_(order) {}

  [[nodiscard]] std::uint32_t size() const {
    return view_ != nullptr ? static_cast<std::uint32_t>(words_.size()) : list_.count;
  }
  [[nodiscard]] Slot at(Held held, std::uint32_t i) const {
    return view_ != nullptr ? element_of_constant(*view_, held, words_[i]) : list_.elements[i];
  }
  // Hands these to `use`, or, where they are a list that is searched `times` times, the same in
  // order.
  template <class Use>
  Truth searched(Equality equality, std::uint64_t times, const Use& use) const;

  [[nodiscard]] bool contains(Equality equality, const Slot& value) const {
    if (order_ != nullptr) return order_->contains(list_, equality, value);
    if (view_ == nullptr || equality.letters == Case::Ignore) return walk(equality, value);
    if (equality.held == Held::Number) return contains_number(*view_, words_, value.number);
    return contains_id(words_, value.string.id);
  }

 private:
  [[nodiscard]] bool walk(Equality equality, const Slot& value) const {
    for (std::uint32_t i = 0; i < size(); ++i) {
      if (equality.equal(at(equality.held, i), value)) return true;
    }
    return false;
  }

  const ProgramView* view_ = nullptr;  // of a set
  std::span<const U32> words_;
  ListValue list_{nullptr, 0};
  const ListOrder* order_ = nullptr;
};

// Apart from the others, because of the room that it takes on the stack.
template <class Use>
[[gnu::noinline]] Truth use_ordered(const ListValue& list, Equality equality, const Use& use) {
  const ListOrder order(list, equality);
  return use(Members(list, &order));
}

// Hands the elements of a list to `use` as members that are looked for `times` times.
template <class Use>
Truth use_members(const ListValue& list, Equality equality, std::uint64_t times, const Use& use) {
  constexpr std::uint64_t kWalked = 1U << 12U;  // comparisons that are cheaper than sorting
  const bool is_walked = list.count * times <= kWalked || list.count > limits::kMaxListElements;
  return is_walked ? use(Members(list)) : use_ordered(list, equality, use);
}

template <class Use>
Truth Members::searched(Equality equality, std::uint64_t times, const Use& use) const {
  return view_ != nullptr ? use(*this) : use_members(list_, equality, times, use);
}

struct NoOperand {};
// Two values of a range or a window.
struct Ends {
  Slot low;
  Slot high;
};

// The operand of a row in one form: a constant, or an attribute that is known.
template <const FunctionRow& kRow, OperandForm kForm>
auto load_operand(const TestFrame& frame, std::uint32_t b) {
  constexpr Held kHeld = held_as(kRow.operand_kind);
  if constexpr (kRow.operand == OperandShape::None) {
    return NoOperand();
  } else if constexpr (kRow.operand == OperandShape::One) {
    if constexpr (kForm == OperandForm::Attribute) return frame.slot(b);
    return value_of(frame.view, kHeld, frame.view.Constants[b]);
  } else if constexpr (kRow.operand == OperandShape::Many) {
    if constexpr (kForm == OperandForm::Attribute) return Members(frame.slot(b).list);
    return Members(frame.view, frame.words(b));
  } else {
    const std::span<const U32> words = frame.words(b);
    return Ends{element_of_constant(frame.view, kHeld, words[0]),
                element_of_constant(frame.view, kHeld, words[1])};
  }
}

}  // namespace verdict
