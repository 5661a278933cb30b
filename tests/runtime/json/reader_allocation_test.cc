// A reader that has read a text of that size before allocates nothing.
#include <string>

#include <gtest/gtest.h>

#include "runtime/json/reader.h"
#include "tests/support/counting_new.h"

namespace verdict::testing {
namespace {

std::string claims(std::size_t members) {
  std::string text = R"({"sub":"user","roles":["a","b"],"beyond":12345678901234567890123)";
  for (std::size_t i = 0; i < members; ++i)
    text += ",\"k" + std::to_string(10000 + i) + "\":{\"a\":1.5}";
  return text + "}";
}

TEST(JsonReaderAllocation, NoneOnceWarm) {
  JsonReader reader;
  ASSERT_TRUE(reader.read(claims(1000)));
  for (const std::size_t members : {0U, 1U, 40U, 999U, 1000U}) {
    const std::string text = claims(members);
    const std::string broken = text.substr(0, text.size() / 2);
    const AllocationCount count;
    EXPECT_TRUE(reader.read(text)) << members;
    EXPECT_FALSE(reader.read(broken)) << members;
    EXPECT_EQ(count.now(), 0U) << members;
  }
}

}  // namespace
}  // namespace verdict::testing
