// The operands of the general form, as the leaves take them.
#pragma once

#include <array>
#include <cstdint>

#include "vm/base/limits.h"
#include "vm/functions/compare.h"
#include "vm/functions/frame.h"
#include "vm/value/function.h"
#include "vm/value/text_match.h"
#include "vm/value/time_zone.h"

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

// What a set of the program holds.
class SetMembers {
 public:
  SetMembers(const ProgramView& view, std::span<const U32> words) : view_(view), words_(words) {}

  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(words_.size()); }
  [[nodiscard]] Slot at(Held held, std::uint32_t i) const {
    return element_of_constant(view_, held, words_[i]);
  }
  [[nodiscard]] bool contains(Equality equality, const Slot& value) const {
    if (equality.held == Held::Number) return contains_number(view_, words_, value.number);
    if (equality.held == Held::Network) return contains_address(view_, words_, value.ip);
    if (equality.letters == Case::Exact) return contains_id(words_, value.string.id);
    return std::any_of(words_.begin(), words_.end(), [&](std::uint32_t id) {
      return is_equal(view_.string(id), value.string.text(), Case::Ignore);
    });
  }
  // Sets need no preparing to be searched often.
  template <class Use>
  Truth searched(Equality /*equality*/, std::uint64_t /*times*/, const Use& use) const {
    return use(*this);
  }

 private:
  const ProgramView& view_;
  std::span<const U32> words_;
};

// What a list of the request holds.
class ListMembers {
 public:
  explicit ListMembers(const ListValue& list, const ListOrder* order = nullptr)
      : list_(list), order_(order) {}

  [[nodiscard]] std::uint32_t size() const { return list_.count; }
  [[nodiscard]] const Slot& at(Held /*held*/, std::uint32_t i) const { return list_.elements[i]; }
  [[nodiscard]] bool contains(Equality equality, const Slot& value) const {
    if (order_ != nullptr) return order_->contains(list_, equality, value);
    const auto elements = elements_of(list_);
    return std::any_of(elements.begin(), elements.end(),
                       [&](const Slot& element) { return equality.equal(element, value); });
  }
  // Hands itself to `use`, in order where it is searched so often that walking it each time would
  // be dearer.
  template <class Use>
  Truth searched(Equality equality, std::uint64_t times, const Use& use) const {
    constexpr std::uint64_t kWalks = 32;  // that are cheaper than sorting, however long the list
    constexpr std::uint64_t kComparisons = 1U << 12U;  // or however short
    const bool is_walked = times <= kWalks || list_.count * times <= kComparisons ||
                           list_.count > limits::kMaxListElements;
    return is_walked ? use(*this) : use_ordered(equality, use);
  }

 private:
  // Apart from the others, because of the room that it takes on the stack.
  template <class Use>
  [[gnu::noinline]] Truth use_ordered(Equality equality, const Use& use) const {
    const ListOrder order(list_, equality);
    return use(ListMembers(list_, &order));
  }

  ListValue list_;
  const ListOrder* order_;
};

// Local values of the program, and the time zone in front of them.
class LocalValues {
 public:
  LocalValues(const ProgramView& view, std::span<const U32> words)
      : view_(view), zone_(words.front()), values_(words.subspan(1)) {}

  [[nodiscard]] LocalTime local_time(const Slot& time) const {
    return verdict::local_time(zone_of(view_.words_of(view_.Constants[zone_])).rules,
                               time.timestamp);
  }
  [[nodiscard]] Slot at(std::uint32_t i) const {
    return element_of_constant(view_, Held::Number, values_[i]);
  }
  [[nodiscard]] bool contains(const Number& value) const {
    return contains_number(view_, values_, value);
  }

 private:
  const ProgramView& view_;
  std::uint32_t zone_;
  std::span<const U32> values_;
};

// One operand that is a constant, read only as far as a leaf asks.
struct TextConstant {
  const ProgramView& view;
  std::uint32_t id;
};
struct NumberConstant {
  Number number;
};

// Texts of slots and of constants: equal by id where one of the two has one, else byte for byte.
inline std::string_view text_of(const Slot& slot) { return slot.string.text(); }
inline std::string_view text_of(const TextConstant& text) { return text.view.string(text.id); }
inline std::uint32_t id_of(const Slot& slot) { return slot.string.id; }
inline std::uint32_t id_of(const TextConstant& text) { return text.id; }
inline bool same_text(const Slot& a, const Slot& b) { return equal_text(a.string, b.string); }
inline bool same_text(const Slot& a, const TextConstant& b) { return a.string.id == b.id; }

struct NoOperand {};
// The two values of a range or a window.
template <class Value>
struct Ends {
  Value low;
  Value high;
};
template <class Value>
Ends(Value, Value) -> Ends<Value>;  // clang 14 does not deduce aggregates by itself

// A constant of one value, held that way. `word` is a string where it is a text, else a constant.
template <Held kHeld>
[[gnu::always_inline]] inline auto load_constant(const ProgramView& view, std::uint32_t word) {
  if constexpr (kHeld == Held::Text) {
    return TextConstant{view, word};
  } else if constexpr (kHeld == Held::Number) {
    return NumberConstant{number_of(view, word)};
  } else {
    return value_of(view, kHeld, view.Constants[word]);
  }
}

// The operand of a row in one form: a constant, or an attribute that is known.
template <const FunctionRow& kRow, OperandForm kForm>
[[gnu::always_inline]] inline auto load_operand(const TestFrame& frame, std::uint32_t b) {
  constexpr Held kHeld = held_as(kRow.operand_kind);
  if constexpr (kRow.operand == OperandShape::None) {
    return NoOperand();
  } else if constexpr (is_local(kRow.operand_kind)) {
    return LocalValues(frame.view, frame.words(b));
  } else if constexpr (kRow.operand == OperandShape::One) {
    if constexpr (kForm == OperandForm::Attribute) {
      return frame.slot(b);
    } else if constexpr (kHeld == Held::Text) {
      return TextConstant{frame.view, static_cast<std::uint32_t>(frame.view.Constants[b].payload)};
    } else {
      return load_constant<kHeld>(frame.view, b);
    }
  } else if constexpr (kRow.operand == OperandShape::Many) {
    if constexpr (kForm == OperandForm::Attribute) {
      return ListMembers(frame.slot(b).list);
    } else {
      return SetMembers(frame.view, frame.words(b));
    }
  } else {
    const std::span<const U32> words = frame.words(b);
    return Ends{load_constant<kHeld>(frame.view, words[0]),
                load_constant<kHeld>(frame.view, words[1])};
  }
}

}  // namespace verdict
