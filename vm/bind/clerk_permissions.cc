#include "vm/bind/clerk_permissions.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

#include "vm/base/limits.h"

namespace verdict {
namespace {

// A decimal number of `fpm`; as many bits as there may be permissions.
class Mask {
 public:
  // False where it is no number, or a larger one.
  bool parse(std::string_view digits) {
    if (digits.empty()) return false;
    return std::all_of(digits.begin(), digits.end(), [this](char c) {
      return c >= '0' && c <= '9' && append(static_cast<std::uint32_t>(c - '0'));
    });
  }

  // Calls `visit` with each bit that is set, from the lowest.
  template <class Visit>
  void for_each_bit(Visit visit) const {
    for (std::size_t word = 0; word < words_.size(); ++word) {
      for (std::uint32_t bits = words_[word]; bits != 0; bits &= bits - 1)
        visit(word * 32 + static_cast<std::size_t>(std::countr_zero(bits)));
    }
  }

 private:
  bool append(std::uint32_t digit) {
    std::uint64_t carry = digit;
    for (std::uint32_t& word : words_) {
      carry += std::uint64_t{word} * 10;
      word = static_cast<std::uint32_t>(carry);
      carry >>= 32U;
    }
    return carry == 0;
  }

  std::array<std::uint32_t, limits::kMaxPackedPermissions / 32> words_{};
};

struct Permission {
  std::string_view feature;
  std::string_view name;
};

// What would read as two parts, or as none, is no name.
bool is_name(std::string_view text) {
  return !text.empty() && text.find(':') == std::string_view::npos;
}

class Unpacking {
 public:
  explicit Unpacking(const PackedPermissions& packed) : packed_(packed) {}

  InvalidReason run() {
    if (packed_.names.has_value() != packed_.masks.has_value()) return InvalidReason::NotPacked;
    if (!packed_.names) return InvalidReason::None;
    if (!read_names() || !read_features()) return InvalidReason::NotPacked;
    if (names_.size() > limits::kMaxPackedPermissions) return InvalidReason::TooLong;
    const std::vector<std::string_view> masks = split(*packed_.masks, ',');
    // Names without a single number are no claim that nothing is permitted.
    const bool is_missing = masks.empty() && !names_.empty() && !features_.empty();
    if (is_missing || masks.size() > features_.size()) return InvalidReason::NotPacked;
    for (std::size_t i = 0; i < masks.size(); ++i) {
      if (!add_permissions(features_[i], trim(masks[i]))) return InvalidReason::NotPacked;
      if (is_too_long()) return InvalidReason::TooLong;
    }
    return InvalidReason::None;
  }

  void write(std::vector<std::string_view>& list, std::unique_ptr<char[]>& text) const {
    text = std::make_unique<char[]>(num_bytes_);
    char* to = text.get();
    for (const auto& [feature, name] : permissions_) {
      const char* const begin = to;
      to = std::copy(feature.begin(), feature.end(), to);
      *to++ = ':';
      to = std::copy(name.begin(), name.end(), to);
      list.emplace_back(begin, static_cast<std::size_t>(to - begin));
    }
  }

 private:
  [[nodiscard]] bool is_too_long() const {
    return permissions_.size() > limits::kMaxListElements || num_bytes_ > limits::kMaxClaimsBytes ||
           longest_ > limits::kMaxClaimTextBytes;
  }

  bool read_names() {
    for (const std::string_view part : split(*packed_.names, ',')) names_.push_back(trim(part));
    return std::all_of(names_.begin(), names_.end(), is_name);
  }

  // `fea` names whose a feature is: `o:` the organisation's, `u:` the user's, `uo:` of both.
  bool read_features() {
    for (const std::string_view part : split(packed_.features.value_or(""), ',')) {
      const std::string_view entry = trim(part);
      const std::size_t colon = entry.find(':');
      if (colon == 0 || colon == std::string_view::npos || !is_name(entry.substr(colon + 1)))
        return false;
      if (entry.substr(0, colon).find('o') != std::string_view::npos)
        features_.push_back(entry.substr(colon + 1));
    }
    return true;
  }

  bool add_permissions(std::string_view feature, std::string_view digits) {
    Mask mask;
    if (!mask.parse(digits)) return false;
    bool is_known = true;
    mask.for_each_bit([&](std::size_t bit) {
      is_known = is_known && bit < names_.size();
      if (!is_known) return;
      permissions_.push_back({feature, names_[bit]});
      const std::size_t size = feature.size() + 1 + names_[bit].size();
      num_bytes_ += size;
      longest_ = std::max(longest_, size);
    });
    return is_known;
  }

  const PackedPermissions& packed_;
  std::vector<std::string_view> names_;
  std::vector<std::string_view> features_;  // of the organisation
  std::vector<Permission> permissions_;
  std::size_t num_bytes_ = 0;
  std::size_t longest_ = 0;
};

}  // namespace

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  if (text.empty()) return parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(separator, begin), text.size());
    parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view kWhiteSpace = " \t\n\v\f\r";
  const std::size_t begin = text.find_first_not_of(kWhiteSpace);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kWhiteSpace) - begin + 1);
}

InvalidReason unpack_clerk_permissions(const PackedPermissions& packed,
                                       std::vector<std::string_view>& list,
                                       std::unique_ptr<char[]>& text) {
  Unpacking unpacking(packed);
  const InvalidReason reason = unpacking.run();
  if (reason == InvalidReason::None) unpacking.write(list, text);
  return reason;
}

}  // namespace verdict
