// Long lists of a token, from its text to a slot: in linear time, whatever is nested in them.
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "runtime/json/reader.h"
#include "tests/support/growth.h"
#include "tests/vm/bind/bound.h"
#include "vm/base/limits.h"

namespace verdict::testing {
namespace {

std::string list_of(std::size_t count, const std::string& element) {
  std::string text = R"({"l":[)";
  for (std::size_t i = 0; i < count; ++i) text += (i == 0 ? "" : ",") + element;
  return text + "]}";
}

void bind(const Program& program, const JsonTree& tree) {
  Slots slots(program);
  (void)bind_mappings(program, 0, 1, JsonRef(tree), slots);
  EXPECT_EQ(slots.origin(AttributeId(0)), Origin::Value);
}

// Finding each element from the first one would be quadratic.
void expect_linear(const Program& program, const std::string& element) {
  SCOPED_TRACE(element);
  constexpr std::size_t kMost = limits::kMaxListElements;
  JsonReader small_reader;
  JsonReader large_reader;
  const auto small = small_reader.read(list_of(kMost / 16, element));
  const auto large = large_reader.read(list_of(kMost, element));
  ASSERT_TRUE(small && large);
  expect_linear_growth(
      16, [&] { bind(program, *small.value()); }, [&] { bind(program, *large.value()); });
}

TEST(BindLists, OfScalarsTakeLinearTime) {
  expect_linear(*with_mapping("number_list claim nullable", "literal \"l\""), "1");
  expect_linear(*with_mapping("string_list claim nullable", "literal \"l\""), "\"a\"");
}

TEST(BindLists, OfMembersTakeLinearTime) {
  expect_linear(*with_mapping("number_list claim nullable", "path #0+3", {},
                              "  key \"l\"\n  each\n  key \"m\""),
                "{\"m\":1}");
}

TEST(BindLists, KeepTheirOrder) {
  const auto program = with_mapping("number_list claim nullable", "path #0+3", {},
                                    "  key \"l\"\n  each\n  key \"m\"");
  JsonReader reader;
  const auto tree = reader.read(R"({"l":[{"x":[[9]],"m":3},{"m":1,"x":{"m":8}},{"m":2}]})");
  ASSERT_TRUE(tree);
  Slots slots(*program);
  (void)bind_mappings(*program, 0, 1, JsonRef(*tree.value()), slots);
  const auto elements = elements_of(slots.view().slots[0].list);
  ASSERT_EQ(elements.size(), 3U);
  EXPECT_EQ(elements[0].number, Number::from_integer(3));
  EXPECT_EQ(elements[1].number, Number::from_integer(1));
  EXPECT_EQ(elements[2].number, Number::from_integer(2));
}

}  // namespace
}  // namespace verdict::testing
