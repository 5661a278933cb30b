// The zones of tests/zones at more than 10,000 instants: what programs say, against Python's
// zoneinfo (tests/zones/make.py).
#include "tests/support/stored_zones.h"

#include <array>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/golden.h"

namespace verdict::testing {
namespace {

// The instants of the maker's series().
std::vector<std::int64_t> series(std::uint64_t zone_number, std::size_t count) {
  struct Span {
    std::int64_t low;
    std::int64_t high;
  };
  constexpr std::array<Span, 2> kSpans = {
      {{-2208988800, 4102444800}, {kFirstSecond + 93600, kLastSecond - 93600}}};
  std::vector<std::int64_t> instants;
  std::uint64_t state = zone_number;
  for (std::size_t i = 0; i < count; ++i) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    const auto [low, high] = kSpans[i % 2];
    instants.push_back(
        low + static_cast<std::int64_t>((state >> 20U) % static_cast<std::uint64_t>(high - low)));
  }
  return instants;
}

// One line of instants.txt.
class Expected {
 public:
  explicit Expected(const std::string& line) : fields_(line) {
    std::string offsets;
    fields_ >> name_ >> offsets;
    std::istringstream numbers(offsets);
    for (std::string number; std::getline(numbers, number, ',');)
      offsets_.push_back(std::stoi(number));
  }
  [[nodiscard]] const std::string& name() const { return name_; }

  // Calls `visit` with each instant and its offset.
  template <class Visit>
  void for_each(std::uint64_t zone_number, const Visit& visit) {
    std::string letters;
    fields_ >> letters;
    const std::vector<std::int64_t> instants = series(zone_number, letters.size());
    for (std::size_t i = 0; i < letters.size(); ++i) visit(instants[i], offset_of(letters[i]));
    std::int64_t at = 0;
    for (std::string field; fields_ >> field;) {
      at += std::stoll(field);
      visit(at - 1, offset_of(field[field.size() - 2]));
      visit(at, offset_of(field.back()));
    }
  }

 private:
  [[nodiscard]] std::int32_t offset_of(char letter) const {
    return offsets_.at(static_cast<std::size_t>(letter - 'a'));
  }

  std::istringstream fields_;
  std::string name_;
  std::vector<std::int32_t> offsets_;
};

TEST(StoredZones, AsPythonSays) {
  compiler::ZoneFolder zones = stored_zones();
  std::istringstream lines(read_text(source_folder() / "tests/zones/instants.txt"));
  std::string line;
  std::getline(lines, line);  // the release
  std::uint64_t zone_number = 0;
  std::size_t num_instants = 0;
  for (; std::getline(lines, line); ++zone_number) {
    Expected expected(line);
    const auto zone = zones.find(expected.name());
    ASSERT_TRUE(zone.has_value()) << expected.name();
    const std::vector<U32> words((*zone)->words.begin(), (*zone)->words.end());
    expected.for_each(zone_number, [&](std::int64_t at, std::int32_t offset) {
      EXPECT_EQ(offset_at(words, at), offset) << expected.name() << " at " << at;
      ++num_instants;
    });
  }
  EXPECT_EQ(zone_number, 40U);
  EXPECT_GT(num_instants, 10000U);
}

}  // namespace
}  // namespace verdict::testing
