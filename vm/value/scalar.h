// One value of any kind that constants have: how its text is read and written, what a valid one is,
// and which of two comes first.
//
// A new kind is a row of kinds.def and what it says here.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "vm/value/kind.h"
#include "vm/value/network.h"
#include "vm/value/number.h"
#include "vm/value/slot.h"
#include "vm/value/time.h"

namespace verdict {

// A value that owns its text: one alternative for each way in which values are held.
using Scalar = std::variant<bool, Number, std::string, Timestamp, IpValue, Network>;

// The same as a slot holds it. A text or a network stays the scalar's own; a text has no id.
Slot slot_of(const Scalar& scalar);

// Whether a constant of that kind can have that value.
bool is_valid(Kind kind, const Slot& value);

// Of values that are held as numbers, times or addresses; texts have no order but that of their
// ids, booleans none.
bool is_less(Held held, const Slot& a, const Slot& b);

// Text that parse() reads back as the same value: `true`, `0.5`, `2026-01-02T03:04:05Z`. The text
// of a text is the text itself.
std::string format(Kind kind, const Slot& value);
// Nothing where it is no text of that kind, or its value is not valid.
std::optional<Scalar> parse(Kind kind, std::string_view text);

}  // namespace verdict
