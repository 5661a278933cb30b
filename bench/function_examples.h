// One test of each condition function, and the same test by hand in C++.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vm/program/program.h"
#include "vm/value/function.h"
#include "vm/value/slot.h"

namespace verdict::bench {

enum class Level : std::uint8_t { Low, Medium, High };

// Claims as a program without a policy engine keeps them: read, typed, null where they are absent.
struct HandClaims {
  std::optional<std::string> text;
  std::optional<double> number;
  std::optional<bool> flag;
  std::optional<Level> level;
  std::optional<std::int64_t> time;                // microseconds since 1970
  std::optional<std::array<std::uint8_t, 16>> ip;  // IPv6, IPv4 mapped
  std::optional<std::vector<std::string>> texts;
  std::optional<std::vector<double>> numbers;
  std::int64_t now = 0;
};
using HandTest = bool (*)(const HandClaims&);

struct FunctionExample {
  Function function;
  std::string_view claim;    // by its name in HandClaims
  std::string_view operand;  // members of the condition, each with a comma in front
  std::string_view hit;      // JSON of a claim for which the test holds
  std::string_view miss;     // and of one for which it does not
  HandTest by_hand;
};

// 2026-01-31T12:00:00Z, a Saturday: the time of the requests, in microseconds.
inline constexpr std::int64_t kNowOfExamples = 1769860800000000;

// In the order of functions.def. Ends the process where a function has no example.
std::vector<FunctionExample> function_examples();

// The spelling, and behind it what is read where several functions share it.
std::string name_of(const FunctionExample& example);
std::string condition_of(const FunctionExample& example);
std::string claims_of(const FunctionExample& example, bool is_hit);

// The mappings of all claims, as a provider's JSON.
std::string provider_of_examples();
// What the slots hold.
HandClaims hand_claims(const Program& program, const SlotView& slots);

}  // namespace verdict::bench
