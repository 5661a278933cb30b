// RE2 alone: what `string_matches` stands on.
#pragma once

#include <memory>
#include <string_view>

namespace verdict::bench {

// A regular expression that is compiled once, with RE2's default options.
class BarePattern {
 public:
  explicit BarePattern(std::string_view expression);
  ~BarePattern();
  BarePattern(const BarePattern&) = delete;
  BarePattern& operator=(const BarePattern&) = delete;
  BarePattern(BarePattern&&) = delete;
  BarePattern& operator=(BarePattern&&) = delete;

  // Whether the whole text is of that form.
  [[nodiscard]] bool matches(std::string_view text) const;

 private:
  struct Compiled;
  std::unique_ptr<Compiled> compiled_;
};

}  // namespace verdict::bench
