#include "vm/functions/compare.h"

#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/scalars.h"
#include "vm/program/builder.h"

namespace verdict {
namespace {

StringValue text(std::string_view bytes, std::uint32_t id = kNone) {
  return {bytes.data(), static_cast<std::uint32_t>(bytes.size()), id};
}

TEST(EqualText, ByIdWhereOneHasOne) {
  EXPECT_TRUE(equal_text(text("a", 3), text("a", 3)));
  EXPECT_FALSE(equal_text(text("a", 3), text("b", 4)));
  EXPECT_FALSE(equal_text(text("a", 3), text("b")));
  EXPECT_FALSE(equal_text(text("b"), text("a", 3)));
}

// Else all foreign tenants would be one.
TEST(EqualText, ByBytesWhereNoneHasOne) {
  EXPECT_TRUE(equal_text(text("tenant-1"), text(std::string("tenant-") + "1")));
  EXPECT_FALSE(equal_text(text("tenant-1"), text("tenant-2")));
  EXPECT_FALSE(equal_text(text("tenant"), text("tenant-1")));
  EXPECT_FALSE(equal_text(text("Tenant"), text("tenant")));
  EXPECT_TRUE(equal_text(text(""), text("")));
  EXPECT_FALSE(equal_text(text("a"), text(std::string_view("a\0", 2))));
}

// Around the length at which the search changes.
TEST(ContainsId, FindsEveryMemberAndNothingElse) {
  for (const std::size_t size : {0U, 1U, 2U, 15U, 16U, 17U, 18U, 100U}) {
    std::vector<U32> ids;
    for (std::uint32_t i = 0; i < size; ++i) ids.emplace_back(2 * i + 1);
    for (std::uint32_t i = 0; i < 2 * size + 3; ++i)
      EXPECT_EQ(contains_id(ids, i), i % 2 == 1 && i < 2 * size) << size << ", " << i;
    EXPECT_FALSE(contains_id(ids, kNone)) << size;
  }
}

std::shared_ptr<const Program> load(ProgramBuilder builder) {
  auto program = Program::load(std::move(builder).finish());
  return program ? *program : nullptr;
}

TEST(ContainsNumber, ComparesByValue) {
  ProgramBuilder builder;
  const std::vector<Number> members = {
      *Number::from_double(-1.5), Number::from_integer(0), *Number::from_double(0.1),
      Number::from_integer(9007199254740993), *Number::from_double(4503599627370495.5)};
  const ConstantId set = builder.add(Kind::Number, Shape::Set, testing::scalars(members));
  const auto program = load(std::move(builder));
  ASSERT_NE(program, nullptr);
  const ProgramView& view = program->view();
  const auto words = view.words_of(view.Constants[set.index()]);
  for (const Number& member : members)
    EXPECT_TRUE(contains_number(view, words, member)) << to_text(member);
  EXPECT_TRUE(contains_number(view, words, *Number::from_double(-0.0)));
  for (const Number& other :
       {Number::from_integer(-2), Number::from_integer(1), Number::from_integer(9007199254740992),
        Number::from_integer(9007199254740994), *Number::from_double(0.2),
        *Number::from_double(4503599627370494.5)}) {
    EXPECT_FALSE(contains_number(view, words, other)) << to_text(other);
  }
  EXPECT_FALSE(contains_number(view, {}, Number::from_integer(0)));
}

TEST(NumberOf, ReadsIntegersAndDoubles) {
  ProgramBuilder builder;
  const ConstantId integer = builder.add(Kind::Number, Number::from_integer(-5));
  const ConstantId real = builder.add(Kind::Number, *Number::from_double(0.25));
  const auto program = load(std::move(builder));
  ASSERT_NE(program, nullptr);
  const auto value = [&program](ConstantId id) {
    return number_of(program->view(), static_cast<std::uint32_t>(id.index()));
  };
  EXPECT_EQ(value(integer), Number::from_integer(-5));
  EXPECT_EQ(value(real), *Number::from_double(0.25));
}

TEST(ListContains, LooksAtEveryElement) {
  std::vector<Slot> texts(3);
  texts[0].string = text("a", 0);
  texts[1].string = text("foreign");
  texts[2].string = text("b", 1);
  const ListValue list{texts.data(), 3};
  EXPECT_TRUE(list_contains_text(list, text("a", 0)));
  EXPECT_TRUE(list_contains_text(list, text("foreign")));
  EXPECT_TRUE(list_contains_text(list, text("b", 1)));
  EXPECT_FALSE(list_contains_text(list, text("c", 2)));
  EXPECT_FALSE(list_contains_text(list, text("other")));
  EXPECT_FALSE(list_contains_text({nullptr, 0}, text("a", 0)));

  std::vector<Slot> numbers(2);
  numbers[0].number = Number::from_integer(1);
  numbers[1].number = *Number::from_double(2.5);
  EXPECT_TRUE(list_contains_number({numbers.data(), 2}, *Number::from_double(1.0)));
  EXPECT_TRUE(list_contains_number({numbers.data(), 2}, *Number::from_double(2.5)));
  EXPECT_FALSE(list_contains_number({numbers.data(), 1}, *Number::from_double(2.5)));
  EXPECT_FALSE(list_contains_number({nullptr, 0}, Number::from_integer(1)));
}

}  // namespace
}  // namespace verdict
