// The storage behind a SlotView: values, bit sets, list elements, and where each value came from.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vm/program/program.h"
#include "vm/value/slot.h"
#include "vm/value/transform.h"

namespace verdict {

enum class InvalidReason : std::uint8_t {
#define VERDICT_INVALID_REASON(name, text) name,
#include "vm/bind/invalid_reasons.def"
};

std::string_view describe(InvalidReason reason);

// How a slot came to its state, for explanations.
enum class Origin : std::uint8_t { Absent, Null, Value, Transformed, Default, Invalid };

// Owns list elements and the texts that transforms have made; other texts belong to whatever was
// bound (the claims, the program) and must outlive this. All attributes start absent. Not
// thread-safe while being filled; filled, any number of threads may read it.
class Slots {
 public:
  explicit Slots(const Program& program);

  void set(AttributeId attribute, const Slot& value, Origin origin);
  void set_null(AttributeId attribute, Origin origin);
  // The time of the request, in microseconds since 1970.
  void set_now(std::optional<std::int64_t> now) { now_ = now; }
  // `failed` is the transform that could not be applied, where that is why.
  void set_invalid(AttributeId attribute, InvalidReason reason,
                   std::optional<Transform> failed = std::nullopt);
  // Room for the elements of one list; lives as long as these Slots.
  Slot* add_elements(std::size_t count);
  // Copies the texts of a value of that kind that are not the program's; the copies live as long as
  // these Slots. INVARIANT: no text of an Origin::Transformed belongs to the claims.
  void copy_texts(Kind kind, Slot& value);
  // Copies every other text that is not the program's, so that the claims may go. Those texts must
  // stand in one buffer, as the texts of one JSON text do.
  void own_texts(const Program& program);
  // Takes over all values of `other`, which must be bound for the same program and outlive these;
  // keeps the memory that is here. For what one request adds to a principal.
  void borrow(const Slots& other);

  [[nodiscard]] SlotView view() const {
    return {values_.data(), bits_.data(), bits_.data() + bits_.size() / 2, now_};
  }
  [[nodiscard]] Origin origin(AttributeId attribute) const {
    return histories_[attribute.index()].origin;
  }
  [[nodiscard]] InvalidReason invalid_reason(AttributeId attribute) const {
    return histories_[attribute.index()].reason;
  }
  // The transform that could not be applied, of an invalid one.
  [[nodiscard]] std::optional<Transform> failed_transform(AttributeId attribute) const {
    return histories_[attribute.index()].failed;
  }
  // Why it is invalid, in words.
  [[nodiscard]] std::string describe_invalid(AttributeId attribute) const;

 private:
  struct History {
    Origin origin = Origin::Absent;
    InvalidReason reason = InvalidReason::None;
    std::optional<Transform> failed = std::nullopt;
  };

  void set_bits(AttributeId attribute, bool is_unknown, bool is_invalid);

  std::vector<Slot> values_;
  std::vector<std::uint64_t> bits_;  // the unknown ones, then as many for the invalid ones
  std::vector<History> histories_;
  std::vector<std::unique_ptr<Slot[]>> lists_;
  std::unique_ptr<char[]> texts_;                     // of own_texts()
  std::vector<std::unique_ptr<char[]>> transformed_;  // of copy_texts()
  std::optional<std::int64_t> now_;
};

}  // namespace verdict
