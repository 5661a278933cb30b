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

  // Where it stands first, or npos.
  [[nodiscard]] std::size_t find_in(std::string_view text) const {
    std::size_t known = 0;  // bytes at the front that are known to match
    for (std::size_t at = 0; text.size() - at >= part_.size();) {
      std::size_t i = std::max(cut_, known);
      while (i < part_.size() && same(part_[i], text[at + i])) ++i;
      if (i < part_.size()) {
        at += i - cut_ + 1;
        known = 0;
      } else {
        for (i = cut_; i > known && same(part_[i - 1], text[at + i - 1]);) --i;
        if (i <= known) return at;
        at += period_;
        known = is_periodic_ ? part_.size() - period_ : 0;
      }
      if (at > text.size()) return std::string_view::npos;
    }
    return std::string_view::npos;
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
constexpr std::size_t kNowhere = std::string_view::npos;

std::size_t find_part(std::string_view text, std::string_view part, Case letters) {
  // The part is prepared first, which takes time of its length.
  if (part.empty() || part.size() > text.size()) return part.empty() ? 0 : kNowhere;
  return letters == Case::Exact ? TwoWay<Case::Exact>(part).find_in(text)
                                : TwoWay<Case::Ignore>(part).find_in(text);
}

// The special byte of a glob from `at` on that is not escaped; npos where there is none.
std::size_t find_special(std::string_view glob, std::size_t at, char special) {
  for (; at < glob.size(); ++at) {
    if (glob[at] == special) return at;
    if (glob[at] == '\\') ++at;
  }
  return kNowhere;
}

// What stands between two stars of a glob: every text of its form has as many code points.
class GlobPiece {
 public:
  GlobPiece(std::string_view piece, Case letters) : piece_(piece), letters_(letters) {}

  // How much of the front of a text has the form.
  [[nodiscard]] std::size_t match_front(std::string_view text) const {
    std::size_t at = 0;
    for (std::size_t i = 0; i < piece_.size(); ++i) {
      if (at == text.size()) return kNowhere;
      if (piece_[i] == '?') {
        at = skip_code_point(text, at);
        continue;
      }
      if (piece_[i] == '\\') ++i;
      if (!is_same(text[at++], piece_[i], letters_)) return kNowhere;
    }
    return at;
  }

  // Behind the first place from `at` on that has the form.
  [[nodiscard]] std::size_t find_end(std::string_view text, std::size_t at) const {
    if (piece_.find_first_of(kSpecial) == kNowhere) {
      const std::size_t found = find_part(text.substr(at), piece_, letters_);
      return found == kNowhere ? kNowhere : at + found + piece_.size();
    }
    for (; at < text.size(); at = skip_code_point(text, at)) {
      const std::size_t length = match_front(text.substr(at));
      if (length != kNowhere) return at + length;
    }
    return kNowhere;
  }

  [[nodiscard]] bool matches_end(std::string_view text) const {
    std::size_t at = text.size();
    for (std::size_t count = count_code_points(); count > 0; --count) {
      if (at == 0) return false;
      do --at;
      while (at > 0 && !begins_code_point(text[at]));
    }
    return match_front(text.substr(at)) != kNowhere;
  }

 private:
  [[nodiscard]] std::size_t count_code_points() const {
    std::size_t count = 0;
    for (std::size_t i = 0; i < piece_.size(); ++i) {
      if (piece_[i] == '\\') ++i;
      count += begins_code_point(piece_[i]) ? 1U : 0U;
    }
    return count;
  }

  std::string_view piece_;
  Case letters_;
};

// Takes the next piece off a glob, which ends with the last one.
std::string_view take_piece(std::optional<std::string_view>& glob) {
  const std::size_t star = find_special(*glob, 0, '*');
  const std::string_view piece = glob->substr(0, star);
  glob = star == kNowhere ? std::nullopt : std::optional(glob->substr(star + 1));
  return piece;
}

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
  return find_part(text, part, letters) != kNowhere;
}

std::optional<std::size_t> find_glob_error(std::string_view glob) {
  for (std::size_t i = 0; i < glob.size(); ++i) {
    if (glob[i] != '\\') continue;
    if (i + 1 == glob.size() || kSpecial.find(glob[i + 1]) == std::string_view::npos) return i;
    ++i;
  }
  return std::nullopt;
}

// Each piece is taken where it stands first: what a later place would leave for the pieces behind
// it is less. Only the first and the last one have a fixed place.
bool matches_glob(std::string_view text, std::string_view glob, Case letters) {
  std::optional<std::string_view> rest = glob;
  std::size_t at = GlobPiece(take_piece(rest), letters).match_front(text);
  if (!rest) return at == text.size();
  while (at != kNowhere) {
    const GlobPiece piece(take_piece(rest), letters);
    if (!rest) return piece.matches_end(text.substr(at));
    at = piece.find_end(text, at);
  }
  return false;
}

std::size_t longest_special_piece(std::string_view glob) {
  std::size_t longest = 0;
  for (std::optional<std::string_view> rest = glob; rest;) {
    const std::string_view piece = take_piece(rest);
    if (piece.find_first_of(kSpecial) != kNowhere) longest = std::max(longest, piece.size());
  }
  return longest;
}

}  // namespace verdict
