#include "runtime/jwt/missing_key.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace verdict {
namespace {

constexpr std::size_t kMaxListed = 4;

// "a, b", cut where there are many.
std::string join(const std::vector<std::string>& texts, std::string_view separator) {
  std::string joined;
  for (std::size_t i = 0; i < std::min(texts.size(), kMaxListed); ++i)
    joined += (i == 0 ? "" : std::string(separator)) + texts[i];
  return joined + (texts.size() > kMaxListed ? std::string(separator) + "..." : "");
}

class Description {
 public:
  Description(const KeySet& keys, std::optional<std::string_view> kid, Algorithm algorithm)
      : keys_(keys), kid_(kid), algorithm_(get_row(algorithm).name), wanted_(algorithm) {}

  [[nodiscard]] std::string of(KeyLookupError error) const {
    return asked() + ", and " + answer(error);
  }

 private:
  [[nodiscard]] std::string asked() const {
    return kid_ ? "`kid` is " + quote_kid(*kid_) : "the header has no `kid`";
  }

  [[nodiscard]] std::string answer(KeyLookupError error) const {
    switch (error) {
      case KeyLookupError::UnknownKid:
        return unknown_kid();
      case KeyLookupError::NoKidAndSeveral:
        return "several keys would do: " + kids_of(takers());
      case KeyLookupError::AlgorithmMismatch:
        return mismatch();
      case KeyLookupError::SeveralOfKid:
        return "two different keys of that `kid` take " + algorithm_;
      case KeyLookupError::BrokenOfKid:
        return "beside its key another may be meant that cannot be used: " +
               reasons(Which::MaybeMeant);
    }
    return "no usable key fits";
  }

  [[nodiscard]] std::string unknown_kid() const {
    if (const std::string own = reasons(Which::OfKid); !own.empty())
      return "the key of it cannot be used: " + own;
    if (keys_.keys().empty()) return "the set has no usable key: " + reasons(Which::All);
    return "the set has " + kids_of(all());
  }

  [[nodiscard]] std::string mismatch() const {
    if (!kid_) return "no usable key of the set takes " + algorithm_ + with_reasons(Which::All);
    std::vector<std::string> taken;
    for (const AlgorithmRow& row : kAlgorithms) {
      const bool is_taken = std::any_of(
          keys_.keys().begin(), keys_.keys().end(),
          [&](const KeySet::Key& key) { return key.kid == kid_ && key.takes(row.algorithm); });
      if (is_taken) taken.emplace_back(row.name);
    }
    return "the key of it takes " + join(taken, ", ") + ", not " + algorithm_ +
           with_reasons(Which::OfKid);
  }

  enum class Which : std::uint8_t { All, OfKid, MaybeMeant };

  [[nodiscard]] bool is_one(const KeySet::SkippedKey& key, Which which) const {
    if (which == Which::All) return true;
    if (!kid_ || key.kid != quote_kid(*kid_)) return false;
    return which == Which::OfKid || !key.is_for_something_else;
  }

  // Why keys are skipped.
  [[nodiscard]] std::string reasons(Which which) const {
    std::vector<std::string> texts;
    for (const KeySet::SkippedKey& key : keys_.skipped()) {
      if (is_one(key, which)) texts.push_back(to_text(key));
    }
    return join(texts, "; ");
  }

  [[nodiscard]] std::string with_reasons(Which which) const {
    const std::string texts = reasons(which);
    return texts.empty() ? "" : "; " + texts;
  }

  using Keys = std::vector<const KeySet::Key*>;

  [[nodiscard]] Keys all() const {
    Keys found;
    for (const KeySet::Key& key : keys_.keys()) found.push_back(&key);
    return found;
  }

  [[nodiscard]] Keys takers() const {
    Keys found = all();
    found.erase(std::remove_if(found.begin(), found.end(),
                               [&](const KeySet::Key* key) { return !key->takes(wanted_); }),
                found.end());
    return found;
  }

  // "\"a\", \"b\" and 2 keys without `kid`"
  static std::string kids_of(const Keys& keys) {
    std::vector<std::string> kids;
    std::size_t num_nameless = 0;
    for (const KeySet::Key* key : keys) {
      if (!key->kid) {
        ++num_nameless;
      } else if (const std::string kid = quote_kid(*key->kid);
                 std::find(kids.begin(), kids.end(), kid) == kids.end()) {
        kids.push_back(kid);
      }
    }
    std::string nameless = num_nameless == 1 ? std::string("a key without `kid`")
                                             : std::to_string(num_nameless) + " keys without `kid`";
    if (kids.empty()) return nameless;
    return join(kids, ", ") + (num_nameless == 0 ? "" : " and " + nameless);
  }

  const KeySet& keys_;
  std::optional<std::string_view> kid_;
  std::string algorithm_;
  Algorithm wanted_;
};

}  // namespace

std::string describe_missing_key(const KeySet& keys, KeyLookupError error,
                                 std::optional<std::string_view> kid, Algorithm algorithm) {
  return Description(keys, kid, algorithm).of(error);
}

}  // namespace verdict
