// "Did you mean": the nearest spelling among the candidates.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diag/emitter.h"

namespace verdict::compiler {

// A list of candidates that is asked often: what can be told of each without the other name is
// found out once. Borrows the texts. Not thread-safe.
//
// A question looks at each candidate, and compares in full only the few that may be nearest. All
// questions together take at most limits::kMaxSuggestionSteps of such steps: whoever has made more
// mistakes than that gets no suggestion for the last of them.
class Spellings {
 public:
  explicit Spellings(std::span<const std::string_view> candidates);

  // The candidate that a person who typed `found` most likely meant, or nothing when none is near.
  // Case and separators (`-`, `_`) weigh less than letters; a candidate that is `found` plus one
  // known prefix (`ext_`, `ctx_`, `req_`) wins. Ties go to the earlier candidate. Who asks once
  // more gets the answer of the first time.
  [[nodiscard]] std::optional<std::string_view> find_nearest(std::string_view found);

  // Looks at candidates, and letters compared, so far.
  [[nodiscard]] std::size_t num_steps() const { return num_steps_; }

 private:
  // What a name is made of, and what follows from it for its distance to any other.
  struct Letters {
    std::uint64_t set = 0;  // a bit for each sort of letter in it, a second for two of them
    std::uint32_t count = 0;
  };
  struct Name {
    explicit Name(std::string_view all);

    std::string_view text;
    std::size_t prefix_size;  // of a known prefix
    Letters letters;
    Letters letters_behind_prefix;
  };
  struct Best {
    const Name* name = nullptr;
    std::uint32_t cost = 0;
  };

  static Letters letters_of(std::string_view text);
  static std::uint32_t least_cost(const Letters& a, const Letters& b);
  static std::uint32_t least_cost(const Name& found, const Name& candidate);
  std::uint32_t weigh(const Name& found, const Name& candidate, std::uint32_t limit);
  std::uint32_t distance(std::string_view a, std::string_view b, std::uint32_t limit);
  [[nodiscard]] std::optional<std::string_view> find_prefixed(std::string_view found) const;
  std::optional<std::string_view> find_by_distance(const Name& found);
  std::vector<std::vector<const Name*>> by_least_cost(const Name& found);
  void compare(const Name& found, const Name& candidate, Best& best);
  std::optional<std::string_view> find_by_words(std::string_view found);
  std::optional<std::string_view> find_anew(std::string_view found);

  std::vector<Name> names_;
  std::map<std::string, std::string_view> by_words_;  // filled when it is first asked
  std::map<std::string, std::optional<std::string_view>, std::less<>>
      answers_;  // by what was found
  std::size_t num_steps_ = 0;
};

// The same for a list that is asked once. The view is one of `candidates`.
std::optional<std::string_view> find_nearest(std::string_view found,
                                             std::span<const std::string_view> candidates);

// Adds "did you mean" to a diagnostic that will be read, if a candidate is near; `span` is what it
// would replace. Whether it did.
bool suggest(DiagnosticBuilder& diagnostic, Span span, std::string_view found,
             std::span<const std::string_view> candidates);
bool suggest(DiagnosticBuilder& diagnostic, Span span, std::string_view found,
             Spellings& candidates);

}  // namespace verdict::compiler
