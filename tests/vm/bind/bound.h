// One claim bound to one attribute `x`, in the fewest words.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "tests/vm/bind/claim_tree.h"
#include "tests/vm/program/program_texts.h"
#include "vm/bind/bind.h"

namespace verdict::testing {

// A program whose one attribute is `x`. `constants`, `steps` and `mapping` are the assembly of its
// mapping.
inline std::shared_ptr<const Program> with_mapping(const std::string& attribute,
                                                   const std::string& mapping,
                                                   const std::string& constants = {},
                                                   const std::string& steps = {}) {
  std::string text = ".program registers 0\n\n";
  if (!constants.empty()) text += ".constants\n" + constants + "\n";
  text += "\n.attributes\n  x " + attribute + "\n";
  if (!steps.empty()) text += "\n.path_steps\n" + steps + "\n";
  text += "\n.mappings\n  x " + mapping + "\n\n.providers\n  \"P\" \"oidc\" mappings #0+1\n";
  return must_load(must_assemble(text));
}

// Owns the claims; the slots borrow from them and from the program.
class Bound {
 public:
  Bound(const Program& program, Claim claims) : claims_(std::move(claims)), slots_(program) {
    refused = bind_mappings(program, 0, 1, ClaimHandle(claims_), slots_);
  }
  Bound(const Bound&) = delete;
  Bound& operator=(const Bound&) = delete;

  std::optional<AttributeId> refused;

  [[nodiscard]] Origin origin() const { return slots_.origin(AttributeId(0)); }
  [[nodiscard]] InvalidReason reason() const { return slots_.invalid_reason(AttributeId(0)); }
  [[nodiscard]] const Slot& slot() const { return slots_.view().slots[0]; }
  // Null or invalid, and invalid: the bits that the evaluator reads.
  [[nodiscard]] bool is_unknown() const { return slots_.view().is_unknown(0); }
  [[nodiscard]] bool is_invalid() const { return slots_.view().is_invalid(0); }

 private:
  Claim claims_;
  Slots slots_;
};

}  // namespace verdict::testing
