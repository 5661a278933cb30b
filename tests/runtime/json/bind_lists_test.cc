// Long lists of a token, from its text to a slot: in linear time, whatever is nested in them.
#include <algorithm>
#include <ctime>
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "runtime/json/reader.h"
#include "tests/vm/bind/bound.h"
#include "vm/base/limits.h"

namespace verdict::testing {
namespace {

std::string list_of(std::size_t count, const std::string& element) {
  std::string text = R"({"l":[)";
  for (std::size_t i = 0; i < count; ++i) text += (i == 0 ? "" : ",") + element;
  return text + "]}";
}

double seconds_to_bind(const Program& program, const std::string& text) {
  JsonReader reader;
  const auto tree = reader.read(text);
  EXPECT_TRUE(tree);
  double best = 1e9;
  for (int i = 0; i < 5; ++i) {
    Slots slots(program);
    const std::clock_t begin = std::clock();
    (void)bind_mappings(program, 0, 1, JsonRef(*tree.value()), slots);
    best = std::min(best, static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
    EXPECT_EQ(slots.origin(AttributeId(0)), Origin::Value);
  }
  return best;
}

// Sixteen times the elements: finding each from the first one would take 256 times as long.
void expect_linear(const Program& program, const std::string& element) {
  constexpr std::size_t kMost = limits::kMaxListElements;
  (void)seconds_to_bind(program, list_of(kMost, element));
  const double small = seconds_to_bind(program, list_of(kMost / 16, element));
  const double large = seconds_to_bind(program, list_of(kMost, element));
  EXPECT_LT(large, 80 * std::max(small, 20e-6)) << element;
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
