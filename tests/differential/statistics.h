// What a run has looked at: decisions by kind, and every function, with every quantifier, with
// every sort of operand.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "compiler/reference/evaluate.h"
#include "tests/differential/workspace.h"

namespace verdict::differential {

// How a test met its operands. `Equal`: the attribute equals the operand, one of them, or one of
// its elements does. `Answered`: the attribute is null, and `on_null` says what that is.
enum class OperandState : std::uint8_t { Null, Answered, Invalid, Equal, Different };
inline constexpr auto kOperandStateNames =
    std::to_array<std::string_view>({"null", "on_null", "invalid", "equal", "different"});

class Statistics {
 public:
  void count_policies(std::size_t count) { num_policies_ += count; }
  void count_decision(const compiler::reference::Decision& decision);
  // Every test of these rules, with these values.
  void count_tests(const Workspace& workspace, const Values& values);

  [[nodiscard]] std::uint64_t policies() const { return num_policies_; }
  [[nodiscard]] std::uint64_t pairs() const { return num_pairs_; }
  // Percent of all pairs.
  [[nodiscard]] double share_allowed() const { return share(num_allowed_); }
  [[nodiscard]] double share_undecidable() const { return share(num_undecidable_); }
  // `function` as an author spells it, twins included.
  [[nodiscard]] std::uint64_t tests(std::string_view function, Quantifier quantifier,
                                    OperandState state) const;

  [[nodiscard]] std::string to_text() const;

 private:
  [[nodiscard]] double share(std::uint64_t count) const;

  std::uint64_t num_policies_ = 0;
  std::uint64_t num_pairs_ = 0;
  std::uint64_t num_allowed_ = 0;
  std::uint64_t num_undecidable_ = 0;
  std::map<std::string, std::uint64_t> reasons_;
  std::map<std::pair<std::string_view, Quantifier>,
           std::array<std::uint64_t, kOperandStateNames.size()>>
      tests_;
};

}  // namespace verdict::differential
