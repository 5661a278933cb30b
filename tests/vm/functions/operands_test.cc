#include "vm/functions/operands.h"

#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace verdict {
namespace {

// Texts with the ids that a program of `num_known` texts would give them; the others have none.
class Texts {
 public:
  Texts(std::size_t count, std::uint32_t num_known) {
    for (std::size_t i = 0; i < count; ++i)
      texts_.push_back((i % 2 == 0 ? "Group " : "group ") + std::to_string(i / 2));
    for (std::size_t i = 0; i < count; ++i) {
      Slot slot;
      slot.string = {texts_[i].data(), static_cast<std::uint32_t>(texts_[i].size()),
                     i < num_known ? static_cast<std::uint32_t>(i) : kNone};
      slots_.push_back(slot);
    }
  }
  [[nodiscard]] const std::vector<Slot>& slots() const { return slots_; }

 private:
  std::vector<std::string> texts_;
  std::vector<Slot> slots_;
};

std::vector<Slot> numbers(std::size_t count) {
  std::vector<Slot> slots(count);
  for (std::size_t i = 0; i < count; ++i) {
    const auto whole = static_cast<std::int64_t>(i);
    slots[i].number = i % 2 == 0 ? Number::from_integer(whole - 100)
                                 : *Number::from_double(static_cast<double>(whole) - 99.5);
  }
  return slots;
}

std::vector<Slot> pick(std::minstd_rand& random, const std::vector<Slot>& from, std::size_t count) {
  std::vector<Slot> picked;
  while (picked.size() < count) picked.push_back(from[random() % from.size()]);
  return picked;
}

ListValue list_of(const std::vector<Slot>& slots) {
  return {slots.data(), static_cast<std::uint32_t>(slots.size())};
}

void expect_same_members(const std::vector<Slot>& from, Equality equality) {
  std::minstd_rand random(7);
  for (const std::size_t size : {1U, 2U, 17U, 300U, 2000U}) {
    const std::vector<Slot> elements = pick(random, from, size);
    const ListValue list = list_of(elements);
    const ListOrder order(list, equality);
    for (const Slot& value : from) {
      const bool is_in = std::any_of(elements.begin(), elements.end(), [&](const Slot& element) {
        return equality.equal(element, value);
      });
      ASSERT_EQ(ListMembers(list).contains(equality, value), is_in);
      ASSERT_EQ(ListMembers(list, &order).contains(equality, value), is_in);
    }
  }
}

TEST(ListOrder, HoldsWhatTheListHolds) {
  expect_same_members(Texts(600, 200).slots(), {Held::Text});
  expect_same_members(Texts(600, 200).slots(), {Held::Text, Case::Ignore});
  expect_same_members(numbers(600), {Held::Number});
}

TEST(ListOrder, OfNoElements) {
  const std::vector<Slot> values = numbers(3);
  const ListOrder order({nullptr, 0}, {Held::Number});
  for (const Slot& value : values)
    EXPECT_FALSE(ListMembers({nullptr, 0}, &order).contains({Held::Number}, value));
}

TEST(ListOrder, OfTheLongestList) {
  const std::vector<Slot> values = numbers(limits::kMaxListElements);
  const ListOrder order(list_of(values), {Held::Number});
  for (const Slot& value : values)
    ASSERT_TRUE(ListMembers(list_of(values), &order).contains({Held::Number}, value));
}

// Short lists are walked, long ones are put in order, and those beyond every request walked again.
TEST(ListMembers, TheAnswerIsTheSameHoweverItIsFound) {
  for (const std::size_t size : {0U, 5U, 4096U, 16384U, 16385U}) {
    const std::vector<Slot> values = numbers(size);
    Slot other;
    other.number = Number::from_integer(-101);
    for (const std::uint64_t times : {1U, 1000U}) {
      const auto find = [&](const Slot& wanted) {
        const ListMembers all(list_of(values));
        return all.searched({Held::Number}, times, [&](const ListMembers& members) {
          return truth_of(members.contains({Held::Number}, wanted));
        });
      };
      EXPECT_EQ(find(other), Truth::False) << size;
      EXPECT_EQ(size > 0 ? find(values.back()) : Truth::True, Truth::True) << size;
    }
  }
}

}  // namespace
}  // namespace verdict
