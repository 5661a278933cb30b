#include "vm/value/text_match.h"

#include <algorithm>

namespace verdict {
namespace {

constexpr char fold(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_equal_folded(char a, char b) { return fold(a) == fold(b); }

bool is_same(char a, char b, Case letters) {
  return letters == Case::Exact ? a == b : is_equal_folded(a, b);
}

// UTF-8: the bytes behind the first one of a code point are 10xxxxxx.
bool begins_code_point(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

std::size_t skip_code_point(std::string_view text, std::size_t at) {
  do ++at;
  while (at < text.size() && !begins_code_point(text[at]));
  return at;
}

constexpr std::string_view kSpecial = R"(*?\)";

// A try to match from one place on. After a `*` the rest is tried behind one more byte each time;
// only the last `*` need ever be tried again, since whatever stood before it has matched.
class GlobMatcher {
 public:
  GlobMatcher(std::string_view text, std::string_view glob, Case letters)
      : text_(text), glob_(glob), letters_(letters) {}

  bool match() {
    while (text_at_ < text_.size()) {
      if (take_star() || take_one()) continue;
      if (!retry()) return false;
    }
    return glob_.find_first_not_of('*', glob_at_) == std::string_view::npos;
  }

 private:
  bool take_star() {
    if (glob_at_ == glob_.size() || glob_[glob_at_] != '*') return false;
    retry_glob_ = ++glob_at_;
    retry_text_ = text_at_;
    return true;
  }

  // One code point for `?`, one byte for a byte.
  bool take_one() {
    if (glob_at_ == glob_.size()) return false;
    if (glob_[glob_at_] == '?') {
      text_at_ = skip_code_point(text_, text_at_);
      ++glob_at_;
      return true;
    }
    const std::size_t byte = glob_at_ + (glob_[glob_at_] == '\\' ? 1 : 0);
    if (!is_same(text_[text_at_], glob_[byte], letters_)) return false;
    ++text_at_;
    glob_at_ = byte + 1;
    return true;
  }

  bool retry() {
    if (!retry_glob_) return false;
    retry_text_ = skip_code_point(text_, retry_text_);
    text_at_ = retry_text_;
    glob_at_ = *retry_glob_;
    return true;
  }

  std::string_view text_;
  std::string_view glob_;
  Case letters_;
  std::size_t text_at_ = 0;
  std::size_t glob_at_ = 0;
  std::optional<std::size_t> retry_glob_;  // behind the last `*`
  std::size_t retry_text_ = 0;
};

}  // namespace

bool is_less_folded(std::string_view a, std::string_view b) {
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    return static_cast<unsigned char>(fold(x)) < static_cast<unsigned char>(fold(y));
  });
}

bool is_equal(std::string_view a, std::string_view b, Case letters) {
  if (letters == Case::Exact) return a == b;
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), is_equal_folded);
}

bool has_prefix(std::string_view text, std::string_view prefix, Case letters) {
  return is_equal(text.substr(0, prefix.size()), prefix, letters);
}

bool has_suffix(std::string_view text, std::string_view suffix, Case letters) {
  return text.size() >= suffix.size() &&
         is_equal(text.substr(text.size() - suffix.size()), suffix, letters);
}

bool has_substring(std::string_view text, std::string_view part, Case letters) {
  if (letters == Case::Exact) return text.find(part) != std::string_view::npos;
  return part.empty() || std::search(text.begin(), text.end(), part.begin(), part.end(),
                                     is_equal_folded) != text.end();
}

std::optional<std::size_t> find_glob_error(std::string_view glob) {
  for (std::size_t i = 0; i < glob.size(); ++i) {
    if (glob[i] != '\\') continue;
    if (i + 1 == glob.size() || kSpecial.find(glob[i + 1]) == std::string_view::npos) return i;
    ++i;
  }
  return std::nullopt;
}

bool matches_glob(std::string_view text, std::string_view glob, Case letters) {
  return GlobMatcher(text, glob, letters).match();
}

}  // namespace verdict
