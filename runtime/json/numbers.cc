#include "runtime/json/numbers.h"

#include <algorithm>

namespace verdict {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool may_begin(char c) { return is_digit(c) || c == '-'; }

bool may_continue(char c) { return may_begin(c) || c == '+' || c == '.' || c == 'e' || c == 'E'; }

}  // namespace

std::string_view NumberScanner::next() {
  while (at_ < text_.size() && !may_begin(text_[at_])) {
    if (text_[at_] == '"') {
      skip_string();
    } else {
      ++at_;
    }
  }
  const std::size_t begin = at_;
  while (at_ < text_.size() && may_continue(text_[at_])) ++at_;
  return text_.substr(begin, at_ - begin);
}

// From its first quote to behind its last one.
void NumberScanner::skip_string() {
  ++at_;
  while (at_ < text_.size() && text_[at_] != '"') at_ += text_[at_] == '\\' ? 2U : 1U;
  at_ = std::min(at_ + 1, text_.size());
}

}  // namespace verdict
