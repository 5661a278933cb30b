#include "vm/value/text_match.h"

#include <algorithm>

namespace verdict {
namespace {

constexpr char fold(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_equal_folded(char a, char b) { return fold(a) == fold(b); }

bool is_same(char a, char b, Case letters) {
  return letters == Case::Exact ? a == b : is_equal_folded(a, b);
}

// Looks for one text in another in linear time and without memory: M. Crochemore and D. Perrin,
// Two-way string-matching, J. ACM 38 (1991). The part is cut in two; the right half is compared
// from left to right, then the left one from right to left.
template <Case kLetters>
class TwoWay {
 public:
  explicit TwoWay(std::string_view part) : part_(part) {
    const Suffix up = maximal_suffix(false);
    const Suffix down = maximal_suffix(true);
    const Suffix& longer = up.begin > down.begin ? up : down;
    cut_ = longer.begin;
    period_ = longer.period;
    // The period of the right half may not be that of the whole.
    is_periodic_ = cut_ + period_ <= part_.size() && is_repeated();
    if (!is_periodic_) period_ = std::max(cut_, part_.size() - cut_) + 1;
  }

  [[nodiscard]] bool is_in(std::string_view text) const {
    std::size_t known = 0;  // bytes at the front that are known to match
    for (std::size_t at = 0; text.size() - at >= part_.size();) {
      std::size_t i = std::max(cut_, known);
      while (i < part_.size() && same(part_[i], text[at + i])) ++i;
      if (i < part_.size()) {
        at += i - cut_ + 1;
        known = 0;
      } else {
        for (i = cut_; i > known && same(part_[i - 1], text[at + i - 1]);) --i;
        if (i <= known) return true;
        at += period_;
        known = is_periodic_ ? part_.size() - period_ : 0;
      }
      if (at > text.size()) return false;
    }
    return false;
  }

 private:
  struct Suffix {
    std::size_t begin;
    std::size_t period;
  };

  static bool same(char a, char b) { return is_same(a, b, kLetters); }
  [[nodiscard]] unsigned char key(std::size_t i) const {
    return static_cast<unsigned char>(kLetters == Case::Exact ? part_[i] : fold(part_[i]));
  }

  // The suffix that comes last by the order of bytes, or, `reversed`, by its opposite.
  [[nodiscard]] Suffix maximal_suffix(bool reversed) const {
    std::size_t best = 0;  // where the greatest suffix so far begins
    std::size_t next = 1;
    std::size_t length = 0;  // of what the two have in common, within a period
    std::size_t period = 1;
    while (next + length < part_.size()) {
      const unsigned char a = key(next + length);
      const unsigned char b = key(best + length);
      if (a == b) {
        if (++length == period) {
          next += period;
          length = 0;
        }
      } else if (reversed ? a > b : a < b) {
        next += length + 1;
        length = 0;
        period = next - best;
      } else {
        best = next++;
        length = 0;
        period = 1;
      }
    }
    return {best, period};
  }

  [[nodiscard]] bool is_repeated() const {
    return is_equal(part_.substr(0, cut_), part_.substr(period_, cut_), kLetters);
  }

  std::string_view part_;
  std::size_t cut_ = 0;
  std::size_t period_ = 1;
  bool is_periodic_ = false;
};

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
  // The part is prepared first, which takes time of its length.
  if (part.empty() || part.size() > text.size()) return part.empty();
  return letters == Case::Exact ? TwoWay<Case::Exact>(part).is_in(text)
                                : TwoWay<Case::Ignore>(part).is_in(text);
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
