#include "bench/bare_pattern.h"

#include <re2/re2.h>

namespace verdict::bench {

struct BarePattern::Compiled {
  explicit Compiled(std::string_view text)
      : expression(re2::StringPiece(text.data(), text.size())) {}

  RE2 expression;
};

BarePattern::BarePattern(std::string_view expression)
    : compiled_(std::make_unique<Compiled>(expression)) {}
BarePattern::~BarePattern() = default;

bool BarePattern::matches(std::string_view text) const {
  return RE2::FullMatch(re2::StringPiece(text.data(), text.size()), compiled_->expression);
}

}  // namespace verdict::bench
