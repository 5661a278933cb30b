#include "vm/program/builder.h"

#include <bit>

#include <gtest/gtest.h>

#include "tests/support/scalars.h"
#include "tests/vm/verify/loader_cases.h"

namespace verdict {
namespace {

using testing::must_load;

TEST(ProgramBuilder, InternsTextsInTheOrderOfFirstUse) {
  ProgramBuilder builder;
  EXPECT_EQ(builder.intern("b"), StringId(0));
  EXPECT_EQ(builder.intern("a"), StringId(1));
  EXPECT_EQ(builder.intern("b"), StringId(0));
  EXPECT_EQ(builder.intern(""), StringId(2));
  EXPECT_EQ(builder.intern(std::string_view("a\0b", 3)), StringId(3));
  const auto program = must_load(std::move(builder).finish());
  ASSERT_EQ(program->view().num_strings(), 4U);
  EXPECT_EQ(program->view().string(0U), "b");
  EXPECT_EQ(program->view().string(1U), "a");
  EXPECT_EQ(program->view().string(2U), "");
  EXPECT_EQ(program->view().string(3U), std::string_view("a\0b", 3));
}

TEST(ProgramBuilder, EqualConstantsShareOneRecord) {
  ProgramBuilder builder;
  const Number half = *Number::from_double(0.5);
  EXPECT_EQ(builder.add(Kind::Boolean, true), builder.add(Kind::Boolean, true));
  EXPECT_NE(builder.add(Kind::Boolean, true), builder.add(Kind::Boolean, false));
  EXPECT_EQ(builder.add(Kind::Number, Number::from_integer(1)),
            builder.add(Kind::Number, Number::from_integer(1)));
  EXPECT_NE(builder.add(Kind::Number, Number::from_integer(1)), builder.add(Kind::Boolean, true));
  EXPECT_NE(builder.add(Kind::Number, Number::from_integer(1)),
            builder.add(Kind::Timestamp, Timestamp{1}));
  EXPECT_EQ(builder.add(Kind::Number, half), builder.add(Kind::Number, half));
  EXPECT_EQ(builder.add(Kind::String, "x"), builder.add(Kind::String, "x"));
  EXPECT_EQ(builder.add(Kind::Ip, IpValue{1}), builder.add(Kind::Ip, IpValue{1}));
  EXPECT_NE(builder.add(Kind::Ip, IpValue{1}), builder.add(Kind::Ip, IpValue{2}));
}

TEST(ProgramBuilder, ListsKeepTheirOrderAndSetsDoNot) {
  ProgramBuilder builder;
  const std::vector<std::string> texts = {"b", "a", "b"};
  const std::vector<std::string> sorted = {"b", "a"};
  EXPECT_EQ(builder.add(Kind::String, Shape::Set, testing::scalars(texts)),
            builder.add(Kind::String, Shape::Set, testing::scalars(sorted)));
  EXPECT_NE(builder.add(Kind::String, Shape::List, testing::scalars(texts)),
            builder.add(Kind::String, Shape::List, testing::scalars(sorted)));
  EXPECT_NE(builder.add(Kind::String, Shape::List, testing::scalars(sorted)),
            builder.add(Kind::String, Shape::Set, testing::scalars(sorted)));
  EXPECT_EQ(builder.add(Kind::String, Shape::List, {}), builder.add(Kind::String, Shape::List, {}));
}

TEST(ProgramBuilder, NumberSetsRiseByValue) {
  ProgramBuilder builder;
  const std::vector<Number> numbers = {Number::from_integer(2), *Number::from_double(0.5),
                                       Number::from_integer(-1), Number::from_integer(2)};
  const ConstantId set = builder.add(Kind::Number, Shape::Set, testing::scalars(numbers));
  const ConstantId range =
      builder.add(Kind::Number, Shape::Range,
                  testing::scalars<Number>({Number::from_integer(-1), Number::from_integer(2)}));
  const auto program = must_load(std::move(builder).finish());
  const ProgramView& view = program->view();
  EXPECT_EQ(view.Constants[set.index()].count, 3U);
  const auto words = view.words_of(view.Constants[set.index()]);
  EXPECT_EQ(std::bit_cast<std::int64_t>(view.Constants[words[0]].payload.get()), -1);
  EXPECT_EQ(std::bit_cast<double>(view.Constants[words[1]].payload.get()), 0.5);
  EXPECT_EQ(std::bit_cast<std::int64_t>(view.Constants[words[2]].payload.get()), 2);
  EXPECT_EQ(view.words_of(view.Constants[range.index()]).size(), 2U);
}

// An address stands in its words byte for byte, on every machine.
TEST(ProgramBuilder, AddressesKeepTheirBytes) {
  ProgramBuilder builder;
  IpValue ip{};
  for (std::size_t i = 0; i < ip.size(); ++i) ip[i] = static_cast<std::uint8_t>(0x10 + i);
  const ConstantId constant = builder.add(Kind::Ip, ip);
  const auto program = must_load(std::move(builder).finish());
  const auto words = program->view().words_of(program->view().Constants[constant.index()]);
  ASSERT_EQ(words.size(), 4U);
  EXPECT_EQ(std::memcmp(words.data(), ip.data(), ip.size()), 0);
}

TEST(ProgramBuilder, SameInputSameBytes) {
  const auto build = [] {
    ProgramBuilder builder;
    for (int i = 0; i < 1000; ++i) builder.add(Kind::String, "s" + std::to_string(i % 700));
    return std::move(builder).finish();
  };
  EXPECT_EQ(build(), build());
}

TEST(ProgramBuilder, EmptyProgram) {
  const auto program = must_load(ProgramBuilder().finish());
  EXPECT_EQ(program->longest_path(), 0U);
  EXPECT_EQ(program->view().find_string(""), StringId::none());
  EXPECT_FALSE(program->find_policy("x").has_value());
  EXPECT_FALSE(program->find_resource("x").has_value());
}

TEST(StringIndex, FindsEveryStringAndNoOther) {
  ProgramBuilder builder;
  constexpr int kCount = 5000;
  for (int i = 0; i < kCount; ++i) builder.intern("text " + std::to_string(i));
  const auto program = must_load(std::move(builder).finish());
  for (int i = 0; i < kCount; ++i) {
    ASSERT_EQ(program->view().find_string("text " + std::to_string(i)),
              StringId(static_cast<std::uint32_t>(i)));
    ASSERT_EQ(program->view().find_string("other " + std::to_string(i)), StringId::none());
  }
}

TEST(StringIndex, IsAtMostHalfFull) {
  for (std::uint32_t count : {0U, 1U, 2U, 3U, 4U, 5U, 1024U, 1025U}) {
    ProgramBuilder builder;
    for (std::uint32_t i = 0; i < count; ++i) builder.intern(std::to_string(i));
    const auto program = must_load(std::move(builder).finish());
    EXPECT_GE(program->view().StringIndex.size(), std::size_t{2} * count);
    EXPECT_TRUE(std::has_single_bit(program->view().StringIndex.size()));
  }
}

TEST(Program, FindsItsRowsByName) {
  const auto program = must_load(testing::good_bytes());
  const auto resource = program->find_resource("documents");
  ASSERT_TRUE(resource.has_value());
  EXPECT_EQ(program->find_route(*resource, "read"), RouteId(0));
  EXPECT_EQ(program->find_route(*resource, "write"), RouteId(1));
  EXPECT_FALSE(program->find_route(*resource, "delete").has_value());
  EXPECT_FALSE(
      program->find_route(*resource, "owners").has_value());  // a string of the pool, but no action
  EXPECT_FALSE(program->find_resource("read").has_value());
  EXPECT_EQ(program->find_policy("read all"), PolicyId(1));
  EXPECT_FALSE(program->find_policy("documents").has_value());
  EXPECT_EQ(program->find_attribute("ctx_owner"), AttributeId(2));
  EXPECT_EQ(program->find_provider("Keycloak"), ProviderId(0));
  EXPECT_FALSE(program->find_provider("nobody").has_value());
}

}  // namespace
}  // namespace verdict
