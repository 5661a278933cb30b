// The only file that knows RE2.
#include "vm/value/pattern.h"

#include <new>

#include <re2/re2.h>

#include "vm/base/limits.h"

namespace verdict {
namespace {

RE2::Options options() {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(limits::kMaxPatternMemory);
  options.set_never_capture(true);
  return options;
}

// RE2 says which part is wrong, not where it stands: the whole where it stands twice.
PatternError error_of(const RE2& expression) {
  const std::string& text = expression.pattern();
  const std::string& part = expression.error_arg();
  PatternError error{expression.error(), 0, text.size()};
  error.is_too_large = expression.error_code() == RE2::ErrorPatternTooLarge ||
                       expression.error_code() == RE2::ErrorRepeatSize;
  const std::size_t found = text.find(part);
  const bool is_once =
      found != std::string::npos && text.find(part, found + 1) == std::string::npos;
  if (part.empty() || !is_once) return error;
  error.offset = found;
  error.length = part.size();
  return error;
}

}  // namespace

struct Pattern::Compiled {
  explicit Compiled(std::string_view text)
      : expression(re2::StringPiece(text.data(), text.size()), options()) {}

  RE2 expression;
};

Pattern::Pattern(std::unique_ptr<Compiled> compiled) : compiled_(std::move(compiled)) {}
Pattern::Pattern(Pattern&&) noexcept = default;
Pattern& Pattern::operator=(Pattern&&) noexcept = default;
Pattern::~Pattern() = default;

Expected<Pattern, PatternError> Pattern::compile(std::string_view text) {
  auto compiled = std::make_unique<Compiled>(text);
  if (!compiled->expression.ok()) return Unexpected(error_of(compiled->expression));
  return Pattern(std::move(compiled));
}

Truth Pattern::matches(std::string_view text) const noexcept {
  try {
    return truth_of(
        RE2::FullMatch(re2::StringPiece(text.data(), text.size()), compiled_->expression));
  } catch (const std::bad_alloc&) {
    return Truth::Unknown;
  }
}

std::size_t Pattern::size() const {
  return static_cast<std::size_t>(compiled_->expression.ProgramSize());
}

}  // namespace verdict
